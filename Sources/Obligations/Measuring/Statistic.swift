package import Statements

/// What is made of the numbers of many rows.
package enum Statistic: Sendable, Equatable {
  case mean
  /// By nearest rank: the smallest number that at least so many per cent of the rows do not exceed.
  case percentile(Int)
  /// How many per cent of the rows keep within a limit.
  case share(Limit)

  /// What a row has to keep to be counted in a share.
  package enum Limit: Sendable, Equatable {
    case atMost(Decimal)
    case atLeast(Decimal)

    func isKept(by number: Decimal) -> Bool {
      switch self {
      case .atMost(let limit): number <= limit
      case .atLeast(let limit): number >= limit
      }
    }
  }

  /// The statistic of some numbers.
  ///
  /// - Parameters:
  ///   - unit: How much of the numbers' unit one of the result's is: 3,600,000 where milliseconds become hours.
  ///   - roundsUp: Whether what does not come out even at six digits behind the point is rounded up, else down.
  /// - Returns: nil where there are no numbers.
  package func measure(_ numbers: [Decimal], unit: Int = 1, roundsUp: Bool) -> Decimal? {
    guard !numbers.isEmpty else { return nil }
    let places = Measured.places
    switch self {
    case .mean:
      let sum = numbers.reduce(.zero) { $0 + $1 }
      return sum.divided(by: numbers.count * unit, places: places, roundsUp: roundsUp)
    case .percentile(let percent):
      let rank = max(1, (numbers.count * percent + 99) / 100)
      return numbers.sorted()[min(rank, numbers.count) - 1].divided(by: unit, places: places, roundsUp: roundsUp)
    case .share(let limit):
      let kept = numbers.count { limit.isKept(by: $0) }
      return Decimal(kept).shifted(by: -2).divided(by: numbers.count, places: places, roundsUp: roundsUp)
    }
  }
}

extension Statistic {
  /// How long tickets of a span of time took, in milliseconds, those that are open up to its end.
  ///
  /// A ticket counts where it ends within the span, from its very beginning on, and where it is still open when the span
  /// ends: so that neither a late answer nor one that never came is left out.
  package static func durations(
    _ tickets: [Stretch], from start: Instant, to end: Instant
  ) -> (milliseconds: [Decimal], open: Int) {
    var open = 0
    let durations = tickets.compactMap { ticket -> Decimal? in
      guard ticket.start < end else { return nil }
      var last = end
      if let over = ticket.end, over < end {
        guard over >= start else { return nil }
        last = over
      } else {
        open += 1
      }
      return Decimal(last.millisecondsSinceEpoch - ticket.start.millisecondsSinceEpoch)
    }
    return (durations, open)
  }
}
