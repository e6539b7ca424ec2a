internal import Findings
internal import Glibc

/// Gives what is sent: bytes, or those of a file. It gives them once.
final class BodySource {
  let count: Int
  private let bytes: [UInt8]
  private var descriptor: Int32 = -1
  private var given = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    count = bytes.count
  }

  /// - Throws: ``Refusal`` for what is no file that can be read.
  init(file: String) throws(Refusal) {
    bytes = []
    descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var facts = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw Refusal(status: 0, fault: "the file that is put cannot be read")
    }
    count = Int(facts.st_size)
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// - Returns: How many bytes were given; 0 at the end; nil where the file cannot be read. A file that grew is given as long as
  ///   it was, and one that shrank ends early, which ends the transfer.
  func give(into room: UnsafeMutableRawBufferPointer) -> Int? {
    let wanted = min(room.count, count - given)
    guard wanted > 0 else { return 0 }
    if descriptor < 0 {
      unsafe bytes[given..<(given + wanted)].withUnsafeBytes { unsafe room.copyMemory(from: $0) }
      given += wanted
      return wanted
    }
    while true {
      let count = unsafe read(descriptor, room.baseAddress, wanted)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      given += count
      return count
    }
  }
}
