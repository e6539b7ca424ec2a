import Archives
import Testing

@Suite struct ArchiveTests {
  private static let members: [(name: String, bytes: [UInt8])] = [
    ("a", []), ("folder/b", Array("two".utf8)), ("c", (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
  ]

  /// An archive's bytes.
  private static func make(_ format: ArchiveFormat) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = try unsafe ArchiveWriter(format) { unsafe bytes.append(contentsOf: $0) }
    for member in members {
      try writer.begin(member.name, size: member.bytes.count, modified: 1_700_000_000)
      try unsafe member.bytes.withUnsafeBytes { try unsafe writer.append($0) }
    }
    try writer.finish()
    return bytes
  }

  private static func open(_ bytes: [UInt8], _ format: ArchiveFormat) throws -> ArchiveReader {
    try unsafe ArchiveReader(format, size: bytes.count) { position, buffer in
      let count = min(buffer.count, max(0, bytes.count - position))
      for index in 0..<count { unsafe buffer[index] = bytes[position + index] }
      return count
    }
  }

  private static func content(_ reader: ArchiveReader) throws -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1000, alignment: 16)
    defer { unsafe buffer.deallocate() }
    var bytes: [UInt8] = []
    while case let count = try unsafe reader.read(into: buffer), count > 0 {
      unsafe bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  @Test(arguments: [ArchiveFormat.zip, .tar]) func `what was written is read again, in order`(
    _ format: ArchiveFormat
  ) throws {
    let reader = try Self.open(Self.make(format), format)
    for member in Self.members {
      let found = try #require(try reader.next())
      #expect(found.name == member.name)
      #expect(found.size == member.bytes.count)
      #expect(found.isFile && found.isStored && !found.isFolder)
      #expect(try Self.content(reader) == member.bytes)
    }
    #expect(try reader.next() == nil)
  }

  @Test(arguments: [ArchiveFormat.zip, .tar]) func `a member that is passed over does not disturb the next`(
    _ format: ArchiveFormat
  ) throws {
    let reader = try Self.open(Self.make(format), format)
    var names: [String] = []
    while let member = try reader.next() { names.append(member.name ?? "?") }
    #expect(names == Self.members.map(\.name))
  }

  @Test func `an archive that was cut off anywhere is an error, or ends early, and never a crash`() throws {
    for format in [ArchiveFormat.zip, .tar] {
      let bytes = try Self.make(format)
      for length in stride(from: 0, to: bytes.count, by: 997) {
        let names = try? read(all: Self.open(Array(bytes[..<length]), format))
        #expect((names?.count ?? 0) <= Self.members.count)
        if format == .zip { #expect(names == nil || names == []) }
      }
    }
  }

  @Test func `a byte changed in a zip file's data is told`() throws {
    var bytes = try Self.make(.zip)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "t")))
    let text = Array("two".utf8)
    let start = try #require((place..<bytes.count - 3).first { Array(bytes[$0..<$0 + 3]) == text })
    bytes[start] ^= 1
    #expect(throws: ArchiveError.self) { try read(all: Self.open(bytes, .zip)) }
  }

  @Test func `an error of whoever takes the bytes comes back as it is`() throws {
    struct Full: Error {}
    let write: () throws -> Void = {
      let writer = try unsafe ArchiveWriter(.tar) { _ in throw Full() }
      try writer.begin("a", size: 0, modified: 0)
      try writer.finish()
    }
    #expect(throws: Full.self, performing: write)
    let bytes = try Self.make(.zip)
    let read: () throws -> Void = {
      _ = try unsafe ArchiveReader(.zip, size: bytes.count) { _, _ in throw Full() }.next()
    }
    #expect(throws: Full.self, performing: read)
  }

  private func read(all reader: ArchiveReader) throws -> [String] {
    var names: [String] = []
    while let member = try reader.next() {
      names.append(member.name ?? "?")
      _ = try Self.content(reader)
    }
    return names
  }
}
