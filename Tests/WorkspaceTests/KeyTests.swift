import Crypto
import Findings
import Foundation
import Statements
import TestSupport
import Testing

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

  @Test func `a note that cannot be read locks out its own key and no other`() throws {
    let office = try Office()
    let origin = try office.store().origin
    let chain = KeyChain(office.desk().home)
    let other = try SigningKey.generate(.ed25519)
    try chain.keep(other, owner: "other/bo", origin: "other/00000000", use: "sign", passphrase: nil)
    let note = "\(office.desk().home.keys)/\(other.verificationKey.keyID.hex).json"
    try Data("{\"owner\":".utf8).write(to: URL(filePath: note))
    #expect(try office.store().signer().member == "acme/bo")
    #expect(office.notices.warned.contains { $0.contains(note) })
    #expect(try chain.damagedNotes() == [note])
    // Whose key it was is not known: so it may be the one that is asked for.
    let asked = failure { _ = try chain.pick(person: nil, origin: "other/00000000", isLive: { _ in true }) }
    #expect(asked?.code == .configuration && asked?.message.contains(note) == true)
    #expect(failure { _ = try chain.pick(person: "acme/lee", origin: origin, isLive: { _ in true }) } == asked)
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
}
