internal import Crypto
internal import TreeLog

extension StagedTree {
  /// The files that a tree has under these names and with these bytes: whoever may write to a bucket may have staged
  /// anything.
  func genuine(over contents: BucketContents, size: Int, root: Digest) -> StagedTree {
    StagedTree(
      files: files.filter { file in
        guard let coordinate = TileCoordinate(path: file.path),
          TileDelta.file(coordinate.kind, index: coordinate.index, size: size) == coordinate
        else { return false }
        return VouchedFile(coordinate, file.bytes, size: size, root: root) { asked, limit in
          try self.file(asked.path) ?? contents.file(at: asked, limit: limit)
        }.isRight
      })
  }
}
