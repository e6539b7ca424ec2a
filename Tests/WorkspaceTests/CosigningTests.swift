import Crypto
import Findings
import Foundation
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

@testable import Workspace

struct CosigningTests {
  /// A witness of its own, and a request for the store as it is.
  private func request(_ office: Office, since: Int, _ name: String = "request") throws -> String {
    let path = office.folder.path(name)
    try OutputFile.write(path, try office.store().cosignatureRequest(since: since))
    return path
  }

  private func witness(_ office: Office) throws -> (desk: Desk, key: NoteKey) {
    let desk = office.desk("elsewhere").signing(as: nil)
    let own = Desk(home: desk.home, clock: desk.clock)
    return (own, try own.makeWitness(named: "witness.example/one", output: office.folder.path("one.vkey")))
  }

  private func grow(_ office: Office, _ name: String) throws {
    let file = try office.write("content of \(name)\n", to: "\(name).txt")
    _ = try office.desk().submit([file], EvidenceDetails(controls: ["1.1"]), to: office.store(), WriteOptions())
  }

  @Test func `a request by mail is answered, and the answer is anchored once`() throws {
    let office = try Office()
    let (desk, key) = try witness(office)
    let keys = try office.store().logKeys
    let path = try request(office, since: 0)
    #expect(failure { _ = try Cosigning(at: desk).cosign(requestAt: path, keys: []) }?.code == .answerNo)
    let cosigned = try Cosigning(at: desk).cosign(requestAt: path, keys: keys)
    #expect(cosigned.isFirst && cosigned.witness == key)
    let answer = office.folder.path("answer")
    try OutputFile.write(answer, cosigned.note.bytes)
    let size = try office.store().checkpoint.size
    // Nobody here knows that witness, until it is told.
    #expect(try office.desk().append([answer], to: office.store()).taken[0].refusal != nil)
    let told = try office.desk().append([answer], to: office.store(), witnesses: [key])
    #expect(told.taken.map(\.entry) == [size])
    let again = try office.desk().append([answer], to: office.store(), witnesses: [key])
    #expect(again.taken[0].refusal?.message.contains("in the log already, as entry \(size)") == true)
    #expect(try office.faults().isEmpty)
  }

  /// The rule is held to the whole script elsewhere; here it is what a user gets who has the request in a file.
  @Test func `a witness's conformance script comes out by mail, too`() throws {
    struct Vectors: Decodable {
      struct Step: Decodable { let name: String; let requestBody: String; let status: Int }
      let logVkey: String
      let sequence: [Step]
    }
    let vectors: Vectors = try Fixtures.json("vectors/witness-add-checkpoint.json")
    let office = try Office()
    let (desk, _) = try witness(office)
    let key = try #require(NoteKey(text: vectors.logVkey))
    let path = office.folder.path("step")
    for step in vectors.sequence {
      try OutputFile.write(path, Array(step.requestBody.utf8))
      let refused = failure { _ = try Cosigning(at: desk).cosign(requestAt: path, keys: [key]) }
      let expected: FailureCode? = step.status == 200 ? nil : step.status == 400 ? .malformedInput : .answerNo
      #expect(refused?.code == expected, "\(step.name): \(refused?.message ?? "cosigned")")
    }
  }

