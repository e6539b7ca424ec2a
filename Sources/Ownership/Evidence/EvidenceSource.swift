package import Crypto
package import Statements

/// Where evidence is kept: in memory, as the fold gives it, or in the index, which counts it as it comes in.
package protocol EvidenceSource {
  /// The evidence that shows something on a day.
  ///
  /// - Parameter redacted: Objects, and the days from which their redactions count.
  func view(on day: Day, redacted: [Digest: Day], library: ObjectLibrary) throws -> any EvidenceView
}

/// Evidence as of one day.
package protocol EvidenceView {
  /// What there is on a unit or its control that is neither replaced nor redacted.
  func summary(unit: String, control: String) throws -> EvidenceSummary
}

/// What has to be known of all the evidence on a unit to say how it stands.
package struct EvidenceSummary: Sendable, Equatable {
  /// How many statements.
  package var count = 0
  /// The one whose age runs from the latest day; of several the last in the log.
  package var newest: EvidenceRecord?
  /// Who submitted any of it.
  package var parties: Set<String> = []

  package init() {}

  /// Takes in evidence that says something about the day.
  package mutating func add(_ record: EvidenceRecord, asOf day: Day) {
    count += 1
    parties.insert(record.party)
    propose(record, asOf: day)
  }

  /// Takes in many statements of one party at once.
  ///
  /// - Parameter newest: The newest of them.
  package mutating func add(_ count: Int, of party: String, newest: EvidenceRecord, asOf day: Day) {
    self.count += count
    parties.insert(party)
    propose(newest, asOf: day)
  }

  private mutating func propose(_ record: EvidenceRecord, asOf day: Day) {
    guard let known = newest else {
      newest = record
      return
    }
    if (known.ageDay(asOf: day), known.entry) < (record.ageDay(asOf: day), record.entry) { newest = record }
  }
}

extension EvidenceBook: EvidenceSource {
  package func view(on day: Day, redacted: [Digest: Day], library: ObjectLibrary) throws -> any EvidenceView {
    EvidenceBookView(
      book: self, day: day, redactedEntries: try redactedEntries(redacted, on: day, library: library))
  }
}

/// A book's evidence as of one day.
private struct EvidenceBookView: EvidenceView {
  let book: EvidenceBook
  let day: Day
  /// Evidence that shows nothing any more.
  let redactedEntries: Set<Int>

  func summary(unit: String, control: String) -> EvidenceSummary {
    var summary = EvidenceSummary()
    for record in book.records(unit: unit, control: control)
    where record.firstDay <= day && !redactedEntries.contains(record.entry) {
      summary.add(record, asOf: day)
    }
    return summary
  }
}
