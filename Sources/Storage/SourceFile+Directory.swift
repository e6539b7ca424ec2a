internal import Archives

extension SourceFile {
  /// Refuses a zip file whose directory names other members than were found in it: others would unpack what was not looked at.
  func checkDirectory(of count: Int, _ syscalls: Syscalls, _ path: String) throws {
    let named = try ZipDirectory.memberCount(size: status.size) { position, wanted in
      var bytes = [UInt8](repeating: 0, count: wanted)
      var filled = 0
      while filled < wanted {
        let read = try unsafe bytes.withUnsafeMutableBytes { buffer in
          try unsafe syscalls.read(
            descriptor, at: position + filled, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]),
            path: path)
        }
        guard read > 0 else { break }
        filled += read
      }
      return Array(bytes[..<filled])
    }
    guard named == count else {
      throw ArchiveUnreadable(
        named.map { "its directory names \($0) members, and \(count) lie in it: others would unpack it otherwise" }
          ?? "it has no directory that can be read")
    }
  }
}
