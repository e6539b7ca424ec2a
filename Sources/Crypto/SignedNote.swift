/// A signed note: a text and signature lines below it, none of them checked yet.
///
///     acme/7f3a9c01
///     9
///     0ryAmq0x9iKLJQeTJkAmgabxuRgaK2xzGekT2zuPPfA=
///
///     — acme/7f3a9c01 z1KpEkdEr/BHySAA1wRJuaWYy2yef47KvFg1gQt4+qGspJCX…
///
/// Specification: <https://c2sp.org/signed-note>.
package struct SignedNote: Sendable, Hashable {
  /// One signature line: who is said to have signed, and the signature without the key id.
  package struct Signature: Sendable, Hashable {
    package let name: String
    package let keyID: UInt32
    package let bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }

    /// The line as it stands in a note, without its newline.
    package var line: String {
      let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
      return "\u{2014} \(name) \(Base64.encode(id + bytes))"
    }
  }

  /// The text with its final newline: what is signed.
  package let text: [UInt8]
  /// In the order of their lines.
  package let signatures: [Signature]

  package init(text: [UInt8], signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// The most signature lines that are read.
  package static let signatureLimit = 100
  /// The longest note that is read, in bytes.
  package static let sizeLimit = 1 << 20

  /// Splits a note into its text and signature lines.
  ///
  /// - Throws: What breaks the format, and the line it is on.
  package init(parsing note: [UInt8]) throws(NoteSyntaxError) {
    guard note.count <= SignedNote.sizeLimit else { throw .tooLong }
    guard note.last == 0x0a else { throw .noFinalNewline }
    guard note.allSatisfy({ $0 >= 0x20 || $0 == 0x0a }) else { throw .controlCharacter }
    guard String(validating: note, as: UTF8.self) != nil else { throw .notUTF8 }
    // The text may hold empty lines: the signatures begin after the last one.
    var index = note.count - 2
    while index >= 1, !(note[index] == 0x0a && note[index - 1] == 0x0a) { index -= 1 }
    guard index >= 1 else { throw .noSignatures }
    text = Array(note[..<index])
    let lines = note[(index + 1)..<(note.count - 1)].split(separator: 0x0a, omittingEmptySubsequences: false)
    guard !lines.isEmpty, lines.count <= SignedNote.signatureLimit else { throw .signatureCount(lines.count) }
    var signatures: [Signature] = []
    var seen: Set<[UInt8]> = []
    for (offset, line) in lines.enumerated() {
      guard let signature = SignedNote.signature(line) else { throw .malformedSignature(line: offset + 1) }
      let identity = Array(signature.name.utf8) + [0] + Array(Base64.encode(signature.idBytes).utf8)
      guard seen.insert(identity).inserted else { throw .duplicateSignature(line: offset + 1) }
      signatures.append(signature)
    }
    self.signatures = signatures
  }

  private static func signature(_ line: ArraySlice<UInt8>) -> Signature? {
    let prefix: [UInt8] = [0xe2, 0x80, 0x94, 0x20]
    guard line.starts(with: prefix) else { return nil }
    let rest = line.dropFirst(prefix.count)
    guard let space = rest.lastIndex(of: 0x20) else { return nil }
    let name = String(decoding: rest[..<space], as: UTF8.self)
    guard isValidName(name), let blob = Base64.decode(Array(rest[(space + 1)...])), blob.count >= 5 else { return nil }
    let id = blob.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Signature(name: name, keyID: id, bytes: Array(blob.dropFirst(4)))
  }

  /// Whether a text may be a key's name: not empty, no white space, no plus sign.
  package static func isValidName(_ name: String) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" }
  }

  /// The whole note: text, an empty line, the signature lines.
  package var bytes: [UInt8] {
    text + [0x0a] + signatures.flatMap { Array($0.line.utf8) + [0x0a] }
  }
}

extension SignedNote.Signature {
  fileprivate var idBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) } }
}

extension SignedNote {
  /// Signs a text as a log does.
  ///
  /// - Parameter text: Ends in a newline.
  package static func sign(
    _ text: [UInt8], name: String, with key: SigningKey
  ) throws(CryptoError) -> SignedNote {
    let noteKey = NoteKey(log: key.verificationKey, name: name)
    let signature = try key.signature(for: text)
    return SignedNote(text: text, signatures: [Signature(name: name, keyID: noteKey.id, bytes: signature)])
  }

  /// The keys among those given whose signature under this note holds.
  ///
  /// Lines of unknown keys are passed over, as the specification asks. Each key is given once.
  ///
  /// - Returns: nil where a line of a known key (same name, same id) does not verify: such a note is forged or broken. So is
  ///   one with a line that two of the keys might have signed, as for other readers of notes: no log lets such two in.
  package func verified(by keys: [NoteKey]) -> [NoteKey]? {
    var result: [NoteKey] = []
    for signature in signatures {
      for key in keys where key.id == signature.keyID && key.name.utf8.elementsEqual(signature.name.utf8) {
        guard key.type != .cosignature else { continue }
        guard key.key.isValid(signature: signature.bytes, for: text) else { return nil }
        if !result.contains(key) { result.append(key) }
      }
    }
    return result
  }
}

/// What is wrong with the form of a signed note.
package enum NoteSyntaxError: Error, Equatable, Sendable {
  case tooLong
  case noFinalNewline
  case controlCharacter
  case notUTF8
  case noSignatures
  case signatureCount(Int)
  case malformedSignature(line: Int)
  case duplicateSignature(line: Int)
}

extension NoteSyntaxError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "a note of more than \(SignedNote.sizeLimit) bytes"
    case .noFinalNewline: "no newline at the end"
    case .controlCharacter: "a control character"
    case .notUTF8: "not UTF-8"
    case .noSignatures: "no empty line with signatures below it"
    case .signatureCount(let count): "\(count) signature lines, where 1 to \(SignedNote.signatureLimit) are read"
    case .malformedSignature(let line): "signature line \(line) is not '\u{2014} NAME BASE64'"
    case .duplicateSignature(let line): "signature line \(line) repeats the name and key id of an earlier one"
    }
  }
}
