package import Crypto
internal import Findings
package import TreeLog

/// Holds a tree that came by mail against what this user has seen of its log: nobody signs for one that contradicts it.
package enum SeenTree {
  /// What shows that a tree is of a log, and extends an earlier one of it.
  package struct Lineage {
    /// The leaf hash of entry 0, which was found in the tree.
    package let genesis: Digest
    /// Earlier sizes, and for each the proof that the tree extends the one of that size.
    package let earlier: [(size: Int, proof: [Digest])]
  }

  /// Remembers a tree that was signed for far from the store, so that the next one has to extend it.
  ///
  /// - Parameters:
  ///   - note: Its checkpoint, signed.
  ///   - signer: The verifier key that it was signed with.
  package static func remember(
    _ tree: Checkpoint, _ lineage: Lineage, note: SignedNote?, signer: String, _ home: Home
  ) throws {
    try TrustMemory(home).update(tree.origin) { known in
      var record =
        known ?? TrustRecord(origin: tree.origin, genesis: lineage.genesis.hex, size: 0, root: "", path: "")
      guard tree.size > record.size else { return nil }
      record.size = tree.size
      record.root = tree.root.hex
      record.keep(note)
      record.verifierKeys = Set((record.verifierKeys ?? []) + [signer]).sorted()
      return record
    }
  }

  /// Checks the signature under a checkpoint by the keys that this user has known to sign for its log.
  package static func checkSignature(
    _ note: SignedNote, of origin: String, _ trust: TrustRecord, _ notices: any Notices
  ) throws {
    guard let signers = note.verified(by: trust.noteKeys) else {
      throw Failure(
        .answerNo, "a signature under this checkpoint of '\(origin)' does not hold",
        hint: "it was changed on the way: have it sent again")
    }
    if signers.isEmpty, trust.verifierKeys != nil {
      notices.warn(
        "nobody whom you have known to append to '\(origin)' has signed this checkpoint: ask who did, before you rely on it"
      )
    }
  }

  /// Holds a tree against what was seen.
  ///
  /// - Parameters:
  ///   - note: The tree's checkpoint, as it came.
  ///   - what: `request`, `checkpoint`: what shows the tree.
  ///   - mayBeUnproven: Whether one is taken that is older, or that nothing proves to extend what was seen.
  /// - Returns: Whether it is shown to extend what was seen; where it may or may not, the user is told.
  /// - Throws: `answerNo` where it contradicts what was seen, or proves nothing and has to.
  package static func compare(
    _ tree: Checkpoint, _ lineage: Lineage?, note: SignedNote, with trust: TrustRecord, in what: String,
    mayBeUnproven: Bool, _ desk: Desk
  ) throws -> Bool {
    func doubt(_ message: String, _ hint: String) throws -> Bool {
      guard mayBeUnproven else { throw Failure(.answerNo, message, hint: hint) }
      desk.notices.warn(message)
      return false
    }
    if let genesis = lineage?.genesis, let known = trust.genesisDigest, known != genesis {
      throw Failure(
        .answerNo,
        "this \(what) shows another log than the one you know as '\(tree.origin)': it begins with another entry",
        hint: "ask the store's owner what happened before you sign anything")
    }
    guard trust.size <= tree.size else {
      return try doubt(
        "you have seen a newer tree of '\(tree.origin)', of \(Wording.entries(trust.size)); this \(what) shows \(tree.size)",
        "ask for a new \(what); if you know why this one is older, say --unproven")
    }
    guard let root = trust.rootDigest, trust.size > 0 else { return lineage != nil }
    let proof = trust.size == tree.size ? [] : lineage?.earlier.first { $0.size == trust.size }?.proof
    guard let proof else {
      let request = "'custody engagement show --request FILE --since \(trust.size)'"
      return try doubt(
        "you have seen \(Wording.entries(trust.size)) of '\(tree.origin)', and this \(what) shows \(tree.size): nothing in it proves "
          + "that it extends what you have seen",
        "'custody verify' on a copy of the store does\(what == "request" ? ", or a request made with \(request)" : "")")
    }
    guard
      ConsistencyProof.verify(from: trust.size, to: tree.size, oldRoot: root, newRoot: tree.root, proof: proof)
    else {
      throw Failure(
        .answerNo,
        "this \(what) shows another log of \(Wording.entries(trust.size)) than you have seen as '\(tree.origin)'",
        hint: "somebody rewrote it; ask the store's owner what happened before you sign anything"
          + keepFork(note, trust, proof, desk))
    }
    return true
  }

  /// Keeps what shows that a tree that came by mail contradicts the one that was seen, where its own proof says how.
  private static func keepFork(
    _ note: SignedNote, _ trust: TrustRecord, _ proof: [Digest], _ desk: Desk
  ) -> String {
    guard let seen = trust.signedCheckpoint, let shown = try? UnverifiedCheckpoint(note: note) else { return "" }
    var root: Digest?
    if seen.size < shown.size {
      root = ConsistencyProof.oldRoot(from: seen.size, to: shown.size, newRoot: shown.root, proof: proof)
      if root == nil { return "" }
    }
    let signers = [seen, shown].flatMap { ForkProof.signers(of: $0, among: trust.noteKeys) }
    let fork = ForkProof(seen, shown, keys: signers, otherRoot: root, hashes: root == nil ? [] : proof)
    if case .nothing = fork.verdict() { return "" }
    return ForkRecord.tell(fork, at: desk).map { "; \($0)" } ?? ""
  }
}
