internal import Archives
internal import Crypto

/// The digest and size of what is written on the way.
private final class Tally {
  private var hasher: SHA256Hasher? = SHA256Hasher()
  private var size = 0

  func add(_ piece: UnsafeRawBufferPointer) {
    unsafe hasher?.update(piece)
    size += piece.count
  }

  /// Of all that was added; once.
  func end() -> (digest: Digest, size: Int) { (hasher.take()?.finalize() ?? .zero, size) }
}

extension ObjectStore {
  /// The first day that every archive format can tell, in seconds: the file's own times are nobody's business.
  private static let modified = 315_532_800

  /// Copies a file into a tar archive beside 32 random bytes, so that nobody can guess its bytes and find them by their
  /// digest.
  ///
  /// The archive holds `salt`, 64 hexadecimal digits and a newline, and then the file; `tar` opens it.
  ///
  /// - Throws: `inputMissing`, `notRegular`, `changedWhileRead`.
  package func stage(salted path: String) throws -> StagedObject {
    let source = try SourceFile(path, syscalls)
    let salt = Array((Hexadecimal.encode(try RandomBytes.make(count: 32)) + "\n").utf8)
    let own = StoreLayout.name(path)
    let name = own.utf8.allSatisfy { (0x21..<0x7f).contains($0) } && own != "salt" ? own : "content"
    let staged = try unsafe stage { write in
      let tally = Tally()
      try unsafe withoutActuallyEscaping(write) { write in
        let archive = try unsafe ArchiveWriter(.tar) { piece in
          unsafe tally.add(piece)
          try unsafe write(piece)
        }
        try archive.begin("salt", size: salt.count, modified: Self.modified)
        try unsafe salt.withUnsafeBytes { try unsafe archive.append($0) }
        try archive.begin(name, size: source.status.size, modified: Self.modified)
        let read = try unsafe SourceFile.read(
          source.descriptor, path: path, sizeHint: source.status.size, syscalls
        ) { try unsafe archive.append($0) }
        try source.checkUnchanged(size: read.size)
        try archive.finish()
      }
      return tally.end()
    }
    return staged
  }
}
