internal import Crypto
internal import Glibc
internal import Synchronization

/// Where one process keeps the artifacts that it copies, before it has the store's lock or while it has: a folder of
/// its own in the inbox, locked for as long as it is in use.
///
/// So that a slow pipe keeps nobody from writing: whoever takes the store's lock removes the folders that nobody holds,
/// which a crash left, and lets the others be.
final class StagingFolder: Sendable {
  private struct Held {
    let path: String
    /// Keeps the lock.
    let lock: FileDescriptor
    let folder: FileDescriptor
    var count = 0
  }

  /// A place for a file in the folder.
  struct Place {
    let folder: FileDescriptor
    let name: String
    let path: String
  }

  private let parent: String
  private let syscalls: Syscalls
  private let mode: mode_t
  private let held = Mutex<Held?>(nil)

  /// - Parameter parent: The folder that it is made in, which is made too where it is not there.
  init(in parent: String, syscalls: Syscalls, mode: mode_t = 0o755) {
    self.mode = mode
    self.parent = parent
    self.syscalls = syscalls
  }

  /// A place that nobody else uses. The folder is made with the first.
  func newPlace() throws -> Place {
    try held.withLock { held in
      var own = try held ?? make()
      defer { held = own }
      own.count += 1
      return Place(folder: own.folder, name: "\(own.count)", path: "\(own.path)/\(own.count)")
    }
  }

  private func make() throws -> Held {
    try syscalls.mkdir(parent, mode: mode)
    // A writer may take a folder that is not locked yet for a crashed process's, and remove it.
    for _ in 0..<100 {
      let path = "\(parent)/\(StoreLayout.stagingPrefix)\(Hexadecimal.encode(try RandomBytes.make(count: 8)))"
      try syscalls.mkdir(path, mode: mode)
      do {
        if let lock = try lock(path) { return Held(path: path, lock: lock, folder: try syscalls.open(path)) }
      } catch let error as StorageError where error.errorNumber == ENOENT {}
    }
    throw StorageError(.locked, "no folder in '\(parent)' stays long enough to be used", hint: "try again")
  }

  /// - Returns: What keeps the lock; nil where it, or the folder, was gone before it was taken.
  private func lock(_ path: String) throws -> FileDescriptor? {
    do {
      return try lock(syscalls.open(path), at: path)
    } catch let error as StorageError where [EBADF, EINVAL, ENOTSUP, EISDIR].contains(error.errorNumber) {
      // A network file system locks what can be written, and no folder can.
      let file = LeftoverFiles.lock(in: path)
      return try lock(syscalls.openLock(file), at: file)
    }
  }

  private func lock(_ descriptor: FileDescriptor, at path: String) throws -> FileDescriptor? {
    guard try syscalls.lock(descriptor, path: path), let status = try syscalls.status(path),
      try status.inode == syscalls.status(descriptor, path: path).inode
    else { return nil }
    return descriptor
  }

  /// Removes the folder; the next path is in another.
  func end() {
    held.withLock { held in
      if let held { LeftoverFiles(syscalls: syscalls).remove(held.path) }
      held = nil
    }
  }

  deinit { end() }
}
