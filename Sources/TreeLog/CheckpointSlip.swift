internal import Crypto

/// A checkpoint for paper and telephone: short lines, the root in groups of hexadecimal digits, and a check that tells
/// a slip of the pen from another tree.
///
///     acme/7f3a9c01
///     9
///     d2bc 809a ad31 f622 8b25 0793 2640 2681
///     a6f1 b918 1a2b 6c73 19e9 13db 3b8f 3df0
///     check 5ad1 90f2
///     signed by acme/bo
///     key fd110d30 cf52a912
///     2026-11-27
///
/// What is read back are origin, size, root and check; whatever follows is for people. Without the line `check` nobody
/// can tell a wrong digit from another tree.
package struct CheckpointSlip: Sendable {
  package let checkpoint: Checkpoint
  /// Lines for people: who signed, when.
  package let remarks: [String]

  /// The widest line, in columns.
  package static let width = 39
  /// What fits into a QR code that a telephone still reads off paper, in bytes.
  package static let codeLimit = 300

  package init(_ checkpoint: Checkpoint, remarks: [String]) {
    self.checkpoint = checkpoint
    self.remarks = remarks
  }

  /// The first digits of the SHA-256 over the checkpoint's three lines.
  private static func check(_ checkpoint: Checkpoint) -> String {
    grouped(String(SHA256.hash(checkpoint.text).hex.prefix(8)))
  }

  private static func grouped(_ digits: String) -> String {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
      .joined(separator: " ")
  }

  private static func pieces(_ text: String) -> [String] {
    var rest = Array(text)[...]
    var pieces: [String] = []
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return pieces
  }

  /// The lines, each ended; an origin that is longer than a line goes on in the next.
  package var text: String {
    let hex = checkpoint.root.hex
    var lines = CheckpointSlip.pieces(checkpoint.origin) + ["\(checkpoint.size)"]
    lines += [CheckpointSlip.grouped(String(hex.prefix(32))), CheckpointSlip.grouped(String(hex.suffix(32)))]
    lines.append("check \(CheckpointSlip.check(checkpoint))")
    lines += remarks.flatMap { CheckpointSlip.pieces($0) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Reads a slip, however it was typed: empty lines and spaces at a line's ends mean nothing, nor do capitals and other
  /// groups among the root's digits.
  ///
  /// - Returns: nil for what is no slip.
  /// - Throws: `MistypedSlip` where the check does not fit.
  package static func read(_ bytes: [UInt8]) throws(MistypedSlip) -> Checkpoint? {
    guard bytes.count <= 4096, let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var lines = text.split(whereSeparator: \.isNewline).map { line in
      String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }[...]
    guard var origin = lines.popFirst() else { return nil }
    // A long origin goes on up to the line that is a number.
    while let next = lines.first, CheckpointBody.decimal(Array(next.utf8)[...]) == nil {
      guard origin.utf8.count.isMultiple(of: width), origin.utf8.count < 255 else { return nil }
      origin += next
      lines.removeFirst()
    }
    guard (1...255).contains(origin.utf8.count),
      let size = lines.popFirst().flatMap({ CheckpointBody.decimal(Array($0.utf8)[...]) }),
      size > 0
    else { return nil }
    var digits = ""
    while digits.utf8.count < 64, let line = lines.popFirst() {
      digits += line.filter { !$0.isWhitespace }.lowercased()
    }
    guard let root = Digest(hex: digits) else { return nil }
    let checkpoint = Checkpoint(origin: origin, size: size, root: root)
    if let line = lines.first(where: { $0.lowercased().hasPrefix("check") }) {
      let said = line.dropFirst("check".count).filter { !$0.isWhitespace && $0 != ":" }.lowercased()
      guard said == check(checkpoint).filter({ $0 != " " }) else { throw MistypedSlip(origin: origin, size: size) }
    }
    return checkpoint
  }
}

/// A slip whose check does not fit what it says: somebody misread or mistyped it.
package struct MistypedSlip: Error, Equatable, Sendable {
  package let origin: String
  package let size: Int
}
