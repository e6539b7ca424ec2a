internal import Crypto
internal import Glibc

/// Makes a store where there is none: a whole one or, after an error or a crash, none at all.
package enum StoreCreation {
  /// Builds a store in a folder beside its place and renames it there at the end.
  ///
  /// A crash leaves at most that folder, `.NAME.init-XXXXXXXX`, which nothing takes for a store.
  ///
  /// - Parameters:
  ///   - path: Where the store will be: nothing, or an empty folder.
  ///   - configuration: The bytes of `custody.json`.
  ///   - willCommit: Called when all that can be undone is done.
  ///   - body: Appends the first entries.
  /// - Throws: `notEmpty` where something is there already.
  package static func create(
    at path: String, configuration: [UInt8], syscalls: Syscalls = Syscalls(), allowsNetworkStore: Bool = false,
    willCommit: () -> Void = {}, _ body: (borrowing LogWriter) throws -> Void
  ) throws {
    let layout = StoreLayout(root: path)
    if let status = try syscalls.status(layout.root) {
      guard status.kind == .folder, try syscalls.list(layout.root).isEmpty else {
        throw StorageError(
          .notEmpty, "'\(layout.root)' is there already and is not an empty folder",
          hint: "name a folder that does not exist yet")
      }
    }
    let parent = StoreLayout.parent(layout.root)
    let suffix = Hexadecimal.encode(try RandomBytes.make(count: 4))
    let draft = StoreLayout(root: "\(parent)/.\(StoreLayout.name(layout.root)).init-\(suffix)")
    let folder = try syscalls.open(parent, follows: true)
    removeAbandoned(layout, in: parent, syscalls)
    do {
      try syscalls.mkdir(draft.root)
      try fill(draft, configuration, syscalls, allowsNetworkStore, body)
      willCommit()
      try syscalls.rename(draft.root, to: layout.root)
    } catch {
      LeftoverFiles(syscalls: syscalls).remove(draft.root)
      throw error
    }
    try syscalls.fsync(folder, path: parent)
  }

  /// Removes what a crash left of a store of this name that was being made.
  private static func removeAbandoned(_ layout: StoreLayout, in parent: String, _ syscalls: Syscalls) {
    let prefix = ".\(StoreLayout.name(layout.root)).init-"
    for name in (try? syscalls.list(parent)) ?? [] where name.utf8.starts(with: prefix.utf8) {
      let draft = StoreLayout(root: "\(parent)/\(name)")
      // Whoever is still at work on it holds its lock.
      guard let lock = try? syscalls.open(draft.lock), (try? syscalls.lock(lock, path: draft.lock)) == true else {
        continue
      }
      LeftoverFiles(syscalls: syscalls).remove(draft.root)
    }
  }

  private static func fill(
    _ draft: StoreLayout, _ configuration: [UInt8], _ syscalls: Syscalls, _ allowsNetworkStore: Bool,
    _ body: (borrowing LogWriter) throws -> Void
  ) throws {
    var batch = SyncBatch(syscalls: syscalls)
    for folder in [draft.tiles, draft.objects, draft.inbox] { try syscalls.mkdir(folder) }
    try batch.write(configuration, to: draft.configuration)
    let writer = try LogWriter(layout: draft, syscalls: syscalls, allowsNetworkStore: allowsNetworkStore)
    try batch.flush(root: draft.root)
    try body(writer)
  }
}
