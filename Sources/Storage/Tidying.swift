internal import Crypto
package import TreeLog

/// Removes what writers that were killed left in a store.
package struct Tidying: ~Copyable {
  private let writer: LogWriter
  private let syscalls: Syscalls

  /// Takes the store's lock; what was staged and is nobody's goes with that.
  ///
  /// - Throws: `locked`, and `stale` where the store has another checkpoint than the one that was verified.
  package init(_ layout: StoreLayout, at checkpoint: Checkpoint, syscalls: Syscalls = Syscalls()) throws {
    let writer = try LogWriter(layout: layout, syscalls: syscalls)
    let found = try writer.contents.checkpoint().flatMap { try? UnverifiedCheckpoint(parsing: $0) }
    guard found?.size == checkpoint.size, found?.root == checkpoint.root else {
      throw StorageError(
        .stale, "'\(layout.root)' has another checkpoint than the one that was verified", hint: "try again")
    }
    self.writer = writer
    self.syscalls = syscalls
  }

  /// Removes a file, if it is an object's or a tile's.
  ///
  /// - Parameter path: Below the store.
  /// - Returns: Whether it was one, and is gone.
  package func remove(_ path: String) throws -> Bool {
    guard ObjectPath.digest(path) != nil || TileCoordinate(path: path) != nil else { return false }
    let whole = "\(writer.layout.root)/\(path)"
    try syscalls.unlink(whole)
    // The folder of an older width, or of an object alone, goes with its last file.
    try? syscalls.rmdir(StoreLayout.parent(whole))
    return true
  }
}
