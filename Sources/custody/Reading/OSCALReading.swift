internal import Catalogs
internal import Index
internal import OSCAL
internal import Obligations
internal import Ownership
internal import Statements
internal import Workspace

/// What of a store goes into OSCAL beside its snapshot.
struct OSCALReading {
  private let store: OpenedStore
  private let snapshot: Snapshot
  private let frameworks: [String]?

  init(_ store: OpenedStore, _ snapshot: Snapshot, _ frameworks: [String]?) {
    self.store = store
    self.snapshot = snapshot
    self.frameworks = frameworks
  }

  /// All that a kind of document is made from.
  ///
  /// - Parameter side: Whose assessments; nil for both sides'.
  func source(_ kind: OSCALKind, by side: AssessmentBook.Side?) throws -> OSCALSource {
    var source = OSCALSource(snapshot, frameworks: frameworks)
    source.side = side
    source.isUnsound = store.isRememberedUnsound
    switch kind {
    case .catalog: break
    case .profile, .componentDefinition, .securityPlan, .actionPlan: source.marks = try store.assessments(snapshot)
    case .assessmentResults:
      source.marks = try store.assessments(snapshot)
      source.evidence = try evidence(on: source.matrix.units)
    }
    return source
  }

  /// The evidence on some units that counts on the snapshot's day, with those of its files that are not redacted.
  private func evidence(on units: [ResponsibilityMatrix.UnitRow]) throws -> [OSCALSource.EvidenceItem] {
    let book = try store.index.evidenceBook(upTo: snapshot.state.size)
    let redacted = snapshot.state.redactedObjects.filter { $0.value <= snapshot.asOf }
    var seen: Set<Int> = []
    var records: [EvidenceRecord] = []
    for unit in units {
      for record in book.records(unit: unit.id.description, control: unit.control.description)
      where record.firstDay <= snapshot.asOf && seen.insert(record.entry).inserted {
        if try !record.isRedacted(redacted, on: snapshot.asOf, library: store.library) { records.append(record) }
      }
    }
    records.sort { $0.entry < $1.entry }
    let files = try store.index.evidenceFiles(ofEntries: records.map(\.entry))
    return records.map { record in
      OSCALSource.EvidenceItem(
        record,
        files: (files[record.entry] ?? []).filter { redacted[$0.digest] == nil }
          .map { OSCALSource.File(name: $0.name, digest: $0.digest) })
    }
  }
}
