import BucketSupport
import Crypto
import RemoteWire
import Synchronization
import TestSupport
import Testing
import TreeLog

@testable import Storage

struct BucketWriterTests {
  @Test func `a store in a bucket grows, and every file of it is right`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 3, objects: [[1, 2, 3]])
    var size = 3
    for step in [1, 1, 200, 51, 1, 1, 300, 211] {
      #expect(try world.append(StoreBuilder.entries(size..<(size + step))) == size + step)
      size += step
      try world.checkPublished()
    }
    #expect(try world.entries() == StoreBuilder.entries(0..<size))
    #expect(!world.bucket.names.contains { $0.hasPrefix("inbox/") })
    // Partial files of indexes that are full by now are gone.
    #expect(!world.bucket.names.contains { $0.hasPrefix("tile/0/000.p/") || $0.hasPrefix("tile/entries/001.p/") })
  }

  @Test func `a small append takes at most eight requests beside its objects`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300)
    _ = try world.append(StoreBuilder.entries(300..<301))
    world.bucket.restart()
    _ = try world.append(StoreBuilder.entries(301..<302), objects: [[7]])
    let others = world.bucket.log.filter { !$0.contains(" object/") }
    #expect(others.count <= 8 - 1, "\(others)")  // One more is for 'custody.json'.
  }

  /// Until no request is left to die at.
  @Test func `a writer that dies at any request leaves the old tree or the new one, and the next goes on`() throws {
    for size in [3, 255, 256, 511] {
      var at = 1
      while true {
        let world = try BucketBuilder()
        try world.create(entries: size)
        world.bucket.restart(deadFrom: at)
        let died = (try? world.append([[9, 9]], objects: [[4, 4]])) == nil
        world.bucket.restart()
        let left = try world.entries()
        #expect(left == StoreBuilder.entries(0..<size) || left == StoreBuilder.entries(0..<size) + [[9, 9]])
        #expect(try world.append([[8]], host: "two") == left.count + 1)
        #expect(try world.entries() == left + [[8]])
        try world.checkPublished()
        guard died else { break }
        at += 1
      }
      #expect(at > 6)
    }
  }

  @Test(arguments: MemoryBucket.Trouble.allCases)
  func `whatever happens to any request, an append that is told went in is there once`(
    _ trouble: MemoryBucket.Trouble
  ) throws {
    var at = 1
    while true {
      let world = try BucketBuilder()
      try world.create(entries: 255)
      world.bucket.restart([at: trouble])
      #expect(try world.append([[9]], objects: [[4, 4]]) == 256)
      guard world.bucket.count >= at else { break }
      world.bucket.restart()
      #expect(try world.entries() == StoreBuilder.entries(0..<255) + [[9]], "\(trouble) at \(at)")
      #expect(world.bucket.bytes(ObjectPath.path(SHA256.hash([4, 4]))) == [4, 4])
      try world.checkPublished()
      at += 1
    }
    #expect(at > 8)
  }

  @Test func `a swap whose answer was lost is not taken for one that was lost, though others went on from it`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let contents = try world.contents()
    let head = try #require(try contents.checkpoint())
    let previous = try UnverifiedCheckpoint(parsing: head).tree
    let slow = SlowBucket(world.bucket) { _ = try world.append([[2]], host: "two") }
    let writer = try BucketWriter(contents, host: slow, layout: world.layout())
    let size = try writer.append(
      [[1]], to: previous, bringing: [], relyingOn: [], willCommit: {}, didSync: { _ in },
      makeCheckpoint: world.builder.sign
    ).size
    #expect(size == 6 && writer.isCommitted == true)
    #expect(try world.entries() == StoreBuilder.entries(0..<5) + [[1], [2]])
    try world.checkPublished()
  }

  @Test func `who loses the swap is told so, and leaves nothing behind`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let contents = try world.contents()
    let head = try #require(try contents.checkpoint())
    let previous = try UnverifiedCheckpoint(parsing: head).tree
    _ = try world.append([[2]], host: "two")
    let writer = try BucketWriter(contents, host: world.bucket, layout: world.layout())
    let error = #expect(throws: StorageError.self) {
      try writer.append(
        [[1]], to: previous, bringing: [], relyingOn: [], willCommit: {}, didSync: { _ in },
        makeCheckpoint: world.builder.sign)
    }
    #expect(error?.code == .stale && writer.isCommitted == false)
    #expect(!world.bucket.names.contains { $0.hasPrefix("inbox/") })
    #expect(try world.entries() == StoreBuilder.entries(0..<5) + [[2]])
  }

  /// What becomes of an append whose swap is answered so, always.
  private func swap(_ answer: WireAnswer) throws -> (error: StorageError?, committed: Bool?, size: Int) {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let contents = try world.contents()
    let head = try #require(try contents.checkpoint())
    let host = WatchedHost(world.bucket) { try $0.line == "put checkpoint" ? HostAnswer(answer) : $1() }
    let writer = try BucketWriter(contents, host: host, layout: world.layout())
    let error = #expect(throws: StorageError.self) {
      try writer.append(
        [[1]], to: UnverifiedCheckpoint(parsing: head).tree, bringing: [], relyingOn: [], willCommit: {},
        didSync: { _ in },
        makeCheckpoint: world.builder.sign)
    }
    return (error, writer.isCommitted, try world.entries().count)
  }

  @Test func `a swap that is refused is not told as recorded, nor is one of which nobody knows`() throws {
    let refused = try swap(WireAnswer(id: 0, status: 403))
    #expect(refused.error?.code == .notConfigured && refused.committed == false && refused.size == 5, "\(refused)")
    let full = try swap(WireAnswer(id: 0, status: 400))
    #expect(full.committed == false && full.error?.message.contains("nobody answers") == false, "\(full)")
    let unknown = try swap(WireAnswer(id: 0, status: 500))
    #expect(unknown.error?.code == .unavailable && unknown.committed == false, "\(unknown)")
    #expect(
      unknown.error?.message.contains("nobody answers") == true && unknown.error?.hint?.contains("custody log") == true)
  }

  @Test func `an object that was spoilt is mended by whoever submits it again, whatever its length`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 3, objects: [[1, 2, 3]])
    let name = ObjectPath.path(SHA256.hash([1, 2, 3]))
    for spoilt in [[3, 2, 1], [1, 2], [UInt8](repeating: 7, count: 100)] as [[UInt8]] {
      world.bucket.put(spoilt, at: name)
      _ = try world.append([[9]], objects: [[1, 2, 3]])
      #expect(world.bucket.bytes(name) == [1, 2, 3])
    }
  }

  @Test func `of what somebody has staged only that is published which the checkpoint vouches for`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300)
    let head = try #require(try world.contents().checkpoint())
    let tree = try UnverifiedCheckpoint(parsing: head).tree
    let staged = StagedTree(files: [
      ("tile/0/000", [UInt8](repeating: 7, count: 8192)), ("tile/0/001", [UInt8](repeating: 7, count: 8192)),
      ("tile/0/001.p/44", [UInt8](repeating: 7, count: 44 * 32)), ("tile/entries/002.p/1", [0, 1, 7]),
    ])
    world.bucket.remove("tile/0/000")
    let genuine = try #require(world.bucket.bytes("tile/0/001.p/44"))
    world.bucket.put(staged.bytes, at: StagedTree.name(size: tree.size, root: tree.root))
    #expect(try world.append([[9]]) == 301)
    #expect(!world.bucket.names.contains("tile/0/000") && !world.bucket.names.contains("tile/0/001"))
    #expect(!world.bucket.names.contains("tile/entries/002.p/1"))
    #expect(world.bucket.bytes("tile/0/001.p/44") == genuine)
  }

  @Test func `a checkpoint that was put back from a backup can be gone on from`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 5)
    let older = try #require(try world.contents().checkpoint())
    _ = try world.append([[1], [2]])
    world.bucket.put(older, at: "checkpoint")
    _ = try world.append([[3], [4]], host: "two", keeps: false)
    #expect(try world.entries() == StoreBuilder.entries(0..<5) + [[3], [4]])
    #expect(try world.append([[5]], host: "two", keeps: false) == 8)
  }

  @Test func `many writers at once, with troubles: each entry that was told is there once`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 200)
    var random = SeededRandom(seed: 14)
    var troubles: [Int: MemoryBucket.Trouble] = [:]
    for at in 1..<6000 where random.next() % 12 == 0 {
      troubles[at] = MemoryBucket.Trouble.allCases[Int(random.next() % 5)]
    }
    world.bucket.restart(troubles)
    let told = Mutex<[[UInt8]]>([])
    let threads = (0..<6).map { host in
      BackgroundThread {
        for number in 0..<15 {
          let entry = Array("host \(host), \(number)".utf8)
          while true {
            do {
              _ = try world.append([entry], host: "host-\(host)")
              told.withLock { $0.append(entry) }
              break
            } catch let error as StorageError where error.code == .stale {
              continue
            } catch {
              Issue.record("\(error)")
              return
            }
          }
        }
      }
    }
    for thread in threads { thread?.join() }
    world.bucket.restart()
    let added = try world.entries().dropFirst(200)
    #expect(added.count == 90 && Set(added) == Set(told.withLock { $0 }))
    _ = try world.append([[1]])
    try world.checkPublished()
  }
}

/// A bucket whose first answer to a swap is lost, and in which somebody appends before anything else is asked.
private final class SlowBucket: StoreHost {
  private let bucket: MemoryBucket
  private let between: () throws -> Void
  private var isDone = false
  var address: String { bucket.address }

  init(_ bucket: MemoryBucket, between: @escaping () throws -> Void) {
    self.bucket = bucket
    self.between = between
  }

  func perform(_ requests: [HostRequest]) throws -> [HostAnswer] {
    let answers = try bucket.perform(requests)
    guard !isDone, requests.contains(where: { $0.wire.name == "checkpoint" && $0.wire.verb == .put }) else {
      return answers
    }
    isDone = true
    try between()
    return [HostAnswer(WireAnswer(id: 0, status: 0))]
  }
}

extension SlowBucket: @unchecked Sendable {}
