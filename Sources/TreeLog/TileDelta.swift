/// Which tiles and bundles a tree of some size has.
///
/// Level l holds `size >> 8l` hashes, cut into tiles of 256 and at most one narrower one; bundles are cut like
/// level 0. A level's hashes are the roots of the full tiles below, so no partial tile is ever hashed upwards.
///
/// Specification: <https://c2sp.org/tlog-tiles>, "Merkle Tree" and "Partial Tiles".
package enum TileDelta {
  /// The files that a tree of the new size has and one of the old size lacks.
  ///
  /// - Returns: Bundles, then hash tiles by ascending level, each by ascending index, a partial one last.
  package static func files(from old: Int, to new: Int) -> [TileCoordinate] {
    Array(TileFiles(from: old, to: new))
  }

  /// Every file of a tree of this size: bundles, then hash tiles by ascending level, each by ascending index.
  package static func files(for size: Int) -> TileFiles {
    TileFiles(from: 0, to: size)
  }

  /// The partial files of a tree of this size: a bundle and at most one tile of each level.
  package static func partials(for size: Int) -> [TileCoordinate] {
    var result: [TileCoordinate] = []
    var level = 0
    var count = size
    while count > 0 {
      let width = count & 255
      if width > 0 {
        if level == 0 { result.append(TileCoordinate(kind: .entries, index: count >> 8, width: width)) }
        result.append(TileCoordinate(kind: .hashes(level: level), index: count >> 8, width: width))
      }
      level += 1
      count >>= 8
    }
    return result
  }

  /// The last bundle of a tree of this size, and the last tile of each level, full or not.
  package static func rightEdge(of size: Int) -> [TileCoordinate] {
    var result: [TileCoordinate] = []
    var level = 0
    while level < 8, size >> (8 * level) > 0 {
      let index = ((size >> (8 * level)) - 1) >> 8
      let kinds: [TileCoordinate.Kind] = level == 0 ? [.entries, .hashes(level: 0)] : [.hashes(level: level)]
      result += kinds.compactMap { file($0, index: index, size: size) }
      level += 1
    }
    return result
  }

  /// The file that holds this index in a tree of this size.
  ///
  /// - Returns: nil where the tree does not reach that far.
  package static func file(_ kind: TileCoordinate.Kind, index: Int, size: Int) -> TileCoordinate? {
    let level =
      switch kind {
      case .entries: 0
      case .hashes(let level): level
      }
    guard (0..<8) ~= level, index >= 0, index <= TileCoordinate.indexLimit, size > 0 else { return nil }
    let count = size >> (8 * level)
    guard index * 256 < count else { return nil }
    return TileCoordinate(kind: kind, index: index, width: min(256, count - index * 256))
  }
}

/// Tiles and bundles in order, made one at a time.
package struct TileFiles: Sequence, IteratorProtocol, Sendable {
  private let old: Int
  private let new: Int
  /// -1 for the bundles.
  private var level = -1
  private var index: Int

  init(from old: Int, to new: Int) {
    self.old = Swift.max(0, old)
    self.new = new
    index = self.old >> 8
  }

  package mutating func next() -> TileCoordinate? {
    while level < 8 {
      let shift = 8 * Swift.max(0, level)
      let count = new >> shift
      // Where a level has not grown, none above it has.
      guard count > old >> shift else { return nil }
      if index * 256 < count {
        defer { index += 1 }
        return TileCoordinate(
          kind: level < 0 ? .entries : .hashes(level: level), index: index, width: Swift.min(256, count - index * 256))
      }
      level += 1
      index = (old >> (8 * level)) >> 8
    }
    return nil
  }
}
