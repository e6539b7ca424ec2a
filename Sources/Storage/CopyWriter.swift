package import Crypto
internal import Glibc
package import TreeLog

/// The one writer of a copy: it holds the copy's lock for as long as it is there.
///
/// It takes over a tree that another store has: objects, bundles and hash tiles first, which no reader of the older tree
/// sees, and the checkpoint last. What a broken-off run has taken over stays, and is not fetched again.
package struct CopyWriter: ~Copyable {
  package let layout: StoreLayout
  package let contents: DirectoryContents
  /// Where objects are staged.
  package let objects: ObjectStore
  private let syscalls: Syscalls
  private let lock: StoreLock
  private var batch: SyncBatch
  private var waiting = 0

  /// So many files at most are waited for together.
  private static let batchLimit = 4096

  /// Takes the lock of a copy that is there.
  ///
  /// - Throws: `locked`, `networkStore`, `noStore`.
  package init(layout: StoreLayout, syscalls: Syscalls = Syscalls(), allowsNetworkStore: Bool = false) throws {
    let contents = try DirectoryContents(layout: layout, syscalls: syscalls)
    let lock = try StoreLock(layout: layout, syscalls: syscalls, allowsNetworkStore: allowsNetworkStore)
    for folder in [layout.tiles, layout.objects, layout.inbox] { try syscalls.mkdir(folder) }
    try LeftoverFiles(syscalls: syscalls).clean(layout)
    self.layout = layout
    self.syscalls = syscalls
    self.contents = contents
    self.lock = lock
    objects = ObjectStore(layout: layout, syscalls: syscalls)
    batch = SyncBatch(syscalls: syscalls)
    batch.add(folder: layout.root)
  }

  /// Makes the folder of a copy that has nothing yet; one that was begun before is gone on with.
  ///
  /// - Parameters:
  ///   - configuration: The bytes of `custody.json`.
  ///   - mark: Where it comes from.
  /// - Throws: `notEmpty` where something else is there already.
  package static func begin(
    _ layout: StoreLayout, configuration: [UInt8], mark: CopyMark, syscalls: Syscalls = Syscalls()
  ) throws {
    let isNew = try syscalls.mkdir(layout.root)
    let names = isNew ? [] : try syscalls.list(layout.root)
    guard try names.isEmpty || isBegun(layout, names) else {
      throw StorageError(
        .notEmpty, "'\(layout.root)' is there already, and is neither empty nor a copy that was begun",
        hint: "name a folder that does not exist yet")
    }
    var batch = SyncBatch(syscalls: syscalls)
    // The mark first: at no time is it a store that anybody might append to.
    try batch.write(mark.bytes, to: layout.lock)
    try batch.write(configuration, to: layout.configuration)
    try batch.flush(root: layout.root)
    let parent = StoreLayout.parent(layout.root)
    try syscalls.fsync(syscalls.open(parent, follows: true), path: parent)
  }

  /// Whether a folder holds the mark of a copy, and nothing that `begin` does not make.
  private static func isBegun(_ layout: StoreLayout, _ names: [String]) throws -> Bool {
    guard names.contains("lock"), names.allSatisfy({ ["lock", "custody.json"].contains($0) }) else { return false }
    return try CopyMark.read(layout) != nil
  }

  /// Says that a folder is a copy from now on, where it is not marked as one.
  package mutating func mark(_ mark: CopyMark) throws {
    try lock.mark(mark, layout, syscalls)
  }

  /// Makes the copy a store that is appended to: its mark goes.
  package consuming func endCopying() throws {
    try syscalls.unlink(layout.lock)
    let root = try syscalls.open(layout.root, follows: true)
    try syscalls.fsync(root, path: layout.root)
  }

  /// Makes ready for the files of a larger tree: what a broken-off run left of another goes.
  package mutating func prepare(from old: Int, to new: Int) throws {
    try PartialFiles(layout: layout, syscalls: syscalls).removeScratch(from: old, to: new, &batch)
  }

  /// Writes `custody.json` anew, in the place of one that went bad.
  package mutating func write(configuration bytes: [UInt8]) throws {
    try batch.write(bytes, to: layout.configuration)
    try count(1)
  }

  /// Writes a tile or bundle beyond the checkpoint.
  package mutating func write(_ coordinate: TileCoordinate, _ bytes: [UInt8]) throws {
    let path = layout.file(coordinate)
    do {
      try batch.write(bytes, to: path)
    } catch let error as StorageError where error.errorNumber == ENOENT {
      try batch.makeFolder(StoreLayout.parent(path), below: layout.root)
      try batch.write(bytes, to: path)
    }
    try count(1)
  }

  /// Gives an object its name, in the place of one that went bad.
  package mutating func bring(_ object: StagedObject) throws {
    _ = try objects.publish([object])
    try batch.add(path: layout.object(object.digest))
    try count(1)
  }

  /// Relies on an object that is there: whoever wrote it may not have waited for it.
  package mutating func rely(on digest: Digest) throws {
    try batch.add(existing: layout.object(digest))
    try count(1)
  }

  private mutating func count(_ more: Int) throws {
    waiting += more
    if waiting >= CopyWriter.batchLimit { try flush() }
  }

  private mutating func flush() throws {
    batch.addFolders(below: layout.root, known: [])
    try batch.flush(root: layout.root)
    batch = SyncBatch(syscalls: syscalls)
    batch.add(folder: layout.root)
    waiting = 0
  }

  /// Puts a checkpoint in the place of the older one, once all that it commits to is on the disk.
  ///
  /// - Parameters:
  ///   - note: As it lies in the other store.
  ///   - size: Its tree's.
  ///   - willCommit: Called when all that can be undone is done.
  package mutating func commit(_ note: [UInt8], size: Int, willCommit: () -> Void = {}) throws {
    let staged = layout.staging("checkpoint")
    try syscalls.unlink(staged)
    try batch.stage(note, at: staged)
    try flush()
    let root = try syscalls.open(layout.root, follows: true)
    willCommit()
    try syscalls.rename(staged, to: layout.checkpoint)
    try syscalls.fsync(root, path: layout.root)
    PartialFiles(layout: layout, syscalls: syscalls).prune(size: size)
  }
}
