import Crypto
import Foundation
import Rendering
import Statements
import TestSupport
import Testing
import TreeLog

@testable import Workspace
@testable import custody

struct ReadProofTests {
  @Test func `a proof holds without a store, by a key of the log alone`() throws {
    let store = try ReadStore()
    for entry in 0..<9 {
      #expect(try store.custody("prove", "\(entry)", "--output", "\(entry).tlog-proof").status == 0)
    }
    #expect(try store.custody("prove", "7").output == store.folder.read("7.tlog-proof"))
    #expect(try store.custody("prove", "510aebf6").output == store.folder.read("7.tlog-proof"))
    #expect(try store.custody("prove", "a3d364a8").status == 64)
    #expect(try store.custody("prove", "12").status == 66)
    try store.folder.remove("store")
    for entry in 0..<9 {
      let result = try store.custody("check-proof", "\(entry).tlog-proof", "--key", ReadStore.key)
      #expect(result.status == 0)
      #expect(result.text.hasPrefix("the proof holds\n"))
    }
  }

  @Test func `what cannot be checked does not hold`() throws {
    let store = try ReadStore()
    _ = try store.custody("prove", "7", "--output", "p.tlog-proof")
    let unchecked = try store.custody("check-proof", "p.tlog-proof")
    #expect(unchecked.status == 1)
    #expect(unchecked.text.contains("signature not checked: give a key of the log with --key\n"))
    let other = "acme/fd110d30+aca7c627+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    #expect(try store.custody("check-proof", "p.tlog-proof", "--key", other).status == 1)
    #expect(try store.custody("check-proof", "p.tlog-proof", "--key", other, "--key", ReadStore.key).status == 0)
    #expect(try store.custody("check-proof", "p.tlog-proof", "--key", "acme").status == 64)
    #expect(try store.custody("check-proof", "none", "--key", ReadStore.key).status == 66)
    #expect(try store.custody("check-proof", "store/checkpoint", "--key", ReadStore.key).status == 65)

    // The tree that this user has verified needs no key; another of its size is a fork.
    #expect(try store.custody("verify", "--fail-on", "never").status == 0)
    let remembered = try store.custody("check-proof", "p.tlog-proof", "--format", "json")
    #expect(remembered.status == 0)
    #expect(remembered.text.contains("\"vouching\": \"remembered\""))
    let bundle = try ProofBundle(parsing: try #require(store.folder.read("p.tlog-proof")))
    let trust = TrustRecord(
      origin: "acme/fd110d30", genesis: Digest.zero.hex, size: 9, root: Digest.zero.hex, path: "/srv/acme")
    let key = try #require(NoteKey(text: ReadStore.key))
    let check = ProofCheck(bundle, bytes: try #require(bundle.extra), keys: [key], trust: trust)
    #expect(check.vouching == .forked)
    #expect(check.isIncluded && !check.holds)
  }

  @Test func `another entry in a proof does not hold, wherever it comes from`() throws {
    let store = try ReadStore()
    _ = try store.custody("prove", "7", "--output", "p.tlog-proof")
    let bundle = try ProofBundle(parsing: try #require(store.folder.read("p.tlog-proof")))
    var bytes = try #require(bundle.extra)
    try store.folder.write(bytes, to: "entry")
    #expect(try store.custody("check-proof", "p.tlog-proof", "--entry", "entry", "--key", ReadStore.key).status == 0)
    bytes[bytes.count - 3] ^= 1
    try store.folder.write(bytes, to: "entry")
    let result = try store.custody("check-proof", "p.tlog-proof", "--entry", "entry", "--key", ReadStore.key)
    #expect(result.status == 1)
    #expect(result.text.contains("does not hold: the hashes do not lead from this entry to the root\n"))
    let bare = ProofBundle.encode(
      index: 7, hashes: bundle.hashes, checkpoint: bundle.checkpoint.note.bytes)
    try store.folder.write(bare, to: "bare")
    #expect(try store.custody("check-proof", "bare", "--key", ReadStore.key).status == 66)
  }

  @Test func `only plain text is let through to a terminal`() {
    func isPlain(_ pieces: [UInt8]...) -> Bool {
      var text = PlainText()
      for piece in pieces { text.feed(piece) }
      text.finish()
      return text.isPlain
    }
    #expect(isPlain())
    #expect(isPlain(Array("a\tb\r\n漢é👩‍👩‍👧".utf8)))
    for character in ["é", "漢", "👩"] {
      let bytes = Array(character.utf8)
      for cut in 1..<bytes.count { #expect(isPlain(Array(bytes[..<cut]), Array(bytes[cut...]))) }
      #expect(!isPlain(Array(bytes.dropLast())))
      #expect(!isPlain(Array(bytes.dropFirst())))
    }
    #expect(!isPlain([0]))
    #expect(!isPlain(Array("\u{1b}[2J".utf8)))
    #expect(!isPlain([0xc2], [0x9b]))
    #expect(!isPlain(Array("a\u{202e}b".utf8)))
    #expect(!isPlain([0xff, 0xfe]))
  }
}
