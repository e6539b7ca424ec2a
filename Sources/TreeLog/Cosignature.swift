package import Crypto

/// A witness's word that, at some time, a checkpoint was the newest it had seen of a log, and extended all earlier.
///
/// The signature line's bytes are eight of time, big-endian, and an Ed25519 signature over
///
///     cosignature/v1
///     time 1679315147
///     …the whole text of the checkpoint
///
/// Specification: <https://c2sp.org/tlog-cosignature>.
package enum Cosignature {
  /// What an Ed25519 cosignature covers.
  ///
  /// - Parameters:
  ///   - time: Seconds since 1970.
  ///   - text: The checkpoint's text with its extension lines and final newline.
  package static func message(time: Int, text: [UInt8]) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n".utf8) + text
  }

  /// The time of a cosignature, if it is the key's over the text.
  ///
  /// - Returns: Seconds since 1970; nil where the line is another key's, or does not hold.
  package static func time(of signature: SignedNote.Signature, by key: NoteKey, text: [UInt8]) -> Int? {
    guard key.type == .cosignature, signature.keyID == key.id,
      signature.name.utf8.elementsEqual(key.name.utf8), signature.bytes.count == 72
    else { return nil }
    let time = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let time = Int(exactly: time) else { return nil }
    let holds = key.key.isValid(signature: Array(signature.bytes.dropFirst(8)), for: message(time: time, text: text))
    return holds ? time : nil
  }

  /// Cosigns a text as a witness does, for tests and for custody's own witness.
  ///
  /// - Returns: nil where the key is not Ed25519 or the time is negative.
  package static func sign(
    _ text: [UInt8], name: String, time: Int, with key: SigningKey
  ) throws(CryptoError) -> SignedNote.Signature? {
    guard let noteKey = NoteKey(witness: key.verificationKey, name: name), time >= 0 else { return nil }
    let signature = try key.signature(for: message(time: time, text: text))
    let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
    return SignedNote.Signature(name: name, keyID: noteKey.id, bytes: stamp + signature)
  }

  /// The keys of witnesses in whose name a line of a note stands that is not theirs: whoever has such a key is to refuse the
  /// note (<https://c2sp.org/signed-note>, "Verifying signatures").
  package static func broken(under note: SignedNote, of keys: [NoteKey]) -> [NoteKey] {
    keys.filter { key in
      key.type == .cosignature
        && note.signatures.contains { line in
          line.keyID == key.id && line.name.utf8.elementsEqual(key.name.utf8)
            && !keys.contains { time(of: line, by: $0, text: note.text) != nil }
        }
    }
  }
}
