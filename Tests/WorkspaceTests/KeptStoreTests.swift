import Crypto
import Findings
import Foundation
import Statements
import Storage
import TestSupport
import Testing
import TreeLog
import Verification

@testable import Workspace

/// A store that a provider keeps from its first day, and that goes to it in one file.
struct KeptStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func desk(_ person: String) -> Desk {
    Desk(home: Home(path: folder.path("homes/\(person.replacing("/", with: "-"))")), person: person)
  }

  private var client: Desk { desk("acme/bo") }
  private var provider: Desk { desk("onsite/jane") }

  /// The client's store, made for the provider to keep.
  private func make(_ change: (inout NewStore) throws -> Void = { _ in }) throws -> MadeStore {
    let card = folder.path("jane.card")
    if !FileManager.default.fileExists(atPath: card) {
      _ = try provider.make(NewKey(owner: "onsite/jane", origin: "acme/log"), card: card)
    }
    var new = NewStore(client: "acme", organization: "Acme", person: "bo")
    new.keeper = StoreKeeper(card: card, output: folder.path("acme.tar"))
    try change(&new)
    return try client.make(new, at: folder.path("acme"))
  }

  @Test func `the provider's card says which log it is, and the provider goes on from the file`() throws {
    let made = try make()
    #expect(made.checkpoint.origin == "acme/log" && made.checkpoint.size == 4 && made.keeper?.member == "onsite/jane")
    let received = try provider.receive(folder.path("acme.tar"), at: folder.path("kept"))
    #expect(received.checkpoint == made.checkpoint && received.appender == "onsite/jane" && received.keptBy == nil)
    let file = try folder.write([1], to: "a.txt")
    let store = try provider.open(received.path)
    let result = try provider.submit([file], EvidenceDetails(controls: ["backup-recovery"]), to: store)
    #expect(result.checkpoint.size == 5)
    #expect(try provider.verify(received.path).isSound)
  }

  @Test func `nothing is appended to the copy that stays, and offers are made from it`() throws {
    let made = try make()
    let file = try folder.write([1], to: "a.txt")
    let details = EvidenceDetails(controls: ["backup-recovery"])
    let refused = failure { _ = try client.submit([file], details, to: client.open(made.path)) }
    #expect(refused?.code == .configuration && refused?.message.contains("kept by 'onsite'") == true)
    var write = WriteOptions()
    write.offer = folder.path("a.offer")
    _ = try client.submit([file], details, to: client.open(made.path), write)
    #expect(try client.open(made.path).checkpoint == made.checkpoint)
  }

  @Test func `what does not fit is refused before anything is made`() throws {
    for change: (inout NewStore) throws -> Void in [
      { $0.origin = "acme/other" }, { $0.keeper?.card = folder.path("none.card") },
      { $0.keeper?.output = folder.path("none/acme.tar") }, { $0.client = "onsite" },
    ] {
      #expect(failure { _ = try make(change) } != nil)
      #expect(!FileManager.default.fileExists(atPath: folder.path("acme")))
      #expect(try KeyChain(client.home).all().isEmpty)
    }
  }

  @Test func `an earlier run that was broken off is gone on with`() throws {
    let made = try make()
    let held = try #require(try KeyChain(client.home).all().first)
    try KeyChain(client.home).note(held, founding: FoundingPlace(path: folder.path("acme")))
    try folder.remove("acme.tar")
    let again = try make()
    #expect(again.checkpoint == made.checkpoint && again.keeper?.member == "onsite/jane")
    #expect(try provider.receive(folder.path("acme.tar"), at: folder.path("kept")).checkpoint == made.checkpoint)
  }

  @Test func `of a store that is not sound nothing is unpacked`() throws {
    _ = try make()
    var bytes = try #require(FileManager.default.contents(atPath: folder.path("acme.tar")))
    // In the catalog's text.
    let text = try #require(bytes.range(of: Data("Backup".utf8)))
    bytes[text.lowerBound] ^= 1
    try bytes.write(to: URL(filePath: folder.path("bad.tar")))
    let refused = failure { _ = try provider.receive(folder.path("bad.tar"), at: folder.path("kept")) }
    #expect(refused?.code == .answerNo && refused?.message.contains("not sound") == true)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).filter { $0.contains("kept") }
    #expect(left == [])
    #expect(try TrustMemory(provider.home).record(of: "acme/log") == nil)
  }

  @Test func `a file cut off anywhere is refused, and leaves nothing`() throws {
    _ = try make()
    let bytes = try #require(FileManager.default.contents(atPath: folder.path("acme.tar")))
    // The last two blocks of zeros end the archive, and are not missed.
    for length in stride(from: 0, to: bytes.count - 1536, by: 3001) {
      try bytes.prefix(length).write(to: URL(filePath: folder.path("cut.tar")))
      #expect(failure { _ = try provider.receive(folder.path("cut.tar"), at: folder.path("kept")) } != nil, "\(length)")
      #expect(!FileManager.default.fileExists(atPath: folder.path("kept")))
    }
  }

  @Test func `an older copy than was seen is not gone on from`() throws {
    let made = try make()
    let first = try provider.receive(folder.path("acme.tar"), at: folder.path("kept"))
    let file = try folder.write([1], to: "a.txt")
    _ = try provider.submit(
      [file], EvidenceDetails(controls: ["backup-recovery"]), to: provider.open(first.path))
    let refused = failure { _ = try provider.receive(folder.path("acme.tar"), at: folder.path("again")) }
    #expect(refused?.code == .answerNo && refused?.message.contains("older than what you have seen") == true)
    // To the client, who has seen no more, it is the newest; and still kept by another.
    let own = try client.receive(folder.path("acme.tar"), at: folder.path("copy"))
    #expect(own.checkpoint == made.checkpoint && own.keptBy == "onsite")
    #expect(try client.receive(folder.path("acme.tar"), at: folder.path("own"), isToKeep: true).keptBy == nil)
  }
}
