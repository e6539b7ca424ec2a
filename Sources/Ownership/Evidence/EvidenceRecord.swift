package import Crypto
package import Statements

/// Evidence that counts, with its three dates: covered, collected, recorded.
package struct EvidenceRecord: Sendable, Equatable {
  package var entry: Int
  package var statement: Digest
  /// Who submitted it: the party, the member, their key.
  package var party: String
  package var member: String
  package var keyID: Digest
  /// The entry's time.
  package var recorded: Instant
  package var evidence: Evidence

  package init(
    entry: Int, statement: Digest, party: String, member: String, keyID: Digest, recorded: Instant,
    evidence: Evidence
  ) {
    self.entry = entry
    self.statement = statement
    self.party = party
    self.member = member
    self.keyID = keyID
    self.recorded = recorded
    self.evidence = evidence
  }

  /// The day its age runs from: the last day covered, else the day it was collected, else that of its entry.
  package var ageDay: Day { evidence.through ?? evidence.collected?.day ?? recorded.day }

  /// The first day it says something about.
  package var firstDay: Day { evidence.from ?? ageDay }
}

/// All evidence that counts, found by control or unit.
package struct EvidenceBook: Sendable {
  private var byControl: [String: [EvidenceRecord]] = [:]
  private var replaced: Set<Digest> = []
  package private(set) var count = 0

  package init() {}

  /// Takes in evidence, in log order.
  package mutating func add(_ record: EvidenceRecord) {
    count += 1
    for control in record.evidence.controls { byControl[control, default: []].append(record) }
    replaced.formUnion(record.evidence.replaces)
  }

  /// Evidence on a unit or its control that is not replaced, in log order, each once.
  package func records(unit: String, control: String) -> [EvidenceRecord] {
    let own = byControl[unit] ?? []
    let all = unit == control ? own : own + (byControl[control] ?? [])
    var entries: Set<Int> = []
    return all.filter { !replaced.contains($0.statement) && entries.insert($0.entry).inserted }
      .sorted { $0.entry < $1.entry }
  }
}
