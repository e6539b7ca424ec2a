package import Crypto
internal import Findings

/// A key id as a person reads it out, types it or copies it from paper: whole, or its first digits.
///
/// Capitals, blanks, colons and hyphens are how people write it, and mean nothing: `5099 D7AF:54e9-3b6a`.
package struct Fingerprint: Sendable, Equatable {
  /// Fewer digits might be somebody else's key, made to begin alike.
  package static let shortest = 16

  /// In lower case, without what stood between them.
  package let digits: String

  /// Reads one.
  ///
  /// - Throws: `usage` with what is wrong: a sign that is no digit, or too few of them.
  package init(reading text: String) throws {
    let digits = Fingerprint.folded(text)
    if let other = digits.first(where: { !$0.isASCII || !$0.isHexDigit }) {
      throw Failure(
        .usage, "'\(text)' is not a key id: '\(other)' is none of the digits 0-9 and a-f",
        hint: "a key id is said whole, or by its first \(Fingerprint.shortest) digits")
    }
    guard digits.utf8.count >= Fingerprint.shortest else {
      throw Failure(
        .usage, "a key id of \(digits.utf8.count) digits is too short to compare",
        hint: "ask for at least \(Fingerprint.shortest) digits")
    }
    guard digits.utf8.count <= 64 else {
      throw Failure(
        .usage, "a key id of \(digits.utf8.count) digits is too long: a key id has 64", hint: "compare it anew")
    }
    self.digits = digits
  }

  /// Whether it is that key's.
  package func matches(_ key: Digest) -> Bool { key.hex.hasPrefix(digits) }

  /// A text in lower case, without the marks that people put between digits.
  package static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != ":" && $0 != "-" }
  }
}
