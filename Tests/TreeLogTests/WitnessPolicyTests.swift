import Crypto
import Testing
import TreeLog

struct WitnessPolicyTests {
  private static let origin = "example.com/log"
  private let logKey: SigningKey
  private let witnessKeys: [SigningKey]

  init() throws {
    logKey = try SigningKey.generate(.ed25519)
    witnessKeys = try (0..<3).map { _ in try SigningKey.generate(.ed25519) }
  }

  private var log: String { "log \(NoteKey(log: logKey.verificationKey, name: Self.origin).text)\n" }

  private func vkey(_ index: Int, name: String? = nil) throws -> String {
    try #require(NoteKey(witness: witnessKeys[index].verificationKey, name: name ?? "w\(index).example")).text
  }

  private func witness(_ index: Int) throws -> String { "witness W\(index) \(try vkey(index))\n" }

  private func policy(_ text: String) throws -> WitnessPolicy { try WitnessPolicy(parsing: Array(text.utf8)) }

  private func fault(_ text: String) -> WitnessPolicyError? {
    do throws(WitnessPolicyError) {
      _ = try WitnessPolicy(parsing: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  private func note(by witnesses: [Int], signedBy key: SigningKey? = nil) throws -> SignedNote {
    let text = Checkpoint(origin: Self.origin, size: 3, root: SHA256.hash("x")).text
    let own = try SignedNote.sign(text, name: Self.origin, with: key ?? logKey)
    let lines = try witnesses.map {
      try #require(try Cosignature.sign(text, name: "w\($0).example", time: 1_700_000_000, with: witnessKeys[$0]))
    }
    return SignedNote(text: text, signatures: own.signatures + lines)
  }

  @Test func `a quorum is met by as many as it asks for, whoever they are`() throws {
    let all = try log + witness(0) + witness(1) + witness(2)
    let two = try policy(all + "group G 2 W0 W1 W2\nquorum G\n")
    guard case .met(let tree, let by) = two.judge(note: try note(by: [0, 2])) else {
      Issue.record("two of three are enough")
      return
    }
    #expect(tree.size == 3 && by == [0, 2])
    guard case .unmet(_, let few) = two.judge(note: try note(by: [1])) else {
      Issue.record("one of two is not enough")
      return
    }
    #expect(few == [1] && two.demand == "2 of W0, W1, W2")
    let nested = try policy(all + "group A any W0 W1\n \tgroup B all A W2 \n# a remark\n\nquorum B\n")
    #expect(nested.isMet(by: [1, 2]) && !nested.isMet(by: [0, 1]) && !nested.isMet(by: [2]))
    #expect(try policy(log + "quorum none\n").judge(note: try note(by: [])) == .met(tree, witnesses: []))
  }

  @Test func `a checkpoint of another log, or with a broken line, is nobody's word`() throws {
    let one = try policy(log + witness(0) + "quorum W0\n")
    let other = try SigningKey.generate(.ed25519)
    #expect(one.judge(note: try note(by: [0], signedBy: other)) == .unknownLog(Self.origin))
    var broken = try note(by: [0])
    let last = try #require(broken.signatures.last)
    let bytes = last.bytes.dropLast() + [(last.bytes.last ?? 0) ^ 1]
    let line = SignedNote.Signature(name: last.name, keyID: last.keyID, bytes: Array(bytes))
    broken = SignedNote(text: broken.text, signatures: [broken.signatures[0], line])
    #expect(one.judge(note: broken) == .broken("w0.example"))
    // A stranger's line is passed over.
    guard case .met = one.judge(note: try note(by: [0, 1])) else {
      Issue.record("a stranger beside the witness changes nothing")
      return
    }
  }

  @Test func `what could be read in two ways, or counts a word twice, is refused with its line`() throws {
    let head = try log + witness(0) + witness(1)
    let rows: [(text: String, line: Int?)] = [
      (head, nil), (head + "quorum W0", 4), (head + "quorum W9\n", 4), (head + "quorum W0\nquorum W1\n", 5),
      (head + "group G any W0 W9\nquorum G\n", 4), (head + "group G any H\ngroup H any W0\nquorum G\n", 4),
      (head + "group G 2 W0 W0\nquorum G\n", 4), (head + "group G any W0\ngroup H any W0\nquorum G\n", 5),
      (head + "group G 3 W0 W1\nquorum G\n", 4), (head + "group G 0 W0 W1\nquorum G\n", 4),
      (head + "group G 01 W0 W1\nquorum G\n", 4), (head + "group G all\nquorum G\n", 4),
      (head + "group none any W0\nquorum none\n", 4), (head + "witness W0 \(try vkey(2))\nquorum W0\n", 4),
      (head + "witness W3 \(try vkey(0, name: "other.example"))\nquorum W3\n", 4),
      (head + "witness W3 \(NoteKey(log: witnessKeys[2].verificationKey, name: "x").text)\nquorum W3\n", 4),
      (head + "log \(try vkey(2))\nquorum W0\n", 4), (head + log + "quorum W0\n", 4),
      (head + "log \(NoteKey(log: witnessKeys[0].verificationKey, name: "x").text)\nquorum W0\n", 4),
      (head + "quorum W0 W1\n", 4), (head + "quorums W0\n", 4), (head + "quorum W0\r\n", 4),
      (head + "witness W3 x+00000000+BA==\nquorum W0\n", 4),
    ]
    for row in rows {
      let found = fault(row.text)
      #expect(found != nil && found?.line == row.line, "\(row.text): \(found?.description ?? "read")")
    }
  }

  @Test func `a witness with a key of a kind to come is read, and never counts`() throws {
    let body: [UInt8] = [6] + [UInt8](repeating: 7, count: 1312)
    let id = SHA256.hash(Array("later.example\n".utf8) + body).hex.prefix(8)
    let later = "witness L later.example+\(id)+\(Base64.encode(body))\n"
    let policy = try policy(log + later + witness(0) + "group G any L W0\nquorum G\n")
    #expect(policy.witnesses.count == 2 && policy.witnesses[0].key == nil)
    guard case .met(_, let by) = policy.judge(note: try note(by: [0])) else {
      Issue.record("the other witness is enough")
      return
    }
    #expect(by == [1])
  }
}
