package import Crypto
internal import Glibc
package import TreeLog

/// The one writer of a store: it holds the lock for as long as it is there.
package struct LogWriter: ~Copyable {
  package let layout: StoreLayout
  package let contents: DirectoryContents
  package let objects: ObjectStore
  private let syscalls: Syscalls
  private let lock: StoreLock

  /// Takes the lock, and removes what crashed writers left in the inbox.
  ///
  /// - Parameter objects: The store of objects in which some were staged before, without the lock.
  /// - Throws: `locked`, `networkStore`, `noStore`.
  package init(
    layout: StoreLayout, objects: ObjectStore? = nil, syscalls: Syscalls = Syscalls(), allowsNetworkStore: Bool = false
  ) throws {
    let contents = try DirectoryContents(layout: layout, syscalls: syscalls)
    let lock = try StoreLock(layout: layout, syscalls: syscalls, allowsNetworkStore: allowsNetworkStore)
    try syscalls.mkdir(layout.inbox)
    try LeftoverFiles(syscalls: syscalls).clean(layout)
    self.layout = layout
    self.syscalls = syscalls
    self.contents = contents
    self.lock = lock
    self.objects = objects ?? ObjectStore(layout: layout, syscalls: syscalls)
  }

  /// Appends entries in one step: all of them, or, after an error or a crash, none.
  ///
  /// Before it returns everything is on the disk, the objects too. In order: bundles, hash tiles and the staged
  /// checkpoint are written; all are waited for; the checkpoint is renamed; the rename is waited for. An error after the
  /// rename leaves the new tree in place, though it may not survive a crash.
  ///
  /// - Parameters:
  ///   - entries: In order; none longer than `EntryBundle.entryLimit`.
  ///   - previous: The checkpoint that the entries were prepared for; nil for a store without one.
  ///   - objects: The objects that these entries bring.
  ///   - others: Objects that they refer to beside, which are there already; whoever wrote one may have died before it was
  ///     on the disk. One that is gone is passed over.
  ///   - willCommit: Called when all that can be undone is done.
  ///   - didSync: Told how what was written was waited for.
  ///   - makeCheckpoint: Signs the new checkpoint, of this size and root, and gives the note.
  /// - Throws: `stale` if the store has another checkpoint, `entryTooLong`, ``LogReadError`` if the right edge of the
  ///   tree is damaged, and what `makeCheckpoint` throws.
  /// - Returns: The new size and root.
  @discardableResult
  package func append(
    _ entries: [[UInt8]], to previous: Checkpoint?, bringing objects: [StoredObject] = [],
    relyingOn others: [Digest] = [], willCommit: () -> Void = {}, didSync: (SyncWay) -> Void = { _ in },
    makeCheckpoint: (_ size: Int, _ root: Digest) throws -> [UInt8]
  ) throws -> (size: Int, root: Digest) {
    try check(entries, previous)
    var growth =
      if let previous {
        try LogReader(contents: contents, size: previous.size, root: previous.root).growth()
      } else {
        TreeGrowth()
      }
    let oldSize = growth.size
    var batch = SyncBatch(syscalls: syscalls)
    for object in objects { try batch.add(path: layout.object(object.digest)) }
    for other in others { try batch.add(existing: layout.object(other)) }

    // What lies beyond the checkpoint is scratch: nothing that a reader of the old tree needs is touched from here on.
    let partials = PartialFiles(layout: layout, syscalls: syscalls)
    try partials.removeScratch(from: oldSize, to: oldSize + entries.count, &batch)
    for entry in entries {
      try growth.append(entry) { try write($0, $1, &batch) }
    }
    let (size, newRoot) = (growth.size, growth.root)
    try growth.finish { try write($0, $1, &batch) }

    let note = try makeCheckpoint(size, newRoot)
    let staged = layout.staging("checkpoint")
    try syscalls.unlink(staged)
    try batch.stage(note, at: staged)
    batch.addFolders(below: layout.root, known: knownFolders(size: oldSize))
    let root = try syscalls.open(layout.root, follows: true)
    didSync(try batch.flush(root: layout.root))

    // The commit point: before this rename the store is the old tree, after it the new one.
    willCommit()
    try syscalls.rename(staged, to: layout.checkpoint)
    try syscalls.fsync(root, path: layout.root)

    partials.prune(size: size)
    return (size, newRoot)
  }

  /// The folders that hold the files of a tree that is on the disk, and those above them.
  private func knownFolders(size: Int) -> Set<String> {
    // The store was made with these, and has a name since they are on the disk.
    var known: Set<String> = [layout.objects, layout.tiles]
    for file in TileDelta.rightEdge(of: size) {
      var folder = StoreLayout.parent(layout.file(file))
      while folder != layout.root, known.insert(folder).inserted { folder = StoreLayout.parent(folder) }
    }
    return known
  }

  private func check(_ entries: [[UInt8]], _ previous: Checkpoint?) throws {
    for (index, entry) in entries.enumerated() where entry.count > EntryBundle.entryLimit {
      throw StorageError(
        .entryTooLong, "entry \((previous?.size ?? 0) + index) has \(entry.count) bytes, at most 65535 fit",
        hint: "name many artifacts by a manifest")
    }
    let found = try contents.checkpoint().map { try? UnverifiedCheckpoint(parsing: $0) }
    let isExpected =
      switch (found, previous) {
      case (nil, nil): true
      case (let found??, let previous?): found.size == previous.size && found.root == previous.root
      default: false
      }
    guard isExpected else {
      throw StorageError(
        .stale, "the checkpoint of '\(layout.root)' is not the one this append was prepared for",
        hint: "try again; if nobody else writes, run 'custody verify'")
    }
  }

  private func write(_ coordinate: TileCoordinate, _ bytes: [UInt8], _ batch: inout SyncBatch) throws {
    let path = layout.file(coordinate)
    do {
      try batch.write(bytes, to: path)
    } catch let error as StorageError where error.errorNumber == ENOENT {
      try batch.makeFolder(StoreLayout.parent(path), below: layout.root)
      try batch.write(bytes, to: path)
    }
  }
}
