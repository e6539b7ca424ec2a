internal import Glibc

/// An open file or folder, closed with its last owner.
package final class FileDescriptor: Sendable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  /// Gives a lock back now, even where a child that is about to become another program still holds a copy (`fork(2)`).
  func unlock() {
    _ = flock(number, LOCK_UN)
  }

  deinit {
    close(number)
  }
}

/// What lies at a path.
struct FileStatus: Sendable, Equatable {
  enum Kind: Sendable {
    case regular, folder, other

    /// What `readdir(3)` says of an entry; nil where the file system leaves it open.
    init?(directoryType: UInt8) {
      switch Int(directoryType) {
      case Int(DT_UNKNOWN): return nil
      case Int(DT_REG): self = .regular
      case Int(DT_DIR): self = .folder
      default: self = .other
      }
    }
  }

  let kind: Kind
  let size: Int
  let modified: Int
  let modifiedNanoseconds: Int
  let changed: Int
  let changedNanoseconds: Int
  let inode: UInt64
  let device: UInt64

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      default: .other
      }
    size = Int(status.st_size)
    modified = status.st_mtim.tv_sec
    modifiedNanoseconds = status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec
    changedNanoseconds = status.st_ctim.tv_nsec
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
  }
}

/// The one place that calls the operating system: every call retried where a signal broke it off, every failure a
/// ``StorageError`` that names the path, every one able to fail by plan.
package struct Syscalls: Sendable {
  let plan: FaultPlan?

  package init(plan: FaultPlan? = nil) {
    self.plan = plan
  }

  /// Runs a call that answers -1 for failure.
  @discardableResult
  private func call(_ operation: Operation, _ path: String, _ body: () -> Int) throws -> Int {
    let moment = plan?.next(operation, path)
    if moment == .beforeEffect { throw StorageError(operation, path, errorNumber: EIO) }
    var result = body()
    while result < 0, errno == EINTR { result = body() }
    let number = errno
    if moment == .afterEffect { throw StorageError(operation, path, errorNumber: EIO) }
    guard result >= 0 else { throw StorageError(operation, path, errorNumber: number) }
    return result
  }

  /// Opens for reading. A pipe without a writer does not make it wait.
  ///
  /// - Parameter follows: Whether a symbolic link at the end of the path is followed.
  func open(_ path: String, follows: Bool = false) throws -> FileDescriptor {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (follows ? 0 : O_NOFOLLOW)
    return FileDescriptor(Int32(try call(.open, path) { unsafe Int(Glibc.open(path, flags)) }))
  }

  /// Opens a name within a folder for reading; never follows a link.
  func open(_ name: String, in folder: FileDescriptor, path: String) throws -> FileDescriptor {
    let number = folder.number
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
    return FileDescriptor(Int32(try call(.open, path) { unsafe Int(openat(number, name, flags)) }))
  }

  /// Makes a new file and opens it for writing; fails where anything lies there.
  func create(_ path: String, mode: mode_t = 0o644) throws -> FileDescriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    return FileDescriptor(Int32(try call(.create, path) { unsafe Int(Glibc.open(path, flags, mode)) }))
  }

  /// Makes a new file under a name in a folder, and opens it for writing; fails where anything lies there.
  func create(_ name: String, in folder: FileDescriptor, path: String, mode: mode_t) throws -> FileDescriptor {
    let number = folder.number
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    return FileDescriptor(Int32(try call(.create, path) { unsafe Int(openat(number, name, flags, mode)) }))
  }

  /// Opens the lock file, which may be there.
  func openLock(_ path: String) throws -> FileDescriptor {
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    return FileDescriptor(Int32(try call(.create, path) { unsafe Int(Glibc.open(path, flags, 0o644)) }))
  }

  /// Reads what is at hand, at most the buffer's length; 0 at the end.
  func read(
    _ descriptor: FileDescriptor, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws -> Int {
    let number = descriptor.number
    return try call(.read, path) { unsafe Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads from a position on what is at hand, at most the buffer's length; 0 at the end.
  func read(
    _ descriptor: FileDescriptor, at position: Int, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws -> Int {
    let number = descriptor.number
    return try call(.read, path) { unsafe pread(number, buffer.baseAddress, buffer.count, position) }
  }

  /// Writes all of it, in as many calls as that takes.
  func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: FileDescriptor, path: String
  ) throws {
    let number = descriptor.number
    var offset = 0
    while offset < bytes.count {
      offset += try call(.write, path) {
        unsafe Glibc.write(number, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
    }
  }

  /// Cuts off what lies beyond a length.
  func truncate(_ descriptor: FileDescriptor, to length: Int, path: String) throws {
    let number = descriptor.number
    try call(.write, path) { Int(ftruncate(number, length)) }
  }

  /// Waits until a file, or a folder's names, are on the disk.
  func fsync(_ descriptor: FileDescriptor, path: String) throws {
    let number = descriptor.number
    try call(.fsync, path) { Int(Glibc.fsync(number)) }
  }

  /// Waits until everything written to that file system is on the disk.
  func syncfs(_ descriptor: FileDescriptor, path: String) throws {
    let number = descriptor.number
    try call(.syncfs, path) {
      if let function = LateFunctions.syncfs { return Int(function(number)) }
      sync()
      return 0
    }
  }

  func rename(_ old: String, to new: String) throws {
    try call(.rename, new) { unsafe Int(Glibc.rename(old, new)) }
  }

  /// Renames where nothing lies under the new name.
  ///
  /// - Parameters:
  ///   - folders: Where the names are looked up from, where that is not the root or the working folder: the old one's and
  ///     the new one's, with the names in them.
  /// - Returns: Whether nothing did.
  func renameToNew(_ old: String, to new: String, in folders: RenameFolders? = nil) throws -> Bool {
    let (from, to) = (folders?.from.number ?? AT_FDCWD, folders?.to.number ?? AT_FDCWD)
    let (oldName, newName) = (folders?.oldName ?? old, folders?.newName ?? new)
    do {
      try call(.rename, new) {
        guard let function = unsafe LateFunctions.renameat2 else {
          errno = EINVAL
          return -1
        }
        return unsafe Int(function(from, oldName, to, newName, LateFunctions.noReplace))
      }
      return true
    } catch let error as StorageError where error.errorNumber == EEXIST {
      return false
    } catch let error as StorageError where error.errorNumber == EINVAL || error.errorNumber == ENOSYS {
      // A file system that cannot do that may know a second name for a file.
      return try linkToNew(old, to: new)
    }
  }

  private func linkToNew(_ old: String, to new: String) throws -> Bool {
    do {
      try call(.rename, new) { unsafe Int(Glibc.link(old, new)) }
    } catch let error as StorageError where error.errorNumber == EEXIST {
      return false
    } catch let error as StorageError where [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(error.errorNumber) {
      guard try status(new) == nil else { return false }
      try rename(old, to: new)
      return true
    }
    try unlink(old)
    return true
  }

  /// Gives a file a second name.
  ///
  /// - Returns: Whether the file system knows such names.
  func link(_ old: String, to new: String) throws -> Bool {
    do {
      try call(.rename, new) { unsafe Int(Glibc.link(old, new)) }
      return true
    } catch let error as StorageError where [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(error.errorNumber) {
      return false
    }
  }

  /// Makes a folder.
  ///
  /// - Returns: Whether it is new.
  @discardableResult
  func mkdir(_ path: String, mode: mode_t = 0o755) throws -> Bool {
    do {
      try call(.mkdir, path) { unsafe Int(Glibc.mkdir(path, mode)) }
      return true
    } catch let error as StorageError where error.errorNumber == EEXIST {
      return false
    }
  }

  /// Removes a name; nothing happens where there is none.
  func unlink(_ path: String) throws {
    do {
      try call(.unlink, path) { unsafe Int(Glibc.unlink(path)) }
    } catch let error as StorageError where error.errorNumber == ENOENT {}
  }

  /// Removes an empty folder.
  func rmdir(_ path: String) throws {
    try call(.rmdir, path) { unsafe Int(Glibc.rmdir(path)) }
  }

  /// Takes the lock on a file without waiting.
  ///
  /// - Returns: Whether it was free.
  func lock(_ descriptor: FileDescriptor, path: String) throws -> Bool {
    let number = descriptor.number
    do {
      try call(.flock, path) { Int(flock(number, LOCK_EX | LOCK_NB)) }
      return true
    } catch let error as StorageError where error.errorNumber == EWOULDBLOCK {
      return false
    }
  }

  func status(_ descriptor: FileDescriptor, path: String) throws -> FileStatus {
    let number = descriptor.number
    var status = stat()
    try call(.stat, path) { unsafe Int(fstat(number, &status)) }
    return FileStatus(status)
  }

  /// What lies at a path, links not followed; nil where there is nothing.
  func status(_ path: String) throws -> FileStatus? {
    var status = stat()
    do {
      try call(.stat, path) { unsafe Int(lstat(path, &status)) }
    } catch let error as StorageError where error.errorNumber == ENOENT || error.errorNumber == ENOTDIR {
      return nil
    }
    return FileStatus(status)
  }

  /// What lies under a name in a folder, links not followed; nil where there is nothing.
  func status(_ name: String, in folder: FileDescriptor, path: String) throws -> FileStatus? {
    let number = folder.number
    var status = stat()
    do {
      try call(.stat, path) { unsafe Int(fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW)) }
    } catch let error as StorageError where error.errorNumber == ENOENT {
      return nil
    }
    return FileStatus(status)
  }

  /// How many files the process may have open (`getrlimit(2)`).
  func openFileLimit() -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 64 }
    return Int(clamping: limit.rlim_cur)
  }

  /// The magic number of the file system that a file lies on (`statfs(2)`).
  func fileSystemType(_ descriptor: FileDescriptor, path: String) throws -> UInt32 {
    let number = descriptor.number
    // The type is the first word of the structure, which has 120 bytes on 64-bit Linux.
    var words = [Int](repeating: 0, count: 64)
    try call(.statfs, path) {
      guard let function = unsafe LateFunctions.fstatfs else { return 0 }
      return unsafe Int(function(number, &words))
    }
    return UInt32(truncatingIfNeeded: words[0])
  }

  /// The names in a folder, in byte order.
  func list(_ folder: FileDescriptor, path: String) throws -> [String] {
    try entries(folder, path: path).map(\.name)
  }

  /// What lies in a folder, in byte order of the names; its kind is nil where the file system does not say it.
  func entries(_ folder: FileDescriptor, path: String) throws -> [(name: String, kind: FileStatus.Kind?)] {
    let number = folder.number
    // The stream gets a descriptor of its own, which it closes.
    let copy = Int32(try call(.list, path) { Int(dup(number)) })
    guard let stream = unsafe fdopendir(copy) else {
      let number = errno
      close(copy)
      throw StorageError(.list, path, errorNumber: number)
    }
    defer { unsafe closedir(stream) }
    var found: [(name: [UInt8], kind: FileStatus.Kind?)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw StorageError(.list, path, errorNumber: errno) }
        break
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let length = unsafe strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
        return unsafe Array(UnsafeRawBufferPointer(start: pointer, count: length))
      }
      guard name != [0x2e], name != [0x2e, 0x2e] else { continue }
      found.append((name, FileStatus.Kind(directoryType: unsafe entry.pointee.d_type)))
    }
    return found.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { name, kind in
      // A name that is not UTF-8 cannot be asked for again: whatever lies there is no file and no folder to us.
      String(validating: name, as: UTF8.self).map { ($0, kind) } ?? (String(decoding: name, as: UTF8.self), .other)
    }
  }

  /// The names in a folder, in byte order; none where it is absent.
  func list(_ path: String) throws -> [String] {
    do {
      return try list(open(path), path: path)
    } catch let error as StorageError where error.errorNumber == ENOENT || error.errorNumber == ENOTDIR {
      return []
    }
  }
}

/// Folders that are open, and the names in them between which a file is renamed: a way from the root is not walked for each
/// of many.
struct RenameFolders {
  let from: FileDescriptor
  let oldName: String
  let to: FileDescriptor
  let newName: String
}

/// Functions of the C library that Swift does not import, because their headers hide them or are not in its module.
private enum LateFunctions {
  static let syncfs: (@convention(c) (Int32) -> Int32)? = {
    guard let symbol = unsafe dlsym(nil, "syncfs") else { return nil }
    return unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
  }()

  /// `RENAME_NOREPLACE` of `renameat2(2)`.
  static let noReplace: UInt32 = 1

  static let renameat2: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32)? =
    {
      guard let symbol = unsafe dlsym(nil, "renameat2") else { return nil }
      return unsafe unsafeBitCast(
        symbol, to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32).self)
    }()

  static let fstatfs: (@convention(c) (Int32, UnsafeMutableRawPointer) -> Int32)? = {
    guard let symbol = unsafe dlsym(nil, "fstatfs") else { return nil }
    return unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32, UnsafeMutableRawPointer) -> Int32).self)
  }()
}
