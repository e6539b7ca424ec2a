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
    #expect(early?.code == .notEntitled && early?.message.contains("not added to this store yet") == true)
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
    let read = try KeySheet(reading: text, from: "page", owner: nil, origin: nil, use: nil)
    #expect((read.owner, read.origin, read.pem) == (sheet.owner, sheet.origin, sheet.pem) && read.use == .recovery)
    #expect(read.keyID == key.verificationKey.keyID)
    let bare = String(decoding: try key.pem(), as: UTF8.self)
    #expect(
      failure { _ = try KeySheet(reading: bare, from: "page", owner: nil, origin: nil, use: nil) }?.code == .usage)
    let told = try KeySheet(reading: bare, from: "page", owner: "acme/bo", origin: "acme/01234567", use: nil)
    #expect(told.use == .sign && told.owner == "acme/bo" && told.pem == sheet.pem)
    #expect(
      failure { _ = try KeySheet(reading: "no key", from: "page", owner: "a/b", origin: "a/b", use: nil) }?.code
        == .malformedInput)
  }

  /// A page with one letter of its key mistyped, which gives another key as good as the right one.
  private func mistyped(_ text: String) throws -> String {
    let start = try #require(text.firstRange(of: "PRIVATE KEY-----\n")).upperBound
    // Behind the head of the encoding, where every letter is as good as every other.
    let place = text.index(start, offsetBy: 40)
    return text[..<place] + (text[place] == "A" ? "B" : "A") + text[text.index(after: place)...]
  }

  @Test func `a key that was mistyped is held against its page, and against the store that knows the right one`() throws
  {
    let office = try Office()
    let desk = office.desk("acme/bo")
    let origin = try office.store().origin
    let page = office.folder.path("recovery.txt")
    let card = office.folder.path("recovery.card")
    let new = NewKey(owner: "acme", origin: origin, use: .recovery)
    let keyID = try desk.makePage(new, card: card, page: page)
    #expect(try !KeyChain(desk.home).all().contains { $0.keyID == keyID })
    let place = SigningPlace(try office.store(), signer: try office.store().signer())
    let event = try Joining(role: .contributor).event(for: try KeyCard.read(card, origin: origin), at: place)
    _ = try Writing.perform(.member(event), at: place, WriteOptions())

    let text = try #require(String(data: try Data(contentsOf: URL(filePath: page)), encoding: .utf8))
    let wrong = try office.write(try mistyped(text), to: "wrong.txt")
    let elsewhere = office.desk("elsewhere")
    let told = failure {
      _ = try elsewhere.importKey(wrong, owner: nil, origin: nil, use: nil, beside: nil)
    }
    #expect(told?.code == .malformedInput && told?.message.contains(keyID.hex) == true)
    // Of a bare key only the store knows better.
    let pem = try #require(text.firstRange(of: "-----BEGIN")).lowerBound
    let bare = try office.write(try mistyped(String(text[pem...])), to: "bare.pem")
    let store = try office.store("elsewhere")
    let known = failure {
      _ = try elsewhere.importKey(bare, owner: "acme", origin: nil, use: .recovery, beside: store)
    }
    #expect(known?.code == .malformedInput && known?.message.contains(keyID.hex) == true)
    #expect(try KeyChain(elsewhere.home).all().isEmpty)
    // The right one is taken, whose store is at hand: nothing has to be said of it.
    let right = try office.write(String(text[pem...]), to: "right.pem")
    let imported = try elsewhere.importKey(right, owner: "acme", origin: nil, use: .recovery, beside: store)
    #expect(imported.keyID == keyID && imported.wasCompared && imported.sheet.origin == origin)
  }

  @Test(arguments: [
    ("5099d7af54e93b6a", true), ("5099 D7AF:54e9-3b6a", true), ("5099d7af54e93b6", false), ("5099d7af54e93b6g", false),
    ("5099d7af54e93b6b", false),
  ])
  func `a key id is read as people write it, and compared digit by digit`(text: String, matches: Bool) throws {
    let key = try #require(Digest(hex: "5099d7af54e93b6a" + String(repeating: "0", count: 48)))
    #expect(((try? Fingerprint(reading: text))?.matches(key) ?? false) == matches)
  }

  @Test func `who has left is told so, and not to be added again`() throws {
    let office = try Office()
    try office.join("acme/kim")
    let store = try office.store()
    _ = try Writing.perform(
      .member(MemberEvent(event: .leave, member: "acme/kim")), at: SigningPlace(store, signer: try store.signer()),
      WriteOptions())
    let told = failure { _ = try office.store("acme/kim").signer() }
    #expect(told?.message.contains("acme/kim has left, by entry \(store.checkpoint.size)") == true)
    #expect(told?.code == .notEntitled && told?.hint == nil)
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
