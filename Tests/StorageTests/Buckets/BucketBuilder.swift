import BucketSupport
import Crypto
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// Makes and extends stores in a bucket in memory, and checks all that their checkpoint names.
struct BucketBuilder {
  let builder: StoreBuilder
  let folder: TemporaryFolder
  let bucket: MemoryBucket

  init(_ bucket: MemoryBucket = MemoryBucket()) throws {
    builder = try StoreBuilder()
    folder = try TemporaryFolder()
    self.bucket = bucket
  }

  /// The folder at hand of one host.
  func layout(_ host: String = "one") throws -> StoreLayout {
    try Syscalls().mkdir(folder.path(host))
    return StoreLayout(root: folder.path(host), address: bucket.address)
  }

  func contents(_ host: String = "one", keeps: Bool = false) throws -> BucketContents {
    BucketContents(bucket, layout: try layout(host), keeps: keeps)
  }

  /// Makes a store in a folder, and brings it to the bucket.
  func create(entries: Int, objects: [[UInt8]] = []) throws {
    let source = StoreLayout(root: folder.path("source"))
    try builder.create(source, entries: entries, objects: objects)
    _ = try BucketUpload(DirectoryContents(layout: source), to: bucket, layout: layout()).run { _, _ in }
  }

  /// Appends entries on the head as it is now.
  func append(_ entries: [[UInt8]], host: String = "one", objects: [[UInt8]] = [], keeps: Bool = true) throws -> Int {
    let contents = try contents(host, keeps: keeps)
    let head = try #require(try contents.checkpoint())
    let previous = try UnverifiedCheckpoint(parsing: head).tree
    let writer = try BucketWriter(contents, host: bucket, layout: layout(host))
    let stored = try writer.publish(objects.map { try writer.objects.stage(bytes: $0) })
    return try writer.append(
      entries, to: previous, bringing: stored, relyingOn: [], willCommit: {}, didSync: { _ in },
      makeCheckpoint: builder.sign
    ).size
  }

  /// Reads all of the log by its checkpoint.
  func entries() throws -> [[UInt8]] {
    let contents = try contents()
    let head = try #require(try contents.checkpoint())
    let tree = try UnverifiedCheckpoint(parsing: head).tree
    var found: [[UInt8]] = []
    try LogReader(contents: contents, size: tree.size, root: tree.root)
      .entries(in: 0..<tree.size, authenticating: true) { _, entry in found.append(Array(entry)) }
    return found
  }

  /// Whether every file of the tree lies under the name that everybody reads, with the right bytes.
  func checkPublished() throws {
    let all = try entries()
    let expected = MemoryStore()
    try expected.grow(from: 0, all)
    for coordinate in TileDelta.files(for: all.count) {
      #expect(bucket.bytes(coordinate.path) == expected[coordinate.path], "\(coordinate.path)")
    }
    #expect(bucket.rewritten == [])
  }
}
