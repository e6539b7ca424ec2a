import BucketSupport
import Crypto
import RemoteWire
import TestSupport
import Testing
import TreeLog

@testable import Storage

struct BucketContentsTests {
  @Test func `a bucket that cannot keep two writers apart is refused, with what was seen`() throws {
    try BucketProbe.run(MemoryBucket())
    let error = #expect(throws: StorageError.self) { try BucketProbe.run(MemoryBucket(passesOverConditions: true)) }
    #expect(error?.code == .notConfigured && error?.message.contains("cannot keep two writers apart") == true)
    #expect(error?.hint?.contains("?head=") == true)
  }

  @Test(arguments: MemoryBucket.Trouble.allCases)
  func `a trouble of the network is no fault of the bucket`(_ trouble: MemoryBucket.Trouble) throws {
    for at in 1...9 {
      let bucket = MemoryBucket()
      bucket.restart([at: trouble])
      try BucketProbe.run(bucket)
      #expect(bucket.names == [])
    }
  }

  @Test func `files that are at hand are not asked for again, and one that went bad is`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300)
    func read(keeps: Bool) throws -> Int {
      world.bucket.restart()
      let contents = try world.contents(keeps: keeps)
      let head = try #require(try contents.checkpoint())
      let tree = try UnverifiedCheckpoint(parsing: head).tree
      let reader = LogReader(contents: contents, size: tree.size, root: tree.root)
      try reader.entries(in: 0..<tree.size, authenticating: true) { _, _ in }
      return world.bucket.count
    }
    let first = try read(keeps: true)
    #expect(first > 3)
    #expect(try read(keeps: true) == 1)
    // A verifier reads what lies there.
    #expect(try read(keeps: false) == first)
    for file in try world.folder.files() where file.contains("/kept/tile-0-000") {
      var bytes = try #require(world.folder.read(file))
      bytes[3] ^= 1
      try world.folder.write(bytes, to: file)
    }
    #expect(try read(keeps: true) == 2)
  }

  @Test func `what is kept at hand stays within its bounds`() throws {
    let folder = try TemporaryFolder()
    let kept = KeptFiles(folder: folder.path("kept"), limit: 1000)
    for number in 0..<40 { kept.keep(Array(repeating: UInt8(number), count: 68), as: "tile/0/\(number)") }
    kept.trim()
    let left = (0..<40).filter { kept.bytes("tile/0/\($0)") != nil }
    #expect(left.count == 10)
  }

  @Test func `objects come whole or not at all, and everything is listed`() throws {
    let world = try BucketBuilder()
    let object = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try world.create(entries: 30, objects: [object])
    let contents = try world.contents()
    var hasher = SHA256Hasher()
    #expect(try unsafe contents.readObject(SHA256.hash(object)) { unsafe hasher.update($0) } == object.count)
    #expect(hasher.finalize() == SHA256.hash(object))
    #expect(try contents.objectSize(SHA256.hash(object)) == object.count)
    #expect(try unsafe contents.readObject(SHA256.hash([0])) { _ in } == nil)
    world.bucket.put([1], at: "inbox/.staging-left")
    world.bucket.put([1], at: "notes.txt")
    var paths: [String] = []
    try contents.forEachPath { paths.append($0.path) }
    #expect(paths.contains("notes.txt") && paths.contains("checkpoint") && !paths.contains { $0.hasPrefix("inbox") })
    #expect(paths.count == world.bucket.names.count - 1)
    #expect(try world.folder.files().filter { $0.contains(".download-") } == [])
  }

  @Test func `a copy that was broken off at any request is gone on with`() throws {
    var at = 1
    while true {
      let world = try BucketBuilder()
      let source = StoreLayout(root: world.folder.path("source"))
      try world.builder.create(source, entries: 258, objects: [[1], [2], [3]])
      let files = try DirectoryContents(layout: source)
      world.bucket.restart(deadFrom: at)
      let died = (try? BucketUpload(files, to: world.bucket, layout: world.layout()).run { _, _ in }) == nil
      world.bucket.restart()
      _ = try BucketUpload(files, to: world.bucket, layout: world.layout()).run { _, _ in }
      try world.checkPublished()
      #expect(try world.entries() == StoreBuilder.entries(0..<258))
      #expect(try BucketUpload(files, to: world.bucket, layout: world.layout()).run { _, _ in }.files == 0)
      guard died else { break }
      at += 1
    }
    #expect(at > 8)
  }

  @Test func `another log's place is not taken`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let other = StoreLayout(root: world.folder.path("other"))
    let own = try StoreBuilder()
    try own.create(other, entries: 3)
    try own.grow(other, to: 4)
    // The same name, and other entries from the fifth on.
    let writer = try LogWriter(layout: other)
    try writer.append([[1], [2]], to: own.checkpoint(other), makeCheckpoint: own.sign)
    let error = #expect(throws: StorageError.self) {
      try BucketUpload(DirectoryContents(layout: other), to: world.bucket, layout: world.layout()).run { _, _ in }
    }
    #expect(error?.code == .notEmpty)
    #expect(try world.entries() == StoreBuilder.entries(0..<5))
  }

  @Test func `staged bytes that are nobody's are no tree`() throws {
    let staged = StagedTree(files: [("tile/0/000.p/2", Array(repeating: 1, count: 64)), ("tile/entries/000.p/2", [])])
    #expect(StagedTree(parsing: staged.bytes)?.files.map(\.path) == ["tile/0/000.p/2", "tile/entries/000.p/2"])
    for cut in 1..<staged.bytes.count where cut != 18 + 64 {
      _ = StagedTree(parsing: Array(staged.bytes.prefix(cut)))
    }
    for text in [
      "", "checkpoint 1\nx", "tile/0/000.p/2 -1\n", "tile/0/000.p/2 99999999\n", "../x 1\na", "tile/0/000.p/2 5\nab",
    ] {
      let found = StagedTree(parsing: Array(text.utf8))
      #expect(text.isEmpty ? found?.files.isEmpty == true : found == nil, "\(text)")
    }
    #expect(StagedTree.size(of: StagedTree.name(size: 12, root: .zero)) == 12)
    #expect(StagedTree.size(of: "inbox/.staging-7") == nil)
  }
}
