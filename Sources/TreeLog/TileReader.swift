internal import Crypto
internal import Synchronization

/// Reads the hash tiles of one tree, and believes none before the root vouches for it.
///
/// The right edge's partial tiles hold all of the tree's peaks: together they must give the root. Every full tile
/// must hash to the one hash that an already believed tile of the level above has in its place.
struct TileReader: Sendable {
  let contents: any StoreContents
  let size: Int
  let root: Digest
  private let cache = TileCache()

  init(contents: any StoreContents, size: Int, root: Digest) {
    self.contents = contents
    self.size = size
    self.root = root
  }

  /// The root of the perfect subtree of 2^level leaves that begins at leaf index * 2^level.
  func subtree(level: Int, index: Int) throws -> Digest {
    let (tileLevel, bit) = (level / 8, level % 8)
    guard (0..<64) ~= level, index >= 0, index < size >> level else {
      throw LogReadError.outOfRange(asked: index, size: size)
    }
    let first = index << bit
    let hashes = try tile(level: tileLevel, index: first >> 8)
    let offset = first & 255
    return MerkleHash.perfectRoot(hashes[offset..<(offset + 1 << bit)])
  }

  /// The hashes of a tile, believed.
  func tile(level: Int, index: Int) throws -> [Digest] {
    guard let coordinate = TileDelta.file(.hashes(level: level), index: index, size: size) else {
      throw LogReadError.outOfRange(asked: index, size: size)
    }
    if let known = cache[coordinate] { return known }
    if coordinate.isPartial {
      try authenticateEdge()
      guard let hashes = cache[coordinate] else {
        throw LogReadError.missing(path: coordinate.path)
      }
      return hashes
    }
    // At most eight levels deep: a level holds a 256th of the one below.
    let parent = try tile(level: level + 1, index: index >> 8)
    let hashes = try read(coordinate)
    let (expected, found) = (parent[index & 255], MerkleHash.perfectRoot(hashes[...]))
    guard expected == found else {
      throw LogReadError.notAuthentic(path: coordinate.path, expected: expected, found: found)
    }
    cache[coordinate] = hashes
    return hashes
  }

  /// The hashes of each level's partial tile, from level 0 on, empty where a level ends in a full one; believed.
  func edge() throws -> [[Digest]] {
    var levels: [[Digest]] = []
    var count = size
    while count > 0 {
      levels.append(count & 255 > 0 ? try tile(level: levels.count, index: count >> 8) : [])
      count >>= 8
    }
    if levels.isEmpty { try authenticateEdge() }
    return levels
  }

  private func authenticateEdge() throws {
    let partials = TileDelta.partials(for: size).filter { $0.kind != .entries }
    var tiles: [(TileCoordinate, [Digest])] = []
    var peaks: [Digest] = []
    for coordinate in partials.reversed() {
      let hashes = try read(coordinate)
      tiles.append((coordinate, hashes))
      peaks += HashTile.peaks(hashes)
    }
    let found = MerkleHash.fold(peaks)
    guard found == root else {
      throw LogReadError.rootMismatch(paths: partials.map(\.path), expected: root, found: found)
    }
    for (coordinate, hashes) in tiles { cache[coordinate] = hashes }
  }

  /// The hashes of a tile, not yet believed.
  private func read(_ coordinate: TileCoordinate) throws -> [Digest] {
    guard let file = try contents.tileFile(coordinate) else { throw LogReadError.missing(path: coordinate.path) }
    let expected = coordinate.sizeLimit
    guard !file.isExact || file.bytes.count == expected,
      let hashes = HashTile.decode(file.bytes, width: coordinate.width)
    else { throw LogReadError.wrongSize(path: coordinate.path, expected: expected, found: file.bytes.count) }
    return hashes
  }
}

/// The tiles that were read and believed. Shared by the copies of a reader.
private final class TileCache: Sendable {
  /// 8 KiB each: what a walk over a large log holds stays below 4 MiB.
  private static let limit = 512

  private let tiles = Mutex<[TileCoordinate: [Digest]]>([:])

  subscript(coordinate: TileCoordinate) -> [Digest]? {
    get { tiles.withLock { $0[coordinate] } }
    set {
      tiles.withLock { tiles in
        // Level 0 has all but a 256th of the tiles; the levels above are what every look-up passes through.
        if tiles.count >= TileCache.limit { tiles = tiles.filter { $0.key.kind != .hashes(level: 0) } }
        tiles[coordinate] = newValue
      }
    }
  }
}
