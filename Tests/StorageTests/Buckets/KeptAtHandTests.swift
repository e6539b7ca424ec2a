import BucketSupport
import Crypto
import Foundation
import RemoteWire
import TestSupport
import Testing
import TreeLog

@testable import Storage

/// What is kept at hand of a store elsewhere: only what is right, only for its user, and not for ever.
struct KeptAtHandTests {
  private func read(_ host: any StoreHost, _ world: BucketBuilder, authenticating: Bool) throws {
    let contents = BucketContents(host, layout: try world.layout())
    let head = try #require(try contents.checkpoint())
    let tree = try UnverifiedCheckpoint(parsing: head).tree
    let reader = LogReader(contents: contents, size: tree.size, root: tree.root)
    var growth = CompactRange()
    try reader.entries(in: 0..<tree.size, authenticating: authenticating) { _, entry in
      growth.append(MerkleHash.leaf(entry))
    }
    guard growth.root == tree.root else { throw Wrong() }
  }

  private struct Wrong: Error {}

  @Test(arguments: [true, false]) func `a byte that was wrong once is not kept`(_ authenticating: Bool) throws {
    for spoilt in ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"] {
      let world = try BucketBuilder()
      try world.create(entries: 300)
      let bad = WatchedHost(world.bucket) { request, ask in
        var answer = try ask()
        if request.wire.name == spoilt, !answer.body.isEmpty { answer.body[answer.body.count / 2] ^= 1 }
        return answer
      }
      let error = #expect(throws: (any Error).self) {
        try read(bad, world, authenticating: authenticating)
        if !spoilt.contains("entries"), !authenticating { throw Wrong() }
      }
      #expect(error != nil)
      try read(world.bucket, world, authenticating: authenticating)
      try read(world.bucket, world, authenticating: true)
    }
  }

  @Test func `what is at hand is its user's alone`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 300)
    try read(world.bucket, world, authenticating: true)
    let objects = ObjectStore(layout: try world.layout())
    let staged = try objects.stage(bytes: [1, 2, 3])
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    let kept = try world.layout().root + "/kept"
    #expect(try mode(kept) == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: kept)
    #expect(!names.isEmpty)
    for name in names { #expect(try mode("\(kept)/\(name)") == 0o600) }
    #expect(try mode(staged.path) == 0o600)
    #expect(try mode(StoreLayout.parent(staged.path)) == 0o700)
  }

  @Test func `what a process left that was killed goes with the next look, and not what one holds`() throws {
    let world = try BucketBuilder()
    try world.create(entries: 3)
    let inbox = try world.layout().inbox
    let held = ObjectStore(layout: try world.layout())
    let staged = try held.stage(bytes: [1, 2, 3])
    try FileManager.default.createDirectory(atPath: "\(inbox)/.staging-dead", withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: "\(inbox)/.staging-dead/1"))
    try read(world.bucket, world, authenticating: true)
    #expect(!FileManager.default.fileExists(atPath: "\(inbox)/.staging-dead"))
    #expect(FileManager.default.fileExists(atPath: staged.path))
  }
}
