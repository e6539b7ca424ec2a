internal import Crypto
internal import TreeLog

/// The log's root at any earlier size, at flat memory: recent ones from what was kept, older ones from the entries.
struct RootHistory {
  private let contents: any StoreContents
  /// Reads the tree that was verified before, for the sizes up to its own.
  private let earlier: LogReader?
  private var range = CompactRange()
  /// The compact ranges of the newest sizes, by how far they lie beyond that tree, modulo the limit.
  private var recent: [CompactRange] = []
  private var roots: [Digest?] = []
  /// The compact range at each multiple of 256, from the last one that the earlier tree has.
  private var full: [CompactRange] = [CompactRange()]
  private(set) var hasGap = false

  private static let limit = 1024

  init(contents: any StoreContents) {
    self.contents = contents
    earlier = nil
  }

  /// Goes on from a tree that was verified before.
  init(contents: any StoreContents, after earlier: LogReader) throws {
    self.contents = contents
    self.earlier = earlier
    range = try earlier.compactRange(at: earlier.size)
    full = [try earlier.compactRange(at: earlier.size & ~255)]
  }

  private var base: Int { earlier?.size ?? 0 }

  var size: Int { range.size }

  /// Notes the tree after a further entry.
  mutating func append(_ grown: CompactRange) {
    guard !hasGap else { return }
    range = grown
    let slot = (range.size - base) % RootHistory.limit
    if recent.count < RootHistory.limit {
      if recent.isEmpty {
        recent.append(CompactRange())
        roots.append(nil)
      }
      if slot == recent.count {
        recent.append(range)
        roots.append(nil)
      }
    } else {
      recent[slot] = range
      roots[slot] = nil
    }
    if range.size % 256 == 0 { full.append(range) }
  }

  /// Says that the next entry's hash is not known.
  mutating func skip() {
    hasGap = true
  }

  /// The root at a size up to the present one; nil where an entry below it could not be read.
  mutating func root(at size: Int) throws -> Digest? {
    guard size >= 1, size <= range.size else { return nil }
    if let earlier, size <= earlier.size { return try earlier.root(at: size) }
    let slot = (size - base) % RootHistory.limit
    if slot < recent.count, recent[slot].size == size {
      if let known = roots[slot] { return known }
      let root = recent[slot].root
      roots[slot] = root
      return root
    }
    var earlier = full[size / 256 - base / 256]
    let rest = size % 256
    guard rest > 0 else { return earlier.root }
    let width = min(256, range.size - size / 256 * 256)
    let coordinate = TileCoordinate(kind: .entries, index: size / 256, width: width)
    var ignored = FindingList()
    guard let entries = try BundleReading.entries(contents, coordinate, &ignored), entries.count >= rest else {
      return nil
    }
    for entry in entries.prefix(rest) { earlier.append(MerkleHash.leaf(entry)) }
    return earlier.root
  }
}
