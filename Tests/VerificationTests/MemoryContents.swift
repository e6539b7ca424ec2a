import Crypto
import Foundation
import TreeLog

/// A store in memory, every byte of which a test can change.
struct MemoryContents: StoreContents {
  var files: [String: [UInt8]] = [:]
  var location: String { "memory" }

  init() {}

  /// Reads a store's folder, `inbox` and `lock` aside.
  init(folder: URL) throws {
    let root = folder.resolvingSymlinksInPath().path
    guard let paths = FileManager.default.enumerator(atPath: root) else { return }
    for case let path as String in paths {
      var isFolder: ObjCBool = false
      let full = "\(root)/\(path)"
      guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue,
        !path.hasPrefix("inbox"), path != "lock"
      else { continue }
      files[path] = [UInt8](try Data(contentsOf: URL(filePath: full)))
    }
  }

  func configuration() -> [UInt8]? { files["custody.json"] }

  func checkpoint() -> [UInt8]? { files["checkpoint"] }

  func file(at coordinate: TileCoordinate, limit: Int) -> [UInt8]? {
    files[coordinate.path].map { Array($0.prefix(limit + 1)) }
  }

  func widerFile(than coordinate: TileCoordinate, limit: Int) -> [UInt8]? {
    for width in stride(from: 256, through: coordinate.width, by: -1) {
      let wider = TileCoordinate(kind: coordinate.kind, index: coordinate.index, width: width)
      if let bytes = files[wider.path] { return Array(bytes.prefix(limit + 1)) }
    }
    return nil
  }

  func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    guard let bytes = files[ObjectPath.path(digest)] else { return nil }
    try unsafe bytes.withUnsafeBytes { try unsafe consume($0) }
    return bytes.count
  }

  func objectSize(_ digest: Digest) -> Int? { files[ObjectPath.path(digest)]?.count }

  func forEachPath(_ body: (StorePath) throws -> Void) throws {
    for path in files.keys.sorted() {
      try body(StorePath(path: path, kind: .file))
    }
  }
}
