import Crypto
import TestSupport
import Testing

@testable import TreeLog

/// Two checkpoints of one log: those that cannot both be true convict, and no others.
struct ForkProofTests {
  private static let origin = "acme/fd110d30"

  private let honest = NaiveTree((0..<20).map { Array("entry \($0)".utf8) })
  private let rewritten = NaiveTree((0..<20).map { Array(($0 < 3 ? "entry \($0)" : "other \($0)").utf8) })

  private func key(_ seed: UInt8) throws -> SigningKey {
    try SigningKey(ed25519Seed: [UInt8](repeating: seed, count: 32))
  }

  private func noteKey(_ seed: UInt8) throws -> NoteKey {
    NoteKey(log: try key(seed).verificationKey, name: ForkProofTests.origin)
  }

  private func checkpoint(
    _ tree: NaiveTree, _ size: Int, by seed: UInt8 = 1, origin: String = ForkProofTests.origin
  ) throws -> UnverifiedCheckpoint {
    let text = Checkpoint(origin: origin, size: size, root: tree.root(size: size)).text
    return try UnverifiedCheckpoint(note: SignedNote.sign(text, name: origin, with: key(seed)))
  }

  private func fork(_ old: Int, _ new: Int, by seeds: (UInt8, UInt8) = (1, 1)) throws -> ForkProof {
    let (one, other) = (try checkpoint(honest, old, by: seeds.0), try checkpoint(rewritten, new, by: seeds.1))
    let keys = [try noteKey(1), try noteKey(2)]
    guard old != new else { return ForkProof(one, other, keys: keys) }
    return ForkProof(
      one, other, keys: keys, otherRoot: rewritten.root(size: old), hashes: rewritten.proof(from: old, to: new))
  }

  @Test func `whoever signed two trees is convicted, whatever their sizes`() throws {
    for old in 4...19 {
      for new in old...20 {
        let proof = try fork(old, new)
        #expect(proof.verdict() == .convicts([try noteKey(1)]), "\(old) and \(new)")
        let read = try ForkProof(parsing: proof.bytes)
        #expect(read.bytes == proof.bytes)
        #expect(read.verdict() == proof.verdict())
        #expect(read.verdict(told: [try noteKey(1)]) == .convicts([try noteKey(1)]))
      }
    }
  }

  @Test func `a log that only grew convicts nobody`() throws {
    for old in 1...19 {
      for new in (old + 1)...20 {
        let hashes = honest.proof(from: old, to: new)
        let proof = ForkProof(
          try checkpoint(honest, old), try checkpoint(honest, new), keys: [try noteKey(1)],
          otherRoot: honest.root(size: old), hashes: hashes)
        guard case .nothing = proof.verdict() else { Issue.record("\(old) and \(new)"); continue }
        // A root that is made up does not lead there.
        let invented = ForkProof(
          proof.earlier, proof.later, keys: proof.keys, otherRoot: rewritten.root(size: 20), hashes: hashes)
        guard case .nothing = invented.verdict() else { Issue.record("\(old) and \(new), invented"); continue }
      }
    }
    let same = ForkProof(try checkpoint(honest, 9), try checkpoint(honest, 9), keys: [try noteKey(1)])
    guard case .nothing = same.verdict() else { Issue.record("the same tree twice"); return }
    let bare = ForkProof(try checkpoint(honest, 9), try checkpoint(rewritten, 12), keys: [try noteKey(1)])
    guard case .nothing = bare.verdict() else { Issue.record("no hashes"); return }
  }

  @Test func `two keys that signed one tree each are told apart from one that signed both`() throws {
    #expect(try fork(9, 12, by: (1, 2)).verdict() == .divided([noteKey(1)], [noteKey(2)]))
    #expect(try fork(9, 9, by: (2, 2)).verdict() == .convicts([noteKey(2)]))
    guard case .nothing = try fork(9, 12).verdict(told: [noteKey(2)]) else {
      Issue.record("a key that signed neither is not convicted")
      return
    }
    guard case .nothing = try fork(9, 12).verdict(told: []) else {
      Issue.record("nobody is convicted without a key"); return
    }
  }

