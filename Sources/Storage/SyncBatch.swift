internal import Glibc

/// Files and folders that were written and must be on the disk before the next step.
///
/// A few are waited for one by one, so that nobody else's unwritten data is waited for too. From some number on the
/// whole file system is brought to the disk at once, which then costs less.
struct SyncBatch {
  /// The most files that are waited for one by one.
  private static let limit = 16

  let syscalls: Syscalls
  private var files: [(descriptor: FileDescriptor, path: String)] = []
  /// Those beyond, which are opened anew if they are waited for one by one after all.
  private var further: [String] = []
  private var folders: Set<String> = []

  init(syscalls: Syscalls) {
    self.syscalls = syscalls
  }

  /// Writes a file anew, whose bytes and name must last. Whatever lay there under that name is unlinked first, never written into: it may be a link.
  mutating func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    let descriptor: FileDescriptor
    do {
      descriptor = try syscalls.create(path, mode: mode)
    } catch let error as StorageError where error.errorNumber == EEXIST {
      try syscalls.unlink(path)
      descriptor = try syscalls.create(path, mode: mode)
    }
    try unsafe bytes.withUnsafeBytes { try unsafe syscalls.write($0, to: descriptor, path: path) }
    add(descriptor, path: path)
    folders.insert(StoreLayout.parent(path))
  }

  /// Writes a new file whose bytes must last under the name that it is renamed to later.
  mutating func stage(_ bytes: [UInt8], at path: String) throws {
    let descriptor = try syscalls.create(path)
    try unsafe bytes.withUnsafeBytes { try unsafe syscalls.write($0, to: descriptor, path: path) }
    add(descriptor, path: path)
  }

  private mutating func add(_ descriptor: FileDescriptor, path: String) {
    if files.count < SyncBatch.limit { files.append((descriptor, path)) } else { further.append(path) }
  }

  /// Adds a file that was written before, by its path.
  mutating func add(path: String) throws {
    folders.insert(StoreLayout.parent(path))
    if files.count < SyncBatch.limit {
      files.append((try syscalls.open(path), path))
    } else {
      further.append(path)
    }
  }

  /// Adds a file that was there before, which whoever wrote it may not have waited for; nothing where it is gone.
  mutating func add(existing path: String) throws {
    if try syscalls.status(path)?.kind == .regular { try add(path: path) }
  }

  /// Adds a folder in which names came or went.
  mutating func add(folder: String) {
    folders.insert(folder)
  }

  /// Makes a folder below another that is there, and those between.
  mutating func makeFolder(_ path: String, below root: String) throws {
    guard path != root, path.utf8.count > root.utf8.count, try syscalls.status(path)?.kind != .folder else { return }
    try makeFolder(StoreLayout.parent(path), below: root)
    try syscalls.mkdir(path)
  }

  /// Adds the folders above those in which something was written, up to a root: a writer that died may have made one of
  /// them, and nobody has waited for its name since.
  ///
  /// - Parameter known: Folders whose names are on the disk, for what the store's checkpoint commits to lies in them.
  mutating func addFolders(below root: String, known: Set<String>) {
    for folder in folders {
      var folder = folder
      while folder != root, folder.utf8.count > root.utf8.count, !known.contains(folder) {
        folder = StoreLayout.parent(folder)
        guard folders.insert(folder).inserted else { break }
      }
    }
  }

  /// Waits until all of it is on the disk.
  ///
  /// - Parameter root: A folder above all of it.
  /// - Returns: Which way was taken.
  @discardableResult
  func flush(root: String) throws -> SyncWay {
    let descriptor = try syscalls.open(root, follows: true)
    var way = SyncWay.few(files.count)
    if !further.isEmpty {
      let obstacle = SyncWay.obstacle(descriptor, path: root, folders: folders, syscalls)
      guard let obstacle else {
        try syscalls.syncfs(descriptor, path: root)
        return .fileSystem
      }
      way = .each(files.count + further.count, because: obstacle)
    }
    for file in files { try syscalls.fsync(file.descriptor, path: file.path) }
    for path in further { try syscalls.fsync(syscalls.open(path), path: path) }
    for folder in folders.sorted() {
      try syscalls.fsync(folder == root ? descriptor : syscalls.open(folder, follows: true), path: folder)
    }
    return way
  }
}
