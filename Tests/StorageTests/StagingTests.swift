import Crypto
import Foundation
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// What is staged without the store's lock: whoever takes the lock leaves it alone while somebody is at work on it.
struct StagingTests {
  private let builder: StoreBuilder
  private let folder: TemporaryFolder
  private let layout: StoreLayout

  init() throws {
    builder = try StoreBuilder()
    folder = try TemporaryFolder()
    layout = StoreLayout(root: folder.path("store"))
    try builder.create(layout, entries: 1)
  }

  private func inbox() throws -> [String] { try Syscalls().list(layout.inbox) }

  @Test func `another writer leaves alone what is being staged`() throws {
    let objects = ObjectStore(layout: layout)
    let staged = try objects.stage(bytes: [1, 2, 3])
    try builder.grow(layout, to: 2)
    _ = try objects.publish([staged])
    #expect(try DirectoryContents(layout: layout).objectSize(staged.digest) == 3)
  }

  @Test func `staging ends with whoever stages`() throws {
    do {
      let objects = ObjectStore(layout: layout)
      _ = try objects.stage(bytes: [1, 2, 3])
      #expect(try inbox().count == 1)
    }
    #expect(try inbox().isEmpty)
  }

  @Test func `what a crash left goes with the next writer, be it a file, a folder or a link`() throws {
    try folder.write([1], to: "store/inbox/.staging-file")
    try folder.write([1], to: "store/inbox/.staging-folder/deep/er")
    try folder.write([1], to: "elsewhere/stays")
    try FileManager.default.createSymbolicLink(
      atPath: "\(layout.inbox)/.staging-link", withDestinationPath: folder.path("elsewhere"))
    try folder.write([1], to: "store/inbox/offer")
    try builder.grow(layout, to: 2)
    #expect(try inbox() == ["offer"])
    #expect(folder.read("elsewhere/stays") == [1])
  }

  @Test func `what the disk could not take early is an error of the staging, and not lost`() throws {
    let opened = try Syscalls().open(layout.inbox)
    let failing = Syscalls(plan: FaultPlan(failing: 0, .beforeEffect, staysDead: false))
    let writeback = EarlyWriteback(of: opened, path: layout.inbox, failing)
    while failing.plan?.hasFailed == false { usleep(100) }
    #expect(throws: StorageError.self) { try writeback.end() }
    try EarlyWriteback(of: opened, path: layout.inbox, Syscalls()).end()
  }

  @Test func `so many files that the disk is kept busy meanwhile are staged in their order`() throws {
    let piece = [UInt8](repeating: 7, count: EarlyWriteback.threshold / 8)
    let paths = try (0..<12).map { try folder.write(piece + [UInt8($0)], to: "large/\($0)") }
    var told = 0
    let staged = try ObjectStore(layout: layout).stage(files: paths) { told += $0 }
    #expect(staged.map(\.digest) == (0..<12).map { SHA256.hash(piece + [UInt8($0)]) })
    #expect(told == 12)
  }

  @Test func `objects published for nothing are withdrawn, and those that were there stay`() throws {
    let objects = ObjectStore(layout: layout)
    let first = try objects.publish([objects.stage(bytes: [1])])
    let both = try objects.publish([objects.stage(bytes: [1]), objects.stage(bytes: [2])])
    #expect(first.map(\.wasThere) == [false] && both.map(\.wasThere) == [true, false])
    objects.withdraw(both)
    let contents = try DirectoryContents(layout: layout)
    #expect(try contents.objectSize(SHA256.hash([1])) == 1)
    #expect(try contents.objectSize(SHA256.hash([2])) == nil)
  }

  @Test func `an object that a crash left is waited for by the append that relies on it`() throws {
    let bytes: [UInt8] = [4, 5]
    let digest = SHA256.hash(bytes)
    try folder.write(bytes, to: "store/\(ObjectPath.path(digest))")
    let plan = FaultPlan()
    let previous = try builder.checkpoint(layout)
    let writer = try LogWriter(layout: layout, syscalls: Syscalls(plan: plan))
    try writer.append(
      [StoreBuilder.entry(1)], to: previous, relyingOn: [digest, SHA256.hash([9])], makeCheckpoint: builder.sign)
    let synced = Set(plan.records.filter { $0.operation == .fsync }.map(\.path))
    let object = layout.object(digest)
    for path in [object, StoreLayout.parent(object), layout.objects] { #expect(synced.contains(path), "\(path)") }
  }

  @Test func `the name of a folder that a crash left is waited for`() throws {
    try builder.grow(layout, to: 256)
    let left = "\(layout.root)/tile/0/001.p"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
    let plan = FaultPlan()
    try builder.grow(layout, to: 257, syscalls: Syscalls(plan: plan))
    let synced = Set(plan.records.filter { $0.operation == .fsync }.map(\.path))
    #expect(synced.contains(left) && synced.contains("\(layout.root)/tile/0"))
  }

  @Test(arguments: [
    ("5.8.0-rc1", true), ("6.1.0-18-amd64", true), ("5.7.19", false), ("4.18.0-553.el8.x86_64", false), ("10.0", true),
  ])
  func `kernels before 5_8 do not tell of what could not be written`(_ release: String, _ isEnough: Bool) throws {
    let kernel = try #require(SyncWay.kernel(release: release))
    #expect((kernel >= (5, 8)) == isEnough)
    #expect(SyncWay.kernel(release: "unknown") == nil)
  }

  @Test func `an overlay without durability is seen among the mounts`() {
    let sound = "overlay / overlay rw,lowerdir=/a,upperdir=/b,workdir=/c 0 0\n/dev/sda1 /boot ext4 rw 0 0\n"
    #expect(!SyncWay.hasVolatileOverlay(mounts: sound))
    #expect(SyncWay.hasVolatileOverlay(mounts: sound + "overlay /x overlay rw,lowerdir=/a,volatile 0 0\n"))
    #expect(!SyncWay.hasVolatileOverlay(mounts: "none /volatile ext4 rw,volatile 0 0\n"))
  }

  @Test func `many files are waited for at once where that is enough, and one by one where it is not`() throws {
    var way: SyncWay?
    let previous = try builder.checkpoint(layout)
    let writer = try LogWriter(layout: layout)
    let stored = try writer.objects.publish((0..<40).map { try writer.objects.stage(bytes: [$0]) })
    try writer.append(
      [StoreBuilder.entry(1)], to: previous, bringing: stored, didSync: { way = $0 }, makeCheckpoint: builder.sign)
    let root = try Syscalls().open(layout.root)
    let here = SyncWay.obstacle(root, path: layout.root, folders: [layout.objects], Syscalls())
    #expect(way == here.map { .each(43, because: $0) } ?? .fileSystem)
    let elsewhere = SyncWay.obstacle(root, path: layout.root, folders: ["/proc"], Syscalls())
    #expect(elsewhere == here ?? "another file system is mounted at '/proc'")
  }
}
