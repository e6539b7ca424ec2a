package import Crypto
package import Statements
package import TreeLog

/// What holds of a proof, and what could not be checked.
package struct ProofCheck {
  /// Who vouches for the tree that the proof leads to.
  package enum Vouching: Equatable {
    /// These keys, of those that were given, have signed it as a log.
    case signed([NoteKey])
    /// The user has verified this very tree before.
    case remembered
    /// The user has verified another tree of the same size.
    case forked
    /// A signature in the name of one of the keys does not hold.
    case forged
    /// None of the keys that were given has signed it.
    case unknownSigner
    /// There is nothing to check it by.
    case unchecked

    /// Whether a key that was given has signed it.
    package var isSigned: Bool { if case .signed = self { true } else { false } }
  }

  package let bundle: ProofBundle
  /// The bytes that are to be the entry.
  package let bytes: [UInt8]
  package let entry: Entry?
  package let statement: Statement?
  /// Whether the hashes lead from the entry to the checkpoint's root, at the place that the entry itself names.
  package let isIncluded: Bool
  package let vouching: Vouching
  /// Whether the statement's own signature holds; nil where its key was not given.
  package let isSigned: Bool?
  /// Witnesses among the keys, with the seconds since 1970 at which they cosigned.
  package let cosignatures: [(key: NoteKey, time: Int)]

  /// - Parameter lists: Gives objects that hold arrays of the statement.
  package init(
    _ bundle: ProofBundle, bytes: [UInt8], keys: [NoteKey], trust: TrustRecord?,
    lists: @escaping (Digest) -> [UInt8]? = { _ in nil }
  ) {
    self.bundle = bundle
    self.bytes = bytes
    let entry = try? Entry(parsing: bytes)
    self.entry = entry
    statement = entry.flatMap { try? Statement(payload: $0.envelope.payload, lists: lists) }
    let isInPlace = entry.map { $0.sequence == bundle.index } ?? true
    isIncluded = isInPlace && bundle.includes(leaf: MerkleHash.leaf(bytes))
    let checkpoint = bundle.checkpoint
    vouching = ProofCheck.vouching(checkpoint, keys: keys, trust: trust)
    isSigned = entry.flatMap { entry in
      keys.first { $0.key.keyID == entry.envelope.keyID }.map { entry.envelope.isSigned(by: $0.key) }
    }
    brokenCosigners = Cosignature.broken(under: checkpoint.note, of: keys)
    cosignatures = keys.flatMap { key in
      checkpoint.note.signatures.compactMap { line in
        Cosignature.time(of: line, by: key, text: checkpoint.note.text).map { (key, $0) }
      }
    }
  }

  /// Who vouches for a tree, of those that were told and by what is remembered.
  static func vouching(
    _ checkpoint: UnverifiedCheckpoint, keys: [NoteKey], trust: TrustRecord?
  ) -> Vouching {
    let logKeys = keys.filter { $0.type != .cosignature }
    if let trust, trust.size == checkpoint.size {
      // Another tree of one size is a fork, whoever has signed it.
      if trust.rootDigest != checkpoint.root { return .forked }
      if logKeys.isEmpty { return .remembered }
    }
    guard !logKeys.isEmpty else { return .unchecked }
    // A key signs under its log's origin: that of one log says nothing about another.
    let own = logKeys.filter { ByteOrder.areEqual($0.name, checkpoint.origin) }
    guard let signers = checkpoint.note.verified(by: own) else { return .forged }
    return signers.isEmpty ? .unknownSigner : .signed(signers)
  }

  /// Whether somebody who can be held to it vouches for the tree.
  package var isVouchedFor: Bool {
    switch vouching {
    case .signed, .remembered: true
    case .forked, .forged, .unknownSigner, .unchecked: false
    }
  }

  /// Keys of witnesses that were given and in whose name a line stands that is not theirs.
  package let brokenCosigners: [NoteKey]

  /// Whether all holds that a proof is for.
  package var holds: Bool { isIncluded && isVouchedFor && isSigned != false && brokenCosigners.isEmpty }
}
