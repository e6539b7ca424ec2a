package import Catalogs
package import Ownership
package import Statements

/// Which days the evidence on a unit or control speaks for: kept by days, not by statements, so that daily evidence of
/// years takes no more room than its days.
package struct EvidenceCoverage: Sendable {
  /// What evidence says it is about: its first day, and the day that its age runs from.
  package struct Stretch: Hashable, Sendable {
    package var first: Day
    package var age: Day

    package init(first: Day, age: Day) {
      self.first = first
      self.age = age
    }
  }

  /// Days, both included.
  package struct Span: Hashable, Sendable {
    package var from: Day
    package var through: Day

    package init(from: Day, through: Day) {
      self.from = from
      self.through = through
    }

    package var dayCount: Int { through.daysSinceEpoch - from.daysSinceEpoch + 1 }
  }

  private var stretches: Set<Stretch> = []
  /// How many statements.
  package private(set) var count = 0
  /// The one whose age runs from the latest day; of several the last in the log.
  package private(set) var newest: EvidenceRecord?

  package init() {}

  /// Takes in evidence that is neither replaced nor redacted.
  ///
  /// - Parameter day: The day that is asked about; what speaks of later days only shows nothing yet.
  package mutating func add(_ record: EvidenceRecord, asOf day: Day) {
    guard record.firstDay <= day else { return }
    count += 1
    let age = record.ageDay(asOf: day)
    stretches.insert(Stretch(first: min(record.firstDay, age), age: age))
    if let known = newest, (known.ageDay(asOf: day), known.entry) > (age, record.entry) { return }
    newest = record
  }

  /// Evidence on a unit, and that on its control.
  package func united(with other: EvidenceCoverage, asOf day: Day) -> EvidenceCoverage {
    var all = self
    all.stretches.formUnion(other.stretches)
    all.count += other.count
    if let newest = other.newest {
      let isNewer = all.newest.map { ($0.ageDay(asOf: day), $0.entry) < (newest.ageDay(asOf: day), newest.entry) }
      if isNewer ?? true { all.newest = newest }
    }
    return all
  }

  /// The days of a period on which no evidence was current, by a cadence: none speaks of the day, and the newest one from
  /// before it was due anew.
  package func holes(_ cadence: Cadence, in period: Span) -> [Span] {
    guard period.from <= period.through else { return [] }
    var holes: [Span] = []
    var open = period.from
    for stretch in stretches.sorted(by: { $0.first < $1.first }) {
      if stretch.first > period.through { break }
      if stretch.first > open { holes.append(Span(from: open, through: stretch.first.adding(days: -1))) }
      // What is never due anew leaves no hole behind it.
      guard let due = cadence.due(after: stretch.age) else { return holes }
      open = max(open, due.adding(days: 1))
    }
    if open <= period.through { holes.append(Span(from: open, through: period.through)) }
    return holes
  }
}
