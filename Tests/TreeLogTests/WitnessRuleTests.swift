import Crypto
import TestSupport
import Testing
import TreeLog

struct WitnessRuleTests {
  @Test func `the steps of a witness's conformance script come out`() throws {
    struct Vectors: Decodable {
      struct Step: Decodable { let name: String; let requestBody: String; let status: Int; let responseBody: String? }
      let origin: String
      let logVkey: String
      let sequence: [Step]
    }
    let vectors: Vectors = try Fixtures.json("vectors/witness-add-checkpoint.json")
    #expect(vectors.sequence.count == 11)
    let key = try #require(NoteKey(text: vectors.logVkey))
    var last: Checkpoint?
    for step in vectors.sequence {
      let answer = WitnessRule.addCheckpoint(Array(step.requestBody.utf8)) { origin in
        origin == vectors.origin ? WitnessRule.Log(keys: [key], last: last) : nil
      }
      #expect(answer.status == step.status, "\(step.name)")
      if case .ok(let checkpoint) = answer { last = checkpoint.tree }
      if case .conflict(let size) = answer { #expect("\(size)\n" == step.responseBody, "\(step.name)") }
    }
    #expect(last?.size == 5)
  }

  private static let origin = "example.com/log"

  private func request(
    old: Int, _ size: Int, root: Digest, proof: [Digest] = [], key: SigningKey
  ) throws -> [UInt8] {
    let text = Checkpoint(origin: Self.origin, size: size, root: root).text
    return AddCheckpointRequest.encode(
      old: old, proof: proof, checkpoint: try SignedNote.sign(text, name: Self.origin, with: key).bytes)
  }

  @Test func `a tree of no entries has one root, and another tree of one size is refused`() throws {
    let key = try SigningKey.generate(.ed25519)
    let log = NoteKey(log: key.verificationKey, name: Self.origin)
    func status(_ bytes: [UInt8], last: Checkpoint? = nil) -> Int {
      WitnessRule.addCheckpoint(bytes) { _ in WitnessRule.Log(keys: [log], last: last) }.status
    }
    #expect(status(try request(old: 0, 0, root: MerkleHash.empty, key: key)) == 200)
    #expect(status(try request(old: 0, 0, root: SHA256.hash("x"), key: key)) == 422)
    let seen = Checkpoint(origin: Self.origin, size: 1, root: SHA256.hash("a"))
    #expect(status(try request(old: 1, 1, root: seen.root, key: key), last: seen) == 200)
    #expect(status(try request(old: 1, 1, root: SHA256.hash("b"), key: key), last: seen) == 422)
    #expect(status(try request(old: 1, 1, root: seen.root, proof: [seen.root], key: key), last: seen) == 422)
    #expect(status(try request(old: 0, 1, root: seen.root, proof: [seen.root], key: key)) == 422)
    #expect(status(try request(old: 2, 1, root: seen.root, key: key)) == 400)
    let other = try SigningKey.generate(.ed25519)
    #expect(status(try request(old: 0, 1, root: seen.root, key: other)) == 403)
  }
}
