package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Statements

/// The small file with which a key joins a store: a public key, whose it is, and the proof that they hold it.
///
///     {"member":"onsite/jane","name":"Jane","proof":"JIJD…","publicKey":"MCow…","store":"acme/7f3a9c01"}
package struct KeyCard: Codable, Sendable, Equatable {
  /// `party/id`; of a recovery key, the party.
  package var member: String
  package var name: String?
  /// Base 64 of the DER SubjectPublicKeyInfo.
  package var publicKey: String
  /// Base 64 of the key's own signature.
  package var proof: String
  /// The origin of the store that it is for.
  package var store: String
  /// `sign` where absent.
  package var use: String?
  /// Of a witness key.
  package var keyName: String?

  /// The card for a new key.
  package static func make(
    _ key: SigningKey, owner: String, name: String?, store: String, use: String?, keyName: String?
  ) throws -> KeyCard {
    KeyCard(
      member: owner, name: name, publicKey: key.verificationKey.base64,
      proof: Base64.encode(try KeyProof.make(owner: owner, store: store, key: key)), store: store, use: use,
      keyName: keyName)
  }

  /// Reads and checks a card.
  ///
  /// - Parameter origin: Of the store that it has to be for; nil for whichever it names.
  package static func read(_ path: String, origin: String?) throws -> KeyCard {
    let bytes = try InputFile.read(path, limit: 1 << 16)
    guard let card = try? JSONDecoder().decode(KeyCard.self, from: Data(bytes)) else {
      let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map { String($0) }
      if let key = text.flatMap({ NoteKey(text: $0) }), key.type == .cosignature {
        throw Failure(
          .malformedInput,
          "'\(path)' holds the verifier key of the witness '\(key.name)', which is no member and does not join",
          hint:
            "say it where it is needed: 'custody append FILE --witness \(key.text)' anchors what it cosigns, and a policy "
            + "names it for 'custody verify --policy FILE'")
      }
      throw Failure(
        .malformedInput, "'\(path)' is not a key card",
        hint: "a key card is what 'custody key new --output FILE' writes")
    }
    if let origin, card.store != origin {
      throw Failure(
        .malformedInput, "the key card '\(path)' is for the store '\(card.store)', and this is '\(origin)'",
        hint: "have it made anew: custody key new --as \(card.member) --origin \(origin) --output FILE")
    }
    guard let key = try? VerificationKey(base64: card.publicKey), let proof = Base64.decode(card.proof),
      KeyProof.isValid(proof, owner: card.member, store: card.store, key: key)
    else {
      throw Failure(
        .malformedInput, "the proof on the key card '\(path)' does not hold",
        hint: "ask \(card.member) to send it again: it was changed on the way, or made for another key")
    }
    return card
  }

  /// The card as it is written.
  package var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self)) + [0x0a]
    }
  }
}
