internal import Findings
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog

/// What a submitter should know before evidence goes in: that it is for what does not apply, or takes more away than it
/// brings.
struct SubmissionRemarks {
  let place: SigningPlace

  init(_ place: SigningPlace) { self.place = place }

  /// Says what there is to say, and asks where earlier evidence would be lost to a control.
  ///
  /// - Returns: Whether the user agrees.
  func agrees(to batches: [EvidenceBatch], isDryRun: Bool) throws -> Bool {
    guard let store = place.store else { return true }
    remarkOnScope(batches, store)
    let lost = try controlsLost(by: batches, store)
    guard !lost.isEmpty else { return true }
    let said =
      "what is replaced is evidence for \(FileGathering.some(lost)) as well, and this is not: it would have that no more"
    guard !isDryRun else {
      place.desk.notices.warn(said)
      return true
    }
    return try place.desk.consent.confirm(
      Question(
        said.prefix(1).uppercased() + said.dropFirst() + ". Replace it?",
        refusingBlanketYes: Failure(
          .usage, said, hint: "name these with --control too, or submit without --replaces")))
  }

  /// Evidence for what is adopted as not applicable shows up in no report.
  private func remarkOnScope(_ batches: [EvidenceBatch], _ store: OpenedStore) {
    let today = place.desk.clock.today
    let scope = LeaningScope(store: store, day: today)
    let excluded = Set(batches.flatMap(\.evidence.controls)).filter { control in
      guard let framework = control.split(separator: "/").first else { return false }
      return scope.adoption(of: String(framework))?.notApplicable[control] != nil
    }.sorted(by: ByteOrder.precedes)
    guard !excluded.isEmpty else { return }
    place.desk.notices.warn(
      "\(FileGathering.some(excluded)) \(excluded.count == 1 ? "is" : "are") adopted as not applicable: no report asks for "
        + "evidence of \(excluded.count == 1 ? "it" : "them")")
  }

  /// Controls of replaced evidence for which the new one is not.
  private func controlsLost(by batches: [EvidenceBatch], _ store: OpenedStore) throws -> [String] {
    let replaced = Set(batches.flatMap(\.evidence.replaces))
    guard !replaced.isEmpty else { return [] }
    var lost: Set<String> = []
    for id in replaced {
      guard let entry = try store.index.ledger.record(of: id)?.entry,
        case .success(let statement)? = ParsedEntry(try store.reader.entry(at: entry), library: store.library).statement,
        case .evidence(let earlier) = statement.predicate
      else { continue }
      let now = Set(batches.filter { $0.evidence.replaces.contains(id) }.flatMap(\.evidence.controls))
      // A control stands for its units.
      lost.formUnion(
        earlier.controls.filter { old in !now.contains(old) && !now.contains { old.hasPrefix($0 + "[") } })
    }
    return lost.sorted(by: ByteOrder.precedes)
  }
}
