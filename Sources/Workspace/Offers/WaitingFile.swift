internal import Crypto
internal import Storage

/// What somebody sent to be put into a log, told from what it holds and never from its name.
package enum WaitingKind: Sendable, Equatable {
  /// Signed statements.
  case offer
  /// A checkpoint that a witness has cosigned, or the witness's line alone.
  case cosignature
  /// An RFC 3161 token.
  case token
}

/// The one place where files that wait for a log are told apart.
package enum WaitingFile {
  /// The kind of a file; nil for one that is nothing to be put into a log.
  ///
  /// - Throws: Where it cannot be read, or is not a regular file.
  package static func kind(of path: String) throws -> WaitingKind? {
    guard let bytes = try RegularFile.read(path, limit: SignedNote.sizeLimit) else { return nil }
    return kind(of: bytes)
  }

  /// The kind of a file that begins with some bytes: all of it, or a mebibyte.
  static func kind(of bytes: [UInt8]) -> WaitingKind? {
    let text = bytes.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    // An envelope in any spelling; a JSON file that is evidence of an offer beside it is none.
    if text.first == UInt8(ascii: "{") { return text.contains(Array("\"payload".utf8)) ? .offer : nil }
    let dash = Array("\u{2014} ".utf8)
    if bytes.starts(with: dash) || bytes.contains([0x0a, 0x0a] + dash) { return .cosignature }
    // A SEQUENCE in DER (ITU-T X.690): a digit '0' of a text is followed by no length of so many bytes.
    if bytes.count > 2, bytes[0] == 0x30, bytes[1] >= 0x80 || Int(bytes[1]) == bytes.count - 2 { return .token }
    return nil
  }
}

extension Collection where Element == UInt8 {
  /// Whether some bytes stand in it one after the other.
  fileprivate func contains(_ pattern: [UInt8]) -> Bool { firstRange(of: pattern) != nil }
}
