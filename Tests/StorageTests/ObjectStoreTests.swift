import Crypto
import Foundation
import TestSupport
import Testing
import TreeLog

@testable import Storage

struct ObjectStoreTests {
  private let folder: TemporaryFolder
  private let layout: StoreLayout
  private let objects: ObjectStore
  private let contents: DirectoryContents

  init() throws {
    folder = try TemporaryFolder()
    layout = StoreLayout(root: folder.path("store"))
    try StoreBuilder().create(layout, entries: 1)
    objects = ObjectStore(layout: layout)
    contents = try DirectoryContents(layout: layout)
  }

  /// What lies in the folders in which artifacts are staged.
  private func leftovers() throws -> [String] {
    try Syscalls().list(layout.inbox).flatMap { try Syscalls().list("\(layout.inbox)/\($0)") }
  }

  private func read(_ digest: Digest) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    guard let count = try unsafe contents.readObject(digest, { unsafe bytes.append(contentsOf: $0) }) else {
      return nil
    }
    #expect(count == bytes.count)
    return bytes
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 1_048_575, 1_048_576, 1_048_577, 3_000_000])
  func `artifacts of every size come back as they were`(size: Int) throws {
    var random = SeededRandom(seed: UInt64(size))
    let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let path = try folder.write(bytes, to: "artifact")
    let staged = try objects.stage(file: path)
    #expect(staged.digest == SHA256.hash(bytes))
    #expect(staged.size == size)
    #expect(try contents.objectSize(staged.digest) == nil)
    let stored = try #require(try objects.publish([staged]).first)
    #expect(!stored.wasThere)
    #expect(try read(staged.digest) == bytes)
    #expect(try contents.objectSize(staged.digest) == size)
    #expect(try leftovers().isEmpty)
  }

  @Test func `many files are staged in their order, or none`() throws {
    let paths = try (0..<100).map { try folder.write([UInt8](repeating: UInt8($0), count: $0 * 37), to: "many/\($0)") }
    let staged = try objects.stage(files: paths)
    #expect(staged.map(\.digest) == (0..<100).map { SHA256.hash([UInt8](repeating: UInt8($0), count: $0 * 37)) })
    let stored = try objects.publish(staged)
    #expect(stored.map(\.size) == (0..<100).map { $0 * 37 })
    for object in stored { #expect(try contents.objectSize(object.digest) == object.size) }
    let error = #expect(throws: StorageError.self) {
      try objects.stage(files: paths + [folder.path("nothing")] + paths)
    }
    #expect(error?.code == .inputMissing)
    #expect(try leftovers().isEmpty)
  }

  @Test func `the same artifact again is said to be there, and heals a damaged one`() throws {
    let bytes = Array("evidence".utf8)
    let first = try #require(try objects.publish([objects.stage(bytes: bytes)]).first)
    #expect(!first.wasThere)
    try folder.remove("store/\(ObjectPath.path(first.digest))")
    try folder.write([0], to: "store/\(ObjectPath.path(first.digest))")
    #expect(try contents.smallObject(first.digest, limit: 100) == nil)
    let again = try objects.publish([objects.stage(bytes: bytes), objects.stage(bytes: bytes)])
    #expect(again.map(\.wasThere) == [true, true])
    #expect(try read(first.digest) == bytes)
    try objects.remove(first.digest)
    #expect(try read(first.digest) == nil)
    try objects.remove(first.digest)
  }

  @Test(.timeLimit(.minutes(1))) func `only regular files are taken in, and a pipe does not make it wait`() throws {
    let pipe = folder.path("pipe")
    try folder.makePipe("pipe")
    try folder.link("link-to-pipe", to: pipe)
    for path in [pipe, folder.path("link-to-pipe"), folder.path, "/dev/null"] {
      let error = #expect(throws: StorageError.self) { try objects.stage(file: path) }
      #expect(error?.code == .notRegular, "\(path)")
    }
    let error = #expect(throws: StorageError.self) { try objects.stage(file: folder.path("nothing")) }
    #expect(error?.code == .inputMissing)
    let file = try folder.write([1], to: "file")
    try folder.link("link", to: file)
    #expect(try objects.stage(file: folder.path("link")).digest == SHA256.hash([1]))
  }

  @Test func `a file that does not stay the same is refused`() throws {
    // What the kernel makes up as it is read has no size of its own.
    let error = #expect(throws: StorageError.self) { try objects.stage(file: "/proc/self/status") }
    #expect(error?.code == .changedWhileRead)
    #expect(try leftovers().isEmpty)
  }

  @Test func `a file whose time is set back after a change did change`() throws {
    let path = try folder.write([1, 2], to: "file")
    let source = try SourceFile(path, Syscalls())
    try source.checkUnchanged(size: 2)
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try folder.write([3, 4], to: "file")
    try FileManager.default.setAttributes([.modificationDate: date as Any], ofItemAtPath: path)
    let error = #expect(throws: StorageError.self) { try source.checkUnchanged(size: 2) }
    #expect(error?.code == .changedWhileRead)
  }

  @Test(.timeLimit(.minutes(1))) func `links, pipes and folders in a store are listed and not read`() throws {
    try folder.write([1], to: "outside/file")
    let digest = SHA256.hash([1])
    let object = ObjectPath.path(digest)
    try folder.write([1], to: "store/\(object)")
    #expect(try read(digest) == [1])
    try folder.remove("store/\(object)")
    try folder.link("store/\(object)", to: folder.path("outside/file"))
    #expect(try read(digest) == nil)
    #expect(try contents.objectSize(digest) == nil)
    try folder.remove("store/\(object)")
    try folder.makePipe("store/\(object)")
    #expect(try read(digest) == nil)
    try folder.remove("store/checkpoint")
    try folder.makePipe("store/checkpoint")
    #expect(try contents.checkpoint() == nil)
    // A folder that is a link is not entered.
    try folder.move("store/tile/entries", to: "outside/entries")
    try folder.link("store/tile/entries", to: folder.path("outside/entries"))
    let bundle = TileCoordinate(kind: .entries, index: 0, width: 1)
    #expect(try contents.file(at: bundle, limit: 100) == nil)
    #expect(try contents.widerFile(than: bundle, limit: 100) == nil)
    try folder.makeFolder("store/tile/0/000.p/2")
    let tile = TileCoordinate(kind: .hashes(level: 0), index: 0, width: 2)
    #expect(try contents.file(at: tile, limit: 100) == nil)
    var found: [StorePath] = []
    try contents.forEachPath { found.append($0) }
    #expect(
      found == [
        StorePath(path: "checkpoint", kind: .other),
        StorePath(path: "custody.json", kind: .file),
        StorePath(path: object, kind: .other),
        StorePath(path: "tile/0/000.p/1", kind: .file),
        StorePath(path: "tile/0/000.p/2", kind: .emptyFolder),
        StorePath(path: "tile/entries", kind: .other),
      ])
  }

  @Test func `files longer than asked for are cut`() throws {
    try folder.write(Array(repeating: 1, count: 5000), to: "store/tile/0/000.p/7")
    let tile = TileCoordinate(kind: .hashes(level: 0), index: 0, width: 7)
    #expect(try contents.file(at: tile, limit: 224)?.count == 225)
    #expect(try contents.file(at: tile, limit: 5000)?.count == 5000)
    #expect(try contents.file(at: tile, limit: 9000)?.count == 5000)
  }
}
