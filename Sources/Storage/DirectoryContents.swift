package import Crypto
internal import Glibc
internal import Synchronization
package import TreeLog

/// A store in a folder, read without lock.
///
/// Only regular files are read, and no symbolic link below the store's root is followed: what is anything else counts
/// as absent here, and is listed for what it is.
package final class DirectoryContents: StoreContents {
  package let layout: StoreLayout
  private let syscalls: Syscalls
  private let root: FileDescriptor
  /// Folders of objects that were opened, of the 256 that there are.
  private let objectFolders = Mutex<[String: FileDescriptor]>([:])
  /// How many of them may be open at once: a quarter of what the process may open, so that a small limit is enough.
  private let folderLimit: Int

  /// The longest `custody.json` and checkpoint that are read, in bytes.
  private static let headLimit = 1 << 20
  private static let chunkSize = 1 << 20
  /// No path of a store is deeper; what is, is no store's.
  private static let depthLimit = 16

  /// - Throws: `noStore` where there is no folder.
  package init(layout: StoreLayout, syscalls: Syscalls = Syscalls()) throws {
    self.layout = layout
    self.syscalls = syscalls
    folderLimit = max(1, min(256, syscalls.openFileLimit() / 4))
    do {
      root = try syscalls.open(layout.root, follows: true)
      guard try syscalls.status(root, path: layout.root).kind == .folder else {
        throw StorageError(.noStore, "'\(layout.root)' is not a folder", hint: "name the folder of a store")
      }
    } catch let error as StorageError where error.code == .inputMissing {
      throw StorageError(
        .noStore, "there is no store at '\(layout.root)'",
        hint: "name one with --store, or make one with 'custody init'")
    }
  }

  package var location: String { layout.root }

  /// Waits until the name of the newest checkpoint is on the disk: a writer may be between giving it its name and waiting
  /// for that. Who remembers it before would take a power cut for a store that was cut off.
  ///
  /// A disk that nobody can write to has nothing to wait for.
  package func waitForCheckpoint() throws {
    do {
      try syscalls.fsync(root, path: layout.root)
    } catch let error as StorageError where [EROFS, EINVAL, ENOTSUP, EBADF].contains(error.errorNumber) {}
  }

  package func configuration() throws -> [UInt8]? { try bytes("custody.json", limit: Self.headLimit) }

  package func checkpoint() throws -> [UInt8]? { try bytes("checkpoint", limit: Self.headLimit) }

  package func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try bytes(coordinate.path, limit: limit)
  }

  package func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    // The narrowest first: wider ones may be what a crashed append left beyond the checkpoint.
    for width in try partialWidths(coordinate) where width >= coordinate.width {
      if let bytes = try bytes(coordinate.with(width: width).path, limit: limit) { return bytes }
    }
    return try bytes(coordinate.fullPath, limit: limit)
  }

  /// The widths of the partial files of an index, ascending.
  func partialWidths(_ coordinate: TileCoordinate) throws -> [Int] {
    let relative = "\(coordinate.fullPath).p"
    guard let (folder, status) = try open(relative), status.kind == .folder else { return [] }
    return try syscalls.list(folder, path: path(relative))
      .compactMap { TileCoordinate(path: "\(relative)/\($0)")?.width }.sorted()
  }

  package func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    let relative = ObjectPath.path(digest)
    guard let (descriptor, status) = try open(object: relative), status.kind == .regular else { return nil }
    return try unsafe stream(descriptor, status, path(relative), consume)
  }

  /// Gives a file's bytes in pieces under a buffer that is reused.
  private func stream(
    _ descriptor: FileDescriptor, _ status: FileStatus, _ path: String,
    _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let capacity = max(1, min(status.size, Self.chunkSize))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: capacity < 4096 ? 16 : 4096)
    defer { unsafe buffer.deallocate() }
    var total = 0
    while true {
      let count = try unsafe syscalls.read(descriptor, into: buffer, path: path)
      if count == 0 { return total }
      total += count
      try unsafe consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      // What is appended to a file while it is read was never there; one that has no size is read to its end.
      if total == status.size { return total }
    }
  }

  package func objectSize(_ digest: Digest) throws -> Int? {
    let relative = ObjectPath.path(digest)
    guard let folder = try objectFolder(of: relative),
      let status = try syscalls.status(StoreLayout.name(relative), in: folder, path: path(relative)),
      status.kind == .regular
    else { return nil }
    return status.size
  }

  package func forEachPath(_ body: (StorePath) throws -> Void) throws {
    try walk("", depth: 0, isStore: true, body)
  }

  /// - Returns: Whether the folder held nothing.
  @discardableResult
  private func walk(
    _ folder: String, depth: Int, isStore: Bool, _ body: (StorePath) throws -> Void
  ) throws -> Bool {
    guard let (descriptor, status) = try open(folder), status.kind == .folder else { return false }
    let entries = try syscalls.entries(descriptor, path: path(folder))
    for (name, told) in entries where !isStore || depth > 0 || (name != "inbox" && name != "lock") {
      let relative = folder.isEmpty ? name : "\(folder)/\(name)"
      // What is gone was removed since it was listed, by a writer who prunes.
      guard let kind = try told ?? syscalls.status(name, in: descriptor, path: path(relative))?.kind else { continue }
      switch kind {
      case .regular: try body(StorePath(path: relative, kind: .file))
      case .other: try body(StorePath(path: relative, kind: .other))
      case .folder where depth >= Self.depthLimit: try body(StorePath(path: relative, kind: .other))
      case .folder:
        if try walk(relative, depth: depth + 1, isStore: isStore, body) {
          try body(StorePath(path: relative, kind: .emptyFolder))
        }
      }
    }
    return entries.isEmpty
  }
}

