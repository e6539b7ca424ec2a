internal import Agreements
package import Ownership
package import Statements

/// Blocks of hours as a ledger: what was bought, drawn, carried forward and lost, month by month.
///
/// Hours count on the last day of the span in which they were worked. They draw on the block that they name, if it holds
/// on that day, is their party's and is about every domain that they name; the oldest hours that can still be drawn go
/// first. What a block does not have is not taken from a later month.
package struct HourLedger: Sendable {
  /// Hours that drew on a block.
  package struct Draw: Sendable, Equatable {
    package var record: UsageRecord
    package var hours: Decimal
    /// From which periods' hours how much was taken, the oldest first.
    package var parts: [(period: String, hours: Decimal)]
    /// What the block did not have.
    package var beyond: Decimal

    package static func == (left: Draw, right: Draw) -> Bool {
      left.record == right.record && left.hours == right.hours && left.beyond == right.beyond
        && left.parts.elementsEqual(right.parts, by: ==)
    }
  }

  /// A month of a block.
  package struct Month: Sendable, Equatable {
    /// `2026-09`
    package var month: String
    /// Carried forward from the month before.
    package var broughtForward = Decimal.zero
    package var bought = Decimal.zero
    package var drawn = Decimal.zero
    /// Lost at some day of the month.
    package var expired = Decimal.zero
    /// What the block did not have.
    package var beyond = Decimal.zero
    package var draws: [Draw] = []

    /// What can still be drawn when the month, or the day that is asked about, ends.
    package var left: Decimal { broughtForward + bought - drawn - expired }
  }

  /// A block and its months, the first first.
  package struct Block: Sendable, Equatable {
    package var engagement: String
    package var id: String
    package var party: String
    package var domains: [String]
    /// `20`
    package var hours: String
    /// A cadence's name; nil where they are given once.
    package var every: String?
    /// `3 months`; nil where hours do not go forward.
    package var rollover: String?
    package var months: [Month]
    /// The grants, with what is left of each.
    package var grants: [HourGrant]

    /// `acme-onsite/security-block`
    package var name: String { "\(engagement)/\(id)" }
  }

  /// Hours that drew on no block, or not with all of them.
  package struct Outside: Sendable, Equatable {
    package var record: UsageRecord
    package var hours: Decimal
    package var reason: String
  }

  package var blocks: [Block] = []
  /// In the order of the days.
  package var outside: [Outside] = []

  /// The ledger up to the snapshot's day.
  package init(_ snapshot: Snapshot) {
    let held = HeldLines(snapshot)
    let usages = HourLedger.usages(snapshot)
    var places: [String: Int] = [:]
    for engagement in held.engagements {
      for id in held.blocks(engagement) {
        let grants = HourGrants.list(engagement, id, held, through: snapshot.asOf)
        guard let last = grants.last,
          let block = held.block(engagement, id, on: min(last.through, snapshot.asOf))
            ?? held.block(engagement, id, on: last.from)
        else { continue }
        places["\(engagement)/\(id)"] = blocks.count
        blocks.append(
          Block(
            engagement: engagement, id: id, party: block.line.party, domains: block.line.domains,
            hours: block.line.hours, every: block.line.every, rollover: block.line.rollover?.description, months: [],
            grants: grants))
      }
    }
    var draws: [[Draw]] = blocks.map { _ in [] }
    for record in usages {
      let hours = Decimal(record.usage.hours) ?? .zero
      if let reason = HourLedger.reason(record, held) {
        outside.append(Outside(record: record, hours: hours, reason: reason))
        continue
      }
      let name = "\(record.usage.engagement)/\(record.usage.block ?? "")"
      guard let place = places[name] else { continue }
      let draw = HourLedger.draw(record, hours, from: &blocks[place].grants)
      draws[place].append(draw)
      guard !draw.beyond.isZero else { continue }
      let reason = "'\(name)' was used up"
      outside.append(Outside(record: record, hours: draw.beyond, reason: reason))
    }
    for place in blocks.indices {
      blocks[place].months = HourLedger.months(blocks[place].grants, draws[place], asOf: snapshot.asOf)
    }
  }

  /// Hours up to the snapshot's day, in the order of the days and then of the log.
  static func usages(_ snapshot: Snapshot) -> [UsageRecord] {
    (snapshot.promises?.usages ?? []).filter { $0.usage.through <= snapshot.asOf }.sorted {
      ($0.usage.through, $0.entry) < ($1.usage.through, $1.entry)
    }
  }

  /// Why hours draw on no block; nil where they draw on the one that they name.
  private static func reason(_ record: UsageRecord, _ held: HeldLines) -> String? {
    let usage = record.usage
    guard let id = usage.block else { return "no block is named" }
    guard let block = held.block(usage.engagement, id, on: usage.through) else {
      return "'\(usage.engagement)' has no block '\(id)' that holds on \(usage.through)"
    }
    guard block.line.party == record.party else { return "'\(id)' is a block of '\(block.line.party)'" }
    guard let domain = usage.domains.first(where: { !block.line.domains.contains($0) }) else { return nil }
    return "'\(id)' is not about '\(domain)'"
  }

  /// Takes hours from the oldest grants that can be drawn on that day.
  private static func draw(_ record: UsageRecord, _ hours: Decimal, from grants: inout [HourGrant]) -> Draw {
    var draw = Draw(record: record, hours: .zero, parts: [], beyond: hours)
    for index in grants.indices
    where grants[index].from <= record.usage.through && record.usage.through <= grants[index].through {
      let taken = min(draw.beyond, grants[index].left)
      guard !taken.isZero else { continue }
      grants[index].left -= taken
      draw.hours += taken
      draw.beyond -= taken
      draw.parts.append((grants[index].period, taken))
    }
    return draw
  }

  /// The months from the first grant through the day that is asked about, or to when nothing is left to happen.
  private static func months(_ grants: [HourGrant], _ draws: [Draw], asOf: Day) -> [Month] {
    guard let first = grants.map(\.from).min(), let end = grants.map(\.through).max() else { return [] }
    var months: [Month] = []
    var start: Day? = Day(year: first.components.year, month: first.components.month, day: 1)
    while let day = start, day <= min(asOf, end) {
      var month = Month(month: day.month)
      month.broughtForward = months.last?.left ?? .zero
      for grant in grants {
        if grant.from.month == month.month { month.bought += grant.hours }
        if grant.through < asOf, grant.through.month == month.month { month.expired += grant.left }
      }
      month.draws = draws.filter { $0.record.usage.through.month == month.month }
      for draw in month.draws {
        month.drawn += draw.hours
        month.beyond += draw.beyond
      }
      months.append(month)
      start = day.adding(months: 1)
    }
    return months
  }
}
