internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

extension HoursReport {
  /// The blocks with their months, then what is outside of them, then where the scope is vague.
  func page() -> [Block] {
    let head = [stamp.heading("Hours"), .facts(stamp.facts)]
    guard !isEmpty else {
      return head + [.gap, .paragraph("No block of hours is held, and no hours are recorded.")]
    }
    return head + ledger.blocks.flatMap(blockBlocks) + outsideBlocks + foreignBlocks + overlapBlocks
  }

  private func blockBlocks(_ block: HourLedger.Block) -> [Block] {
    var given = "\(block.hours) hours"
    given += block.every.map { " every \($0)" } ?? " for the whole term"
    let rollover = block.rollover.map { "what is not drawn goes forward for \($0)" } ?? "what is not drawn expires"
    var months = Table([
      "month", .number("forward"), .number("bought"), .number("drawn"), .number("expired"), .number("left"),
      .number("beyond"),
    ])
    months.indentation = 2
    for month in block.months {
      months.add(
        [.text(month.month)]
          + [month.broughtForward, month.bought, month.drawn, month.expired, month.left, month.beyond].map { hours in
            .text("\(hours)")
          })
    }
    let blocks: [Block] = [
      .heading("Block \(block.name)"),
      .facts([
        Block.Fact("gives", given + (block.every == nil ? "" : "; \(rollover)")), Block.Fact("party", block.party),
        Block.Fact("for", Wording.list(block.domains)),
      ]), .table(months),
    ]
    let draws = block.months.flatMap(\.draws)
    guard !draws.isEmpty else { return blocks }
    var table = Table(["day", .number("hours"), "served", "by", "from the hours of", .number("entry")])
    table.indentation = 2
    for draw in draws {
      let parts = draw.parts.map { "\($0.period) \($0.hours)" }
      table.add([
        .text("\(draw.record.usage.through)"), .text("\(draw.hours)"), .text(HoursReport.served(draw.record)),
        .text(draw.record.usage.member ?? draw.record.party), .text(Wording.list(parts)),
        .integer(draw.record.entry),
      ])
    }
    return blocks + [.gap, .paragraph("Drawn, the oldest hours first:"), .table(table)]
  }

  /// `cloud-security, nist-800-171-r2/3.1.1: alert rules`
  static func served(_ record: UsageRecord) -> String {
    let what = (record.usage.domains + record.usage.units).joined(separator: ", ")
    return what + (record.usage.note.map { ": \($0)" } ?? "")
  }

  private var outsideBlocks: [Block] {
    guard !ledger.outside.isEmpty else { return [] }
    var table = Table(["day", .number("hours"), "served", "by", "why", .number("entry")])
    table.indentation = 2
    for outside in ledger.outside {
      table.add([
        .text("\(outside.record.usage.through)"), .text("\(outside.hours)"),
        .text(HoursReport.served(outside.record)), .text(outside.record.usage.member ?? outside.record.party),
        .text(outside.reason), .integer(outside.record.entry),
      ])
    }
    let sum = ledger.outside.reduce(Decimal.zero) { $0 + $1.hours }
    return [.heading("Drawn from no block: \(sum) hours"), .table(table)]
  }

  private var foreignBlocks: [Block] {
    guard !foreign.isEmpty else { return [] }
    var table = Table(["day", .number("hours"), "domain", "by", "accountable", .number("entry")])
    table.indentation = 2
    for foreign in foreign {
      table.add([
        .text("\(foreign.record.usage.through)"), .text(foreign.record.usage.hours), .text(foreign.domain),
        .text(foreign.record.usage.member ?? foreign.record.party),
        .text(foreign.accountable.isEmpty ? "nobody" : Wording.list(foreign.accountable)),
        .integer(foreign.record.entry),
      ])
    }
    return [.heading("In domains where the party neither answers nor is named to work"), .table(table)]
  }

  private var overlapBlocks: [Block] {
    guard !overlaps.isEmpty else { return [] }
    var table = Table(["month", "domain", "hours", "accountable", "entries"])
    table.indentation = 2
    for overlap in overlaps {
      table.add([
        .text(overlap.month), .text(overlap.domain),
        .text(overlap.hours.map { "\($0.party) \($0.hours)" }.joined(separator: ", ")),
        .text(overlap.accountable.isEmpty ? "nobody" : Wording.list(overlap.accountable)),
        .text(overlap.entries.map { "\($0)" }.joined(separator: ", ")),
      ])
    }
    return [.heading("double-work: several parties in one domain in the same month"), .table(table)]
  }
}
