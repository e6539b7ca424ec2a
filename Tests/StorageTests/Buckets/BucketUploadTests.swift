import BucketSupport
import Crypto
import RemoteWire
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// Whether all of a store is there once it was brought to a bucket.
struct BucketUploadTests {
  private let large = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 / 11) }

  private func upload(
    _ source: any StoreContents, _ objects: LogObjects? = nil, to bucket: MemoryBucket, _ world: BucketBuilder
  ) throws -> BucketUpload.Done {
    try BucketUpload(source, objects: objects, to: bucket, layout: world.layout("target")).run { _, _ in }
  }

  private func named(_ objects: [[UInt8]]) -> LogObjects {
    LogObjects(named: objects.map { LogObjects.Named(digest: SHA256.hash($0), size: $0.count) })
  }

  /// Whether a bucket holds what another does, but for what is somebody's own.
  private func areAlike(_ one: MemoryBucket, _ other: MemoryBucket) -> Bool {
    let names = one.names.filter { !$0.hasPrefix("inbox/") }
    return names == other.names && names.allSatisfy { one.bytes($0) == other.bytes($0) }
  }

  @Test func `a source that nobody can list is copied whole`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300, objects: [[1], [2], large])
    let host = WatchedHost(world.bucket) { request, ask in
      request.wire.verb == .list ? HostAnswer(WireAnswer(id: 0, status: 501)) : try ask()
    }
    let source = BucketContents(host, layout: try world.layout(), keeps: false)
    let target = MemoryBucket()
    _ = try upload(source, named([[1], [2], large]), to: target, world)
    #expect(areAlike(world.bucket, target))
  }

  @Test func `what a writer had not published yet is copied, too`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let head = try #require(world.bucket.bytes("checkpoint"))
    let tree = try UnverifiedCheckpoint(parsing: head).tree
    let whole = MemoryBucket()
    _ = try upload(world.contents(), to: whole, world)
    let names = TileDelta.files(for: tree.size).map(\.path)
    let staged = StagedTree(files: try names.map { ($0, try #require(world.bucket.bytes($0))) })
    for name in names { world.bucket.remove(name) }
    world.bucket.put(staged.bytes, at: StagedTree.name(size: tree.size, root: tree.root))
    let target = MemoryBucket()
    _ = try upload(world.contents(), to: target, world)
    #expect(areAlike(whole, target))
  }

  @Test func `where the source lacks something, nothing is committed`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300, objects: [[1], [2]])
    let wanted = named([[1], [2]])
    for name in [ObjectPath.path(SHA256.hash([2])), "tile/0/000", "tile/entries/000", "tile/0/001.p/44"] {
      let bytes = try #require(world.bucket.bytes(name))
      world.bucket.remove(name)
      let target = MemoryBucket()
      let error = #expect(throws: StorageError.self, "\(name)") {
        _ = try upload(world.contents(), wanted, to: target, world)
      }
      #expect(error?.message.contains(name) == true)
      #expect(target.bytes("checkpoint") == nil)
      world.bucket.put(bytes, at: name)
    }
    // What the log redacts may be gone, and does not come along where it is not.
    let target = MemoryBucket()
    let gone = LogObjects(named: wanted.named, redacted: [SHA256.hash([2])])
    _ = try upload(world.contents(), gone, to: target, world)
    #expect(target.bytes(ObjectPath.path(SHA256.hash([1]))) == [1])
    #expect(target.bytes(ObjectPath.path(SHA256.hash([2]))) == nil)
    target.put([2], at: ObjectPath.path(SHA256.hash([2])))
    #expect(try upload(world.contents(), gone, to: target, world).redacted == 1)
  }

  @Test func `a second run sends what is missing, or is not what it was`() throws {
    let world = try BucketBuilder()
    let objects = [[1], [2], large]
    try world.create(entries: 300, objects: objects)
    let target = MemoryBucket()
    _ = try upload(world.contents(), named(objects), to: target, world)
    #expect(try upload(world.contents(), named(objects), to: target, world).files == 0)
    let names =
      ["tile/0/000", "tile/entries/001.p/44", "custody.json"] + objects.map { ObjectPath.path(SHA256.hash($0)) }
    for name in names {
      target.remove(name)
      #expect(try upload(world.contents(), named(objects), to: target, world).files == 1, "\(name)")
      #expect(areAlike(world.bucket, target), "\(name)")
      // Of the same length.
      var bytes = try #require(target.bytes(name))
      bytes[bytes.count / 2] ^= 1
      target.put(bytes, at: name)
      #expect(try upload(world.contents(), named(objects), to: target, world).files == 1, "\(name)")
      #expect(areAlike(world.bucket, target), "\(name)")
    }
    #expect(try world.folder.files().filter { $0.contains("/inbox/.staging-") } == [])
  }
}
