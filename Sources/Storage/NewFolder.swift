internal import Crypto
internal import Glibc

/// A folder of files that is made beside its place and gets its name once all of it is on the disk.
package final class NewFolder {
  private let syscalls: Syscalls
  private let root: String
  private var batch: SyncBatch

  private init(_ root: String, _ syscalls: Syscalls) {
    self.root = root
    self.syscalls = syscalls
    batch = SyncBatch(syscalls: syscalls)
  }

  /// - Parameter body: Adds the files.
  /// - Throws: `notEmpty` where something is there already that is not an empty folder.
  package static func create(
    at path: String, syscalls: Syscalls = Syscalls(), _ body: (NewFolder) throws -> Void
  ) throws {
    let place = StoreLayout(root: path).root
    let parent = StoreLayout.parent(place)
    let folder = try syscalls.open(parent, follows: true)
    if let status = try syscalls.status(place) {
      guard status.kind == .folder, try syscalls.list(place).isEmpty else {
        throw StorageError(
          .notEmpty, "'\(place)' is there already and is not an empty folder",
          hint: "name a folder that does not exist yet")
      }
    }
    let prefix = ".\(StoreLayout.name(place)).new-"
    _ = try? LeftoverFiles(syscalls: syscalls).clean(parent) { name in
      name.utf8.starts(with: prefix.utf8) && name.utf8.count == prefix.utf8.count + 8
    }
    let draft = "\(parent)/\(prefix)\(Hexadecimal.encode(try RandomBytes.make(count: 4)))"
    do {
      try syscalls.mkdir(draft)
      // Held until the folder has its name, so that nobody takes it for a dead writer's.
      let held = try syscalls.open(draft)
      _ = try syscalls.lock(held, path: draft)
      let new = NewFolder(draft, syscalls)
      try body(new)
      new.batch.addFolders(below: draft, known: [])
      new.batch.add(folder: draft)
      try new.batch.flush(root: draft)
      try syscalls.rename(draft, to: place)
      held.unlock()
    } catch {
      LeftoverFiles(syscalls: syscalls).remove(draft)
      throw error
    }
    try syscalls.fsync(folder, path: parent)
  }

  /// Adds a file.
  ///
  /// - Parameter body: Told how to write its bytes.
  package func add(
    _ name: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let path = "\(root)/\(name)"
    try batch.makeFolder(StoreLayout.parent(path), below: root)
    let file = try syscalls.create(path)
    try unsafe body { try unsafe syscalls.write($0, to: file, path: path) }
    try batch.add(path: path)
  }
}