  @Test func `a witness remembers, and signs for nothing but an extension`() throws {
    let office = try Office()
    let (desk, _) = try witness(office)
    let keys = try office.store().logKeys
    let first = try request(office, since: 0, "first")
    let size = try office.store().checkpoint.size
    _ = try Cosigning(at: desk).cosign(requestAt: first, keys: keys)
    #expect(
      failure { _ = try Cosigning(at: desk).cosign(requestAt: first, keys: []) }?.message.hasPrefix("you have cosigned")
        == true)
    try grow(office, "a")
    let next = try request(office, since: size, "next")
    let cosigned = try Cosigning(at: desk).cosign(requestAt: next, keys: [])
    #expect(!cosigned.isFirst && cosigned.checkpoint.size == size + 1)
    // What it has signed cannot be read any more: it signs nothing, and forgets nothing.
    let folder = office.folder.path("homes/elsewhere/witness")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".json") })
    try Data("{".utf8).write(to: URL(filePath: "\(folder)/\(file)"))
    #expect(failure { _ = try Cosigning(at: desk).cosign(requestAt: first, keys: keys) }?.code == .configuration)
  }

  /// A second administrator, whose key is revoked, and who then goes on from what the store was before.
  private func rogue(_ office: Office) throws -> (key: NoteKey, store: String, size: Int) {
    try office.join("acme/lee", role: .administrator)
    _ = try office.desk("acme/lee").submit(
      [try office.write("lee's\n", to: "lee.txt")], EvidenceDetails(controls: ["1.1"]), to: office.store("acme/lee"),
      WriteOptions())
    let store = try office.store()
    let lee = try #require(store.keys(named: "acme/lee").first)
    let key = NoteKey(log: try VerificationKey(base64: lee.publicKey), name: store.origin)
    let copy = office.folder.path("rogue")
    try FileManager.default.copyItem(atPath: office.folder.path("store"), toPath: copy)
    return (key, copy, store.checkpoint.size)
  }

  private func revoke(_ key: NoteKey, _ office: Office) throws {
    let store = try office.store()
    _ = try Writing.perform(
      .keyRevocation(KeyRevocation(keyID: key.key.keyID, reason: .stolen)),
      at: SigningPlace(store, signer: try store.signer()), WriteOptions())
  }

  private func goOn(_ store: String, _ office: Office, since: Int, until size: Int) throws -> String {
    let desk = office.desk("acme/lee")
    while try desk.open(store).checkpoint.size < size {
      let file = try office.write("rogue \(try desk.open(store).checkpoint.size)\n", to: "rogue.txt")
      _ = try desk.submit([file], EvidenceDetails(controls: ["1.1"]), to: desk.open(store), WriteOptions())
    }
    let path = office.folder.path("rogue-request")
    try OutputFile.write(path, try desk.open(store).cosignatureRequest(since: since))
    return path
  }

  @Test func `a key that the log has revoked is trusted no more once the log was at hand`() throws {
    let office = try Office()
    let (desk, _) = try witness(office)
    let (key, rogue, size) = try rogue(office)
    _ = try Cosigning(at: desk).cosign(requestAt: request(office, since: 0), keys: [key])
    try revoke(key, office)
    let cosigned = try Cosigning(at: desk).cosign(desk.open(office.folder.path("store")))
    #expect(cosigned.dropped == [key] && cosigned.checkpoint.size == size + 1)
    // What the stolen key signs is nothing to the witness, and the honest log goes on.
    let forged = try goOn(rogue, office, since: 0, until: size + 2)
    #expect(failure { _ = try Cosigning(at: desk).cosign(requestAt: forged, keys: []) }?.code == .answerNo)
    #expect(
      try WitnessMemory(desk.home).record(of: cosigned.checkpoint.origin)?.verifierKeys.contains(key.text) == false)
    try grow(office, "a")
    #expect(try !Cosigning(at: desk).cosign(requestAt: request(office, since: size + 1, "next"), keys: []).isFirst)
  }

  @Test func `a witness far from the store drops a key, and signs for nothing of it until it is said anew`() throws {
    let office = try Office()
    let (desk, _) = try witness(office)
    let (key, rogue, size) = try rogue(office)
    let own = try office.store().logKeys.filter { $0 != key }
    _ = try Cosigning(at: desk).cosign(requestAt: request(office, since: 0), keys: own + [key])
    let forged = try goOn(rogue, office, since: size, until: size + 1)
    let dropped = try Cosigning(at: desk).drop([key])
    #expect(dropped.count == 1 && Set(dropped[0].left) == Set(own))
    let refused = failure { _ = try Cosigning(at: desk).cosign(requestAt: forged, keys: []) }
    #expect(refused?.code == .answerNo && refused?.message.contains("that you dropped on 2026-09-30") == true)
    #expect(try WitnessMemory(desk.home).record(of: key.name)?.droppedKeys?.keys.sorted() == [key.text])
    // It is dropped for a log at hand as well, and one that was never trusted cannot be.
    #expect(failure { _ = try Cosigning(at: desk).cosign(desk.open(rogue)) }?.message.contains("dropped") == true)
    let stranger = NoteKey(log: try SigningKey(ed25519Seed: SHA256.hash("x").bytes).verificationKey, name: key.name)
    #expect(failure { _ = try Cosigning(at: desk).drop([stranger]) }?.code == .inputMissing)
    #expect(try Cosigning(at: desk).cosign(requestAt: forged, keys: [key]).checkpoint.size == size + 1)
  }

  @Test func `a request begins where its witness stands, and with several it is asked which`() throws {
    let office = try Office()
    let (desk, one) = try witness(office)
    let own = Desk(home: office.desk("two").home, clock: desk.clock)
    let two = try own.makeWitness(named: "witness.example/two", output: office.folder.path("two.vkey"))
    #expect(try office.store().requestStart(forWitness: nil) == RequestStart(size: 0, witnesses: []))
    let first = try office.store().checkpoint.size
    func anchor(_ desk: Desk, _ key: NoteKey, since: Int) throws {
      let cosigned = try Cosigning(at: desk).cosign(
        requestAt: request(office, since: since), keys: try office.store().logKeys)
      let path = office.folder.path("answer")
      try OutputFile.write(path, cosigned.note.bytes)
      _ = try office.desk().append([path], to: office.store(), witnesses: [key])
    }
    try anchor(desk, one, since: 0)
    #expect(try office.store().requestStart(forWitness: nil).size == first)
    try anchor(own, two, since: 0)
    let asked = failure { _ = try office.store().requestStart(forWitness: nil) }
    #expect(asked?.code == .usage && asked?.hint?.contains("--witness") == true)
    #expect(try office.store().requestStart(forWitness: "witness.example/two").size == first + 1)
    #expect(failure { _ = try office.store().requestStart(forWitness: "witness.example/no") }?.code == .usage)
  }

  @Test func `two witnesses of one name are two, and it is asked which of their keys`() throws {
    let office = try Office()
    let (desk, one) = try witness(office)
    let own = Desk(home: office.desk("two").home, clock: desk.clock)
    let two = try own.makeWitness(named: one.name, output: office.folder.path("two.vkey"))
    let cosigned = try Cosigning(at: desk).cosign(requestAt: request(office, since: 0), keys: office.store().logKeys)
    let size = cosigned.checkpoint.size
    try OutputFile.write(office.folder.path("answer"), cosigned.note.bytes)
    _ = try office.desk().append([office.folder.path("answer")], to: office.store(), witnesses: [one])
    let other = try Cosigning(at: own).cosign(requestAt: request(office, since: 0), keys: office.store().logKeys)
    try OutputFile.write(office.folder.path("answer"), other.note.bytes)
    _ = try office.desk().append([office.folder.path("answer")], to: office.store(), witnesses: [two])
    // The one whose key it is stands where that key has cosigned, however far the other went.
    for (key, at) in [(one, size), (two, other.checkpoint.size)] {
      for word in ["\(key.name)+\(key.hexID)", key.text] {
        let start = try office.store().requestStart(forWitness: word)
        #expect(start == RequestStart(size: at, witnesses: [key.name]), "\(word)")
      }
    }
    for name in [nil, one.name] {
      let asked = failure { _ = try office.store().requestStart(forWitness: name) }
      #expect(asked?.code == .usage && asked?.message.contains("'\(one.name)+\(one.hexID)' at \(size)") == true)
      #expect(asked?.hint?.contains("--witness '\(one.name)+") == true, "\(asked?.hint ?? "")")
    }
    let empty = failure { _ = try office.store().requestStart(forWitness: "") }
    #expect(empty?.code == .usage && empty?.message.contains("''") == false && empty?.hint?.contains("''") == false)
  }

  @Test func `a line alone is held against the newest trees, and a broken one is refused`() throws {
    let office = try Office()
    let (desk, key) = try witness(office)
    let cosigned = try Cosigning(at: desk).cosign(
      requestAt: request(office, since: 0), keys: try office.store().logKeys)
    try grow(office, "a")
    let line = try #require(cosigned.note.signatures.last?.line)
    let bare = try office.write("\(line)\n", to: "bare")
    let size = try office.store().checkpoint.size
    let taken = try office.desk().append([bare], to: office.store(), witnesses: [key])
    #expect(taken.taken.map(\.entry) == [size])
    let other = Checkpoint(origin: cosigned.checkpoint.origin, size: 1, root: SHA256.hash("x"))
    let forged = office.folder.path("forged")
    try OutputFile.write(forged, SignedNote(text: other.text, signatures: cosigned.note.signatures).bytes)
    #expect(
      try office.desk().append([forged], to: office.store(), witnesses: [key]).taken[0].refusal?.message
        .contains("another log") == true)
  }

  @Test func `what waits is told from what it holds`() {
    #expect(WaitingFile.kind(of: Array(#"{"payload":"e30="}"#.utf8)) == .offer)
    #expect(WaitingFile.kind(of: Array(#"{"scan":1}"#.utf8)) == nil)
    #expect(WaitingFile.kind(of: Array("0x\n1\nAA==\n\n\u{2014} a b\n".utf8)) == .cosignature)
    #expect(WaitingFile.kind(of: Array("\u{2014} a b\n".utf8)) == .cosignature)
    #expect(WaitingFile.kind(of: [0x30, 0x82, 0x01, 0x00, 0x02]) == .token)
    #expect(WaitingFile.kind(of: Array("0 controls\n".utf8)) == nil)
    #expect(WaitingFile.kind(of: []) == nil)
  }
}
