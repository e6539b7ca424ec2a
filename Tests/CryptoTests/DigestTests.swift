import Crypto
import TestSupport
import Testing

struct DigestTests {
  @Test func `SHA-256 gives the standard's digests`() {
    #expect(SHA256.hash("").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(SHA256.hash("abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)).hex
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `pieces give what the whole gives`() {
    var random = SeededRandom()
    for _ in 0..<50 {
      let whole = random.bytes(Int.random(in: 0...300, using: &random))
      var hasher = SHA256Hasher()
      var rest = whole[...]
      while !rest.isEmpty {
        let count = Int.random(in: 0...rest.count, using: &random)
        hasher.update(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(hasher.finalize() == SHA256.hash(whole))
    }
  }

  @Test func `a digest is 32 bytes, 64 lower-case digits, and ordered as its bytes`() {
    var random = SeededRandom()
    var last: (Digest, [UInt8])?
    for _ in 0..<200 {
      let bytes = random.bytes(32)
      guard let digest = Digest(bytes) else {
        Issue.record("32 bytes are a digest")
        continue
      }
      #expect(digest.bytes == bytes)
      #expect(Digest(bytes[...]) == digest)
      #expect(Digest(Array(bytes.reversed()).reversed()) == digest)
      #expect(Digest(hex: digest.hex) == digest)
      #expect(digest.hex == Hexadecimal.encode(bytes))
      #expect(digest.hex.hasPrefix(digest.short))
      if let (other, otherBytes) = last { #expect((other < digest) == otherBytes.lexicographicallyPrecedes(bytes)) }
      last = (digest, bytes)
    }
    #expect(Digest([UInt8](repeating: 0, count: 31)) == nil)
    #expect(Digest([UInt8](repeating: 0, count: 33)[...]) == nil)
    for text in [
      "", String(repeating: "0", count: 63), String(repeating: "0", count: 65), String(repeating: "A", count: 64),
      String(repeating: "g", count: 64), String(repeating: "\u{e9}", count: 32),
    ] { #expect(Digest(hex: text) == nil) }
  }

  @Test func `base 64 has one spelling`() {
    // RFC 4648 section 10.
    for (plain, text) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(plain.utf8)) == text)
      #expect(Base64.decode(text) == Array(plain.utf8))
    }
    for text in [
      "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", " Zg==", "Zg== ", "Zg==\n", "Zm9v\n", "\nZm9", "Zm 9", "Z", "====",
      "=Zg=", "Zg==Zg==", "-_-_", "A===", "Zm9v=", "\u{0}\u{0}\u{0}\u{0}", "Zm9vZg==Zm9v", "    Zg==", "Zm9v    ",
    ] { #expect(Base64.decode(text) == nil, "\(text)") }
    var random = SeededRandom()
    for length in 0..<200 {
      let noise = random.bytes(length)
      #expect(Base64.decode(Base64.encode(noise)) == noise)
      #expect(Base64.encodeBytes(noise) == Array(Base64.encode(noise).utf8))
    }
  }
}
