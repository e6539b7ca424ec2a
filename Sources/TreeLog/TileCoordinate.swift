/// Which tile or entry bundle of a log, and how wide.
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Merkle Tree" and "Log Entries".
package struct TileCoordinate: Hashable, Sendable {
  /// What the file holds.
  package enum Kind: Hashable, Sendable {
    /// Hashes of a level, 0...63.
    case hashes(level: Int)
    /// Entries.
    case entries
  }

  package let kind: Kind
  /// Counts from 0 within its level.
  package let index: Int
  /// Hashes or entries in the file, 1...256; 256 is a full one.
  package let width: Int

  package init(kind: Kind, index: Int, width: Int = 256) {
    self.kind = kind
    self.index = index
    self.width = width
  }

  /// The greatest index that a path may name: the end of that tile, in hashes, still fits an `Int`.
  package static let indexLimit = Int.max / 256 - 1

  /// Whether the file holds fewer than 256 hashes or entries.
  package var isPartial: Bool { width < 256 }

  /// The same tile or bundle with another width.
  package func with(width: Int) -> TileCoordinate {
    TileCoordinate(kind: kind, index: index, width: width)
  }

  /// The most bytes that such a file may have.
  package var sizeLimit: Int {
    switch kind {
    case .hashes: width * 32
    case .entries: width * (2 + EntryBundle.entryLimit)
    }
  }
}

/// Paths, relative to the store's root.
///
///     tile/0/x001/234.p/17     the first 17 hashes of tile 1234 of level 0
///     tile/entries/000         the first 256 entries
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Parameters".
extension TileCoordinate {
  /// The file's one path.
  package var path: String {
    isPartial ? "\(fullPath).p/\(width)" : fullPath
  }

  /// The path of the full tile or bundle of this index.
  package var fullPath: String {
    var groups = TileCoordinate.threeDigits(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      groups = "x\(TileCoordinate.threeDigits(rest % 1000))/\(groups)"
      rest /= 1000
    }
    return switch kind {
    case .hashes(let level): "tile/\(level)/\(groups)"
    case .entries: "tile/entries/\(groups)"
    }
  }

  private static func threeDigits(_ number: Int) -> String {
    number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
  }

  /// Reads a path in its one spelling.
  ///
  /// - Returns: nil for any other spelling, `x000/000` among them, and for an index beyond `indexLimit`.
  package init?(path: String) {
    // The longest path has a level of two digits, six groups and a width.
    guard path.utf8.count <= 64 else { return nil }
    var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
    guard let root = parts.popFirst(), root.elementsEqual("tile".utf8), let kindPart = parts.popFirst() else {
      return nil
    }
    let kind: Kind
    if kindPart.elementsEqual("entries".utf8) {
      kind = .entries
    } else if let level = TileCoordinate.number(kindPart, digits: 1...2), level <= 63 {
      kind = .hashes(level: level)
    } else {
      return nil
    }
    var index = 0
    var width = 256
    while let part = parts.popFirst() {
      let isLast = parts.isEmpty
      var digits = part
      if digits.first == UInt8(ascii: "x"), !isLast {
        digits = digits.dropFirst()
      } else if !isLast {
        // The last group of a partial one carries the suffix, and its width alone follows.
        guard parts.count == 1, digits.count == 5, digits.suffix(2).elementsEqual(".p".utf8),
          let last = parts.popFirst(), let number = TileCoordinate.number(last, digits: 1...3), (1...255) ~= number
        else { return nil }
        digits = digits.dropLast(2)
        width = number
      }
      guard digits.count == 3, let group = TileCoordinate.digits(digits),
        index <= TileCoordinate.indexLimit / 1000
      else { return nil }
      index = index * 1000 + group
    }
    self.init(kind: kind, index: index, width: width)
    // What is not spelled as it would be written is another spelling: leading groups of zeros, above all.
    guard index <= TileCoordinate.indexLimit, self.path.utf8.elementsEqual(path.utf8) else { return nil }
  }

  /// A decimal number without leading zeros.
  private static func number(_ text: Substring.UTF8View, digits count: ClosedRange<Int>) -> Int? {
    guard count ~= text.count, text.count == 1 || text.first != UInt8(ascii: "0") else { return nil }
    return digits(text)
  }

  private static func digits(_ text: Substring.UTF8View) -> Int? {
    var value = 0
    for digit in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= digit else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
