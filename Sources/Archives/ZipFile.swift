/// A zip file in memory whose members are read by name, each up to a limit: what it unpacks to is not believed to be small.
package struct ZipFile {
  /// The names of its members that are files, in its order; those in ASCII.
  package let names: [String]

  private let bytes: [UInt8]

  /// So many members at most are looked at.
  private static let memberLimit = 10_000

  /// - Throws: `ArchiveError` for what is not a zip file, was cut off, or has one name twice.
  package init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    let reader = try ZipFile.reader(bytes)
    var names: [String] = []
    var seen: Set<String> = []
    var count = 0
    while let member = try reader.next() {
      count += 1
      guard count <= ZipFile.memberLimit else { throw ArchiveError("it has more than \(ZipFile.memberLimit) members") }
      guard member.isFile, let name = member.name else { continue }
      guard seen.insert(name).inserted else { throw ArchiveError("it has two members '\(name)'") }
      names.append(name)
    }
    self.names = names
  }

  /// The bytes of a member.
  ///
  /// - Parameter limit: How many it may unpack to.
  /// - Returns: nil where there is no such member.
  /// - Throws: `ArchiveError`, also where it unpacks to more than the limit: what was claimed is not asked.
  package func contents(of name: String, limit: Int) throws -> [UInt8]? {
    guard names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return nil }
    let reader = try ZipFile.reader(bytes)
    while let member = try reader.next() {
      guard member.isFile, let found = member.name, found.utf8.elementsEqual(name.utf8) else { continue }
      return try ZipFile.read(reader, name, limit: limit)
    }
    return nil
  }

  private static func read(_ reader: ArchiveReader, _ name: String, limit: Int) throws -> [UInt8] {
    var contents: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { unsafe buffer.deallocate() }
    while case let count = try unsafe reader.read(into: buffer), count > 0 {
      guard contents.count + count <= limit else {
        throw ArchiveError("its member '\(name)' unpacks to more than \(limit) bytes")
      }
      unsafe contents.append(contentsOf: buffer[..<count])
    }
    return contents
  }

  private static func reader(_ bytes: [UInt8]) throws -> ArchiveReader {
    try unsafe ArchiveReader(.zip, size: bytes.count) { position, buffer in
      let count = min(buffer.count, max(0, bytes.count - position))
      guard count > 0 else { return 0 }
      unsafe bytes.withUnsafeBytes {
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<(position + count)]))
      }
      return count
    }
  }
}
