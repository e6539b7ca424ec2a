internal import Crypto
internal import Glibc

/// Files outside a store, put in place so that after a crash or a power cut there is the old content or the new one.
///
/// The one way in which keys, memory, cards, offers, requests and reports are written.
package struct DurableFile: Sendable {
  private let syscalls: Syscalls

  package init(syscalls: Syscalls = Syscalls()) {
    self.syscalls = syscalls
  }

  /// Puts a file in the place of an earlier one, or of none, in one step: a draft beside it is written and waited for,
  /// renamed, and the folder is waited for.
  ///
  /// - Parameter mode: Of a new file, as of chmod(2).
  /// - Throws: `StorageError`; the draft is removed then, and what was there is there still, unless the last wait failed.
  package func replace(_ path: String, bytes: [UInt8], mode: UInt32) throws {
    try unsafe replace(path, mode: mode) { write in try unsafe bytes.withUnsafeBytes { try unsafe write($0) } }
  }

  /// The same with a file that is written piece by piece, however long it is.
  ///
  /// - Parameter body: Told how to write what comes next.
  package func replace(
    _ path: String, mode: UInt32, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try unsafe place(mode: mode, beside: path, body) { draft in try syscalls.rename(draft, to: path) }
  }

  /// Writes a file where none is.
  ///
  /// - Throws: `StorageError`, also where something lies there.
  package func create(_ path: String, bytes: [UInt8], mode: UInt32) throws {
    try unsafe create(path, mode: mode) { write in try unsafe bytes.withUnsafeBytes { try unsafe write($0) } }
  }

  /// The same with a file that is written piece by piece, however long it is.
  ///
  /// - Parameter body: Told how to write what comes next.
  package func create(
    _ path: String, mode: UInt32, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try unsafe place(mode: mode, beside: path, body) { draft in
      guard try syscalls.renameToNew(draft, to: path) else {
        throw StorageError(.notPermitted, "'\(path)' is there already", hint: "name a file that is not there yet")
      }
    }
  }

  /// Waits until a file that is there, and its name, are on the disk.
  func wait(for path: String) throws {
    try syscalls.fsync(syscalls.open(path, follows: true), path: path)
    try syncFolder(StoreLayout.parent(path))
  }

  /// Makes a folder, and those above it that are missing, and waits for their names.
  package func makeFolder(_ path: String, mode: UInt32) throws {
    let parent = StoreLayout.parent(path)
    if try syscalls.status(path)?.kind == .folder {
      // Whoever made it may have died before its name was on the disk. One that is not to be read is none of ours.
      try? syncFolder(parent)
      return
    }
    if parent != path { try makeFolder(parent, mode: mode) }
    try syscalls.mkdir(path, mode: mode_t(mode))
    try syncFolder(parent)
  }

  private static let draftSuffix = ".new"

  /// Whether a name is one that a file has before it is whole.
  static func isDraft(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 2 && name.hasSuffix(draftSuffix) && parts[parts.count - 2].utf8.count == 12
      && parts[parts.count - 2].allSatisfy(\.isHexDigit)
  }

  private func place(
    mode: UInt32, beside path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void,
    _ rename: (String) throws -> Void
  ) throws {
    // Opened before anything is done, so that nothing but the wait itself can fail once the name is there.
    let parent = StoreLayout.parent(path)
    let folder = try syscalls.open(parent.isEmpty ? "." : parent, follows: true)
    let draft = "\(path).\(Hexadecimal.encode(try RandomBytes.make(count: 6)))\(DurableFile.draftSuffix)"
    do {
      let file = try syscalls.create(draft, mode: mode_t(mode))
      try unsafe body { try unsafe syscalls.write($0, to: file, path: draft) }
      try syscalls.fsync(file, path: draft)
      try rename(draft)
    } catch {
      try? syscalls.unlink(draft)
      throw error
    }
    try syscalls.fsync(folder, path: parent)
  }

  private func syncFolder(_ folder: String) throws {
    let folder = folder.isEmpty ? "." : folder
    try syscalls.fsync(syscalls.open(folder, follows: true), path: folder)
  }
}
