/// The one writer's lock on a store, given back when the value goes, or the process does (`flock(2)`).
package struct StoreLock: ~Copyable {
  private let descriptor: FileDescriptor

  /// Takes the lock, or fails at once.
  ///
  /// - Parameter allowsNetworkStore: Whether a network file system's locks and renames are relied on.
  /// - Throws: `locked`, `networkStore`.
  package init(layout: StoreLayout, syscalls: Syscalls = Syscalls(), allowsNetworkStore: Bool = false) throws {
    let descriptor = try syscalls.openLock(layout.lock)
    guard try syscalls.status(descriptor, path: layout.lock).kind == .regular else {
      throw StorageError(.inputOutput, "'\(layout.lock)' is not a regular file", hint: "remove it and try again")
    }
    let type = try syscalls.fileSystemType(descriptor, path: layout.lock)
    if !allowsNetworkStore, let name = NetworkFileSystem.name(type) {
      throw StorageError(
        .networkStore, "'\(layout.root)' lies on a network file system (\(name))",
        hint: "append on the host that has the disk, or say --network-store if its locks and renames can be relied on")
    }
    guard try syscalls.lock(descriptor, path: layout.lock) else {
      throw StorageError(
        .locked, "another process is writing to the store '\(layout.root)'", hint: "wait for it to end and try again")
    }
    self.descriptor = descriptor
  }

  /// Writes to the beginning of the lock file, once, and waits until the disk has it.
  func write(_ bytes: [UInt8], path: String, _ syscalls: Syscalls) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe syscalls.write($0, to: descriptor, path: path) }
    try syscalls.fsync(descriptor, path: path)
  }

  /// Says that the folder is a copy from now on, before anybody else has the lock.
  ///
  /// - Parameter replacing: Whether a mark that is there goes. Its file stays the same, which is what is locked, and is at no time
  ///   empty, which would make the folder a store: of a longer mark the rest is cut off last.
  package func mark(
    _ mark: CopyMark, _ layout: StoreLayout, _ syscalls: Syscalls = Syscalls(), replacing: Bool = false
  ) throws {
    let found = try CopyMark.read(layout)
    guard found == nil || replacing else { return }
    try write(mark.bytes, path: layout.lock, syscalls)
    guard found != nil else { return }
    try syscalls.truncate(descriptor, to: mark.bytes.count, path: layout.lock)
    try syscalls.fsync(descriptor, path: layout.lock)
  }

  deinit { descriptor.unlock() }
}

/// The file systems on which a lock may hold on one host alone, or a rename may be seen late.
enum NetworkFileSystem {
  /// The name of a network file system by its magic number (`statfs(2)`); nil for a local one.
  ///
  /// FUSE is not among them: the number does not say what lies behind it.
  static func name(_ type: UInt32) -> String? {
    switch type {
    case 0x6969: "NFS"
    case 0x517b, 0xff53_4d42, 0xfe53_4d42: "SMB"
    case 0x564c: "NCP"
    case 0x5346_414f, 0x6b41_4653: "AFS"
    case 0x7375_7245: "Coda"
    case 0x0102_1997: "9P"
    case 0x00c3_6400: "Ceph"
    case 0x0bd0_0bd0: "Lustre"
    case 0x4750_4653: "GPFS"
    default: nil
    }
  }
}
