package import Crypto

/// A tree that takes in entries and gives the files that it then has and lacked before: exactly those of
/// ``TileDelta/files(from:to:)``.
///
/// It holds the right edge alone, and the tiles of what was added: 32 bytes an entry.
package struct TreeGrowth: Sendable {
  private let oldSize: Int
  /// The hashes of each level's partial tile, from level 0 on.
  private var edge: [[Digest]]
  /// The entries of the partial bundle.
  private var bundle: [UInt8]
  private var fullTiles: [TileCoordinate: [UInt8]] = [:]
  /// The number of entries.
  package private(set) var size: Int

  /// The tree without entries.
  package init() {
    self.init(size: 0, edge: [], bundle: [])
  }

  init(size: Int, edge: [[Digest]], bundle: [UInt8]) {
    oldSize = size
    self.size = size
    self.edge = edge
    self.bundle = bundle
  }

  /// The root of the tree as it is now.
  package var root: Digest {
    MerkleHash.fold(edge.reversed().flatMap { HashTile.peaks($0) })
  }

  /// Takes in an entry.
  ///
  /// - Parameter emit: Is given the bundle that the entry fills.
  /// - Precondition: The entry is not longer than `EntryBundle.entryLimit`.
  package mutating func append(
    _ entry: [UInt8], emit: (TileCoordinate, [UInt8]) throws -> Void
  ) rethrows {
    EntryBundle.append(entry, to: &bundle)
    if size & 255 == 255 {
      try emit(TileCoordinate(kind: .entries, index: size >> 8), bundle)
      bundle = []
    }
    size += 1
    var hash = MerkleHash.leaf(entry)
    var level = 0
    while true {
      if level == edge.count { edge.append([]) }
      edge[level].append(hash)
      guard edge[level].count == 256 else { break }
      let coordinate = TileCoordinate(kind: .hashes(level: level), index: (size >> (8 * level + 8)) - 1)
      fullTiles[coordinate] = HashTile.encode(edge[level])
      // Only a full tile's root goes up.
      hash = MerkleHash.perfectRoot(edge[level][...])
      edge[level] = []
      level += 1
    }
  }

  /// Gives the remaining files: the partial bundle, then the hash tiles by ascending level and index.
  package consuming func finish(emit: (TileCoordinate, [UInt8]) throws -> Void) rethrows {
    for coordinate in TileDelta.files(from: oldSize, to: size) {
      switch coordinate.kind {
      case .entries:
        if coordinate.isPartial { try emit(coordinate, bundle) }
      case .hashes(let level):
        try emit(coordinate, fullTiles[coordinate] ?? HashTile.encode(edge[level]))
      }
    }
  }
}
