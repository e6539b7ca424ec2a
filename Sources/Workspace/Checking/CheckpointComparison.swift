package import Crypto
internal import Findings
internal import Ownership
internal import Statements
package import TreeLog

/// Whether one of two checkpoints of a log extends the other.
package struct CheckpointComparison {
  package enum Answer: Sendable, Equatable {
    /// Both are of one tree.
    case same
    /// The larger tree begins with the smaller one.
    case extends
    /// Neither extends the other.
    case forked
    /// The trees at hand do not say: a clause that says why.
    case unknown(String)
  }

  package let earlier: UnverifiedCheckpoint
  package let later: UnverifiedCheckpoint
  package let answer: Answer
  /// What shows that the larger tree extends the smaller one.
  package let consistency: [Digest]
  /// Who signed which, of the keys at hand.
  package let signers: (earlier: [NoteKey], later: [NoteKey])
  /// What shows a fork; nil where there is none, or one of the trees bears no signature of a key at hand.
  package let fork: ForkProof?

  /// - Parameters:
  ///   - store: Whose hashes are asked where the sizes differ; nil for none.
  ///   - keys: Further keys that may have signed.
  /// - Throws: `malformedInput` for checkpoints of two logs.
  package init(
    _ one: UnverifiedCheckpoint, _ other: UnverifiedCheckpoint, in store: OpenedStore?, keys told: [NoteKey]
  ) throws {
    guard ByteOrder.areEqual(one.origin, other.origin) else {
      throw Failure(
        .malformedInput, "the checkpoints are of two logs, '\(one.origin)' and '\(other.origin)'",
        hint: "only trees of one log can extend each other")
    }
    let isInOrder = (one.size, one.root) <= (other.size, other.root)
    let (earlier, later) = isInOrder ? (one, other) : (other, one)
    (self.earlier, self.later) = (earlier, later)
    if let store, !ByteOrder.areEqual(store.origin, one.origin) {
      throw Failure(
        .malformedInput, "the checkpoints are of the log '\(one.origin)', and the store is '\(store.origin)'")
    }
    let members = store?.state.membership.keys.filter { $0.use != .recovery }.compactMap { known -> NoteKey? in
      guard let key = try? VerificationKey(base64: known.publicKey) else { return nil }
      guard known.use == .witness else { return NoteKey(log: key, name: one.origin) }
      return known.keyName.flatMap { NoteKey(witness: key, name: $0) }
    }
    let keys = Array(Set(told + (members ?? []))).sorted { ByteOrder.precedes($0.text, $1.text) }
    signers = (ForkProof.signers(of: earlier, among: keys), ForkProof.signers(of: later, among: keys))
    let signed = signers.earlier + signers.later
    if earlier.size == later.size {
      consistency = []
      answer = earlier.root == later.root ? .same : .forked
      fork = answer == .forked ? CheckpointComparison.shown(ForkProof(earlier, later, keys: signed)) : nil
      return
    }
    guard let store else {
      (answer, consistency, fork) = (
        .unknown("they are of two sizes, and only the log's own hashes say whether one extends the other"), [], nil
      )
      return
    }
    (answer, consistency, fork) = try CheckpointComparison.ask(store, earlier, later, signed)
  }

  private static func ask(
    _ store: OpenedStore, _ earlier: UnverifiedCheckpoint, _ later: UnverifiedCheckpoint, _ signed: [NoteKey]
  ) throws -> (Answer, [Digest], ForkProof?) {
    let reader = store.reader
    guard later.size <= reader.size else {
      return (
        .unknown(
          "the larger is of \(Wording.entries(later.size)), and the store has \(reader.size): name a copy that has as many"
        ),
        [], nil
      )
    }
    guard try reader.root(at: later.size) == later.root else {
      return (
        .unknown(
          "the one of \(Wording.entries(later.size)) is not of this store's log: compare it with this store's own "
            + "checkpoint, or ask a copy of the store that it came from"), [], nil
      )
    }
    let root = try reader.root(at: earlier.size)
    let tree = LogReader(contents: store.contents, size: later.size, root: later.root)
    let hashes = try tree.consistencyProof(from: earlier.size)
    if root == earlier.root { return (.extends, hashes, nil) }
    let proof = ForkProof(earlier, later, keys: signed, otherRoot: root, hashes: hashes)
    return (.forked, [], shown(proof))
  }

  /// A proof that shows something: both trees bear a signature that holds.
  private static func shown(_ proof: ForkProof) -> ForkProof? {
    if case .nothing = proof.verdict() { nil } else { proof }
  }
}
