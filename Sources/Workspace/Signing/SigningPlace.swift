internal import Crypto
internal import Findings
package import Ownership
package import Statements
package import TreeLog

/// Where a statement is signed: beside the store, or far from it with nothing but a checkpoint.
package struct SigningPlace {
  package let desk: Desk
  /// nil far from the store.
  package let store: OpenedStore?
  /// The tree that the signer has before them.
  package let checkpoint: Checkpoint
  package let signer: Signatory
  /// Who appends what the signer may not append itself; nil where it does.
  package var appender: Signatory?

  package var origin: String { checkpoint.origin }
  package var seen: Statement.Seen { Statement.Seen(root: checkpoint.root, size: checkpoint.size) }
  /// What the log says of its parties; nil far from it.
  package var membership: Membership? { store?.state.membership }

  package init(desk: Desk, store: OpenedStore?, checkpoint: Checkpoint, signer: Signatory) {
    self.desk = desk
    self.store = store
    self.checkpoint = checkpoint
    self.signer = signer
  }

  /// Beside the store.
  package init(_ store: OpenedStore, signer: Signatory) {
    self.init(desk: store.desk, store: store, checkpoint: store.checkpoint, signer: signer)
  }

  /// The place that some options name: beside a store, or, with a checkpoint, far from it.
  ///
  /// - Parameter path: The store's folder; nil for the nearest at or above the working folder.
  package static func open(_ write: WriteOptions, store path: String?, at desk: Desk) throws -> SigningPlace {
    if let checkpoint = write.checkpoint { return try far(checkpoint, write, desk) }
    do {
      let store = try desk.open(path)
      // Nobody reads a schedule and signs it, to be told then that it cannot be appended here.
      if write.offer == nil, !write.isDryRun { try store.refuseIfKeptElsewhere() }
      return SigningPlace(store, signer: try store.signer())
    } catch let error as Failure where error.code == .inputMissing && write.offer != nil {
      throw Failure(
        .inputMissing, error.message,
        hint: "an offer can be made without the store: give its checkpoint with --checkpoint FILE")
    }
  }

  private static func far(
    _ path: String, _ write: WriteOptions, _ desk: Desk
  ) throws -> SigningPlace {
    guard write.offer != nil else {
      throw Failure(.usage, "--checkpoint stands for a store that is out of reach, so only an offer can be made")
    }
    let bytes = try InputFile.read(path, limit: 1 << 20)
    guard let checkpoint = try CheckpointFile.read(bytes), checkpoint.size > 0, Origin.isValid(checkpoint.origin)
    else {
      throw Failure(
        .malformedInput, "'\(path)' is not a checkpoint",
        hint: "it is the store's file 'checkpoint', or its first three lines: origin, size and root")
    }
    if let trust = try TrustMemory(desk.home).record(of: checkpoint.origin) {
      // The three lines alone, told by telephone or read from paper, have no signature.
      if !checkpoint.note.signatures.isEmpty {
        try SeenTree.checkSignature(checkpoint.note, of: checkpoint.origin, trust, desk.notices)
      }
      // A bare checkpoint has no room for a proof.
      _ = try SeenTree.compare(
        checkpoint.tree, nil, note: checkpoint.note, with: trust, in: "checkpoint", mayBeUnproven: true, desk)
    } else {
      desk.notices.say("you have not seen the store '\(checkpoint.origin)' before: its checkpoint is taken as it is")
    }
    let signer = try Signatory.pick(at: desk, origin: checkpoint.origin, isLive: { _ in true })
    return SigningPlace(desk: desk, store: nil, checkpoint: checkpoint.tree, signer: signer)
  }
}
