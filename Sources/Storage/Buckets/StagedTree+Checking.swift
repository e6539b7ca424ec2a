internal import Crypto
internal import TreeLog

extension StagedTree {
  /// The files that a tree has under these names and with these bytes: whoever may write to a bucket may have staged
  /// anything.
  func genuine(over contents: any StoreContents, size: Int, root: Digest) -> StagedTree {
    let reader = LogReader(contents: StagedOverlay(base: contents, staged: self), size: size, root: root)
    return StagedTree(
      files: files.filter { file in
        guard let coordinate = TileCoordinate(path: file.path),
          TileDelta.file(coordinate.kind, index: coordinate.index, size: size) == coordinate
        else { return false }
        guard case .entries = coordinate.kind else { return reader.vouches(for: coordinate) }
        let first = coordinate.index << 8
        let entries = first..<first + coordinate.width
        return (try? reader.entries(in: entries, authenticating: true) { _, _ in }) != nil
      })
  }
}

/// A store as it is with the files that somebody has staged, before those that lie under their names.
private struct StagedOverlay: StoreContents {
  let base: any StoreContents
  let staged: StagedTree

  var location: String { base.location }
  func configuration() throws -> [UInt8]? { try base.configuration() }
  func checkpoint() throws -> [UInt8]? { try base.checkpoint() }
  func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try staged.file(coordinate.path) ?? base.file(at: coordinate, limit: limit)
  }
  func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try base.widerFile(than: coordinate, limit: limit)
  }
  func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    try unsafe base.readObject(digest, consume)
  }
  func smallObject(_ digest: Digest, limit: Int) throws -> [UInt8]? { try base.smallObject(digest, limit: limit) }
  func objectSize(_ digest: Digest) throws -> Int? { try base.objectSize(digest) }
  func forEachPath(_ body: (StorePath) throws -> Void) throws { try base.forEachPath(body) }
}
