internal import Crypto
internal import Storage
internal import TreeLog

/// Holds the bundles and hash tiles of a copy against those of its source, and fetches anew what went bad in the copy.
///
/// A file of the source takes the place of the copy's only once the tree's root vouches for it: of two that differ, the source's
/// may as well be the bad one.
struct CopyRepair {
  private let copy: any StoreContents
  private let source: any StoreContents
  /// The tree that the source shows.
  private let shown: UnverifiedCheckpoint
  /// The size of the copy's tree.
  private let held: Int
  /// Files of the copy that are missing or that its tree does not vouch for, and that the source has no better, as paths.
  private(set) var beyondMending: [String] = []

  init(copy: any StoreContents, source: any StoreContents, shown: UnverifiedCheckpoint, held: Int) {
    self.copy = copy
    self.source = source
    self.shown = shown
    self.held = held
  }

  /// Compares every file of the log.
  ///
  /// - Returns: The paths of those that were fetched anew.
  mutating func mendLog(_ writer: inout CopyWriter) throws -> [String] {
    var paths: [String] = []
    for coordinate in TileDelta.files(for: shown.size) {
      // A source that is older has narrower files on its right edge than the copy.
      if coordinate.isPartial, shown.size < held { continue }
      let own = (try? copy.exactFile(coordinate)) ?? nil
      if let own, own == (try? source.exactFile(coordinate)) ?? nil { continue }
      if try mend(coordinate, &writer) { paths.append(coordinate.path) }
    }
    return paths
  }

  /// Fetches a file of the log anew, where the source has it as the tree has it and the copy has not.
  ///
  /// - Returns: Whether it was.
  mutating func mend(_ coordinate: TileCoordinate, _ writer: inout CopyWriter) throws -> Bool {
    if let bytes = vouched(coordinate, in: source) {
      try writer.write(coordinate, bytes)
      return true
    }
    if vouched(coordinate, in: copy) == nil { beyondMending.append(coordinate.path) }
    return false
  }

  /// A file as a store has it; nil where the tree that the source shows does not vouch for it.
  private func vouched(_ coordinate: TileCoordinate, in contents: any StoreContents) -> [UInt8]? {
    let reader = LogReader(contents: contents, size: shown.size, root: shown.root)
    func bytes() -> [UInt8]? { (try? contents.exactFile(coordinate)) ?? nil }
    let before = bytes()
    switch coordinate.kind {
    case .hashes: guard reader.vouches(for: coordinate) else { return nil }
    case .entries:
      let first = coordinate.index * 256
      do {
        try reader.entries(in: first..<(first + coordinate.width), authenticating: true) { _, _ in }
      } catch {
        return nil
      }
    }
    // Whoever writes the source meanwhile must not slip other bytes in.
    return before == bytes() ? before : nil
  }
}
