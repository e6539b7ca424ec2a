package import Crypto
import Synchronization
package import TreeLog

/// A store in memory, for tests to fill and to damage.
package final class MemoryStore: StoreContents {
  private struct State {
    var files: [String: [UInt8]] = [:]
    var reads: [String] = []
    var failing: [String: any Error] = [:]
  }

  private let state = Mutex(State())

  package init(_ files: [String: [UInt8]] = [:]) {
    state.withLock { $0.files = files }
  }

  /// The files by their relative path.
  package subscript(path: String) -> [UInt8]? {
    get { state.withLock { $0.files[path] } }
    set { state.withLock { $0.files[path] = newValue } }
  }

  /// Has an object be there, and not be given.
  package func fail(_ object: String, with error: any Error) { state.withLock { $0.failing[object] = error } }

  package var paths: [String] { state.withLock { $0.files.keys.sorted() } }

  /// The paths that were read, since the last time this was asked.
  package func takeReads() -> [String] {
    state.withLock { state in
      defer { state.reads = [] }
      return state.reads
    }
  }

  private func read(_ path: String, limit: Int) -> [UInt8]? {
    state.withLock { state in
      state.reads.append(path)
      return state.files[path].map { Array($0.prefix(limit + 1)) }
    }
  }

  package func configuration() throws -> [UInt8]? { self["custody.json"] }
  package func checkpoint() throws -> [UInt8]? { self["checkpoint"] }

  package func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    read(coordinate.path, limit: limit)
  }

  package func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    for width in stride(from: coordinate.width, through: 256, by: 1) {
      if let bytes = read(coordinate.with(width: width).path, limit: limit) { return bytes }
    }
    return nil
  }

  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    let path = ObjectPath.path(digest)
    guard let bytes = self[path] else { return nil }
    if let error = state.withLock({ $0.failing[path] }) { throw error }
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 << 20)
      try unsafe bytes[start..<end].withUnsafeBytes { try unsafe consume($0) }
      start = end
    }
    return bytes.count
  }

  package func objectSize(_ digest: Digest) throws -> Int? { self[ObjectPath.path(digest)]?.count }

  package func forEachPath(_ body: (StorePath) throws -> Void) throws {
    for path in paths where path != "lock" && !path.hasPrefix("inbox/") {
      try body(StorePath(path: path, kind: .file))
    }
  }

  package var location: String { "memory" }

  /// Adds entries to a log that has so many, as a writer would; older partial files stay.
  ///
  /// - Returns: The root.
  @discardableResult
  package func grow(from size: Int, root: Digest = MerkleHash.empty, _ entries: [[UInt8]]) throws -> Digest {
    var growth = try LogReader(contents: self, size: size, root: root).growth()
    for entry in entries { growth.append(entry) { self[$0.path] = $1 } }
    let root = growth.root
    growth.finish { self[$0.path] = $1 }
    return root
  }
}