  @Test func `a proof of another tree says which root it leads from`() throws {
    for old in 1...19 {
      for new in (old + 1)...20 {
        let (root, proof) = (rewritten.root(size: new), rewritten.proof(from: old, to: new))
        let found = ConsistencyProof.oldRoot(from: old, to: new, newRoot: root, proof: proof)
        #expect(found == (old.nonzeroBitCount > 1 ? rewritten.root(size: old) : nil), "\(old) and \(new)")
        #expect(
          ConsistencyProof.oldRoot(from: old, to: new, newRoot: .zero, proof: proof) == nil, "\(old) and \(new)")
      }
    }
  }

  @Test func `two logs do not fork`() throws {
    let proof = ForkProof(
      try checkpoint(honest, 9), try checkpoint(rewritten, 9, origin: "other/00000000"), keys: [try noteKey(1)])
    guard case .nothing = proof.verdict() else { Issue.record("two origins"); return }
  }

  @Test func `a key that signs in another log's name convicts nobody here`() throws {
    let text = Checkpoint(origin: ForkProofTests.origin, size: 9, root: rewritten.root(size: 9)).text
    let foreign = try UnverifiedCheckpoint(note: SignedNote.sign(text, name: "other/00000000", with: key(1)))
    let keys = [try noteKey(1), NoteKey(log: try key(1).verificationKey, name: "other/00000000")]
    guard case .nothing = ForkProof(try checkpoint(honest, 9), foreign, keys: keys).verdict() else {
      Issue.record("a note in the name of another log")
      return
    }
  }

  @Test func `every changed byte is seen or changes nothing`() throws {
    let proof = try fork(9, 14)
    let bytes = proof.bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      guard let read = try? ForkProof(parsing: changed) else { continue }
      if case .convicts(let keys) = read.verdict() {
        // A key that signed nothing may be written otherwise: it accuses nobody.
        #expect(keys == [try noteKey(1)], "byte \(index)")
        #expect(read.earlier.note == proof.earlier.note && read.later.note == proof.later.note, "byte \(index)")
      }
      #expect((try? ForkProof(parsing: Array(bytes[..<index]))) == nil, "cut at \(index)")
    }
    #expect((try? ForkProof(parsing: bytes + [0x0a])) == nil)
  }
}

struct CheckpointSlipTests {
  private let checkpoint = Checkpoint(origin: "acme/fd110d30", size: 1234, root: SHA256.hash("a tree"))

  @Test func `what is printed is read back, and is narrow`() throws {
    for origin in ["acme/fd110d30", String(repeating: "a", count: 39), String(repeating: "b/", count: 60)] {
      let tree = Checkpoint(origin: origin, size: 7, root: SHA256.hash(origin))
      let slip = CheckpointSlip(tree, remarks: ["signed by acme/bo", "2026-11-27"]).text
      #expect(slip.split(separator: "\n").allSatisfy { $0.utf8.count <= 39 })
      #expect(try CheckpointSlip.read(Array(slip.utf8)) == tree, "\(slip)")
    }
    let slip = CheckpointSlip(checkpoint, remarks: ["signed by acme/bo", "key fd11 0d30", "2026-11-27"]).text
    #expect(slip.utf8.count <= CheckpointSlip.codeLimit)
  }

  @Test func `capitals, groups and empty lines mean nothing`() throws {
    let hex = checkpoint.root.hex
    let typed = "  acme/fd110d30 \r\n\r\n1234\r\n\(hex.prefix(10).uppercased()) \(hex.dropFirst(10))\r\n"
    #expect(try CheckpointSlip.read(Array(typed.utf8)) == checkpoint)
  }

  @Test func `a wrong digit is told from another tree by the check alone`() throws {
    let slip = CheckpointSlip(checkpoint, remarks: []).text
    let lines = slip.split(separator: "\n").map(String.init)
    for line in 0...4 {
      var wrong = lines
      wrong[line] = String(wrong[line].dropLast()) + (wrong[line].hasSuffix("0") ? "1" : "0")
      let bytes = Array(wrong.joined(separator: "\n").utf8)
      #expect(throws: MistypedSlip.self, "line \(line)") { try CheckpointSlip.read(bytes) }
    }
  }

  @Test func `anything else is no slip`() throws {
    for text in ["", "acme", "acme\n9", "acme\n9\nabc\n", "acme\n0\n\(checkpoint.root.hex)\n", "\n\n\n"] {
      #expect(try CheckpointSlip.read(Array(text.utf8)) == nil)
    }
    #expect(try CheckpointSlip.read([0xff, 0xfe]) == nil)
  }
}
