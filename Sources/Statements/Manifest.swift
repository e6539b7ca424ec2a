package import Crypto

/// A list of artifacts that is an object itself, as `sha256sum -c` reads it: lines `<64 hex>  <name>`.
package enum Manifest {
  package struct Item: Sendable, Equatable {
    package var digest: Digest
    package var name: String

    package init(digest: Digest, name: String) {
      self.digest = digest
      self.name = name
    }
  }

  /// Why bytes are no manifest.
  package struct SyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Counts from 1.
    package let line: Int
    package let reason: String

    package var description: String { "line \(line) \(reason)" }
  }

  /// Whether a name may stand in a store: relative, UTF-8, without empty, `.` and `..` segments, backslashes and control
  /// characters.
  package static func isValidName(_ name: String) -> Bool {
    let segments = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard name.utf8.count <= 4096,
      name.unicodeScalars.allSatisfy({
        !(0..<0x20).contains($0.value) && !(0x7f..<0xa0).contains($0.value) && $0 != "\\"
      })
    else { return false }
    return segments.allSatisfy { segment in
      !segment.isEmpty && !segment.elementsEqual(".".utf8) && !segment.elementsEqual("..".utf8)
    }
  }

  /// The manifest of some items, given in any order, whose names are valid and differ.
  package static func encode(_ items: [Item]) -> [UInt8] {
    var bytes: [UInt8] = []
    for item in items.sorted(by: { ByteOrder.precedes($0.name, $1.name) }) {
      bytes.append(contentsOf: item.digest.hex.utf8)
      bytes.append(contentsOf: "  ".utf8)
      bytes.append(contentsOf: item.name.utf8)
      bytes.append(0x0a)
    }
    return bytes
  }
}

/// Reads a manifest piece by piece, so that one of any length takes no more memory than its longest line.
package struct ManifestReader {
  private var pending: [UInt8] = []
  private var line = 0
  private var lastName: String?

  package init() {}

  /// Takes in further bytes and hands on every line that they complete.
  package mutating func feed(
    _ bytes: some Collection<UInt8>, _ item: (Manifest.Item) throws -> Void
  ) throws {
    for byte in bytes {
      guard byte == 0x0a else {
        pending.append(byte)
        guard pending.count <= 66 + 4096 else { throw Manifest.SyntaxError(line: line + 1, reason: "is too long") }
        continue
      }
      line += 1
      try item(try parsed())
      pending.removeAll(keepingCapacity: true)
    }
  }

  /// Says that nothing follows.
  package func finish() throws(Manifest.SyntaxError) {
    guard pending.isEmpty else { throw Manifest.SyntaxError(line: line + 1, reason: "has no newline at its end") }
    guard line > 0 else { throw Manifest.SyntaxError(line: 1, reason: "is missing") }
  }

  private mutating func parsed() throws(Manifest.SyntaxError) -> Manifest.Item {
    guard pending.count > 66, pending[64] == 0x20, pending[65] == 0x20,
      let digest = Digest(hex: String(decoding: pending[..<64], as: UTF8.self)),
      let name = String(validating: pending[66...], as: UTF8.self)
    else { throw Manifest.SyntaxError(line: line, reason: "is not '<64 hex>  <name>'") }
    guard Manifest.isValidName(name) else {
      throw Manifest.SyntaxError(line: line, reason: "has a name that is not allowed")
    }
    if let lastName, !ByteOrder.precedes(lastName, name) {
      throw Manifest.SyntaxError(line: line, reason: "is out of byte order, or repeats a name")
    }
    lastName = name
    return Manifest.Item(digest: digest, name: name)
  }
}
