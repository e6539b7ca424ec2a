import Crypto
import TestSupport
import Testing
import TreeLog

@testable import Storage

struct LogWriterTests {
  private let builder: StoreBuilder
  private let folder: TemporaryFolder
  private let layout: StoreLayout

  init() throws {
    builder = try StoreBuilder()
    folder = try TemporaryFolder()
    layout = StoreLayout(root: folder.path("store"))
  }

  @Test func `a store grows, and every file of it is right`() throws {
    try builder.create(layout, entries: 1)
    var size = 1
    for step in [1, 1, 200, 52, 1, 1, 1, 300, 511, 1, 700] {
      size += step
      try builder.grow(layout, to: size)
      #expect(try builder.check(layout) == size)
    }
    let names = try folder.files().filter { !$0.contains("/tile/") }
    #expect(names == ["store/checkpoint", "store/custody.json", "store/lock"])
  }

  @Test func `the partial files of the newest 16 checkpoints stay, older ones go`() throws {
    try builder.create(layout, entries: 240)
    var sizes = [240]
    var roots: [Int: Digest] = [:]
    for size in [241, 242, 250, 255, 256, 257, 300, 512, 513, 700, 701] + Array(702...730) {
      try builder.grow(layout, to: size)
      sizes.append(size)
      roots[size] = try #require(try builder.checkpoint(layout)).root
      let kept = sizes.suffix(16)
      let needed = Set(kept.flatMap { TileDelta.partials(for: $0) })
      var found: Set<TileCoordinate> = []
      try DirectoryContents(layout: layout).forEachPath { path in
        #expect(path.kind != .emptyFolder || path.path == "object", "\(path.path)")
        if let coordinate = TileCoordinate(path: path.path), coordinate.isPartial { found.insert(coordinate) }
      }
      #expect(found.isSuperset(of: needed), "at \(size)")
      // A size that is a multiple of 256 may go unseen, and another then stays in its place.
      let seen = sizes.filter { $0 % 256 != 0 }.suffix(16)
      let allowed = needed.union(seen.flatMap { TileDelta.partials(for: $0) })
      #expect(found.isSubset(of: allowed), "at \(size)")
    }
    // Readers of older checkpoints cut wider files.
    for size in sizes.dropFirst() {
      let reader = LogReader(
        contents: try DirectoryContents(layout: layout), size: size, root: try #require(roots[size]))
      var count = 0
      try reader.entries(in: 0..<size, authenticating: true) { _, _ in count += 1 }
      #expect(count == size)
    }
  }

  @Test func `what a crashed append left is overwritten or removed before the log grows past it`() throws {
    try builder.create(layout, entries: 10)
    let junk: [UInt8] = [6, 6, 6]
    for path in [
      "tile/entries/000.p/15", "tile/0/000.p/15", "tile/entries/000", "tile/0/000", "tile/1/000.p/1",
      "tile/entries/001.p/4", "tile/0/001.p/9",
    ] { try folder.write(junk, to: "store/\(path)") }
    try builder.grow(layout, to: 12)
    #expect(try builder.check(layout) == 12)
    #expect(folder.read("store/tile/entries/000.p/15") == nil)
    try builder.grow(layout, to: 300)
    #expect(try builder.check(layout) == 300)
    #expect(folder.read("store/tile/entries/001.p/4") == nil)
    #expect(folder.read("store/tile/0/001.p/9") == nil)
  }

  @Test func `a second writer is turned away at once`() throws {
    try builder.create(layout, entries: 1)
    do {
      let first = try LogWriter(layout: layout)
      #expect(throws: StorageError.self) { _ = try LogWriter(layout: layout) }
      do { _ = try LogWriter(layout: layout) } catch let error as StorageError { #expect(error.code == .locked) }
      // Readers are not held up.
      #expect(try builder.check(layout) == 1)
      _ = first.layout
    }
    try builder.grow(layout, to: 2)
    #expect(try builder.check(layout) == 2)
  }

  @Test func `an append prepared for another checkpoint is refused`() throws {
    try builder.create(layout, entries: 2)
    let old = try builder.checkpoint(layout)
    try builder.grow(layout, to: 3)
    for previous in [old, nil] {
      let error = #expect(throws: StorageError.self) {
        let writer = try LogWriter(layout: layout)
        try writer.append([StoreBuilder.entry(2)], to: previous, makeCheckpoint: builder.sign)
      }
      #expect(error?.code == .stale)
    }
    #expect(try builder.check(layout) == 3)
  }

  @Test func `a damaged right edge is not built upon`() throws {
    for path in ["tile/0/000.p/5", "tile/entries/000.p/5"] {
      let layout = StoreLayout(root: folder.path("store-\(path.count)"))
      try builder.create(layout, entries: 5)
      let relative = "store-\(path.count)/\(path)"
      var bytes = try #require(folder.read(relative))
      bytes[40 % bytes.count] ^= 1
      try folder.write(bytes, to: relative)
      #expect(throws: LogReadError.self) { try builder.grow(layout, to: 6) }
      #expect(try builder.checkpoint(layout)?.size == 5)
    }
  }

  @Test func `an entry too long, and a signer that refuses, change nothing`() throws {
    struct Refusal: Error {}
    try builder.create(layout, entries: 2)
    let previous = try builder.checkpoint(layout)
    let before = try folder.files()
    do {
      let writer = try LogWriter(layout: layout)
      #expect(throws: StorageError.self) {
        try writer.append([Array(repeating: 1, count: 65_536)], to: previous, makeCheckpoint: builder.sign)
      }
      #expect(try folder.files() == before)
      #expect(throws: Refusal.self) {
        try writer.append([[1]], to: previous) { _, _ in throw Refusal() }
      }
    }
    #expect(try builder.check(layout) == 2)
    try builder.grow(layout, to: 4)
    #expect(try builder.check(layout) == 4)
  }

  @Test func `nothing is written through a link that lies in a file's place`() throws {
    try builder.create(layout, entries: 2)
    let outside = try folder.write([1, 2, 3], to: "outside")
    try folder.link("store/tile/entries/000.p/3", to: outside)
    try folder.link("store/inbox/.staging-checkpoint", to: outside)
    try builder.grow(layout, to: 3)
    #expect(folder.read("outside") == [1, 2, 3])
    #expect(try builder.check(layout) == 3)
  }

  @Test func `a store is made only where nothing is`() throws {
    try folder.write([1], to: "full/file")
    for path in ["full", "full/file"] {
      let error = #expect(throws: StorageError.self) {
        try builder.create(StoreLayout(root: folder.path(path)), entries: 1)
      }
      #expect(error?.code == .notEmpty)
    }
    let empty = StoreLayout(root: folder.path("empty/"))
    try Syscalls().mkdir(empty.root)
    try builder.create(empty, entries: 1)
    #expect(try builder.check(empty) == 1)
    #expect(throws: StorageError.self) { try builder.create(empty, entries: 1) }
    #expect(try folder.files().allSatisfy { !$0.contains(".init-") })
    let error = #expect(throws: StorageError.self) {
      _ = try DirectoryContents(layout: StoreLayout(root: folder.path("nowhere")))
    }
    #expect(error?.code == .noStore)
  }

  @Test func `network file systems are known by their numbers`() {
    #expect(NetworkFileSystem.name(0x6969) == "NFS")
    #expect(NetworkFileSystem.name(0xfe53_4d42) == "SMB")
    #expect(NetworkFileSystem.name(0xef53) == nil)
    #expect(NetworkFileSystem.name(0x6573_5546) == nil)
  }
}
