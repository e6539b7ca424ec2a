import Crypto
import Findings
import Foundation
import Statements
import TestSupport
import Testing
import TreeLog

@testable import Workspace

struct KeyTests {
  @Test func `a key joins by its card, and speaks from then on`() throws {
    let office = try Office()
    let file = try office.write("x", to: "x.txt")
    let store = try office.store()
    let card = office.folder.path("kim.card")
    _ = try office.desk("acme/kim").make(NewKey(owner: "acme/kim", origin: store.origin), card: card)
    // Not added yet.
    let early = failure { _ = try office.store("acme/kim").signer() }
    #expect(early?.code == .notEntitled && early?.message.contains("not added yet") == true)
    try office.join("acme/kim")
    let result = try office.desk("acme/kim").submit(
      [file], EvidenceDetails(controls: ["1.1"]), to: office.store("acme/kim"))
    #expect(try EntryListing(office.store()).entry(result.entries[0]).signer == "acme/kim")
  }

  @Test func `whose key signs has to be said where several are held, and one alone is taken`() throws {
    let office = try Office()
    let origin = try office.store().origin
    #expect(try Desk(home: office.desk().home).open(office.folder.path("store")).signer().member == "acme/bo")
    let chain = KeyChain(office.desk().home)
    try chain.keep(try SigningKey.generate(.ed25519), owner: "acme/sam", origin: origin, use: "sign", passphrase: nil)
    let pick = { (person: String?) in try chain.pick(person: person, origin: origin, isLive: { _ in true }).owner }
    #expect(failure { _ = try pick(nil) }?.code == .usage)
    #expect(try pick("sam") == "acme/sam" && pick("acme/bo") == "acme/bo")
    #expect(failure { _ = try pick("acme/lee") }?.code == .notEntitled)
  }

  @Test func `a key that was encrypted opens with its passphrase alone`() throws {
    let office = try Office()
    let home = Home(path: office.folder.path("homes/lee"))
    let origin = try office.store().origin
    let card = office.folder.path("lee.card")
    _ = try Desk(home: home, passphrase: "open sesame").make(
      NewKey(owner: "acme/lee", origin: origin), card: card)
    let open = { (passphrase: String?) in
      _ = try Signatory.pick(at: Desk(home: home, passphrase: passphrase), origin: origin, isLive: { _ in true })
    }
    #expect(failure { try open("open sesame") } == nil)
    #expect(failure { try open("sesame") }?.code == .configuration)
    #expect(failure { try open(nil) }?.code == .configuration)
  }

  @Test func `a card for another store, or changed on the way, is refused`() throws {
    let office = try Office()
    let origin = try office.store().origin
    let path = office.folder.path("kim.card")
    _ = try office.desk("acme/kim").make(NewKey(owner: "acme/kim", origin: origin, name: "Kim"), card: path)
    #expect(try KeyCard.read(path, origin: origin).member == "acme/kim")
    #expect(failure { _ = try KeyCard.read(path, origin: "other/01234567") }?.code == .malformedInput)
    var card = try KeyCard.read(path, origin: origin)
    card.member = "acme/eve"
    try office.folder.write(try card.bytes, to: "kim.card")
    #expect(failure { _ = try KeyCard.read(path, origin: origin) }?.message.contains("does not hold") == true)
  }

  @Test func `a damaged note hides its own key and no other`() throws {
    let office = try Office()
    let origin = try office.store().origin
    try office.folder.write(Array("{".utf8), to: "homes/bo/keys/00.json")
    let home = Home(path: office.folder.path("homes/bo"))
    let chain = KeyChain(home)
    try chain.keep(try SigningKey.generate(.ed25519), owner: "acme/bo", origin: origin, use: "sign", passphrase: nil)
    #expect(try chain.all().map(\.owner) == ["acme/bo"])
    #expect(try chain.damagedNotes().map { $0.hasSuffix("/00.json") } == [true])
    let lost = failure { _ = try chain.pick(person: "acme/lee", origin: origin, isLive: { _ in true }) }
    #expect(lost?.code == .configuration && lost?.message.contains("00.json") == true)
  }

  @Test func `a card that cannot be written leaves no key behind`() throws {
    let office = try Office()
    let origin = try office.store().origin
    let home = office.desk("acme/kim").home
    let new = NewKey(owner: "acme/kim", origin: origin)
    let failed = failure { _ = try office.desk("acme/kim").make(new, card: office.folder.path("nowhere/kim.card")) }
    #expect(failed?.code == .cannotCreate)
    #expect(try KeyChain(home).all().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.keys) == [".lock"])
  }

  @Test func `a folder of keys that cannot be listed is no empty one`() throws {
    let office = try Office()
    try office.folder.write([1], to: "homes/odd/keys")
    let chain = KeyChain(Home(path: office.folder.path("homes/odd")))
    #expect(failure { _ = try chain.all() }?.code == .configuration)
  }

  @Test func `a key on paper says what it is, and a bare one has to be told`() throws {
    let key = try SigningKey.generate(.ed25519)
    let sheet = KeySheet(owner: "acme", origin: "acme/01234567", use: .recovery, pem: try key.pem())
    let text = sheet.text(keyID: key.verificationKey.keyID, day: try #require(Day("2026-02-01")))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try KeySheet(reading: text, from: "page", owner: nil, origin: nil, use: nil) == sheet)
    let bare = String(decoding: try key.pem(), as: UTF8.self)
    #expect(
      failure { _ = try KeySheet(reading: bare, from: "page", owner: nil, origin: nil, use: nil) }?.code == .usage)
    let told = try KeySheet(reading: bare, from: "page", owner: "acme/bo", origin: "acme/01234567", use: nil)
    #expect(told.use == .sign && told.owner == "acme/bo" && told.pem == sheet.pem)
    #expect(
      failure { _ = try KeySheet(reading: "no key", from: "page", owner: "a/b", origin: "a/b", use: nil) }?.code
        == .malformedInput)
  }

  @Test func `a private key of the store's is never evidence, whatever it is called and whatever stands around it`()
    throws
  {
    let office = try Office()
    let home = office.desk("acme/bo").home
    let held = try #require(try KeyChain(home).all().first { $0.owner == "acme/bo" })
    let pem = try #require(FileManager.default.contents(atPath: held.path))
    let stranger = try SigningKey.generate(.ed25519).pem()
    func submit(_ bytes: [UInt8]) throws -> Failure? {
      let file = try office.folder.write(bytes, to: "holiday.jpg")
      return failure {
        _ = try office.desk("acme/bo").submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store())
      }
    }
    let size = try office.store().checkpoint.size
    for bytes in [Array(pem), Array("A page.\n\n".utf8) + pem] {
      #expect(try submit(bytes)?.message.contains("the private key of acme/bo") == true)
    }
    #expect(try office.store().checkpoint.size == size)
    #expect(try submit(stranger) == nil)
  }
}
