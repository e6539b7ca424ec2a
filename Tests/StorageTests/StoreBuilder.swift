import Crypto
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// Makes and extends stores in a folder, and checks all that their checkpoint names.
struct StoreBuilder {
  static let configuration = Array("{\"format\":1,\"origin\":\"acme/00000000\"}\n".utf8)

  let origin = "acme/00000000"
  let key: SigningKey

  init() throws {
    key = try SigningKey(ed25519Seed: Array(repeating: 7, count: 32))
  }

  static func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

  static func entries(_ range: Range<Int>) -> [[UInt8]] { range.map { entry($0) } }

  func sign(_ size: Int, _ root: Digest) throws -> [UInt8] {
    let text = Checkpoint(origin: origin, size: size, root: root).text
    return try SignedNote.sign(text, name: origin, with: key).bytes
  }

  /// The checkpoint in a folder, its signature checked; nil where there is none.
  func checkpoint(_ layout: StoreLayout) throws -> Checkpoint? {
    guard let bytes = try DirectoryContents(layout: layout).checkpoint() else { return nil }
    let parsed = try UnverifiedCheckpoint(parsing: bytes)
    return try #require(parsed.verified(by: [NoteKey(log: key.verificationKey, name: origin)])).checkpoint
  }

  /// Makes a store with so many entries.
  func create(
    _ layout: StoreLayout, entries: Int, objects: [[UInt8]] = [], syscalls: Syscalls = Syscalls()
  ) throws {
    try StoreCreation.create(at: layout.root, configuration: Self.configuration, syscalls: syscalls) { writer in
      let stored = try writer.objects.publish(objects.map { try writer.objects.stage(bytes: $0) })
      try writer.append(Self.entries(0..<entries), to: nil, bringing: stored, makeCheckpoint: sign)
    }
  }

  /// Appends entries up to a size.
  func grow(
    _ layout: StoreLayout, to size: Int, objects: [[UInt8]] = [], syscalls: Syscalls = Syscalls()
  ) throws {
    let previous = try checkpoint(layout)
    let writer = try LogWriter(layout: layout, syscalls: syscalls)
    let stored = try writer.objects.publish(objects.map { try writer.objects.stage(bytes: $0) })
    try writer.append(
      Self.entries((previous?.size ?? 0)..<size), to: previous, bringing: stored, makeCheckpoint: sign)
  }

  /// Reads all of a store: each entry, each file of the tree byte for byte, and the partial files of older trees.
  ///
  /// - Returns: The size.
  @discardableResult
  func check(_ layout: StoreLayout) throws -> Int {
    let contents = try DirectoryContents(layout: layout)
    #expect(try contents.configuration() == Self.configuration)
    let checkpoint = try #require(try checkpoint(layout))
    let reader = LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root)
    var count = 0
    try reader.entries(in: 0..<checkpoint.size, authenticating: true) { index, entry in
      #expect(Array(entry) == Self.entry(index))
      count += 1
    }
    #expect(count == checkpoint.size)
    let expected = MemoryStore()
    try expected.grow(from: 0, Self.entries(0..<checkpoint.size))
    for coordinate in TileDelta.files(for: checkpoint.size) {
      #expect(try contents.file(at: coordinate, limit: coordinate.sizeLimit) == expected[coordinate.path])
    }
    // Whatever else lies within the tree is a prefix of the file of its index.
    try contents.forEachPath { path in
      guard let coordinate = TileCoordinate(path: path.path), coordinate.isPartial else { return }
      guard let whole = TileDelta.file(coordinate.kind, index: coordinate.index, size: checkpoint.size),
        whole.width >= coordinate.width, let bytes = expected[whole.path]
      else { return }
      let found = try contents.file(at: coordinate, limit: coordinate.sizeLimit)
      switch coordinate.kind {
      case .hashes: #expect(found == Array(bytes.prefix(coordinate.width * 32)), "\(path.path)")
      case .entries:
        let prefix = try EntryBundle.decodePrefix(bytes, width: coordinate.width).bytes
        #expect(found == Array(prefix), "\(path.path)")
      }
    }
    return checkpoint.size
  }
}
