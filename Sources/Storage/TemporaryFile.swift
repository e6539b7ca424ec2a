internal import Crypto
internal import Glibc

/// A file that a library can only write under a name: it lies in a folder of its own, for the user alone, and goes again.
package enum TemporaryFile {
  /// What was written.
  ///
  /// - Parameters:
  ///   - temporary: The folder for files that do not last; `TMPDIR` or `/tmp`.
  ///   - limit: More bytes than this are an error.
  package static func bytes(
    in temporary: String, limit: Int = 1 << 30, _ write: (_ path: String) throws -> Void
  ) throws -> [UInt8] {
    let syscalls = Syscalls()
    let folder = "\(temporary)/custody-\(Hexadecimal.encode(try RandomBytes.make(count: 8)))"
    guard try syscalls.mkdir(folder, mode: 0o700) else {
      throw StorageError(.notPermitted, "'\(folder)' is there already", hint: "try again")
    }
    let path = "\(folder)/draft"
    defer {
      unsafe unlink(path)
      unsafe rmdir(folder)
    }
    try write(path)
    guard let bytes = try RegularFile.read(path, limit: limit), bytes.count <= limit else {
      throw StorageError(.inputOutput, "'\(path)' was not written, or is larger than \(limit) bytes")
    }
    return bytes
  }
}