/// Any files below the folder, whether it is a store or only holds one.
extension DirectoryContents {
  /// The size of a regular file; nil for anything else.
  package func fileSize(_ relative: String) throws -> Int? {
    guard let (_, status) = try open(relative), status.kind == .regular else { return nil }
    return status.size
  }

  /// Streams a regular file in pieces.
  ///
  /// - Returns: The number of bytes; nil where there is none.
  package func readFile(_ relative: String, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    guard let (descriptor, status) = try open(relative), status.kind == .regular else { return nil }
    return try unsafe stream(descriptor, status, path(relative), consume)
  }

  /// The bytes of a regular file that is known to be small.
  ///
  /// - Returns: nil where there is none, or where it has more than `limit` bytes.
  package func smallFile(_ relative: String, limit: Int) throws -> [UInt8]? {
    try bytes(relative, limit: limit).flatMap { $0.count <= limit ? $0 : nil }
  }

  /// Every path below the folder, as ``forEachPath(_:)``, and what a store's own list leaves out too.
  package func forEachFile(_ body: (StorePath) throws -> Void) throws { try walk("", depth: 0, isStore: false, body) }
}

/// The way from the root to a file, one folder at a time, so that no link is followed on the way.
extension DirectoryContents {
  private func path(_ relative: String) -> String {
    relative.isEmpty ? layout.root : "\(layout.root)/\(relative)"
  }

  /// The bytes of a regular file, cut to `limit` + 1; nil for anything else.
  private func bytes(_ relative: String, limit: Int) throws -> [UInt8]? {
    guard let (descriptor, status) = try open(relative), status.kind == .regular else { return nil }
    let capacity = max(1, min(status.size, limit) + 1)
    var bytes = [UInt8](repeating: 0, count: capacity)
    var count = 0
    while count < capacity {
      let read = try unsafe bytes.withUnsafeMutableBytes { buffer in
        try unsafe syscalls.read(
          descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]), path: path(relative))
      }
      if read == 0 { break }
      count += read
    }
    bytes.removeLast(capacity - count)
    return bytes
  }

  /// The folder of an object, opened once for all that lie in it.
  private func objectFolder(of relative: String) throws -> FileDescriptor? {
    let folder = StoreLayout.parent(relative)
    if let known = objectFolders.withLock({ $0[folder] }) { return known }
    guard let (opened, status) = try open(folder), status.kind == .folder else { return nil }
    objectFolders.withLock { folders in
      if folders.count >= folderLimit { folders.removeAll(keepingCapacity: true) }
      folders[folder] = opened
    }
    return opened
  }

  private func open(object relative: String) throws -> (FileDescriptor, FileStatus)? {
    guard let folder = try objectFolder(of: relative) else { return nil }
    return try absentAsNil {
      let found = try syscalls.open(StoreLayout.name(relative), in: folder, path: path(relative))
      return (found, try syscalls.status(found, path: path(relative)))
    }
  }

  /// Opens what lies at a path; nil where there is nothing, and for what cannot be opened without following a link.
  private func open(_ relative: String) throws -> (FileDescriptor, FileStatus)? {
    try absentAsNil {
      var descriptor: FileDescriptor?
      for segment in relative.split(separator: "/") {
        descriptor = try syscalls.open(String(segment), in: descriptor ?? root, path: path(relative))
      }
      // A descriptor of its own for the root too: listing moves its position.
      let found = try descriptor ?? syscalls.open(".", in: root, path: path(""))
      return (found, try syscalls.status(found, path: path(relative)))
    }
  }

  private func absentAsNil<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch let error as StorageError {
      switch error.errorNumber {
      case ENOENT, ENOTDIR, ELOOP, ENXIO, ENAMETOOLONG: return nil
      default: throw error
      }
    }
  }
}
