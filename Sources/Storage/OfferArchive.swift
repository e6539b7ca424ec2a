internal import Archives
package import Crypto

/// An offer in one file: signed statements, one a line, and behind the last line a zip file with the objects that they
/// bring, each as `objects/<64 hex>`, stored as it is.
///
/// A program that reads lines finds an in-toto bundle first; one that opens zip files finds the objects, for a zip file
/// is read from its end.
package enum OfferArchive {
  /// Where the objects of an offer are gathered before it is written: in a folder beside it, which is gone afterwards.
  package static func staging(beside path: String, syscalls: Syscalls = Syscalls()) throws -> ObjectStore {
    let parent = StoreLayout.parent(path)
    // What a crash left of an earlier offer.
    _ = try? LeftoverFiles(syscalls: syscalls).clean(parent) { name in
      let suffix = name.utf8.dropFirst(StoreLayout.stagingPrefix.utf8.count)
      return name.utf8.starts(with: StoreLayout.stagingPrefix.utf8) && suffix.count == 16
        && suffix.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }
    return ObjectStore(.staging(parent), syscalls: syscalls)
  }

  /// Writes an offer, in the place of an earlier one, and waits until the disk has it.
  ///
  /// - Parameters:
  ///   - lines: The statements' envelopes, each line ended.
  ///   - objects: Staged in `store`; each digest is written once.
  package static func write(
    _ path: String, lines: [UInt8], objects: [StagedObject], in store: ObjectStore, syscalls: Syscalls = Syscalls()
  ) throws {
    try unsafe DurableFile(syscalls: syscalls).replace(path, mode: 0o644) { write in
      try unsafe lines.withUnsafeBytes { try unsafe write($0) }
      guard !objects.isEmpty else { return }
      try unsafe withoutActuallyEscaping(write) { write in
        let archive = try unsafe ArchiveWriter(.zip, write)
        var written: Set<Digest> = []
        for object in objects where written.insert(object.digest).inserted {
          try archive.begin(name(object.digest), size: object.size, modified: modified)
          try unsafe store.read(object) { try unsafe archive.append($0) }
        }
        try archive.finish()
      }
    }
  }

  /// The first day that a zip file can tell, in seconds: the same objects give the same file.
  private static let modified = 315_532_800

  private static let folder = "objects/"

  private static func name(_ digest: Digest) -> String { "\(folder)\(digest.hex)" }

  /// What stands before the archive: the lines.
  ///
  /// - Parameter limit: Of lines that are longer, `limit` + 1 bytes at least are given.
  /// - Returns: nil where there is no such file.
  package static func lines(of path: String, limit: Int, syscalls: Syscalls = Syscalls()) throws -> [UInt8]? {
    do {
      return try OfferFileBytes(path, syscalls).lines(limit: limit).bytes
    } catch let error as StorageError where error.code == .inputMissing {
      return nil
    }
  }

  /// Copies the objects of an offer to where a store stages; each is what its name says.
  ///
  /// - Parameter isWanted: Asked with a digest, and with the size that the archive claims, whether to copy an object.
  /// - Returns: Those that are there, by their digests; none where there is no archive behind the lines.
  /// - Throws: `ArchiveUnreadable` where the archive is not one that `write` makes.
  package static func stage(
    from path: String, limit: Int, into store: ObjectStore, syscalls: Syscalls = Syscalls(),
    isWanted: (Digest, Int) throws -> Bool
  ) throws -> [Digest: StagedObject] {
    let file = try OfferFileBytes(path, syscalls)
    let (lines, hasArchive) = try file.lines(limit: limit)
    guard hasArchive else { return [:] }
    var staged: [Digest: StagedObject] = [:]
    do {
      let archive = try unsafe ArchiveReader(.zip, size: file.size - lines.count) { position, buffer in
        try unsafe file.read(at: lines.count + position, into: buffer)
      }
      while let member = try archive.next() {
        guard let name = member.name, name.hasPrefix(folder),
          let digest = Digest(hex: String(name.dropFirst(folder.count)))
        else { continue }
        // So that no small file becomes a huge one.
        guard member.isFile, member.isStored, let size = member.size else {
          throw ArchiveUnreadable("its object \(digest.short) is not stored as it is")
        }
        guard try isWanted(digest, size) else { continue }
        guard staged[digest] == nil else { throw ArchiveUnreadable("its object \(digest.short) is there twice") }
        let object = try unsafe store.stage(sizeHint: size) { try unsafe archive.read(into: $0) }
        guard object.digest == digest else {
          store.discard([object])
          throw ArchiveUnreadable("what lies under the name of the object \(digest.short) is another")
        }
        staged[digest] = object
      }
      return staged
    } catch {
      store.discard(Array(staged.values))
      if let error = error as? ArchiveError {
        throw ArchiveUnreadable(
          "its objects cannot be read: it was cut off or damaged on its way, so have it sent again (\(error))")
      }
      throw error
    }
  }
}

/// Why the objects of an offer cannot be taken: a clause with "it".
package struct ArchiveUnreadable: Error, Sendable {
  package let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// The bytes of an offer file, which may be far longer than memory.
private struct OfferFileBytes {
  private let source: SourceFile
  private let path: String
  private let syscalls: Syscalls

  init(_ path: String, _ syscalls: Syscalls) throws {
    self.path = path
    self.syscalls = syscalls
    source = try SourceFile(path, syscalls, isEvidence: false)
  }

  var size: Int { source.status.size }

  func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try unsafe syscalls.read(source.descriptor, at: position, into: buffer, path: path)
  }

  /// How a zip file's first member begins (APPNOTE.TXT 6.3.10, 4.3.7); no line of JSON does.
  private static let mark: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

  /// The lines before the archive, and whether there is one.
  func lines(limit: Int) throws -> (bytes: [UInt8], hasArchive: Bool) {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { unsafe buffer.deallocate() }
    /// Where the line begins that is not ended yet, and up to where its end was looked for.
    var start = 0
    var seen = 0
    while bytes.count <= limit {
      let count = try unsafe read(at: bytes.count, into: buffer)
      unsafe bytes.append(contentsOf: buffer[..<count])
      // What could still become the mark waits for more.
      while bytes.count - start >= OfferFileBytes.mark.count {
        if bytes[start...].starts(with: OfferFileBytes.mark) { return (Array(bytes[..<start]), true) }
        guard let end = bytes[max(start, seen)...].firstIndex(of: 0x0a) else { break }
        start = end + 1
        seen = start
      }
      seen = bytes.count
      if count == 0 { break }
    }
    return (bytes, false)
  }
}
