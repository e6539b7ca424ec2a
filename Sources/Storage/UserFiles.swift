internal import Glibc

/// Files of a user's own: keys and what is remembered, readable by nobody else.
package enum PrivateFile {
  /// Makes a folder, and those above it that are missing, for the user alone.
  package static func makeFolder(_ path: String) throws { try DurableFile().makeFolder(path, mode: 0o700) }

  /// Removes a file; one that cannot be removed stays.
  package static func remove(_ path: String) { try? Syscalls().unlink(path) }

  /// Writes a file that was not there, with mode 0600, and waits until it is on the disk.
  package static func create(_ path: String, bytes: [UInt8]) throws {
    try DurableFile().create(path, bytes: bytes, mode: 0o600)
  }

  /// Puts a file in the place of an earlier one, or of none, in one step, and waits until it is on the disk.
  package static func replace(_ path: String, bytes: [UInt8]) throws {
    try DurableFile().replace(path, bytes: bytes, mode: 0o600)
  }

  /// Whether a folder lies there, or a link to one.
  package static func isFolder(_ path: String) -> Bool {
    let syscalls = Syscalls()
    guard let opened = try? syscalls.open(path, follows: true) else { return false }
    return (try? syscalls.status(opened, path: path))?.kind == .folder
  }

  /// The names in a folder, in byte order; none where there is no such folder.
  ///
  /// - Throws: `notRegular` where it is no folder.
  package static func names(in folder: String) throws -> [String] {
    let syscalls = Syscalls()
    let opened: FileDescriptor
    do {
      opened = try syscalls.open(folder, follows: true)
    } catch let error as StorageError where error.errorNumber == ENOENT {
      return []
    }
    guard try syscalls.status(opened, path: folder).kind == .folder else {
      throw StorageError(.notRegular, "'\(folder)' is not a folder")
    }
    return try syscalls.list(opened, path: folder)
  }

  /// Waits until a file that is there, and its name, are on the disk.
  package static func wait(for path: String) throws { try DurableFile().wait(for: path) }

  /// Removes the drafts that a writer left when it died, while nobody else writes there.
  package static func removeDrafts(in folder: String) {
    for name in (try? names(in: folder)) ?? [] where DurableFile.isDraft(name) { remove("\(folder)/\(name)") }
  }
}

/// Files that a user names on the command line.
package enum RegularFile {
  /// The bytes of a regular file, which may be reached through a link.
  ///
  /// - Parameter limit: Of a longer file `limit` + 1 bytes are read.
  /// - Returns: nil where there is none.
  /// - Throws: `notRegular` for folders, pipes and devices.
  package static func read(_ path: String, limit: Int) throws -> [UInt8]? {
    let syscalls = Syscalls()
    let file: FileDescriptor
    do {
      file = try syscalls.open(path, follows: true)
    } catch let error as StorageError where error.code == .inputMissing {
      return nil
    }
    let status = try syscalls.status(file, path: path)
    guard status.kind == .regular else { throw StorageError(.notRegular, "'\(path)' is not a regular file") }
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, min(limit &+ 1, 1 << 16)), alignment: 16)
    defer { unsafe buffer.deallocate() }
    while bytes.count <= limit {
      let count = try unsafe syscalls.read(file, into: buffer, path: path)
      if count == 0 { break }
      unsafe bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// Whether a folder lies there itself, and not a link to one.
  package static func isFolderWithoutFollowing(_ path: String) -> Bool {
    (try? Syscalls().status(path))?.map { $0.kind == .folder } ?? false
  }

  /// The size of a regular file in bytes, if one lies there itself and not a link.
  ///
  /// - Returns: nil for a link, a folder, a pipe, a device, or nothing.
  package static func sizeWithoutFollowing(_ path: String) throws -> Int? {
    guard let status = try Syscalls().status(path), status.kind == .regular else { return nil }
    return status.size
  }

  /// Makes a folder for others to read, and waits until its name is on the disk.
  package static func makeFolder(_ path: String) throws { try DurableFile().makeFolder(path, mode: 0o755) }

  /// Writes a file for others to read, in the place of an earlier one, and waits until it is on the disk.
  package static func write(_ path: String, bytes: [UInt8]) throws {
    try DurableFile().replace(path, bytes: bytes, mode: 0o644)
  }

  /// The same with a file that is written piece by piece, however long it is.
  ///
  /// - Parameter body: Told how to write what comes next.
  package static func write(
    _ path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try unsafe DurableFile().replace(path, mode: 0o644, body)
  }
}
