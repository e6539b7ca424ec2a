package import Statements

/// What the rows of a monitoring or ticket system amount to over a period.
package struct Measured: Sendable, Equatable {
  package var value: Decimal
  /// How many rows it was computed from.
  package var count: Int
  /// How many of them were not over when the period ended: they count up to its end.
  package var open: Int

  package init(value: Decimal, count: Int, open: Int) {
    self.value = value
    self.count = count
    self.open = open
  }

  /// Computed values have at most so many digits behind the point.
  static let places = 6
}

/// Something that lasts from one instant to another: an outage, a ticket.
package struct Stretch: Sendable, Equatable {
  package var start: Instant
  /// nil for what is not over.
  package var end: Instant?

  package init(start: Instant, end: Instant?) {
    self.start = start
    self.end = end
  }
}

extension CadencePeriod {
  /// Its first moment.
  package var start: Instant { Instant(millisecondsSinceEpoch: from.daysSinceEpoch * 86_400_000) }

  /// The first moment after it.
  package var end: Instant { Instant(millisecondsSinceEpoch: (through.daysSinceEpoch + 1) * 86_400_000) }
}
