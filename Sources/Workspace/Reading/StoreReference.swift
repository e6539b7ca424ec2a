package import Crypto
internal import Findings
internal import Index
internal import TreeLog

/// What a word on the command line refers to in a store.
package enum StoreReference: Equatable {
  /// Counted from 0.
  case entry(Int)
  case object(Digest)
  case checkpoint

  /// The fewest digits of a digest that stand for it.
  private static let shortest = 8

  /// Reads an entry's number, a statement's id or an object's digest (at least their first eight digits), or
  /// `checkpoint`.
  ///
  /// Digits alone are an entry's number where the log has one of that number.
  package static func resolve(_ text: String, _ store: OpenedStore) throws -> StoreReference {
    if text == "checkpoint" { return .checkpoint }
    let size = store.checkpoint.size
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    // A digest may well begin with digits alone; a number begins with a zero only if it is one.
    if isNumber, let number = Int(text), number < size, String(number) == text { return .entry(number) }
    let prefix = text.lowercased()
    let isHex = prefix.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard isHex, prefix.utf8.count <= 64, isNumber || prefix.utf8.count >= shortest else {
      throw Failure(
        .usage,
        "'\(text)' is neither an entry's number, nor a digest or its first \(shortest) digits, nor 'checkpoint'",
        hint: "'custody log' lists the entries, 'custody search' finds them")
    }
    guard prefix.utf8.count >= shortest else { throw noEntry(text, size) }
    let found = try store.index.find(prefix: prefix, limit: 3)
    guard let first = found.first else {
      throw isNumber
        ? noEntry(text, size)
        : Failure(
          .inputMissing, "no statement and no object of this log is '\(text)'",
          hint: "'custody search' finds entries by their words")
    }
    guard found.count == 1 else {
      throw Failure(
        .usage, "'\(text)' is the beginning of \(Wording.list(found.map(name)))", hint: "write more digits")
    }
    switch first {
    case .statement(_, let entry): return .entry(entry)
    case .object(let digest): return .object(digest)
    }
  }

  private static func noEntry(_ text: String, _ size: Int) -> Failure {
    Failure(
      .inputMissing, "there is no entry \(text): the log has \(size), from 0 through \(size - 1)",
      hint: "'custody log' lists them")
  }

  private static func name(_ reference: Reference) -> String {
    switch reference {
    case .statement(let id, let entry): "the statement \(id.hex.prefix(16)) of entry \(entry)"
    case .object(let digest): "the object \(digest.hex.prefix(16))"
    }
  }
}
