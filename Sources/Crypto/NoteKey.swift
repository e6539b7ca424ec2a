/// A key as it signs notes: the key, the name it signs under, and the kind of signature.
///
/// Specification: <https://c2sp.org/signed-note>, "Signature types".
package struct NoteKey: Sendable {
  /// How the key signs.
  package enum SignatureType: UInt8, Sendable {
    /// Ed25519 over the note's text.
    case ed25519 = 1
    /// ECDSA over the note's text; its id does not depend on the name.
    case ecdsa = 2
    /// An Ed25519 cosignature with a time (<https://c2sp.org/tlog-cosignature>).
    case cosignature = 4
  }

  package let name: String
  package let type: SignatureType
  package let key: VerificationKey
  /// The 4-byte key id.
  package let id: UInt32

  /// The key as a log signs checkpoints with it: type 01 for Ed25519, 02 for ECDSA.
  package init(log key: VerificationKey, name: String) {
    self.init(key: key, name: name, type: key.algorithm == .ed25519 ? .ed25519 : .ecdsa)
  }

  /// The key as a witness cosigns with it.
  ///
  /// - Returns: nil for a key that is not Ed25519.
  package init?(witness key: VerificationKey, name: String) {
    guard key.algorithm == .ed25519 else { return nil }
    self.init(key: key, name: name, type: .cosignature)
  }

  private init(key: VerificationKey, name: String, type: SignatureType) {
    self.key = key
    self.name = name
    self.type = type
    let digest =
      type == .ecdsa
      ? SHA256.hash(key.subjectPublicKeyInfo)
      : SHA256.hash(Array(name.utf8) + [0x0a] + NoteKey.encoded(key, type))
    id = digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func encoded(_ key: VerificationKey, _ type: SignatureType) -> [UInt8] {
    [type.rawValue] + (type == .ecdsa ? key.subjectPublicKeyInfo : key.ed25519Bytes ?? [])
  }

  /// The id as eight lower-case hexadecimal digits.
  package var hexID: String { NoteKey.hexadecimal(id) }

  /// A key id as eight lower-case hexadecimal digits.
  package static func hexadecimal(_ id: UInt32) -> String {
    Hexadecimal.encode((0..<4).map { UInt8(truncatingIfNeeded: id >> UInt32(24 - 8 * $0)) })
  }

  /// The verifier key, `<name>+<id>+<base64(type || public key)>`.
  package var text: String { "\(name)+\(hexID)+\(Base64.encode(NoteKey.encoded(key, type)))" }

  /// Reads a verifier key of a type known here.
  ///
  /// - Returns: nil where it is malformed, of another type, or its id is not the one the key has.
  package init?(text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]), SignedNote.isValidName(name),
      let encoded = Base64.decode(Array(parts[2])), let first = encoded.first,
      let type = SignatureType(rawValue: first)
    else { return nil }
    let body = Array(encoded.dropFirst())
    let information = type == .ecdsa ? body : NoteKey.ed25519Prefix + body
    guard type == .ecdsa || body.count == 32,
      let key = try? VerificationKey(subjectPublicKeyInfo: information),
      (key.algorithm == .ecdsaP256) == (type == .ecdsa)
    else { return nil }
    self.init(key: key, name: name, type: type)
    guard String(parts[1]) == hexID else { return nil }
  }

  /// What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410 section 4).
  static let ed25519Prefix: [UInt8] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
}

extension NoteKey: Hashable {
  // Names are compared as bytes: Swift's own equality takes other spellings of a character for the same.
  package static func == (left: NoteKey, right: NoteKey) -> Bool {
    left.id == right.id && left.type == right.type && left.key == right.key
      && left.name.utf8.elementsEqual(right.name.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(key)
  }
}
