package import Crypto

/// A store as it would be with another checkpoint: what lies beyond its own is looked at before it is believed.
package struct CheckpointOverlay: StoreContents {
  private let base: any StoreContents
  private let note: [UInt8]

  /// - Parameter note: The checkpoint.
  package init(_ base: any StoreContents, checkpoint note: [UInt8]) {
    self.base = base
    self.note = note
  }

  package var location: String { base.location }
  package func configuration() throws -> [UInt8]? { try base.configuration() }
  package func checkpoint() throws -> [UInt8]? { note }
  package func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try base.file(at: coordinate, limit: limit)
  }
  package func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try base.widerFile(than: coordinate, limit: limit)
  }
  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    try unsafe base.readObject(digest, consume)
  }
  package func readObject(
    _ digest: Digest, expecting size: Int?, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int? { try unsafe base.readObject(digest, expecting: size, consume) }
  package func smallObject(_ digest: Digest, limit: Int) throws -> [UInt8]? {
    try base.smallObject(digest, limit: limit)
  }
  package var readsAtOnce: Int? { base.readsAtOnce }
  package func objectSize(_ digest: Digest) throws -> Int? { try base.objectSize(digest) }
  package func forEachPath(_ body: (StorePath) throws -> Void) throws { try base.forEachPath(body) }
}
