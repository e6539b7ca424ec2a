internal import CommandLine
internal import Findings
internal import Ownership
internal import Statements
internal import TreeLog

/// Where a statement is signed: beside the store, or far from it with nothing but a checkpoint.
struct SigningPlace {
  let home: Home
  /// nil far from the store.
  let session: Session?
  /// The tree that the signer has before them.
  let checkpoint: Checkpoint
  let signer: SessionSigner

  var origin: String { checkpoint.origin }
  var seen: Statement.Seen { Statement.Seen(root: checkpoint.root, size: checkpoint.size) }
  /// What the log says of its parties; nil far from it.
  var membership: Membership? { session?.state.membership }

  init(home: Home, session: Session?, checkpoint: Checkpoint, signer: SessionSigner) {
    self.home = home
    self.session = session
    self.checkpoint = checkpoint
    self.signer = signer
  }

  /// Beside the store.
  init(_ session: Session, signer: SessionSigner) {
    self.init(home: session.home, session: session, checkpoint: session.checkpoint, signer: signer)
  }

  static func open(_ write: WriteArguments, _ global: GlobalArguments, _ console: Console) throws -> SigningPlace {
    if let path = write.checkpoint { return try far(path, write, global, console) }
    do {
      let session = try Session.open(global, console)
      return SigningPlace(session, signer: try session.signer(global))
    } catch let error as Failure where error.code == .inputMissing && write.offer != nil {
      throw Failure(
        .inputMissing, error.message,
        hint: "an offer can be made without the store: give its checkpoint with --checkpoint FILE")
    }
  }

  private static func far(
    _ path: String, _ write: WriteArguments, _ global: GlobalArguments, _ console: Console
  ) throws -> SigningPlace {
    guard write.offer != nil else {
      throw Failure(.usage, "--checkpoint stands for a store that is out of reach, so only an offer can be made")
    }
    let bytes = try InputFile.read(path, limit: 1 << 20)
    guard let checkpoint = CheckpointFile.read(bytes), checkpoint.size > 0, Origin.isValid(checkpoint.origin)
    else {
      throw Failure(
        .malformedInput, "'\(path)' is no checkpoint",
        hint: "it is the store's file 'checkpoint', or its first three lines: origin, size and root")
    }
    let home = try Home(environment: .process)
    if let trust = try TrustMemory(home).record(of: checkpoint.origin) {
      // The three lines alone, told by telephone or read from paper, have no signature.
      if let note = try? UnverifiedCheckpoint(parsing: bytes).note {
        try SeenTree.checkSignature(note, of: checkpoint.origin, trust, console)
      }
      _ = try SeenTree.compare(checkpoint, nil, with: trust, in: "checkpoint", console)
    } else {
      console.say("you have not seen the store '\(checkpoint.origin)' before: its checkpoint is taken as it is")
    }
    let signer = try SessionSigner.pick(global, home: home, origin: checkpoint.origin, isLive: { _ in true })
    return SigningPlace(home: home, session: nil, checkpoint: checkpoint, signer: signer)
  }
}
