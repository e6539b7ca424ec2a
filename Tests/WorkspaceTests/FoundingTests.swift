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
  private var chain: KeyChain { KeyChain(desk.home) }
  private func make(at name: String = "store") throws -> MadeStore { try desk.make(new, at: folder.path(name)) }
  private func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).filter { $0 != ".lock" }.sorted()
  }

  /// As a crash leaves it: the key is noted as that of a store that may not be there.
  private func breakOff(_ key: Digest, at name: String) throws {
    let held = try #require(try chain.all().first { $0.keyID == key })
    try chain.note(held, founding: FoundingPlace(path: folder.path(name)))
    try folder.remove("home/trust")
  }

  @Test func `what a crash left before the store was there is gone on with`() throws {
    let key = try SigningKey.generate(.ed25519)
    try chain.keep(
      key, owner: "acme/bo", origin: "acme/log", use: "sign", founding: FoundingPlace(path: folder.path("store")),
      passphrase: nil)
    try folder.write([1], to: ".store.init-0badcafe/custody.json")
    try folder.write([1], to: "home/keys/00.pem.0123456789ab.new")
    let made = try make()
    #expect(made.checkpoint.origin == "acme/log" && made.keyID == key.verificationKey.keyID)
    #expect(try chain.all().map(\.founding) == [nil])
    #expect(try names(in: "home/keys") == ["\(made.keyID.hex).json", "\(made.keyID.hex).pem"])
    #expect(try names(in: "") == ["home", "store"])
  }

  @Test func `a store that a crash left without memory is taken up, and is not made twice`() throws {
    let made = try make()
    try breakOff(made.keyID, at: "store")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
    let again = try make()
    #expect(again.keyID == made.keyID && again.checkpoint == made.checkpoint && again.path == made.path)
    #expect(try TrustMemory(desk.home).record(of: "acme/log")?.size == made.checkpoint.size)
    #expect(notices.said.contains { $0.contains("an earlier run made this store") })
    // That was that: the name is taken now, whatever is forgotten.
    #expect(failure { _ = try make() }?.code == .cannotCreate)
    try folder.remove("home/trust")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
  }

  @Test func `no log is begun anew whose store may be elsewhere`() throws {
    let made = try make()
    try breakOff(made.keyID, at: "store")
    // It got another name meanwhile.
    try folder.move("store", to: "renamed")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
    // Its disk is not there.
    try folder.makeFolder("disk")
    try folder.move("renamed", to: "disk/store")
    try chain.note(
      try #require(try chain.all().first), founding: FoundingPlace(path: folder.path("disk/store")))
    try folder.move("disk", to: "unplugged")
    #expect(failure { _ = try make(at: "other") }?.code == .cannotCreate)
    var unnamed = new
    unnamed.origin = nil
    #expect(try desk.make(unnamed, at: folder.path("other")).checkpoint.origin != "acme/log")
  }

  @Test func `a recovery key on paper outlives a broken run`() throws {
    var new = new
    new.recoverySheet = folder.path("page")
    let made = try desk.make(new, at: folder.path("store"))
    // Before the rename: the page and the key are there.
    try breakOff(made.keyID, at: "store")
    try folder.remove("store")
    let page = folder.read("page")
    let again = try desk.make(new, at: folder.path("store"))
    #expect(again.recoveryKeyID == made.recoveryKeyID && made.recoveryKeyID != nil)
    #expect(folder.read("page") == page)
  }

  @Test func `one that fails leaves nothing`() throws {
    try folder.write([1], to: "store/file")
    #expect(failure { _ = try make() }?.code == .cannotCreate)
    #expect(try names(in: "home/keys").isEmpty)
    #expect(try names(in: "") == ["home", "store"])
  }

  @Test func `a store that is there and cannot be remembered is told as recorded`() throws {
    try folder.write([1], to: "home/trust")
    #expect(failure { _ = try make() }?.code == .configuration)
    #expect(notices.recordedEntries == 0...1)
    try folder.remove("home/trust")
    #expect(try make().path == folder.path("store"))
  }
}
