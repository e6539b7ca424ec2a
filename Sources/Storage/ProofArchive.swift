internal import Archives
package import Crypto
package import TreeLog

/// A zip file of proofs and what they are about: members stored as they are, in their order, with the first day that a
/// zip file can tell, so that the same content gives the same bytes.
package enum ProofArchive {
  /// What a member holds.
  package enum Content {
    case bytes([UInt8])
    /// An object of a store, of so many bytes.
    case object(Digest, size: Int, any StoreContents)
  }

  /// The first day that a zip file can tell, in seconds.
  private static let modified = 315_532_800

  /// Writes a file, in the place of an earlier one, and waits until the disk has it.
  ///
  /// - Parameter members: Names in ASCII, each once, and what they hold.
  package static func write(
    _ path: String, _ members: [(name: String, content: Content)], syscalls: Syscalls = Syscalls()
  ) throws {
    try ArchiveFile.write(path, .zip, modified: modified, replaces: true, syscalls: syscalls) { archive in
      for (name, content) in members {
        switch content {
        case .bytes(let bytes):
          try unsafe archive.add(name, size: bytes.count) { write in
            try unsafe bytes.withUnsafeBytes { try unsafe write($0) }
          }
        case .object(let digest, let size, let contents):
          // Nothing goes out under a digest that is not its own.
          try unsafe archive.add(name, size: size) { write in
            var hasher = SHA256Hasher()
            _ = try unsafe contents.readObject(digest) { chunk in
              unsafe hasher.update(chunk)
              try unsafe write(chunk)
            }
            guard hasher.finalize() == digest else { throw ObjectChanged(digest: digest) }
          }
        }
      }
    }
  }

  // MARK: Reading

  /// What of a foreign file is read at most.
  package struct Limits: Sendable {
    package var members = 40_000
    /// The longest name, in bytes.
    package var name = 512
    /// Of all members that are kept, in bytes.
    package var kept = 256 << 20

    package init() {}
  }

  /// What becomes of a member, by its name.
  package enum Use: Sendable, Equatable {
    /// Its bytes are kept; more than the limit is refused.
    case keep(limit: Int)
    /// It is read through, and hashed.
    case measure
    /// It is passed over.
    case ignore
  }

  /// A member that was read.
  package enum Found: Sendable {
    case kept([UInt8])
    case measured(digest: Digest, size: Int)
  }

  /// Whether a file begins as a zip file does.
  package static func isZip(_ head: some Sequence<UInt8>) -> Bool { head.starts(with: [0x50, 0x4b, 0x03, 0x04]) }

  /// Reads all members of a file that comes from outside. No name becomes a path, and nothing is written.
  ///
  /// - Parameters:
  ///   - use: What becomes of a member of that name.
  ///   - take: Told each member that was kept or measured, in the file's order.
  /// - Throws: `ArchiveUnreadable` for what is not such a file: cut, compressed, with a name twice or one that leads out of
  ///   a folder, with more members or bytes than the file or the limits allow.
  package static func read(
    _ path: String, limits: Limits = Limits(), syscalls: Syscalls = Syscalls(), use: (String) -> Use,
    take: (String, Found) throws -> Void
  ) throws {
    let source = try SourceFile(path, syscalls, isEvidence: false)
    let fileSize = source.status.size
    do {
      let archive = try unsafe ArchiveReader(.zip, size: fileSize) { position, buffer in
        try unsafe syscalls.read(source.descriptor, at: position, into: buffer, path: path)
      }
      var seen: Set<String> = []
      var claimed = 0
      var kept = 0
      var count = 0
      while let member = try archive.next() {
        count += 1
        guard seen.count < limits.members else {
          throw ArchiveUnreadable("it has more than \(limits.members) members")
        }
        let name = try self.name(of: member, limits)
        // Another spelling of a name is the same file for whoever unpacks it on some systems.
        guard seen.insert(name.lowercased()).inserted else {
          throw ArchiveUnreadable("it has two members of the name '\(name)'")
        }
        if member.isFolder { continue }
        guard member.isFile, member.isStored, let size = member.size, size >= 0 else {
          throw ArchiveUnreadable("its member '\(name)' is not a file that is stored as it is")
        }
        let (sum, isTooMuch) = claimed.addingReportingOverflow(size)
        guard !isTooMuch, sum <= fileSize else {
          throw ArchiveUnreadable("its members claim more bytes than the file has")
        }
        claimed = sum
        switch use(name) {
        case .ignore: continue
        case .keep(let limit):
          guard size <= limit, kept + size <= limits.kept else {
            throw ArchiveUnreadable("its member '\(name)' has \(size) bytes, more than is read of such")
          }
          kept += size
          var bytes: [UInt8] = []
          _ = try unsafe SourceFile.hash(sizeHint: size, reading: { try unsafe archive.read(into: $0) }) { chunk in
            guard bytes.count + chunk.count <= size else { throw ArchiveUnreadable(longer(name)) }
            unsafe bytes.append(contentsOf: chunk)
          }
          guard bytes.count == size else { throw ArchiveUnreadable(shorter(name)) }
          try take(name, .kept(bytes))
        case .measure:
          var count = 0
          let found = try unsafe SourceFile.hash(sizeHint: size, reading: { try unsafe archive.read(into: $0) }) {
            chunk in
            count += chunk.count
            guard count <= size else { throw ArchiveUnreadable(longer(name)) }
          }
          guard found.size == size else { throw ArchiveUnreadable(shorter(name)) }
          try take(name, .measured(digest: found.digest, size: found.size))
        }
      }
      guard !seen.isEmpty else { throw ArchiveUnreadable("it is empty") }
      try source.checkDirectory(of: count, syscalls, path)
    } catch let error as ArchiveError {
      throw ArchiveUnreadable(
        "it cannot be read: it was cut off or damaged on its way, so have it sent again (\(error))")
    }
  }

  private static func longer(_ name: String) -> String { "its member '\(name)' is longer than it claims" }
  private static func shorter(_ name: String) -> String { "its member '\(name)' is shorter than it claims" }

  /// A name that stays in the folder that somebody unpacks it in.
  private static func name(of member: ArchiveReader.Member, _ limits: Limits) throws -> String {
    guard var name = member.name, name.utf8.count <= limits.name else {
      throw ArchiveUnreadable("it has a member whose name is not ASCII, or longer than \(limits.name) bytes")
    }
    if member.isFolder, name.hasSuffix("/") { name.removeLast() }
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = name.utf8.allSatisfy { (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: "\\") }
    guard isPlain, segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw ArchiveUnreadable("it has a member whose name leads out of a folder or cannot be shown")
    }
    return name
  }
}

/// An object of a store that is not what its name says.
package struct ObjectChanged: Error, Sendable {
  package let digest: Digest
}
