internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension HoursReport: StampedReport {
  /// The blocks with their months, then what is outside of them, then where the scope is vague.
  public func blocks(width: Int) -> [Block] { page() }

  /// A row for each month of each block, and for all hours by what became of them.
  public var records: Table? {
    let titles = [
      "row", "engagement", "block", "party", "month", "brought_forward", "bought", "drawn", "expired", "left", "beyond",
      "from", "through", "hours", "domains", "member", "units", "note", "taken_from", "accountable", "reason", "entry",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for block in ledger.blocks {
      for month in block.months {
        let sums = [month.broughtForward, month.bought, month.drawn, month.expired, month.left, month.beyond]
        table.add(
          [.text("month"), .text(block.engagement), .text(block.id), .text(block.party), .text(month.month)]
            + sums.map { .number("\($0)") } + Array(repeating: .empty, count: 11) + stamp.cells)
        for draw in month.draws {
          table.add(row("draw", draw.record, draw.hours, taken: draw.parts.map { "\($0.period)=\($0.hours)" }))
        }
      }
    }
    for outside in ledger.outside { table.add(row("outside", outside.record, outside.hours, reason: outside.reason)) }
    for foreign in foreign {
      let hours = Decimal(foreign.record.usage.hours) ?? .zero
      table.add(
        row("foreign", foreign.record, hours, domains: [foreign.domain], accountable: foreign.accountable))
    }
    for overlap in overlaps {
      for share in overlap.hours {
        let head: [Cell] = [
          .text("double-work"), .empty, .empty, .text(share.party), .text(overlap.month), .empty, .empty, .empty,
          .empty, .empty, .empty, .empty, .empty, .number("\(share.hours)"), .list([overlap.domain]),
        ]
        table.add(
          head + [
            .empty, .empty, .empty, .empty, .list(overlap.accountable), .empty,
            .list(overlap.entries.map { "\($0)" }),
          ] + stamp.cells)
      }
    }
    return table
  }

  private func row(
    _ kind: String, _ record: UsageRecord, _ hours: Decimal, taken: [String] = [], domains: [String]? = nil,
    accountable: [String] = [], reason: String? = nil
  ) -> [Cell] {
    let usage = record.usage
    let head: [Cell] = [
      .text(kind), .text(usage.engagement), .optional(usage.block), .text(record.party), .text(usage.through.month),
      .empty, .empty, .empty, .empty, .empty, .empty, .day("\(usage.from)"), .day("\(usage.through)"),
      .number("\(hours)"), .list(domains ?? usage.domains),
    ]
    return head + [
      .optional(usage.member), .list(usage.units), .optional(usage.note), .list(taken), .list(accountable),
      .optional(reason), .integer(record.entry),
    ] + stamp.cells
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("blocks", .array(ledger.blocks.map(HoursReport.json))),
        (
          "outside",
          .array(
            ledger.outside.map {
              .object(HoursReport.members($0.record, $0.hours) + [("reason", .string($0.reason))])
            })
        ),
        (
          "foreign",
          .array(
            foreign.map {
              .object(
                HoursReport.members($0.record, Decimal($0.record.usage.hours) ?? .zero) + [
                  ("domain", .string($0.domain)), ("accountable", .strings($0.accountable)),
                ])
            })
        ), ("doubleWork", .array(overlaps.map(HoursReport.json))),
      ])
  }

  private static func json(_ block: HourLedger.Block) -> JSONOutput {
    [
      "engagement": .string(block.engagement), "block": .string(block.id), "party": .string(block.party),
      "domains": .strings(block.domains), "hours": .string(block.hours), "every": .optional(block.every),
      "rollover": .optional(block.rollover),
      "grants": .array(
        block.grants.map { grant in
          [
            "period": .string(grant.period), "from": .string("\(grant.from)"),
            "through": .string("\(grant.through)"), "hours": .string("\(grant.hours)"),
            "left": .string("\(grant.left)"),
          ]
        }), "months": .array(block.months.map(json)),
    ]
  }

  private static func json(_ month: HourLedger.Month) -> JSONOutput {
    [
      "month": .string(month.month), "broughtForward": .string("\(month.broughtForward)"),
      "bought": .string("\(month.bought)"), "drawn": .string("\(month.drawn)"),
      "expired": .string("\(month.expired)"), "left": .string("\(month.left)"), "beyond": .string("\(month.beyond)"),
      "draws": .array(
        month.draws.map { draw in
          .object(
            members(draw.record, draw.hours) + [
              (
                "takenFrom",
                .array(draw.parts.map { ["period": .string($0.period), "hours": .string("\($0.hours)")] })
              ), ("beyond", .string("\(draw.beyond)")),
            ])
        }),
    ]
  }

  private static func members(_ record: UsageRecord, _ hours: Decimal) -> [(String, JSONOutput)] {
    let usage = record.usage
    return [
      ("entry", .integer(record.entry)), ("party", .string(record.party)), ("member", .optional(usage.member)),
      ("engagement", .string(usage.engagement)), ("block", .optional(usage.block)),
      ("domains", .strings(usage.domains)), ("from", .string("\(usage.from)")),
      ("through", .string("\(usage.through)")), ("hours", .string("\(hours)")), ("units", .strings(usage.units)),
      ("note", .optional(usage.note)),
    ]
  }

  private static func json(_ overlap: DoubleWork.Overlap) -> JSONOutput {
    [
      "month": .string(overlap.month), "domain": .string(overlap.domain),
      "hours": .array(overlap.hours.map { ["party": .string($0.party), "hours": .string("\($0.hours)")] }),
      "accountable": .strings(overlap.accountable), "entries": .array(overlap.entries.map { .integer($0) }),
    ]
  }
}
