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
  /// The objects that it brings, those aside that a manifest lists.
  package var artifacts: [Digest]
  /// The manifest of those that it lists, where it has one.
  package var manifest: Digest?

  package init(
    entry: Int, statement: Digest, party: String, member: String, keyID: Digest, recorded: Instant,
    evidence: Evidence, artifacts: [Digest] = [], manifest: Digest? = nil
  ) {
    self.entry = entry
    self.statement = statement
    self.party = party
    self.member = member
    self.keyID = keyID
    self.recorded = recorded
    self.evidence = evidence
    self.artifacts = artifacts
    self.manifest = manifest
  }

  /// The record of a statement that counts.
  package init(
    entry: Int, _ statement: Statement, by signer: Signer, recorded: Instant, evidence: Evidence
  ) {
    let brought = EvidenceRecord.objects(of: statement)
    self.init(
      entry: entry, statement: statement.id, party: signer.party, member: signer.name, keyID: signer.key.keyID,
      recorded: recorded, evidence: evidence, artifacts: brought.artifacts, manifest: brought.manifest)
  }

  /// What a statement of evidence brings: its artifacts, or the manifest that lists them.
  package static func objects(of statement: Statement) -> (artifacts: [Digest], manifest: Digest?) {
    let shown = statement.subjects.filter { $0.mediaType != MediaType.list || !$0.name.utf8.starts(with: "list/".utf8) }
    return (
      shown.filter { $0.mediaType != MediaType.manifest }.map(\.digest),
      shown.first { $0.mediaType == MediaType.manifest }?.digest
    )
  }

  /// The day its age runs from: the last day covered, else the day it was collected, else that of its entry, and never
  /// a later one than that of its entry.
  package var ageDay: Day { min(evidence.through ?? evidence.collected?.day ?? recorded.day, recorded.day) }

  /// The day its age runs from where a day is asked about: never a later one than that either.
  package func ageDay(asOf day: Day) -> Day { min(ageDay, day) }

  /// The first day it says something about.
  package var firstDay: Day { evidence.from ?? ageDay }

  /// Whether all that it brought is redacted on a day, so that it shows nothing any more.
  ///
  /// - Parameter redacted: Objects, and the days from which their redactions count.
  package func isRedacted(_ redacted: [Digest: Day], on day: Day, library: ObjectLibrary) throws -> Bool {
    guard !redacted.isEmpty else { return false }
    func isGone(_ object: Digest) -> Bool { redacted[object].map { $0 <= day } ?? false }
    guard artifacts.allSatisfy(isGone) else { return false }
    guard let manifest else { return !artifacts.isEmpty }
    var remains = false
    var isEmpty = true
    let isRead = try library.forEachItem(of: manifest) { object in
      isEmpty = false
      if !isGone(object) { remains = true }
    }
    return isRead && !isEmpty && !remains
  }

  /// Whether some of what it brought is redacted on a day, and not all.
  package func isPartlyRedacted(_ redacted: [Digest: Day], on day: Day, library: ObjectLibrary) throws -> Bool {
    guard !redacted.isEmpty else { return false }
    func isGone(_ object: Digest) -> Bool { redacted[object].map { $0 <= day } ?? false }
    var hasGone = artifacts.contains(where: isGone)
    if !hasGone, let manifest {
      _ = try library.forEachItem(of: manifest) { object in if isGone(object) { hasGone = true } }
    }
    return try hasGone && !isRedacted(redacted, on: day, library: library)
  }
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

  /// The entries of evidence all of whose artifacts are redacted on a day.
  func redactedEntries(_ redacted: [Digest: Day], on day: Day, library: ObjectLibrary) throws -> Set<Int> {
    guard !redacted.isEmpty else { return [] }
    var seen: Set<Int> = []
    var gone: Set<Int> = []
    for record in byControl.values.joined() where seen.insert(record.entry).inserted {
      if try record.isRedacted(redacted, on: day, library: library) { gone.insert(record.entry) }
    }
    return gone
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
