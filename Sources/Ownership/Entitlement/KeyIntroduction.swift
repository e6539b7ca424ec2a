internal import Findings
internal import Crypto
internal import Statements

/// A key comes into the log.
struct KeyIntroduction {
  let publicKey: String
  /// The member; of a recovery key, the party.
  let owner: String
  let use: Membership.KeyUse
  /// Of a witness key.
  let keyName: String?
  /// nil for the key of a genesis, whose signature is its proof.
  let proof: [UInt8]?
  let isBroughtByClient: Bool

  /// Checks the key's form, its proof of possession, and that neither it nor its note id was ever there, and adds it.
  func take(_ context: StatementContext, into state: inout LogState) throws(Refusal) {
    let key: VerificationKey
    do {
      key = try VerificationKey(base64: publicKey)
    } catch {
      throw Refusal(.entryMalformed, "the public key for \(owner) is refused: \(error)")
    }
    if let proof, !KeyProof.isValid(proof, owner: owner, store: state.store, key: key) {
      throw Refusal(.signatureInvalid, "the proof that \(owner) holds the new key does not hold")
    }
    let noteKey: NoteKey
    if use == .witness {
      guard let name = keyName, let witness = NoteKey(witness: key, name: name) else {
        throw Refusal(.entryMalformed, "a witness key is an Ed25519 key with a name")
      }
      noteKey = witness
    } else {
      noteKey = NoteKey(log: key, name: state.store)
    }
    if let known = state.membership.key(key.keyID) {
      throw Refusal(.notEntitled, "the key \(key.keyID.short) belongs to \(known.owner) for ever")
    }
    if let known = state.membership.keys.first(where: { $0.noteID == noteKey.id }) {
      throw Refusal(
        .notEntitled, "the new key's note id \(noteKey.hexID) is that of a key of \(known.owner): make another key")
    }
    state.membership.keys.append(
      Membership.Key(
        keyID: key.keyID, publicKey: publicKey, owner: owner, use: use, noteID: noteKey.id, keyName: keyName,
        introduced: context.sequence, isBroughtByClient: isBroughtByClient))
  }
}
