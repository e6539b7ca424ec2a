package import Statements

/// How much of a period something was up, in per cent.
///
/// 99.9 % of a month of 30 days is 43.2 minutes of outage, and of a year of 365 days 525.6 minutes.
package enum Uptime {
  /// The uptime over a span of time.
  ///
  /// Outages are clipped to the span, those that overlap count once, and one that is not over counts to the span's end.
  /// What does not come out even at six digits behind the point is rounded down.
  ///
  /// - Returns: The count is of the outages that touch the span.
  package static func measure(_ outages: [Stretch], from start: Instant, to end: Instant) -> Measured {
    let total = end.millisecondsSinceEpoch - start.millisecondsSinceEpoch
    precondition(total > 0, "a period has a beginning and an end")
    let within = outages.filter { $0.start < end && ($0.end ?? end) > start }
    var down = 0
    var reached = start.millisecondsSinceEpoch
    let clipped = within.map { outage in
      (from: max(outage.start, start), to: min(outage.end ?? end, end))
    }.sorted { $0.from < $1.from }
    for outage in clipped {
      let from = max(outage.from.millisecondsSinceEpoch, reached)
      down += max(0, outage.to.millisecondsSinceEpoch - from)
      reached = max(reached, outage.to.millisecondsSinceEpoch)
    }
    let value = Decimal(total - down).shifted(by: -2).divided(by: total, places: Measured.places, roundsUp: false)
    return Measured(
      value: value, count: within.count, open: within.count { outage in outage.end.map { $0 > end } ?? true })
  }
}
