internal import Crypto
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// What keeps the evidence of a store, as of a day.
struct RetentionReading {
  private let store: OpenedStore
  private let day: Day
  private let rules: KeepingRules
  private let assessed: [String: Day]
  private let holds: HoldCoverage

  init(_ store: OpenedStore, on day: Day) throws {
    self.store = store
    self.day = day
    rules = try KeepingRules(store.state, store.library, on: day)
    assessed = try store.index.assessedDays()
    holds = HoldCoverage(store)
  }

  /// - Returns: nil for evidence whose bytes are all redacted.
  func row(_ record: EvidenceRecord, replaced: Day?) throws -> RetentionReport.Row? {
    let redacted = store.state.redactedObjects
    if !redacted.isEmpty, try record.isRedacted(redacted, on: day, library: store.library) { return nil }
    let controls = record.evidence.controls
    let reasons = rules.reasons(record, replaced: replaced, assessed: assessed)
    let held =
      holds.isEmpty ? [] : try holds.ids(record.artifacts, manifest: record.manifest, controls: controls)
    let until = reasons.first?.until
    return RetentionReport.Row(
      entry: record.entry, recorded: record.recorded.day, party: record.party, controls: controls,
      text: text(record.evidence), fate: RetentionRules.fate(reasons, isHeld: !held.isEmpty, on: day), until: until,
      why: held.map { "hold '\($0)'" } + reasons.map(\.text))
  }

  private func text(_ evidence: Evidence) -> String {
    let about = evidence.controls.isEmpty ? evidence.duty ?? "" : FileGathering.some(evidence.controls)
    return evidence.description.map { "\(about): \($0)" } ?? about
  }

  /// All of the store's evidence.
  ///
  /// - Parameter listsAll: Whether what is to be kept is listed too.
  func report(listsAll: Bool) throws -> RetentionReport {
    var rows: [RetentionReport.Row] = []
    var counts: [RetentionReport.Fate: Int] = [:]
    var redacted = 0
    var bucket = try BucketReading(store, on: day)
    var waiting: [(record: EvidenceRecord, row: RetentionReport.Row)] = []
    func take(_ some: [(record: EvidenceRecord, row: RetentionReport.Row)]) throws {
      let kept = try bucket?.look(some.map(\.record)) ?? some.map { _ in nil }
      for (index, kept) in kept.enumerated() {
        var row = some[index].row
        row.bucket = kept
        if listsAll || row.fate == .free || row.fate == .held { rows.append(row) }
      }
    }
    try store.index.forEachEvidence { record, replaced in
      guard let row = try row(record, replaced: replaced) else {
        redacted += 1
        return
      }
      counts[row.fate, default: 0] += 1
      waiting.append((record, row))
      guard waiting.count >= RetentionReading.batch else { return }
      try take(waiting)
      waiting = []
    }
    try take(waiting)
    return RetentionReport(
      checkpoint: store.checkpoint, day: day, rows: rows, counts: counts, redacted: redacted, listsAll: listsAll,
      bucket: try bucket?.summary())
  }

  /// The bucket is asked about so many submissions at once.
  private static let batch = 256

  /// What keeps an object: by the evidence that brings it.
  func keeping(_ object: Digest) throws -> [RetentionReport.Row] {
    let entries = try store.index.objectUses(object).filter(\.isEvidence).map(\.entry)
    return try store.index.evidence(ofEntries: entries).compactMap { try row($0.record, replaced: $0.replaced) }
      .filter { $0.fate == .kept || $0.fate == .held }
  }
}
