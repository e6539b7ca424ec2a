internal import Agreements
internal import Catalogs
package import Statements

/// Hours of a block that became available on a day, and how long they may be drawn.
package struct HourGrant: Sendable, Equatable {
  /// The period that they are for: `2026-01`; `2026-01-01..2027-12-31` for a whole term.
  package var period: String
  /// The first day on which they can be drawn.
  package var from: Day
  /// The last day on which they can be drawn.
  package var through: Day
  package var hours: Decimal
  /// What has not been drawn.
  package var left: Decimal
}

/// When the hours of blocks become available, and when they expire.
enum HourGrants {
  /// The grants of a block up to a day, the oldest first.
  ///
  /// A block that is given every month gives its hours for each calendar month, once, on the first day of the month on
  /// which it holds, as the line says that holds on that day. What is not drawn expires with the month, or as much later
  /// as `rollover` says, and at the latest with the last day on which the block holds. A block that is given once gives
  /// its hours on the first day of the term and keeps them to its end.
  static func list(_ engagement: String, _ id: String, _ held: HeldLines, through asOf: Day) -> [HourGrant] {
    guard let first = held.span(engagement)?.from else { return [] }
    var grants: [HourGrant] = []
    var lastTermFrom: Day?
    var day = first
    while day <= asOf {
      guard let block = held.block(engagement, id, on: day) else {
        guard let next = held.changes(engagement, after: day, through: asOf).first else { break }
        day = next
        continue
      }
      let hours = Decimal(block.line.hours) ?? .zero
      let cadence = block.line.every.flatMap { Cadence(rawValue: $0) }
      if let cadence, let period = CadencePeriod(cadence, around: day, anchor: block.termFrom) {
        let end = period.through.forward(block.line.rollover)
        grants.append(
          HourGrant(
            period: "\(period)", from: day, through: lastHeld(engagement, id, held, from: day, through: end),
            hours: hours, left: hours))
        day = period.through.adding(days: 1)
      } else {
        // A version that makes a term longer gives no hours a second time.
        if let known = grants.indices.last, lastTermFrom == block.termFrom {
          grants[known].through = lastHeld(engagement, id, held, from: day, through: block.termThrough)
        } else {
          grants.append(
            HourGrant(
              period: "\(block.termFrom)..\(block.termThrough)", from: day,
              through: lastHeld(engagement, id, held, from: day, through: block.termThrough), hours: hours, left: hours)
          )
        }
        lastTermFrom = block.termFrom
        day = block.termThrough.adding(days: 1)
      }
    }
    return grants
  }

  /// The last day of a span on which the block still holds without a break from its first.
  private static func lastHeld(
    _ engagement: String, _ id: String, _ held: HeldLines, from: Day, through: Day
  ) -> Day {
    for day in held.changes(engagement, after: from, through: through)
    where held.block(engagement, id, on: day) == nil {
      return day.adding(days: -1)
    }
    return through
  }
}

extension Day {
  /// The last day on which what ends on this one may still be drawn: three months after the end of February is the end
  /// of May.
  func forward(_ span: TimeSpan?) -> Day {
    guard let span else { return self }
    let start = adding(days: 1)
    let end =
      switch span.unit {
      case .minute, .hour: start
      case .day: start.adding(days: span.count)
      case .week: start.adding(days: span.count * 7)
      case .month: start.adding(months: span.count)
      case .year: start.adding(months: span.count * 12)
      }
    return end.adding(days: -1)
  }

  /// `2026-09`
  package var month: String { String("\(self)".prefix(7)) }
}
