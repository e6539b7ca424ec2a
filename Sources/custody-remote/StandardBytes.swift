internal import Findings
internal import Glibc

/// The standard streams as bytes.
enum StandardBytes {
  /// Everything on standard input.
  ///
  /// - Throws: `malformedInput` where there is more than the limit.
  static func read(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.ioError, "the request cannot be read from standard input") }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else { throw Failure(.malformedInput, "the request has more than \(limit) bytes") }
    }
  }

  /// What is there of standard input by now, waiting for a first byte; nothing at its end.
  static func readSome() throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.ioError, "the requests cannot be read from standard input") }
      return Array(buffer.prefix(count))
    }
  }

  /// Whether whoever writes to standard input has closed it, read or not (`poll(2)`).
  static var isInputClosed: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    return unsafe poll(&input, 1, 0) > 0
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(.ioError, "the answer cannot be written") }
      rest = rest.dropFirst(count)
    }
  }
}
