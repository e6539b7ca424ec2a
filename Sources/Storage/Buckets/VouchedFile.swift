internal import Crypto
internal import TreeLog

/// A tile or bundle that was read, held against the root of the tree that it is to be of.
struct VouchedFile {
  private let coordinate: TileCoordinate
  private let reader: LogReader

  /// - Parameter others: Reads the tiles that lie between it and the root, at most so many bytes of each.
  init(
    _ coordinate: TileCoordinate, _ bytes: [UInt8], size: Int, root: Digest,
    others: @escaping @Sendable (TileCoordinate, Int) throws -> [UInt8]?
  ) {
    self.coordinate = coordinate
    let files = ReadFiles { asked, limit in asked == coordinate ? bytes : try others(asked, limit) }
    reader = LogReader(contents: files, size: size, root: root)
  }

  var isRight: Bool {
    switch coordinate.kind {
    case .hashes: return reader.vouches(for: coordinate)
    case .entries:
      let first = coordinate.index * 256
      return (try? reader.entries(in: first..<(first + coordinate.width), authenticating: true) { _, _ in }) != nil
    }
  }
}

/// The files of a log alone.
private struct ReadFiles: StoreContents {
  let read: @Sendable (TileCoordinate, Int) throws -> [UInt8]?

  var location: String { "" }
  func configuration() -> [UInt8]? { nil }
  func checkpoint() -> [UInt8]? { nil }
  func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? { try read(coordinate, limit) }
  func widerFile(than coordinate: TileCoordinate, limit: Int) -> [UInt8]? { nil }
  func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) -> Int? { nil }
  func objectSize(_ digest: Digest) -> Int? { nil }
  func forEachPath(_ body: (StorePath) throws -> Void) {}
}
