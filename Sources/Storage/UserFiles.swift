internal import Glibc

/// Files of a user's own: keys and what is remembered, readable by nobody else.
package enum PrivateFile {
  /// Makes a folder, and those above it that are missing, for the user alone.
  package static func makeFolder(_ path: String) throws { try DurableFile().makeFolder(path, mode: 0o700) }

  /// The names in a folder, in byte order; none where it is not there.
  package static func names(in folder: String) throws -> [String] {
    let syscalls = Syscalls()
    do {
      let descriptor = try syscalls.open(folder, follows: true)
      return try syscalls.list(descriptor, path: folder)
    } catch let error as StorageError where error.errorNumber == ENOENT {
      return []
    }
  }

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

  /// Writes a file for others to read, in the place of an earlier one, and waits until it is on the disk.
  package static func write(_ path: String, bytes: [UInt8]) throws {
    try DurableFile().replace(path, bytes: bytes, mode: 0o644)
  }
}
