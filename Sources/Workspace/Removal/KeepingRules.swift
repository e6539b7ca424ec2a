package import Crypto
package import Obligations
package import Ownership
package import Statements
package import Storage

/// For how long what a store holds has to stay where it is: by the laws behind the frameworks that were adopted, by what
/// submitters said, and by holds.
package struct KeepingRules {
  private let state: LogState
  private let library: ObjectLibrary
  private let reach: FrameworkReach
  private let today: Day
  private let holds: [LogState.HoldRecord]

  /// - Parameter today: What is in effect on it is kept as if its last day in effect were this one.
  package init(_ state: LogState, _ library: ObjectLibrary, on today: Day) throws {
    self.state = state
    self.library = library
    self.today = today
    reach = try FrameworkReach(state, library)
    holds = state.holds.filter { $0.ended == nil }
  }

  /// The last day on which the log itself has to be there, with all that is no evidence: that which the longest of the laws
  /// behind the adopted frameworks asks for something made today. nil where none of them asks for a time.
  package var log: Day? {
    let adopted = Set(state.adoptions.map(\.framework))
    let years = RetentionRules.all.filter { adopted.contains($0.framework) }.map(\.years).max()
    return years.map { today.adding(months: 12 * $0) }
  }

  /// All that keeps some evidence, the longest first.
  ///
  /// - Parameters:
  ///   - replaced: The day on which other evidence took its place.
  ///   - assessed: The days of the newest assessments, by control and unit.
  package func reasons(
    _ record: EvidenceRecord, replaced: Day?, assessed: [String: Day]
  ) -> [RetentionRules.Reason] {
    let controls = record.evidence.controls
    let judged = controls.flatMap { [$0, reach.control(of: $0)] }
    let subject = RetentionRules.Subject(
      record, frameworks: reach.frameworks(of: controls), replaced: replaced,
      assessed: judged.compactMap { assessed[$0] }.max(), asOf: today)
    return RetentionRules.reasons(subject)
  }

  /// The last day on which some evidence has to be there; nil where no rule names one.
  package func until(_ record: EvidenceRecord, replaced: Day? = nil, assessed: [String: Day] = [:]) -> Day? {
    reasons(record, replaced: replaced, assessed: assessed).first?.until
  }

  /// Whether a hold in force is on an object: the same answer that a redaction of it would get.
  package func isHeld(_ object: Digest, showing controls: [String]) -> Bool {
    holds.contains { covers($0, object, controls) }
  }

  package func covers(_ hold: LogState.HoldRecord, _ object: Digest, _ controls: [String]) -> Bool {
    hold.isUnreadable || hold.objects.contains(object)
      || hold.isOn(controls, adoptions: state.adoptions, library)
  }

  /// Adds what some evidence asks for the objects that it brings. An object that several bring stays as long as the longest
  /// of them asks.
  ///
  /// - Parameter more: Objects that a manifest lists which cannot be read yet.
  package func add(
    _ record: EvidenceRecord, until: Day?, listing more: [Digest] = [], to terms: inout RetentionTerms
  ) throws {
    var objects = Set(record.artifacts + more)
    if let manifest = record.manifest { try library.forEachItem(of: manifest) { objects.insert($0) } }
    // No bucket takes a day that is over.
    let seconds = until.flatMap { $0 < today ? nil : $0.endInSeconds }
    func join(_ object: Digest, _ until: Int?) {
      let term = KeepingTerm(until: until, isHeld: isHeld(object, showing: record.evidence.controls))
      terms.evidence[object] = terms.evidence[object]?.joined(term) ?? term
    }
    for object in objects where object != record.manifest && state.redactedObjects[object] == nil {
      join(object, seconds)
    }
    // A manifest is a part of the log, and of use as long as what it lists.
    if let manifest = record.manifest { join(manifest, [seconds, log?.endInSeconds].compactMap(\.self).max()) }
  }
}

extension Day {
  /// The moment at which it is over in UTC, in seconds since 1970.
  package var endInSeconds: Int { (daysSinceEpoch + 1) * 86_400 }

  /// The last day that is over by a moment.
  package init(lastBefore seconds: Int) {
    self.init(daysSinceEpoch: Int((Double(seconds) / 86_400).rounded(.down)) - 1)
  }
}
