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
    let descriptor: FileDescriptor
    var count = 0
  }

  private let layout: StoreLayout
  private let syscalls: Syscalls
  private let held = Mutex<Held?>(nil)

  init(layout: StoreLayout, syscalls: Syscalls) {
    self.layout = layout
    self.syscalls = syscalls
  }

  /// A path that nobody else uses. The folder is made with the first.
  func newPath() throws -> String {
    try held.withLock { held in
      var folder = try held ?? make()
      defer { held = folder }
      folder.count += 1
      return "\(folder.path)/\(folder.count)"
    }
  }

  private func make() throws -> Held {
    try syscalls.mkdir(layout.inbox)
    // A writer may take a folder that is not locked yet for a crashed process's, and remove it.
    for _ in 0..<100 {
      let path = layout.staging(Hexadecimal.encode(try RandomBytes.make(count: 8)))
      try syscalls.mkdir(path)
      guard let descriptor = try? syscalls.open(path), try syscalls.lock(descriptor, path: path),
        let status = try syscalls.status(path),
        try status.inode == syscalls.status(descriptor, path: path).inode
      else { continue }
      return Held(path: path, descriptor: descriptor)
    }
    throw StorageError(.locked, "no folder in '\(layout.inbox)' stays long enough to be used", hint: "try again")
  }

  deinit {
    held.withLock { held in
      if let held { LeftoverFiles(syscalls: syscalls).remove(held.path) }
    }
  }
}
