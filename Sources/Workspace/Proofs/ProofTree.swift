package import Crypto
internal import Findings
internal import Ownership
internal import Statements
package import TreeLog

/// The tree that proofs lead to, and all signatures under it that the store has.
package struct ProofTree {
  package let note: SignedNote
  package let reader: LogReader
  package let checkpoint: Checkpoint
  /// RFC 3161 tokens that the log anchors and that hold: over this very checkpoint, or over an earlier tree that it goes
  /// on from and that has all that is to be proven.
  package let tokens: [Token]
  /// Whether a witness has cosigned it, as the log anchors it.
  package let isCosigned: Bool

  /// A token over a tree of the log.
  package struct Token {
    package let digest: Digest
    /// The tree that it is over; nil for the very one that is proven.
    package let earlier: EarlierTree?
  }

  /// So many tokens go into a proof, the earliest first: they say the most.
  private static let tokenLimit = 16

  /// The newest tree of a store.
  package init(newest store: OpenedStore) {
    note = store.checkpointNote
    reader = store.reader
    checkpoint = store.checkpoint
    tokens = []
    isCosigned = false
  }

  /// The largest tree that a witness has cosigned, as the log anchors it, with every signature that it anchors for it;
  /// where there is none, the newest. With either go the time stamps over it and over what it goes on from.
  ///
  /// - Throws: `inputMissing` where no tree that has the entry was cosigned or stamped.
  package init(anchoredWith last: Int, _ store: OpenedStore) throws {
    let anchors = try ProofTree.anchors(store).filter { $0.anchor.size > last }
    let stamped = try anchors.filter {
      try $0.anchor.kind == .timestamp && ProofTree.holds($0.digest, $0.anchor, store)
    }
    let sizes = Set(anchors.filter { $0.note != nil }.map(\.anchor.size))
    guard !sizes.isEmpty || !stamped.isEmpty else {
      throw Failure(
        .inputMissing,
        "no tree with entry \(last) has been cosigned by a witness or stamped by an authority, as far as this log anchors it",
        hint: "leave --anchored out to prove it in the newest tree")
    }
    let cosigned = try sizes.max().flatMap { try ProofTree.cosigned($0, anchors.compactMap(\.note), store) }
    if cosigned == nil, stamped.isEmpty {
      throw Failure(
        .inputMissing,
        "the cosigned checkpoint of \(Wording.entries(sizes.max() ?? 0)) that the log anchors lacks the log's own signature",
        hint: "leave --anchored out to prove it in the newest tree")
    }
    isCosigned = cosigned != nil
    note = cosigned?.note ?? store.checkpointNote
    let tree = cosigned?.tree ?? store.checkpoint
    checkpoint = tree
    let reader = LogReader(contents: store.contents, size: tree.size, root: tree.root)
    self.reader = reader
    let usable = stamped.filter { $0.anchor.size <= tree.size }.sorted {
      ($0.anchor.size, $0.entry) < ($1.anchor.size, $1.entry)
    }
    tokens = try usable.prefix(ProofTree.tokenLimit).map { stamp in
      guard stamp.anchor.size < tree.size else { return Token(digest: stamp.digest, earlier: nil) }
      let size = stamp.anchor.size
      return Token(
        digest: stamp.digest,
        earlier: EarlierTree(try store.tree(at: size), hashes: try reader.consistencyProof(from: size)))
    }
  }

  /// A tree that witnesses have cosigned, with all their lines; nil where the log's own signature is not among them.
  private static func cosigned(
    _ size: Int, _ notes: [SignedNote], _ store: OpenedStore
  ) throws -> (tree: Checkpoint, note: SignedNote)? {
    let tree = try store.tree(at: size)
    let keys = store.state.membership.keys.filter { $0.use == .sign }
      .compactMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: store.origin) }
    var lines: [SignedNote.Signature] = []
    for note in notes where note.text == tree.text {
      for line in note.signatures {
        let isThere = lines.contains { $0.keyID == line.keyID && ByteOrder.areEqual($0.name, line.name) }
        if !isThere, lines.count < SignedNote.signatureLimit { lines.append(line) }
      }
    }
    let note = SignedNote(text: tree.text, signatures: lines)
    return note.verified(by: keys)?.isEmpty == false ? (tree, note) : nil
  }

  /// Whether a token is there and holds: one that does not would spoil the proof that it goes with.
  private static func holds(_ token: Digest, _ anchor: Anchor, _ store: OpenedStore) throws -> Bool {
    guard (1...store.checkpoint.size) ~= anchor.size,
      let bytes = try store.library.bytes(of: token, limit: TimestampToken.sizeLimit)
    else { return false }
    return TimestampToken.fault(bytes, over: SHA256.hash(try store.tree(at: anchor.size).text)) == nil
  }

  /// What the log anchors and counts; of a cosigned checkpoint, the note.
  private static func anchors(
    _ store: OpenedStore
  ) throws -> [(entry: Int, anchor: Anchor, note: SignedNote?, digest: Digest)] {
    var filter = EntryListing.Filter()
    filter.type = "anchor"
    filter.newestFirst = false
    var found: [(entry: Int, anchor: Anchor, note: SignedNote?, digest: Digest)] = []
    try EntryListing(store).forEach(filter) { listed in
      guard listed.isEffective, let statement = listed.statement, case .anchor(let anchor) = statement.predicate,
        let subject = statement.subjects.first
      else { return }
      let bytes = anchor.kind == .cosignature ? try store.library.bytes(of: subject.digest, limit: 1 << 20) : nil
      found.append((listed.number, anchor, bytes.flatMap { try? SignedNote(parsing: $0) }, subject.digest))
    }
    return found
  }
}
