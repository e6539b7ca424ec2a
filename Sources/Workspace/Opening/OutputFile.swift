internal import Findings
internal import FoundationEssentials
internal import Glibc
internal import Storage

/// Files that a user has custody write: cards, offers, requests, reports.
package enum OutputFile {
  /// Writes a file, in the place of an earlier one; the folder it lies in has to be there.
  ///
  /// - Throws: `cannot-create` with the user's own path, whatever kept it from being written. A device, a pipe or a
  ///   link (`/dev/stdout` is one) is refused: the file would take its place.
  package static func write(_ path: String, _ bytes: [UInt8]) throws {
    try check(path)
    try telling(path) { try RegularFile.write(path, bytes: bytes) }
  }

  /// The same with a file that is written piece by piece, however long it is; what throws leaves what was there.
  ///
  /// - Parameter body: Told how to write what comes next.
  package static func write(
    _ path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try check(path)
    try telling(path) { try unsafe RegularFile.write(path, body) }
  }

  /// Refuses a path at which no file can be put: in no folder, or where something lies that is no regular file.
  package static func check(_ path: String) throws {
    try checkParent(of: path)
    try checkIsOutside(path)
    var status = stat()
    if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let isLink = status.st_mode & S_IFMT == S_IFLNK
      let reason = isLink ? "it is a link" : isFolder(path) ? "it is a folder" : "it is not a regular file"
      throw unwritable(path, reason, hint: "name a file that is not there yet, or a regular one")
    }
  }

  /// The same for what may also be a new folder, or one with nothing in it.
  package static func checkPlace(_ path: String, mayBeFolder: Bool) throws {
    guard mayBeFolder, isFolder(path) else { return try check(path) }
    try checkParent(of: path)
    try checkIsOutside(path)
  }

  /// Tells what kept a file from being written by the user's own path.
  package static func telling<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as StorageError where error.code == .notPermitted {
      throw unwritable(path, nil, hint: error.hint)
    }
  }

  /// Makes a folder for others to read, where none is; the one that it lies in has to be there.
  package static func makeFolder(_ path: String) throws {
    // A slash at the end says only that it is a folder.
    var path = path
    while path.utf8.count > 1, path.last == "/" { path.removeLast() }
    guard isFolder(parent(path)) else { throw unwritable(path, nil, hint: "name a folder in one that is there") }
    try checkIsOutside(path)
    guard !isFolder(path) else { return }
    try telling(path) { try RegularFile.makeFolder(path) }
  }

  /// Writes a file that is not there yet, for the user alone: a private key.
  package static func createPrivate(_ path: String, _ bytes: [UInt8]) throws {
    do {
      try PrivateFile.create(path, bytes: bytes)
    } catch let error as StorageError where error.code != .inputOutput {
      throw Failure(.cannotCreate, error.message, hint: error.hint ?? "name a file that is not there yet")
    }
  }

  /// Refuses a path whose folder is not there.
  package static func checkParent(of path: String) throws {
    guard isFolder(parent(path)) else { throw unwritable(path, nil, hint: nil) }
  }

  /// Refuses a path inside a store's folder: it has no place there, and 'verify' would say so. The inbox takes offers.
  private static func checkIsOutside(_ path: String) throws {
    guard let root = StoreLocation.root(containing: try StoreLocation.absolute(path)) else { return }
    throw unwritable(
      path, "it would lie in the store '\(root)', where it has no place", hint: "name a file outside of the store")
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Why a file cannot be written, as the user is told it.
  static func unwritable(_ path: String, _ reason: String?, hint: String?) -> Failure {
    let parent = parent(path)
    let reason = reason ?? (isFolder(parent) ? nil : "there is no folder '\(parent)'")
    return Failure(
      .cannotCreate, "'\(path)' cannot be written" + (reason.map { ": \($0)" } ?? ""),
      hint: hint ?? "name a file in a folder that is there")
  }
}
