import Crypto
import TestSupport
import Testing
import TreeLog

struct ProofBundleTests {
  struct Vectors: Decodable {
    struct Valid: Decodable {
      let index: Int
      let treeSize: Int
      let entryUtf8: String
      let leafHash: String
      let extraUtf8: String?
      let proofFile: String
    }
    struct Invalid: Decodable {
      let desc: String
      let proofFile: String
      let entryUtf8: String
    }
    struct Marshalled: Decodable {
      struct Case: Decodable {
        let index: Int
        let extraUtf8: String?
        let hashes: [String]
        let checkpoint: String
        let want: String
      }
      let cases: [Case]
    }
    let vkey: String
    let valid: [Valid]
    let invalid: [Invalid]
    let marshalOnly: Marshalled
  }

  private func vectors() throws -> Vectors { try Fixtures.json("vectors/tlog-proof.json") }

  /// Whether all that a reader checks of a proof holds.
  private func holds(_ file: [UInt8], entry: String, key: NoteKey) -> Bool {
    guard let bundle = try? ProofBundle(parsing: file) else { return false }
    return bundle.includes(leaf: MerkleHash.leaf(Array(entry.utf8)))
      && bundle.checkpoint.verified(by: [key]) != nil
  }

  @Test func `published proofs hold, and come out as they were written`() throws {
    let vectors = try vectors()
    let key = try #require(NoteKey(text: vectors.vkey))
    for vector in vectors.valid {
      let file = Array(vector.proofFile.utf8)
      let bundle = try ProofBundle(parsing: file)
      #expect(bundle.index == vector.index)
      #expect(bundle.checkpoint.size == vector.treeSize)
      #expect(bundle.extra == vector.extraUtf8.map { Array($0.utf8) })
      #expect(MerkleHash.leaf(Array(vector.entryUtf8.utf8)).hex == vector.leafHash)
      #expect(holds(file, entry: vector.entryUtf8, key: key))
      #expect(!holds(file, entry: vector.entryUtf8 + " ", key: key))
      let written = ProofBundle.encode(
        index: bundle.index, hashes: bundle.hashes, checkpoint: bundle.checkpoint.note.bytes, extra: bundle.extra)
      #expect(written == file)
    }
    #expect(holds(try Fixtures.bytes("vectors/example.tlog-proof"), entry: "five", key: key))
  }

  @Test func `broken proofs do not hold`() throws {
    let vectors = try vectors()
    let key = try #require(NoteKey(text: vectors.vkey))
    #expect(vectors.invalid.count == 11)
    for vector in vectors.invalid {
      #expect(!holds(Array(vector.proofFile.utf8), entry: vector.entryUtf8, key: key), "\(vector.desc)")
    }
  }

  @Test func `proofs are written as others write them`() throws {
    for vector in try vectors().marshalOnly.cases {
      let hashes = vector.hashes.map { text in
        SHA256.hash(String(text.split(separator: "'")[1]))
      }
      let written = ProofBundle.encode(
        index: vector.index, hashes: hashes, checkpoint: Array(vector.checkpoint.utf8),
        extra: vector.extraUtf8.map { Array($0.utf8) })
      #expect(String(decoding: written, as: UTF8.self) == vector.want)
    }
  }

  @Test func `what breaks the format is named`() throws {
    func error(_ text: String) -> ProofSyntaxError? {
      do throws(ProofSyntaxError) {
        _ = try ProofBundle(parsing: Array(text.utf8))
        return nil
      } catch {
        return error
      }
    }
    let header = ProofBundle.header
    #expect(error("") == .header)
    #expect(error("\(header)") == .header)
    #expect(error("\(header)\n") == .index)
    #expect(error("\(header)\nextra YQ\nindex 0\n\n") == .extra)
    #expect(error("\(header)\nextra YQ==\n") == .extra)
    #expect(error("\(header)\nindex 9223372036854775808\n\n") == .index)
    #expect(error("\(header)\nindex 0\nYQ==\n\n") == .hash(line: 1))
    #expect(error("\(header)\nindex 0\n") == .noCheckpoint)
    #expect(error("\(header)\nindex 0\n\n") == .checkpoint(.note(.noFinalNewline)))
    let hash = Base64.encode(Digest.zero.bytes) + "\n"
    #expect(error("\(header)\nindex 0\n" + String(repeating: hash, count: 64) + "\n") == .hash(line: 64))
  }

  @Test func `no flipped byte of a proof crashes its reader or makes it hold elsewhere`() throws {
    let vectors = try vectors()
    let key = try #require(NoteKey(text: vectors.vkey))
    let vector = vectors.valid[2]
    let file = Array(vector.proofFile.utf8)
    for place in file.indices {
      for bit in [0, 3, 7] {
        var flipped = file
        flipped[place] ^= 1 << bit
        #expect(!holds(flipped, entry: vector.entryUtf8, key: key), "byte \(place), bit \(bit)")
      }
      _ = try? ProofBundle(parsing: Array(file[..<place]))
    }
  }
}
