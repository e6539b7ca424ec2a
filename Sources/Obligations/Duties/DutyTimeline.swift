internal import Ownership
package import Catalogs
package import Statements

/// The cadences by which a duty is owed, each from the day on which the version that says so speaks.
package struct DutyTimeline: Sendable, Equatable {
  package struct Span: Sendable, Equatable {
    package var from: Day
    package var cadence: Cadence

    package init(from: Day, cadence: Cadence) {
      self.from = from
      self.cadence = cadence
    }
  }

  /// The earliest first; at least one.
  private let spans: [Span]

  /// - Returns: nil for none.
  package init?(_ spans: [Span]) {
    guard !spans.isEmpty else { return nil }
    self.spans = spans.sorted { $0.from < $1.from }
  }

  /// When what counts from a day is due; nil where it is owed when something happens.
  ///
  /// A new cadence does not reach back: what was due before it begins stays due then, and what it would have had due before
  /// its first day is due a new cadence after that day, or when it was due before, whichever is sooner.
  package func due(after day: Day) -> Day? {
    let first = spans.lastIndex { $0.from <= day } ?? 0
    var due = spans[first].cadence.due(after: day)
    for span in spans[(first + 1)...] {
      if let due, due < span.from { break }
      guard let new = span.cadence.due(after: day) else {
        due = nil
        continue
      }
      if new >= span.from {
        due = new
      } else {
        let later = span.cadence.due(after: span.from) ?? new
        due = due.map { min($0, later) } ?? later
      }
    }
    return due
  }
}
