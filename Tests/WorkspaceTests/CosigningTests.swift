import Crypto
import Findings
import Foundation
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
