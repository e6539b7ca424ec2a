package import Crypto
internal import Findings
package import Index
package import Ownership
internal import Statements
package import Storage
public import TreeLog
internal import Verification

/// A store that was opened for reading, as of one checkpoint: signed by somebody who may append, and consistent with
/// what this user remembers of the log.
public struct OpenedStore {
  /// Whose eyes it is read with.
  public let desk: Desk
  package let layout: StoreLayout
  package let contents: any StoreContents
  /// The log's name, for ever.
  public let origin: String
  /// The tree that it was opened at.
  public let checkpoint: Checkpoint
  /// The checkpoint as it lies in the store.
  package let checkpointNote: SignedNote
  package let library: ObjectLibrary
  package let index: ProjectionIndex
  package let state: LogState
  package let trust: TrustRecord?

  /// Opens the store in a folder.
  ///
  /// - Parameters:
  ///   - mayHaveShrunk: Whether a store that lost entries at its own place is opened all the same, to go on from what is
  ///     left.
  ///   - isUnremembered: Whether it is read as by somebody who has never seen it: to look at a log that forked.
  package static func open(
    _ layout: StoreLayout, at desk: Desk, mayHaveShrunk: Bool = false, isUnremembered: Bool = false
  ) throws -> OpenedStore {
    let home = desk.home
    let contents = try desk.contents(of: layout)
    guard let bytes = try contents.configuration() else {
      guard layout.address == nil else { throw nothing(at: layout) }
      throw damaged("'\(layout.configuration)' is not what the format says")
    }
    guard let configuration = StoreConfiguration(parsing: bytes) else {
      throw damaged("'custody.json' is not what the format says")
    }
    let origin = configuration.origin
    let index = try ProjectionIndex.open(folder: home.cache(origin: origin), origin: origin)
    let library = ObjectLibrary(contents, parsed: desk.catalogs)
    // What is remembered is read first: another command may append, and remember more, in between.
    let trust = try isUnremembered ? nil : TrustMemory(home).record(of: origin)
    let claimed = try readCheckpoint(contents, origin: origin, layout)
    let checkpoint = claimed.tree
    try check(trust, claimed, contents, layout, mayHaveShrunk: mayHaveShrunk, desk)
    let progress = desk.notices.begin("reading the log", total: checkpoint.size)
    let state = try index.follow(
      contents, to: checkpoint, library: library, verified: { VerifiedMemory(home).tree(of: origin) },
      progress: { done, _ in progress.advance(by: done - progress.count) })
    progress.finish()
    try checkSignature(claimed.note, state, origin: origin)
    if let elsewhere = contents as? BucketContents {
      elsewhere.forget(state.redactions.filter { !$0.isAnnouncement }.flatMap(\.objects))
    }
    return OpenedStore(
      desk: desk, layout: layout, contents: contents, origin: origin, checkpoint: checkpoint,
      checkpointNote: claimed.note,
      library: library, index: index, state: state, trust: trust)
  }

  /// The same store as it is seen from another desk of the same user.
  public func at(_ desk: Desk) -> OpenedStore {
    OpenedStore(
      desk: desk, layout: layout, contents: contents, origin: origin, checkpoint: checkpoint,
      checkpointNote: checkpointNote, library: library, index: index, state: state, trust: trust)
  }

  /// The same store for somebody who has never seen it.
  package func withoutMemory() -> OpenedStore {
    OpenedStore(
      desk: desk, layout: layout, contents: contents, origin: origin, checkpoint: checkpoint,
      checkpointNote: checkpointNote, library: library, index: index, state: state, trust: nil)
  }

  /// Reads the log, and holds what it reads against the checkpoint.
  package var reader: LogReader { LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root) }

  private static func readCheckpoint(
    _ contents: any StoreContents, origin: String, _ layout: StoreLayout
  ) throws -> UnverifiedCheckpoint {
    guard let bytes = try contents.checkpoint() else {
      guard let hint = try StoreAddress.explainMissingCheckpoint(layout, contents) else {
        throw damaged("'checkpoint' is missing")
      }
      throw Failure(
        .answerNo, "there is no checkpoint at '\(layout.name)', or it lies in a bucket of its own", hint: hint)
    }
    do {
      let unverified = try UnverifiedCheckpoint(parsing: bytes)
      guard ByteOrder.areEqual(unverified.origin, origin), unverified.extensions.isEmpty, unverified.size > 0 else {
        throw damaged("'checkpoint' is not one of the log '\(origin)'")
      }
      return unverified
    } catch let error as CheckpointSyntaxError {
      throw damaged("'checkpoint' does not parse: \(error)")
    }
  }

  /// A store at its remembered path that shrank, or any that forked, is caught here.
  private static func check(
    _ trust: TrustRecord?, _ claimed: UnverifiedCheckpoint, _ contents: any StoreContents, _ layout: StoreLayout,
    mayHaveShrunk: Bool, _ desk: Desk
  ) throws {
    guard let trust, let root = trust.rootDigest else { return }
    let checkpoint = claimed.tree
    let reader = LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root)
    if let genesis = trust.genesisDigest, try reader.leafHash(0) != genesis {
      throw Failure(
        .answerNo, "this is another log than the one you know as '\(checkpoint.origin)': it begins with another entry",
        hint: "somebody replaced it, or reused its name; ask the other party for their checkpoint")
    }
    guard trust.size <= checkpoint.size else {
      if mayHaveShrunk { return }
      guard trust.path == layout.name else {
        return desk.notices.warn(
          "older-than-seen: this copy of '\(checkpoint.origin)' has \(Wording.entries(checkpoint.size)), and you have seen "
            + "\(trust.size): nothing is signed or appended here")
      }
      throw Failure(
        .answerNo,
        "the store shrank: you have seen \(Wording.entries(trust.size)) at '\(layout.name)', and \(checkpoint.size) are left",
        hint:
          "entries were cut off, or an old copy was put back: 'custody verify' says more, and after a restore from a "
          + "backup 'custody trust reset --because TEXT' goes on from what is left")
    }
    guard try reader.root(at: trust.size) == root else {
      let proof = trust.signedCheckpoint.flatMap {
        ForkRecord.make($0, against: claimed, reader, keys: trust.noteKeys)
      }
      let kept = ForkRecord.tell(proof, at: desk).map { "; \($0)" } ?? ""
      throw Failure(
        .answerNo, "the log forked: its first \(Wording.entries(trust.size)) are not those that you have seen",
        hint: "somebody rewrote it; keep this copy, and ask the other party for their checkpoint\(kept)")
    }
  }

  private static func checkSignature(_ note: SignedNote, _ state: LogState, origin: String) throws {
    // Whoever appended the last entry may have lost their right by it, and not before.
    let appender = state.membership.keys.first {
      $0.use == .sign && $0.keyID == state.lastBy && state.lastMayAppend
    }
    let key = appender.flatMap { try? VerificationKey(base64: $0.publicKey) }
    guard HeadRule.fault(note, origin: origin, appenders: key.map { [$0] } ?? [], last: state.lastBy) == nil else {
      throw damaged("'checkpoint' is not signed by the member who appended the last entry")
    }
  }

  private static func nothing(at layout: StoreLayout) -> Failure {
    Failure(
      .inputMissing, "there is no store at '\(layout.name)'",
      hint: "look at its spelling; 'custody init' makes a new store, and 'custody copy' moves one")
  }

  private static func damaged(_ what: String) -> Failure {
    Failure(.answerNo, "the store is damaged: \(what)", hint: "'custody verify' says what is wrong and where")
  }
}

@available(*, unavailable)
extension OpenedStore: Sendable {}
