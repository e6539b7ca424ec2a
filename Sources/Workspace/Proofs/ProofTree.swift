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
  /// RFC 3161 tokens over this very checkpoint that the log anchors, by the entries that do.
  package let tokens: [(entry: Int, digest: Digest)]

  /// The newest tree of a store.
  package init(newest store: OpenedStore) {
    note = store.checkpointNote
    reader = store.reader
    checkpoint = store.checkpoint
    tokens = []
  }

  /// The largest tree that a witness has cosigned, as the log anchors it, with every signature that it anchors for it.
  ///
  /// - Throws: `inputMissing` where there is none that has an entry.
  package init(anchoredWith last: Int, _ store: OpenedStore) throws {
    let anchors = try ProofTree.anchors(store)
    let sizes = Set(anchors.filter { $0.note != nil && $0.anchor.size > last }.map(\.anchor.size))
    guard let size = sizes.max() else {
      throw Failure(
        .inputMissing, "no tree with entry \(last) has been cosigned by a witness, as far as this log anchors it",
        hint: "leave --anchored out to prove it in the newest tree")
    }
    let whole = store.reader
    let root = try whole.root(at: size)
    checkpoint = Checkpoint(origin: store.origin, size: size, root: root)
    reader = LogReader(contents: store.contents, size: size, root: root)
    let keys = store.state.membership.keys.filter { $0.use == .sign }
      .compactMap { try? VerificationKey(base64: $0.publicKey) }.map { NoteKey(log: $0, name: store.origin) }
    var lines: [SignedNote.Signature] = []
    for case let (_, anchor, note?, _) in anchors where anchor.size == size && note.text == checkpoint.text {
      for line in note.signatures {
        let isThere = lines.contains { $0.keyID == line.keyID && ByteOrder.areEqual($0.name, line.name) }
        if !isThere, lines.count < SignedNote.signatureLimit { lines.append(line) }
      }
    }
    note = SignedNote(text: checkpoint.text, signatures: lines)
    guard note.verified(by: keys)?.isEmpty == false else {
      throw Failure(
        .inputMissing,
        "the cosigned checkpoint of \(Wording.entries(size)) that the log anchors lacks the log's own signature",
        hint: "leave --anchored out to prove it in the newest tree")
    }
    tokens = anchors.filter { $0.anchor.kind == .timestamp && $0.anchor.size == size }.map { ($0.entry, $0.digest) }
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
