internal import Crypto
internal import Glibc

/// Makes a store where there is none: a whole one or, after an error or a crash, none at all.
package enum StoreCreation {
  /// Builds a store in a folder beside its place and renames it there at the end.
  ///
  /// A crash leaves at most that folder, `.NAME.init-XXXXXXXX`, which nothing takes for a store, and which goes with the
  /// next store that is made there.
  ///
  /// - Parameters:
  ///   - path: Where the store will be: nothing, or an empty folder.
  ///   - configuration: The bytes of `custody.json`.
  ///   - willCommit: Called when all that can be undone is done.
  ///   - didCommit: Called once the store has its name; what fails after that leaves it there.
  ///   - body: Appends the first entries.
  /// - Throws: `notEmpty` where something is there already.
  package static func create(
    at path: String, configuration: [UInt8], syscalls: Syscalls = Syscalls(), allowsNetworkStore: Bool = false,
    willCommit: @escaping () -> Void = {}, didCommit: () -> Void = {}, _ body: (borrowing LogWriter) throws -> Void
  ) throws {
    try make(at: path, syscalls, willCommit, didCommit) { draft, rename in
      // The lock is held until the store has its name: so nobody takes the draft for a dead writer's.
      let writer = try start(draft, configuration, syscalls, allowsNetworkStore)
      try body(writer)
      try rename()
      _ = writer.layout
    }
  }

  /// Unpacks a store into a folder beside its place and renames it there once it is on the disk and was looked at.
  ///
  /// - Parameters:
  ///   - path: Where the store will be: nothing, or an empty folder.
  ///   - archive: A file that `StoreArchive.write` made.
  ///   - check: Looks at what was unpacked; where it throws, nothing stays.
  /// - Throws: `notEmpty` where something is there already, `ArchiveUnreadable` where the file is not such an archive.
  package static func unpack(
    _ archive: String, to path: String, syscalls: Syscalls = Syscalls(), willCommit: @escaping () -> Void = {},
    didCommit: () -> Void = {}, check: (StoreLayout) throws -> Void
  ) throws {
    try make(at: path, syscalls, willCommit, didCommit) { draft, rename in
      var batch = SyncBatch(syscalls: syscalls)
      try StoreArchive.unpack(archive, to: draft, &batch, syscalls)
      try syscalls.mkdir(draft.inbox)
      let lock = try StoreLock(layout: draft, syscalls: syscalls, allowsNetworkStore: true)
      batch.addFolders(below: draft.root, known: [])
      batch.add(folder: draft.root)
      try batch.flush(root: draft.root)
      try check(draft)
      try rename()
      _ = lock
    }
  }

  /// Makes a draft beside a place, and takes it away where no store comes of it.
  ///
  /// - Parameter body: Told the draft, and how to give it its name.
  private static func make(
    at path: String, _ syscalls: Syscalls, _ willCommit: @escaping () -> Void, _ didCommit: () -> Void,
    _ body: (_ draft: StoreLayout, _ rename: () throws -> Void) throws -> Void
  ) throws {
    let layout = StoreLayout(root: path)
    let parent = StoreLayout.parent(layout.root)
    let folder = try syscalls.open(parent, follows: true)
    try check(layout, beside: folder, syscalls)
    let prefix = ".\(StoreLayout.name(layout.root)).init-"
    _ = try? LeftoverFiles(syscalls: syscalls).clean(parent) { isDraft($0, prefix) }
    let draft = StoreLayout(root: "\(parent)/\(prefix)\(Hexadecimal.encode(try RandomBytes.make(count: 4)))")
    do {
      try syscalls.mkdir(draft.root)
      try body(draft) {
        willCommit()
        try syscalls.rename(draft.root, to: layout.root)
      }
    } catch {
      // A rename that was told as failed may have happened all the same.
      if (try? syscalls.status(layout.configuration)) != .some(nil), (try? syscalls.status(draft.root)) == .some(nil) {
        didCommit()
      } else {
        LeftoverFiles(syscalls: syscalls).remove(draft.root)
      }
      throw error
    }
    didCommit()
    try syscalls.fsync(folder, path: parent)
  }

  /// Whether something has the name of an earlier draft of the same store.
  private static func isDraft(_ name: String, _ prefix: String) -> Bool {
    guard name.utf8.starts(with: prefix.utf8) else { return false }
    let digits = name.utf8.dropFirst(prefix.utf8.count)
    return digits.count == 8 && name.suffix(8).allSatisfy(\.isHexDigit)
  }

  /// Refuses a place that is taken, or that a folder cannot be renamed to.
  private static func check(_ layout: StoreLayout, beside parent: FileDescriptor, _ syscalls: Syscalls) throws {
    guard let status = try syscalls.status(layout.root) else { return }
    guard status.kind == .folder, try syscalls.list(layout.root).isEmpty else {
      throw StorageError(
        .notEmpty, "'\(layout.root)' is there already and is not an empty folder",
        hint: "name a folder that does not exist yet")
    }
    guard try syscalls.status(parent, path: StoreLayout.parent(layout.root)).device == status.device else {
      throw StorageError(
        .notEmpty, "'\(layout.root)' is where another disk is mounted, which cannot become a store as a whole",
        hint: "name a folder in it that does not exist yet")
    }
  }

  /// Makes what a store has before its first entry, and takes its lock.
  private static func start(
    _ draft: StoreLayout, _ configuration: [UInt8], _ syscalls: Syscalls, _ allowsNetworkStore: Bool
  ) throws -> LogWriter {
    var batch = SyncBatch(syscalls: syscalls)
    for folder in [draft.tiles, draft.objects, draft.inbox] { try syscalls.mkdir(folder) }
    try batch.write(configuration, to: draft.configuration)
    let writer = try LogWriter(layout: draft, syscalls: syscalls, allowsNetworkStore: allowsNetworkStore)
    try batch.flush(root: draft.root)
    return writer
  }
}
