internal import Findings
internal import Glibc
internal import Storage

/// A file without a name that a command's output goes into: nothing is left of it when the process ends, however that
/// comes about.
package final class CapturedOutput {
  package let descriptor: Int32
  private var echoed = 0

  /// - Parameter folder: On a disk; made if it is not there.
  package init(in folder: String) throws {
    try PrivateFile.makeFolder(folder)
    var template = Array("\(folder)/output-XXXXXX".utf8CString)
    descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return -1 }
      let descriptor = unsafe mkstemp(base)
      if descriptor >= 0 {
        unsafe unlink(base)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
      return descriptor
    }
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, "there is no place for the command's output in '\(folder)'")
    }
  }

  deinit {
    close(descriptor)
  }

  /// A path that leads to it for as long as it is there: see proc(5).
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Puts bytes into it, to be read from its beginning.
  func fill(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(.ioError, "the disk does not take what a command is to read") }
      rest = rest.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  /// What it holds.
  ///
  /// - Returns: At most `limit` + 1 bytes.
  func bytes(limit: Int) throws -> [UInt8] { try RegularFile.read(path, limit: limit) ?? [] }

  /// Gives what has come since the last call to another descriptor.
  package func echo(to target: Int32) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { unsafe buffer.deallocate() }
    while true {
      let count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, echoed)
      guard count > 0 else { return }
      echoed += count
      var written = 0
      while written < count {
        let step = unsafe write(target, buffer.baseAddress?.advanced(by: written), count - written)
        if step < 0, errno == EINTR { continue }
        // Whoever listens has gone; the output is kept all the same.
        guard step > 0 else { return }
        written += step
      }
    }
  }
}
