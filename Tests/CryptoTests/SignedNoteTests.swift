import Crypto
import TestSupport
import Testing

struct SignedNoteTests {
  private struct Vectors: Decodable {
    struct Key: Decodable { let name: String; let vkey: String; let keyId: String; let seedHex: String? }
    struct Valid: Decodable { let vkeys: [String]; let note: String; let verified: [String]; let why: String? }
    struct Repeat: Decodable { let text: String; let line: String; let count: Int }
    struct Invalid: Decodable {
      let vkeys: [String]
      let note: String?
      let noteHex: String?
      let noteRepeat: Repeat?
      let error: String
    }
    let keys: [Key]
    let valid: [Valid]
    let invalid: [Invalid]
    let badVkeys: [String]
  }

  private let vectors: Vectors

  init() throws {
    vectors = try Fixtures.json("vectors/signed-note.json")
  }

  @Test func `verifier keys come out as others write them`() throws {
    for sample in vectors.keys {
      let key = try #require(NoteKey(text: sample.vkey))
      #expect(key.name == sample.name)
      #expect(key.hexID == sample.keyId)
      #expect(key.text == sample.vkey)
      if let seed = sample.seedHex {
        let signing = try SigningKey(ed25519Seed: bytes(hex: seed))
        #expect(NoteKey(log: signing.verificationKey, name: sample.name) == key)
      }
    }
    let p256 = try SigningKey.generate(.ecdsaP256).verificationKey
    let key = NoteKey(log: p256, name: "acme/log")
    #expect(NoteKey(text: key.text) == key)
    #expect(key.hexID == String(p256.keyID.hex.prefix(8)))
    #expect(NoteKey(witness: p256, name: "acme/log") == nil)
  }

  @Test func `a verifier key has one spelling`() throws {
    for text in vectors.badVkeys { #expect(NoteKey(text: text) == nil, "\(text)") }
    let whole = Array(try #require(vectors.keys.first).vkey.utf8)
    for start in 0..<whole.count {
      for end in start...whole.count where end - start < whole.count {
        if NoteKey(text: String(decoding: whole[start..<end], as: UTF8.self)) != nil {
          Issue.record("\(start)..<\(end)")
        }
      }
      var changed = whole
      changed[start] += 1
      #expect(NoteKey(text: String(decoding: changed, as: UTF8.self)) == nil)
    }
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\tb", "\u{2003}"] { #expect(!SignedNote.isValidName(name)) }
  }

  @Test func `notes that hold are taken`() throws {
    #expect(vectors.valid.count == 6)
    for sample in vectors.valid {
      let keys = sample.vkeys.compactMap { NoteKey(text: $0) }
      #expect(keys.count == sample.vkeys.count)
      if sample.why?.hasPrefix("duplicate") == true {
        // A checkpoint must not have a line twice, so no note may here.
        #expect(throws: NoteSyntaxError.duplicateSignature(line: 2)) {
          try SignedNote(parsing: Array(sample.note.utf8))
        }
        continue
      }
      let note = try SignedNote(parsing: Array(sample.note.utf8))
      #expect(note.verified(by: keys)?.map(\.name) == sample.verified)
      #expect(note.bytes == Array(sample.note.utf8))
    }
  }

  @Test func `notes that do not hold are refused`() {
    for sample in vectors.invalid where !sample.error.hasPrefix("ambiguous") {
      let text =
        sample.noteRepeat.map { Array(($0.text + String(repeating: $0.line, count: $0.count)).utf8) }
        ?? sample.noteHex.map { bytes(hex: $0) } ?? Array((sample.note ?? "").utf8)
      let keys = sample.vkeys.compactMap { NoteKey(text: $0) }
      let signers = (try? SignedNote(parsing: text))?.verified(by: keys)
      #expect(signers?.isEmpty ?? true, "\(sample.error)")
    }
  }

  @Test func `the same key given twice counts once`() throws {
    let sample = try #require(vectors.valid.first)
    let key = try #require(NoteKey(text: sample.vkeys[0]))
    #expect(try SignedNote(parsing: Array(sample.note.utf8)).verified(by: [key, key]) == [key])
  }

  @Test(arguments: KeyAlgorithm.allCases) func `a signed text comes back, whatever lines it has`(
    algorithm: KeyAlgorithm
  ) throws {
    let key = try SigningKey.generate(algorithm)
    let known = NoteKey(log: key.verificationKey, name: "acme/log")
    for text in ["a\n", "a\n\nb\n", "\u{2014} a AAAA\n", "a\n\n\n", "\n"] {
      let note = try SignedNote.sign(Array(text.utf8), name: "acme/log", with: key)
      let parsed = try SignedNote(parsing: note.bytes)
      #expect(parsed == note)
      #expect(parsed.verified(by: [known]) == [known])
      let moved = SignedNote(text: Array("b\n".utf8), signatures: note.signatures)
      #expect(moved.verified(by: [known]) == nil)
    }
  }

  @Test func `random changes never crash it`() throws {
    var random = SeededRandom()
    let sample = try #require(vectors.valid.first)
    let note = Array(sample.note.utf8)
    let key = try #require(NoteKey(text: sample.vkeys[0]))
    for _ in 0..<3000 {
      var changed = note
      switch Int.random(in: 0..<3, using: &random) {
      case 0: changed[Int.random(in: 0..<note.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      case 1: changed.removeSubrange(Int.random(in: 0..<note.count, using: &random)...)
      default: changed.insert(0x0a, at: Int.random(in: 0..<note.count, using: &random))
      }
      guard changed != note, let parsed = try? SignedNote(parsing: changed) else { continue }
      #expect(parsed.verified(by: [key])?.isEmpty ?? true)
    }
  }

  /// Two keys whose note key ids under this name are the same: found among ninety thousand of each.
  private func twins() throws -> (name: String, keys: [SigningKey]) {
    let seeds = ["acme/kim 82129", "onsite/lee 39716"].map { SHA256.hash("custody attacks \($0)").bytes }
    return ("acme/2d026c2d", try seeds.map { try SigningKey(ed25519Seed: $0) })
  }

  @Test func `a line that two known keys might have signed is nobody's, and either's to whoever knows one`() throws {
    let (name, keys) = try twins()
    let known = keys.map { NoteKey(log: $0.verificationKey, name: name) }
    #expect(known[0].id == known[1].id && known[0] != known[1])
    let text = Array("\(name)\n1\nroot\n".utf8)
    for (index, key) in keys.enumerated() {
      let note = try SignedNote.sign(text, name: name, with: key)
      #expect(note.verified(by: [known[index]]) == [known[index]])
      // To whoever knows the other alone it is a line in that key's name that does not hold.
      #expect(note.verified(by: [known[1 - index]]) == nil)
      for order in [known, known.reversed()] { #expect(note.verified(by: order) == nil) }
    }
  }

  @Test func `lines of two keys with one id do not stand under one note`() throws {
    let (name, keys) = try twins()
    let text = Array("\(name)\n1\nroot\n".utf8)
    let notes = try keys.map { try SignedNote.sign(text, name: name, with: $0) }
    // Nobody could say which line is whose before looking at every key: the second is refused like any line that is there twice.
    let both = notes[0].bytes + Array("\(notes[1].signatures[0].line)\n".utf8)
    #expect(throws: NoteSyntaxError.duplicateSignature(line: 2)) { try SignedNote(parsing: both) }
  }
}
