import BucketSupport
import Crypto
import RemoteWire
import Synchronization
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// A host that tells how many objects were asked for together, at most.
private final class Together: StoreHost {
  private let base: any StoreHost
  private let most = Mutex(0)
  var address: String { base.address }
  var count: Int { most.withLock(\.self) }

  init(_ base: any StoreHost) { self.base = base }

  func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    let objects = requests.count { $0.wire.verb == .get && $0.wire.name.hasPrefix("object/") }
    most.withLock { $0 = max($0, objects) }
    return try base.perform(requests)
  }
}

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

  @Test func `objects from elsewhere are fetched side by side`() throws {
    let world = try BucketBuilder()
    let objects = (0..<80).map { [UInt8($0)] }
    try world.create(entries: 3, objects: objects)
    let host = Together(world.bucket)
    let source = BucketContents(host, layout: try world.layout(), keeps: false)
    let target = MemoryBucket()
    #expect(try upload(source, named(objects), to: target, world).objects == 80)
    #expect(host.count == 64)
    #expect(areAlike(world.bucket, target))
  }

  @Test func `whatever length statements give objects, those that are what their names say are copied`() throws {
    let world = try BucketBuilder()
    let objects = [[1], [2, 2], large, []]
    try world.create(entries: 3, objects: objects)
    for size in [nil, 0, 1, 5_000_000] as [Int?] {
      let wanted = LogObjects(named: objects.map { LogObjects.Named(digest: SHA256.hash($0), size: size) })
      let target = MemoryBucket()
      let done = try upload(world.contents(), wanted, to: target, world)
      #expect(done.objects == 4 && done.bytes == 3 + large.count + bytesOfLog(world))
      #expect(areAlike(world.bucket, target))
    }
    #expect(try world.folder.files().filter { $0.contains("/inbox/.staging-") } == [])
  }

  /// How long the tiles and bundles are, all in all.
  private func bytesOfLog(_ world: BucketBuilder) -> Int {
    world.bucket.names.filter { $0.hasPrefix("tile/") }.reduce(0) { $0 + (world.bucket.bytes($1)?.count ?? 0) }
  }

  @Test func `few bytes of what comes from elsewhere are on the disk at once, and none afterwards`() throws {
    let world = try BucketBuilder()
    let objects = (0..<30).map { Array(repeating: UInt8($0), count: $0 == 7 ? 900 : 100) }
    try world.create(entries: 3, objects: objects)
    let folder = StagingFolder(in: try world.layout("target").inbox, syscalls: Syscalls(), mode: 0o700)
    let copies = CopiedObjects(source: try world.contents(), folder: folder, limit: 1000)
    func staged() throws -> Int {
      try world.folder.files().filter { $0.contains("target/inbox/") }.reduce(0) {
        $0 + (world.folder.read($1)?.count ?? 0)
      }
    }
    for fails in [false, true] {
      var brought: [Digest] = []
      let error = failure(of: {
        try copies.forEachGroup(of: named(objects).named, missing: { _ in StorageError(.inputOutput, "missing") }) {
          group in
          #expect(group.count == 1 || group.reduce(0) { $0 + $1.size } <= 1000)
          #expect(try staged() == group.reduce(0) { $0 + $1.size })
          if fails, brought.count > 9 { throw StorageError(.stale, "broken off") }
          brought += group.map(\.object.digest)
        }
      })
      #expect(fails ? error?.code == .stale : brought == objects.map { SHA256.hash($0) })
      #expect(try staged() == 0)
    }
    world.bucket.put(Array(repeating: 9, count: 100), at: ObjectPath.path(SHA256.hash(objects[20])))
    let error = failure(of: {
      try copies.forEachGroup(of: named(objects).named, missing: { StorageError(.inputOutput, $0.name) }) { _ in }
    })
    #expect(error?.message == ObjectPath.path(SHA256.hash(objects[20])))
    #expect(try staged() == 0)
  }

  private func failure(of body: () throws -> Void) -> StorageError? {
    do {
      try body()
      return nil
    } catch {
      return error as? StorageError
    }
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
