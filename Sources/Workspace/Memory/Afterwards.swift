package import Crypto
internal import Findings
package import Index
package import Ownership
package import TreeLog
package import Verification

/// What is kept for later once the work itself is done: losing it loses nothing of the store, so that a failure here does
/// not undo what has been recorded, and is told as a warning at most.
package enum Afterwards {
  /// Keeps what was seen of a log.
  package static func remember(_ origin: String, at desk: Desk, _ change: (TrustRecord?) -> TrustRecord?) {
    telling(desk) { try TrustMemory(desk.home).update(origin, change) }
  }

  /// Warns where something cannot be kept.
  package static func telling(_ desk: Desk, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      desk.notices.warn("what you have seen could not be remembered: \(Failure(describing: error).message)")
    }
  }

  /// Keeps what a verification found, for the next one to go on from; of an unsound store, that nothing is to be.
  ///
  /// One that read only the newer objects found no more than those before it: it goes on from them, or counts for the
  /// objects' presence alone.
  package static func remember(
    verified report: VerificationReport, of origin: String, _ objects: VerificationOptions.ObjectScope, at desk: Desk
  ) {
    let memory = VerifiedMemory(desk.home)
    guard report.isSound else { return (try? memory.forget(origin)) ?? () }
    guard let past = report.past else { return }
    let depth: VerifiedMemory.Depth = objects == .all ? .contents : .presence
    try? memory.remember(past, of: origin, depth: depth)
  }

  /// Keeps a tree that was signed for far from its store.
  package static func remember(
    _ tree: Checkpoint, _ lineage: SeenTree.Lineage, note: SignedNote, signer: String, at desk: Desk
  ) {
    telling(desk) { try SeenTree.remember(tree, lineage, note: note, signer: signer, desk.home) }
  }

  /// Takes appended entries into the index, which is made anew from the log where it lags behind.
  package static func advance(
    _ index: ProjectionIndex, _ outcomes: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)], state: LogState,
    checkpoint: Checkpoint
  ) {
    try? index.advance(outcomes, state: state, checkpoint: checkpoint)
  }
}
