import Crypto
import Findings
import Foundation
import Statements
import TestSupport
import Testing
import TreeLog

@testable import Workspace

/// An `init` that was broken off at one place or another, and is run again.
struct FoundingTests {
  private let folder: TemporaryFolder
  private let notices = Told()
  private let new: NewStore

  init() throws {
    folder = try TemporaryFolder()
    var new = NewStore(client: "acme", organization: "Acme Manufacturing", person: "bo")
    new.origin = "acme/log"
    self.new = new
  }

  private var desk: Desk { Desk(home: Home(path: folder.path("home")), notices: notices) }
  private func make(at name: String = "store") throws -> MadeStore { try desk.make(new, at: folder.path(name)) }
  private var keys: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: desk.home.keys).filter { $0 != ".lock" }.sorted() }
  }

  /// As a crash leaves it before the store has its name: the key is kept, and what was begun is noted.
  private func breakOff() throws -> Digest {
    let key = try SigningKey.generate(.ed25519)
    let chain = KeyChain(desk.home)
    try chain.whileLocked {
      try chain.begin(StartedStore(origin: "acme/log", path: folder.path("store")), with: key.verificationKey.keyID)
      try chain.keep(key, owner: "acme/bo", origin: "acme/log", use: "sign", passphrase: nil)
    }
    try folder.write([1], to: ".store.init-0badcafe/custody.json")
    return key.verificationKey.keyID
  }

  @Test func `what a crash left before the store was there goes, and the same origin can be taken`() throws {
    let left = try breakOff()
    let made = try make()
    #expect(made.checkpoint.origin == "acme/log" && made.keyID != left)
    #expect(try keys == ["\(made.keyID.hex).json", "\(made.keyID.hex).pem"])
    let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(beside.sorted() == ["home", "store"])
  }

  @Test func `a store that a crash left without memory is taken up, and is not made twice`() throws {
    let made = try make()
    let chain = KeyChain(desk.home)
    try chain.begin(StartedStore(origin: "acme/log", path: folder.path("store")), with: made.keyID)
    try folder.remove("home/trust")
    let again = try make()
    #expect(again.keyID == made.keyID && again.checkpoint == made.checkpoint && again.path == made.path)
    #expect(try TrustMemory(desk.home).record(of: "acme/log")?.size == made.checkpoint.size)
    #expect(try keys == ["\(made.keyID.hex).json", "\(made.keyID.hex).pem"])
    #expect(notices.said.contains { $0.contains("an earlier run made this store") })
    // That was that: the name is taken now.
    #expect(failure { _ = try make() }?.code == .cannotCreate)
  }

  @Test func `no key is given up whose store may be elsewhere`() throws {
    let made = try make()
    let chain = KeyChain(desk.home)
    try folder.remove("home/trust")
    try chain.begin(StartedStore(origin: "acme/log", path: folder.path("store")), with: made.keyID)
    // It got another name meanwhile.
    try folder.move("store", to: "renamed")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
    #expect(try chain.all().map(\.keyID) == [made.keyID])
    // Its disk is not there: another folder lies in its place.
    try folder.makeFolder("disk")
    chain.end(made.keyID)
    try folder.move("renamed", to: "disk/store")
    try chain.begin(StartedStore(origin: "acme/log", path: folder.path("disk/store")), with: made.keyID)
    try folder.move("disk", to: "unplugged")
    try folder.makeFolder("disk")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
    #expect(try chain.all().map(\.keyID) == [made.keyID])
  }

  @Test func `one that fails leaves nothing`() throws {
    try folder.write([1], to: "store/file")
    #expect(failure { _ = try make() }?.code == .cannotCreate)
    #expect(try keys.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["home", "store"])
  }

  @Test func `a store that is there and cannot be remembered is told as recorded`() throws {
    try folder.write([1], to: "home/trust")
    #expect(failure { _ = try make() }?.code == .configuration)
    #expect(notices.recordedEntries == 0...1)
    try folder.remove("home/trust")
    #expect(try make().path == folder.path("store"))
  }
}
