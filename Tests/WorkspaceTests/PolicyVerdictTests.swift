import Crypto
import Findings
import Testing
import TreeLog

@testable import Workspace

/// Whose word counts, and how often, where the lines below a checkpoint are made to be counted twice.
struct PolicyVerdictTests {
  private static let origin = "example.com/log"

  private func key(_ text: String) throws -> SigningKey { try SigningKey(ed25519Seed: SHA256.hash(text).bytes) }

  private func verdict(_ policy: String, _ lines: [SignedNote.Signature]) throws -> PolicyVerdict {
    let log = try key("log")
    let own = try SignedNote.sign(text, name: Self.origin, with: log)
    let head = "log \(NoteKey(log: log.verificationKey, name: Self.origin).text)\n"
    return PolicyVerdict(
      try WitnessPolicy(parsing: Array((head + policy).utf8)),
      SignedNote(text: own.text, signatures: own.signatures + lines))
  }

  private var text: [UInt8] { Checkpoint(origin: Self.origin, size: 3, root: SHA256.hash("x")).text }

  private func line(_ seed: String, _ name: String, time: Int = 1_700_000_000) throws -> SignedNote.Signature {
    try #require(try Cosignature.sign(text, name: name, time: time, with: key(seed)))
  }

  private func verifier(_ seed: String, _ name: String) throws -> NoteKey {
    try #require(NoteKey(witness: key(seed).verificationKey, name: name))
  }

  @Test func `a witness that signs twice counts once`() throws {
    let policy = """
      witness one \(try verifier("one", "one.example").text)
      witness two \(try verifier("two", "two.example").text)
      group both 2 one two
      quorum both

      """
    let once = try line("one", "one.example")
    // At another time, and under another name: neither is a second witness.
    let again = try line("one", "one.example", time: 1_700_000_001)
    let renamed = try line("one", "two.example")
    let verdict = try verdict(policy, [once, again, renamed])
    #expect(!verdict.isMet && verdict.witnesses == ["one"] && verdict.findings.map(\.code) == [.quorumUnmet])
    let met = try self.verdict(policy, [once, try line("two", "two.example")])
    #expect(met.isMet && met.witnesses == ["one", "two"] && met.findings.isEmpty && met.quorum == "both")
  }

  /// Two keys whose ids under one name are the same four bytes, 8958a516, as a search found them.
  @Test func `a witness whose key id is another's has no word of the other's`() throws {
    let (first, second) = ("witness 100589", "witness 110860")
    let name = "witness.example"
    let ids = try [first, second].map { try verifier($0, name).hexID }
    try #require(ids == ["8958a516", "8958a516"])
    let policy = """
      witness honest \(try verifier(first, name).text)
      witness double \(try verifier(second, name).text)

      """
    for (signer, title) in [(first, "honest"), (second, "double")] {
      let one = try verdict(policy + "group any-of any honest double\nquorum any-of\n", [line(signer, name)])
      #expect(one.isMet && one.witnesses == [title])
      let both = try verdict(policy + "group both all honest double\nquorum both\n", [line(signer, name)])
      #expect(!both.isMet && both.witnesses == [title])
    }
    let other = try verdict(policy + "quorum honest\n", [line(second, name)])
    #expect(!other.isMet && other.witnesses == ["double"] && other.reason?.hasSuffix("cosigned by double") == true)
    // Under that id, and of neither.
    let forged = SignedNote.Signature(
      name: name, keyID: try verifier(first, name).id, bytes: try line("three", name).bytes)
    #expect(try verdict(policy + "quorum honest\n", [forged]).reason?.contains("does not hold") == true)
  }

  @Test func `a checkpoint that the log of the policy has not signed meets nothing`() throws {
    let text = Checkpoint(origin: "example.com/other", size: 3, root: SHA256.hash("x")).text
    let note = try SignedNote.sign(text, name: "example.com/other", with: key("log"))
    let head = "log \(NoteKey(log: try key("log").verificationKey, name: Self.origin).text)\nquorum none\n"
    let verdict = PolicyVerdict(try WitnessPolicy(parsing: Array(head.utf8)), note)
    #expect(!verdict.isMet && verdict.findings.first?.message.contains("'example.com/other'") == true)
  }
}
