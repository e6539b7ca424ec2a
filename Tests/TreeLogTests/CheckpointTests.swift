import Crypto
import TestSupport
import Testing
import TreeLog

struct CheckpointTests {
  private let root = "f+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0="

  /// A note around a body, with a signature nobody checks.
  private func note(_ body: String) -> [UInt8] {
    Array("\(body)\n\u{2014} k AAAAAAA=\n".utf8)
  }

  @Test func `bodies are taken and refused as the specification says`() throws {
    struct Vectors: Decodable {
      struct Body: Decodable { let body: String; let strict: String }
      let cases: [Body]
    }
    let vectors: Vectors = try Fixtures.json("vectors/checkpoint-bodies.json")
    #expect(vectors.cases.count == 14)
    for body in vectors.cases {
      let parsed = try? UnverifiedCheckpoint(parsing: note(body.body))
      #expect((parsed != nil) == body.strict.hasPrefix("ok"), "\(body.body): \(body.strict)")
      if let parsed { #expect(parsed.extensions == (body.strict.contains("extension") ? ["Extendo"] : [])) }
    }
  }

  @Test func `an origin has 1 to 255 bytes`() {
    let origins: [(String, Bool)] = [
      ("", false), ("a", true), (String(repeating: "a", count: 255), true), (String(repeating: "a", count: 256), false),
      (String(repeating: "\u{e9}", count: 127) + "a", true), (String(repeating: "\u{e9}", count: 128), false),
      ("example log+origin", true),
    ]
    for (origin, isTaken) in origins {
      #expect(((try? UnverifiedCheckpoint(parsing: note("\(origin)\n1\n\(root)\n"))) != nil) == isTaken)
    }
  }

  @Test func `sizes have one spelling`() throws {
    for size in ["00", "01", "+1", " 1", "1 ", "", "0x1", "9223372036854775808", "-0", "1\u{0660}"] {
      #expect(throws: CheckpointSyntaxError.size) { try UnverifiedCheckpoint(parsing: note("o\n\(size)\n\(root)\n")) }
    }
    let largest = try UnverifiedCheckpoint(parsing: note("o\n9223372036854775807\n\(root)\n"))
    #expect(largest.size == Int.max)
    #expect(throws: CheckpointSyntaxError.root) { try UnverifiedCheckpoint(parsing: note("o\n0\n\(root)\n")) }
  }

  @Test func `the text is three lines, and comes back`() throws {
    let key = try SigningKey(ed25519Seed: Array(repeating: 5, count: 32))
    let checkpoint = Checkpoint(origin: "acme/7f3a9c01", size: 9, root: SHA256.hash("root"))
    let signed = try SignedNote.sign(checkpoint.text, name: checkpoint.origin, with: key)
    let parsed = try UnverifiedCheckpoint(parsing: signed.bytes)
    let known = NoteKey(log: key.verificationKey, name: checkpoint.origin)
    let verified = try #require(parsed.verified(by: [known]))
    #expect(verified.checkpoint == checkpoint)
    #expect(verified.signers == [known])
    #expect(parsed.verified(by: []) == nil)
    #expect(parsed.verified(by: [NoteKey(log: key.verificationKey, name: "acme/other")]) == nil)
    let stranger = try SigningKey.generate(.ed25519)
    #expect(parsed.verified(by: [NoteKey(log: stranger.verificationKey, name: checkpoint.origin)]) == nil)
    let changed = Checkpoint(origin: checkpoint.origin, size: 8, root: checkpoint.root)
    let forged = SignedNote(text: changed.text, signatures: signed.signatures)
    #expect(try UnverifiedCheckpoint(parsing: forged.bytes).verified(by: [known]) == nil)
  }

  @Test func `origins are compared as bytes`() {
    let composed = Checkpoint(origin: "\u{e9}", size: 1, root: .zero)
    let decomposed = Checkpoint(origin: "e\u{301}", size: 1, root: .zero)
    #expect(composed.origin == decomposed.origin)
    #expect(composed != decomposed)
  }

  @Test func `a real log's checkpoints, tile and bundle agree`() throws {
    struct Vectors: Decodable {
      struct File: Decodable { let hex: String }
      let vkey: String
      let entriesUtf8: [String]
      let leafHashesHex: [String]
      let files: [String: File]
      let checkpointsBySize: [String]
    }
    let vectors: Vectors = try Fixtures.json("vectors/tessera-testlog.json")
    let key = try #require(NoteKey(text: vectors.vkey))
    var range = CompactRange()
    #expect(vectors.checkpointsBySize.count == 16)
    for (size, text) in vectors.checkpointsBySize.enumerated() {
      let parsed = try UnverifiedCheckpoint(parsing: Array(text.utf8))
      let (checkpoint, _) = try #require(parsed.verified(by: [key]))
      #expect(parsed.note.bytes == Array(text.utf8))
      #expect(checkpoint.size == size)
      #expect(checkpoint.root == range.root)
      if size < 15 { range.append(MerkleHash.leaf(Array(vectors.entriesUtf8[size].utf8))) }
    }
    let store = MemoryStore(vectors.files.mapValues { bytes(hex: $0.hex) })
    for size in 1...15 {
      let parsed = try UnverifiedCheckpoint(parsing: Array(vectors.checkpointsBySize[size].utf8))
      let reader = LogReader(contents: store, size: size, root: parsed.root)
      var found: [String] = []
      try reader.entries(in: 0..<size, authenticating: true) { found.append(String(decoding: $1, as: UTF8.self)) }
      #expect(found == Array(vectors.entriesUtf8.prefix(size)))
      #expect(try (0..<size).map { try reader.leafHash($0).hex } == Array(vectors.leafHashesHex.prefix(size)))
    }
  }

  @Test func `cosignatures cover the time and the whole text`() throws {
    struct Vectors: Decodable {
      struct Case: Decodable {
        let timestamp: Int
        let checkpointBody: String
        let signedMessageHex: String
        let noteLine: String
      }
      let name: String
      let seedHex: String
      let vkey: String
      let vkeyAsPlainEd25519: String
      let cases: [Case]
      let fullCheckpoint: String
      let logVkey: String
    }
    let vectors: Vectors = try Fixtures.json("vectors/cosignature-ed25519.json")
    let signer = try SigningKey(ed25519Seed: bytes(hex: vectors.seedHex))
    let key = try #require(NoteKey(witness: signer.verificationKey, name: vectors.name))
    #expect(key.text == vectors.vkey)
    #expect(NoteKey(text: vectors.vkey) == key)
    #expect(NoteKey(log: signer.verificationKey, name: vectors.name).text == vectors.vkeyAsPlainEd25519)
    for sample in vectors.cases {
      let text = Array(sample.checkpointBody.utf8)
      #expect(Cosignature.message(time: sample.timestamp, text: text) == bytes(hex: sample.signedMessageHex))
      let signature = try #require(
        try Cosignature.sign(text, name: vectors.name, time: sample.timestamp, with: signer))
      #expect(signature.line + "\n" == sample.noteLine)
      #expect(Cosignature.time(of: signature, by: key, text: text) == sample.timestamp)
      #expect(Cosignature.time(of: signature, by: key, text: text + [0x0a]) == nil)
      var bytes = signature.bytes
      bytes[7] ^= 1
      let later = SignedNote.Signature(name: vectors.name, keyID: key.id, bytes: bytes)
      #expect(Cosignature.time(of: later, by: key, text: text) == nil)
    }
    let full = try UnverifiedCheckpoint(parsing: Array(vectors.fullCheckpoint.utf8))
    let log = try #require(NoteKey(text: vectors.logVkey))
    // A cosignature is no log's signature, whoever asks for it among the log's keys.
    #expect(full.verified(by: [log, key])?.signers == [log])
    #expect(full.verified(by: [key]) == nil)
    #expect(Cosignature.time(of: full.note.signatures[1], by: key, text: full.note.text) == 1_679_315_147)
    #expect(Cosignature.time(of: full.note.signatures[0], by: log, text: full.note.text) == nil)
  }
}
