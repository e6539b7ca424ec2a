package import Crypto

/// Reads one tree of a log: what a checkpoint of this size and root names, wherever the store lies.
///
/// Hashes are believed only once the root vouches for them. A partial file that is absent is replaced by a wider one of
/// its index, cut to width.
package struct LogReader: Sendable {
  private let contents: any StoreContents
  private let tiles: TileReader
  /// The number of entries.
  package let size: Int
  package let root: Digest

  /// A reader of the tree that a checkpoint names. Nothing is read yet.
  package init(contents: any StoreContents, size: Int, root: Digest) {
    self.contents = contents
    self.size = size
    self.root = root
    tiles = TileReader(contents: contents, size: size, root: root)
  }
}

/// Entries.
extension LogReader {
  /// Gives each entry of a range to a closure, in order, without the length that stands before it.
  ///
  /// - Parameter authenticating: Whether each entry's hash is compared with that in the tree. Without it, whoever reads
  ///   all entries must compare the root that they lead to.
  package func entries(
    in range: Range<Int>, authenticating: Bool = false, _ body: (Int, ArraySlice<UInt8>) throws -> Void
  ) throws {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw LogReadError.outOfRange(asked: range.upperBound, size: size)
    }
    guard !range.isEmpty else { return }
    for index in (range.lowerBound >> 8)...((range.upperBound - 1) >> 8) {
      let start = index << 8
      let bundle = try self.bundle(index)
      let hashes = authenticating ? try tiles.tile(level: 0, index: index) : []
      for number in Swift.max(start, range.lowerBound)..<Swift.min(start + bundle.entries.count, range.upperBound) {
        let entry = bundle.entries[number - start]
        if authenticating {
          let (expected, found) = (hashes[number - start], MerkleHash.leaf(entry))
          guard expected == found else {
            throw LogReadError.notAuthentic(path: bundle.path, expected: expected, found: found)
          }
        }
        try body(number, entry)
      }
    }
  }

  /// One entry, compared with its hash in the tree.
  package func entry(at index: Int) throws -> [UInt8] {
    guard (0..<size) ~= index else { throw LogReadError.outOfRange(asked: index, size: size) }
    var result: [UInt8] = []
    try entries(in: index..<(index + 1), authenticating: true) { result = Array($1) }
    return result
  }

  /// The entries of a bundle, as many as this tree has there, and the path they were asked for under.
  private func bundle(_ index: Int) throws -> (entries: [ArraySlice<UInt8>], path: String) {
    guard let coordinate = TileDelta.file(.entries, index: index, size: size) else {
      throw LogReadError.outOfRange(asked: index, size: size)
    }
    guard let file = try contents.tileFile(coordinate) else { throw LogReadError.missing(path: coordinate.path) }
    do throws(BundleSyntaxError) {
      return (try EntryBundle.decode(file, width: coordinate.width), coordinate.path)
    } catch {
      throw LogReadError.malformedBundle(path: coordinate.path, error)
    }
  }
}

/// Hashes.
extension LogReader {
  /// The hash of an entry, from the tree.
  package func leafHash(_ index: Int) throws -> Digest {
    try tiles.subtree(level: 0, index: index)
  }

  /// Whether the hash tile that lies in a place is there and is the one that the root vouches for.
  package func vouches(for coordinate: TileCoordinate) -> Bool {
    guard case .hashes(let level) = coordinate.kind else { return false }
    return (try? tiles.tile(level: level, index: coordinate.index)) != nil
  }

  /// The root that this log had at an earlier size: at most two tiles of each level are read.
  package func root(at size: Int) throws -> Digest {
    try compactRange(at: size).root
  }

  /// The tree of an earlier size, ready to grow: at most two tiles of each level are read.
  package func compactRange(at size: Int) throws -> CompactRange {
    guard (0...self.size) ~= size else { throw LogReadError.outOfRange(asked: size, size: self.size) }
    if size == 0 { return CompactRange() }
    let peaks = try SubtreeHashes.peaks(0..<size, tiles.subtree)
    guard let range = CompactRange(size: size, peaks: peaks) else {
      throw LogReadError.outOfRange(asked: size, size: self.size)
    }
    return range
  }

  /// The proof that an entry stands in this tree, the leaf's sibling first.
  package func inclusionProof(for index: Int) throws -> [Digest] {
    guard (0..<size) ~= index else { throw LogReadError.outOfRange(asked: index, size: size) }
    return try InclusionProof.make(index: index, size: size, from: tiles.subtree)
  }

  /// The proof that this tree extends that of an earlier size.
  package func consistencyProof(from old: Int) throws -> [Digest] {
    guard size > 0, (1...size) ~= old else { throw LogReadError.outOfRange(asked: old, size: size) }
    return try ConsistencyProof.make(from: old, to: size, from: tiles.subtree)
  }

  /// The hashes of each level's partial tile, from level 0 on, empty where a level ends in a full one.
  package func edge() throws -> [[Digest]] { try tiles.edge() }

  /// The state from which the log grows: the right edge's hashes and the last bundle, each entry of it compared.
  package func growth() throws -> TreeGrowth {
    let edge = try tiles.edge()
    var bundle: [UInt8] = []
    try entries(in: (size & ~255)..<size, authenticating: true) { _, entry in
      EntryBundle.append(Array(entry), to: &bundle)
    }
    return TreeGrowth(size: size, edge: edge, bundle: bundle)
  }
}
