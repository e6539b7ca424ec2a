internal import Findings
internal import Crypto
internal import Ownership
internal import TreeLog

/// Recomputes every hash tile from the entries and holds the files against it, byte for byte.
struct TileCheck {
  private let contents: any StoreContents
  private let size: Int
  private var levels = [Level()]
  /// Whether entries were missing: what lies above a gap is not known.
  private(set) var hasGap = false
  /// Tiles and bundles that were compared.
  private(set) var count = 0
  /// Files that do not hold what they should, so that older partial ones are not held against them.
  private(set) var faulty: Set<TileCoordinate> = []

  /// Hash tiles that do not hold what the entries give: either may be at fault.
  private var mismatches: [Mismatch] = []

  private struct Mismatch {
    let coordinate: TileCoordinate
    /// The first entry whose hash is another, where the tile is of level 0.
    let entry: Int?
    /// Its hash as the tile has it, and as the entry gives it.
    let leaves: (expected: Digest, found: Digest)?
    /// What it means, unless the bundle is at fault.
    let finding: Finding
  }

  /// The tile that is being filled at a level of the tree.
  private struct Level {
    var hashes: [Digest] = []
    /// The same hashes as a tree of their own.
    var range = CompactRange()
    /// How many tiles stand before it.
    var filled = 0
  }

  init(contents: any StoreContents, size: Int) {
    self.contents = contents
    self.size = size
  }

  /// Begins with the right edge of a tree that was verified before: the hashes of each level's partial tile.
  init(contents: any StoreContents, size: Int, from earlier: Int, edge: [[Digest]]) {
    self.init(contents: contents, size: size)
    levels = edge.enumerated().map { number, hashes in
      var level = Level(hashes: hashes, filled: earlier >> (8 * (number + 1)))
      for hash in hashes { level.range.append(hash) }
      return level
    }
    if levels.isEmpty { levels = [Level()] }
  }

  /// The hashes of the newest entries, as many as a bundle that is not full has.
  var edgeHashes: [Digest] { levels[0].hashes }

  /// Says that the next entry's hash is not known.
  mutating func skip() {
    hasGap = true
  }

  mutating func append(_ leafHash: Digest, _ findings: inout FindingList) throws {
    guard !hasGap else { return }
    try append(leafHash, level: 0, &findings)
  }

  private mutating func append(_ hash: Digest, level: Int, _ findings: inout FindingList) throws {
    if level == levels.count { levels.append(Level()) }
    levels[level].hashes.append(hash)
    levels[level].range.append(hash)
    guard levels[level].hashes.count == 256 else { return }
    let (tile, index) = (levels[level], levels[level].filled)
    try compare(tile.hashes, TileCoordinate(kind: .hashes(level: level), index: index, width: 256), &findings)
    levels[level].hashes.removeAll(keepingCapacity: true)
    levels[level].range = CompactRange()
    levels[level].filled += 1
    try append(tile.range.root, level: level + 1, &findings)
  }

  /// The tree of all hashes that were appended.
  ///
  /// Its perfect subtrees are those of the tiles that are being filled: so each node is hashed once.
  var range: CompactRange {
    var (size, peaks): (Int, [Digest]) = (0, [])
    peaks.reserveCapacity(8 * levels.count)
    for level in levels.reversed() {
      size = size << 8 + level.range.size
      peaks += level.range.peaks
    }
    guard let range = CompactRange(size: size, peaks: peaks) else {
      preconditionFailure("each level has a peak for each bit of its size, which is below 256")
    }
    return range
  }

  /// Compares the partial tiles on the right edge.
  mutating func finishEdge(_ findings: inout FindingList) throws {
    guard !hasGap else { return }
    for (number, level) in levels.enumerated() where !level.hashes.isEmpty {
      let coordinate = TileCoordinate(kind: .hashes(level: number), index: level.filled, width: level.hashes.count)
      try compare(level.hashes, coordinate, &findings)
    }
  }

  private mutating func compare(
    _ hashes: [Digest], _ coordinate: TileCoordinate, _ findings: inout FindingList
  ) throws {
    count += 1
    let expected = HashTile.encode(hashes)
    guard let file = try contents.tileFile(coordinate) else {
      faulty.insert(coordinate)
      findings.add(
        .tree,
        Finding(
          .tileMismatch, coordinate.path, expected: Wording.bytes(expected.count), found: "nothing",
          "the hash tile '\(coordinate.path)' is missing: restore it from a copy of the store"))
      return
    }
    let found = file.bytes
    guard (file.isExact && found != expected) || !found.starts(with: expected) else { return }
    faulty.insert(coordinate)
    let at = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let place =
      at.map { "hash \($0 / 32) is another" } ?? "it has \(Wording.bytes(found.count)), expected \(expected.count)"
    mismatches.append(
      Mismatch(
        coordinate: coordinate, entry: TileCheck.entry(coordinate, at),
        leaves: coordinate.kind == .hashes(level: 0)
          ? at.flatMap { HashTile.decode(found, width: coordinate.width)?[$0 / 32] }
            .map { (expected: $0, found: hashes[(at ?? 0) / 32]) } : nil,
        finding: Finding(
          .tileMismatch, coordinate.path, entry: TileCheck.entry(coordinate, at), expected: SHA256.hash(expected).hex,
          found: SHA256.hash(found).hex,
          "the hash tile '\(coordinate.path)' does not hold what the entries give: \(place)")))
  }

  /// The entry that a byte of a level-0 tile is about.
  private static func entry(_ coordinate: TileCoordinate, _ offset: Int?) -> Int? {
    guard case .hashes(level: 0) = coordinate.kind, let offset else { return nil }
    return coordinate.index * 256 + min(offset / 32, 255)
  }

  /// Says which of the files are at fault that do not hold what others give, and holds the entries' root against the
  /// checkpoint's.
  ///
  /// A hash tile that the checkpoint vouches for is right, so that it is the bundle below it that was changed.
  mutating func finish(_ head: Head?, entries: Int, _ findings: inout FindingList) {
    var isExplained = false
    if let head, !hasGap, entries == head.size, range.root != head.root {
      let reader = LogReader(contents: contents, size: head.size, root: head.root)
      mismatches.removeAll { mismatch in
        guard reader.vouches(for: mismatch.coordinate) else { return false }
        guard let entry = mismatch.entry, let leaves = mismatch.leaves,
          let bundle = TileDelta.file(.entries, index: mismatch.coordinate.index, size: head.size)
        else { return true }
        isExplained = true
        faulty.insert(bundle)
        findings.add(
          .tree,
          Finding(
            .rootMismatch, bundle.path, entry: entry, expected: leaves.expected.hex, found: leaves.found.hex,
            "entry \(entry) in '\(bundle.path)' is not the one that 'checkpoint' vouches for: the bundle was changed, so "
              + "restore it from a copy of the store"))
        return true
      }
      if !isExplained {
        findings.add(
          .tree,
          Finding(
            .rootMismatch, "checkpoint", expected: head.root.hex, found: range.root.hex,
            "the tree of \(Wording.entries(head.size)) has another root than 'checkpoint' says: entries or the checkpoint were changed"
          ))
      }
    }
    for mismatch in mismatches { findings.add(.tree, mismatch.finding) }
  }
}
