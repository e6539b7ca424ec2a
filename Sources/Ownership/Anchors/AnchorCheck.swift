package import Crypto
package import Statements
internal import TreeLog

/// Whether an anchored cosignature or timestamp token holds for this log.
package enum AnchorCheck {
  /// What an anchor's object amounts to.
  package enum Verdict: Sendable, Equatable {
    case holds
    /// A cosignature of a witness whose key nobody has registered in this log, or whose key was revoked.
    case unknownWitness(String)
    /// Why it does not hold: a clause.
    case invalid(String)
  }

  /// Holds an anchor's object against the tree that it is about.
  ///
  /// A cosigned checkpoint is a note with the checkpoint's three lines and at least one witness's line
  /// (<https://c2sp.org/tlog-cosignature>, `cosignature/v1`); a token's imprint is the SHA-256 of the three lines.
  ///
  /// - Parameter root: This log's root at the anchor's size.
  package static func verdict(
    _ anchor: Anchor, object: [UInt8], origin: String, root: Digest, membership: Membership
  ) -> Verdict {
    switch anchor.kind {
    case .timestamp: token(object, Checkpoint(origin: origin, size: anchor.size, root: root).text)
    case .cosignature: cosignature(object, anchor.size, origin, root, membership)
    }
  }

  private static func token(_ object: [UInt8], _ text: [UInt8]) -> Verdict {
    switch TimestampToken.fault(object, over: SHA256.hash(text)) {
    case nil: .holds
    case .malformed: .invalid("it cannot be read as an RFC 3161 token")
    case .otherImprint: .invalid("it is over something else than this log's checkpoint of that size")
    case .badSignature: .invalid("its signature does not hold")
    }
  }

  private static func cosignature(
    _ object: [UInt8], _ size: Int, _ origin: String, _ root: Digest, _ membership: Membership
  ) -> Verdict {
    guard let note = try? SignedNote(parsing: object), let claimed = try? UnverifiedCheckpoint(note: note) else {
      return .invalid("it cannot be read as a signed checkpoint")
    }
    guard ByteOrder.areEqual(claimed.origin, origin) else {
      return .invalid("it is of the log '\(claimed.origin)'")
    }
    guard claimed.size == size else {
      return .invalid("it is of a tree of \(claimed.size), and the statement says \(size)")
    }
    guard claimed.root == root else { return .invalid("the witness has seen another log of \(size)") }
    var strangers: [String] = []
    var isWitnessed = false
    for signature in note.signatures where !ByteOrder.areEqual(signature.name, origin) {
      let known = membership.keys.first {
        $0.use == .witness && $0.noteID == signature.keyID
          && $0.keyName.map { ByteOrder.areEqual($0, signature.name) } ?? false
      }
      guard let known, known.revoked == nil, let key = try? VerificationKey(base64: known.publicKey),
        let noteKey = NoteKey(witness: key, name: signature.name)
      else {
        strangers.append(signature.name)
        continue
      }
      guard Cosignature.time(of: signature, by: noteKey, text: note.text) != nil else {
        return .invalid("the cosignature of '\(signature.name)' does not hold")
      }
      isWitnessed = true
    }
    if isWitnessed { return .holds }
    return strangers.isEmpty ? .invalid("no witness has signed it") : .unknownWitness(strangers.joined(separator: ", "))
  }

  /// The witnesses of this log whose cosignatures under a checkpoint hold, each with its own time.
  static func witnesses(_ object: [UInt8], membership: Membership) -> [(name: String, time: Instant)] {
    guard let note = try? SignedNote(parsing: object) else { return [] }
    return note.signatures.compactMap { signature in
      let known = membership.keys.first {
        $0.use == .witness && $0.noteID == signature.keyID
          && $0.keyName.map { ByteOrder.areEqual($0, signature.name) } ?? false
      }
      guard let known, let key = try? VerificationKey(base64: known.publicKey),
        let noteKey = NoteKey(witness: key, name: signature.name),
        let time = Cosignature.time(of: signature, by: noteKey, text: note.text), time < 253_402_300_800
      else { return nil }
      return (signature.name, Instant(millisecondsSinceEpoch: time * 1000))
    }
  }
}
