package import Archives

/// An archive that is written member by member, and put in place once it is whole.
package final class ArchiveFile {
  private let writer: ArchiveWriter
  private let modified: Int?

  private init(_ writer: ArchiveWriter, modified: Int?) {
    self.writer = writer
    self.modified = modified
  }

  /// Writes an archive, in the place of an earlier one if that may go, and waits until the disk has it.
  ///
  /// - Parameters:
  ///   - modified: The time of every member, in seconds since 1970; nil to say none.
  ///   - replaces: Whether an earlier file may go.
  ///   - body: Adds the members.
  package static func write(
    _ path: String, _ format: ArchiveFormat, modified: Int?, replaces: Bool, syscalls: Syscalls = Syscalls(),
    _ body: (ArchiveFile) throws -> Void
  ) throws {
    let fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void = { write in
      try unsafe withoutActuallyEscaping(write) { write in
        let writer = try unsafe ArchiveWriter(format, write)
        try body(ArchiveFile(writer, modified: modified))
        try writer.finish()
      }
    }
    let file = DurableFile(syscalls: syscalls)
    if replaces {
      try unsafe file.replace(path, mode: 0o644, fill)
    } else {
      try unsafe file.create(path, mode: 0o644, fill)
    }
  }

  /// Adds a member.
  ///
  /// - Parameter body: Told how to write its bytes, as many as were said.
  package func add(
    _ name: String, size: Int, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try writer.begin(name, size: size, modified: modified)
    var count = 0
    try unsafe body { bytes in
      count += bytes.count
      guard count <= size else { throw ArchiveFile.changed(name) }
      try unsafe writer.append(bytes)
    }
    guard count == size else { throw ArchiveFile.changed(name) }
  }

  private static func changed(_ name: String) -> StorageError {
    StorageError(.changedWhileRead, "'\(name)' changed while it was read", hint: "try again")
  }
}
