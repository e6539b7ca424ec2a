package import Crypto
internal import Glibc

/// A file of the user's that is read to its end, once, and has to stay as it is meanwhile.
package struct SourceFile {
  let descriptor: FileDescriptor
  let status: FileStatus
  private let path: String
  private let syscalls: Syscalls

  /// Opens it; a symbolic link to a regular file is followed.
  ///
  /// - Parameter isEvidence: Whether it is to be submitted, so that many may be named, and one may be piped in.
  /// - Throws: `inputMissing`, `notRegular`.
  init(_ path: String, _ syscalls: Syscalls, isEvidence: Bool = true) throws {
    self.path = path
    self.syscalls = syscalls
    descriptor = try syscalls.open(path, follows: true)
    status = try syscalls.status(descriptor, path: path)
    guard status.kind == .regular else {
      throw StorageError(
        .notRegular, "'\(path)' is not a regular file",
        hint: !isEvidence ? nil : status.kind == .folder ? "name the files in it" : "pipe it in and name it '-'")
    }
  }

  /// The process's own input.
  static func standardInput() throws -> FileDescriptor {
    let number = dup(STDIN_FILENO)
    guard number >= 0 else { throw StorageError(.open, "-", errorNumber: errno) }
    return FileDescriptor(number)
  }

  /// Whether it is still what it was when it was opened, its times of change among it: who sets the one of the content
  /// back changes the other.
  ///
  /// - Throws: `changedWhileRead`
  func checkUnchanged(size: Int) throws {
    let after = try syscalls.status(descriptor, path: path)
    guard status == after, size == after.size else {
      throw StorageError(
        .changedWhileRead, "'\(path)' changed while it was read", hint: "submit it once nothing writes to it")
    }
  }

  /// Reads to the end, and hashes; memory is one buffer.
  ///
  /// - Parameter isKnown: Whether the hint is the file's size, so that its end need not be asked for: whoever reads looks
  ///   at the size again.
  static func read(
    _ source: FileDescriptor, path: String, sizeHint: Int, isKnown: Bool = false, _ syscalls: Syscalls,
    _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (digest: Digest, size: Int) {
    try unsafe hash(
      sizeHint: sizeHint, isKnown: isKnown, reading: { try unsafe syscalls.read(source, into: $0, path: path) }, consume
    )
  }

  /// Reads to the end, from wherever, and hashes; memory is one buffer.
  static func hash(
    sizeHint: Int, isKnown: Bool = false, reading read: (UnsafeMutableRawBufferPointer) throws -> Int,
    _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (digest: Digest, size: Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(4096, min(sizeHint + 1, ObjectStore.bufferSize)), alignment: 4096)
    defer { unsafe buffer.deallocate() }
    var hasher = SHA256Hasher()
    var size = 0
    while true {
      let count = try unsafe read(buffer)
      if count == 0 { return (hasher.finalize(), size) }
      let chunk = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
      unsafe hasher.update(chunk)
      try unsafe consume(chunk)
      size += count
      if isKnown, size == sizeHint { return (hasher.finalize(), size) }
    }
  }

  /// The digest and size of a file, or of standard input where no path is given.
  ///
  /// - Parameter consume: Given the bytes, piece by piece.
  package static func measure(
    _ path: String?, syscalls: Syscalls = Syscalls(), _ consume: (UnsafeRawBufferPointer) -> Void
  ) throws -> (digest: Digest, size: Int) {
    guard let path else {
      return try unsafe read(standardInput(), path: "-", sizeHint: ObjectStore.bufferSize, syscalls, consume)
    }
    let source = try SourceFile(path, syscalls)
    let found = try unsafe read(
      source.descriptor, path: path, sizeHint: source.status.size, isKnown: true, syscalls, consume)
    try source.checkUnchanged(size: found.size)
    return found
  }
}
