import Crypto
import TestSupport
import Testing

struct SignatureTests {
  /// RFC 8032 section 7.1, TEST 1 to 3: seed, public key, message, signature.
  private static let ed25519: [(String, String, String, String)] = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]

  @Test(arguments: ed25519) func `Ed25519 gives the signatures of RFC 8032`(
    seed: String, publicKey: String, message: String, signature: String
  ) throws {
    let key = try SigningKey(ed25519Seed: bytes(hex: seed))
    let (message, expected) = (bytes(hex: message), bytes(hex: signature))
    #expect(key.verificationKey.ed25519Bytes == bytes(hex: publicKey))
    #expect(try key.signature(for: message) == expected)
    #expect(key.verificationKey.isValid(signature: expected, for: message))
    #expect(!key.verificationKey.isValid(signature: expected, for: message + [0]))
    #expect(!key.verificationKey.isValid(signature: [], for: message))
    #expect(!key.verificationKey.isValid(signature: expected.dropLast(), for: message))
    #expect(!key.verificationKey.isValid(signature: expected + [0], for: message))
    for index in stride(from: 0, to: 64, by: 7) {
      var broken = expected
      broken[index] ^= 1
      #expect(!key.verificationKey.isValid(signature: broken, for: message))
    }
  }

  @Test func `a second signature by adding the group's order is refused`() throws {
    let (seed, _, message, signature) = Self.ed25519[1]
    let key = try SigningKey(ed25519Seed: bytes(hex: seed))
    // RFC 8032 section 5.1: L = 2^252 + 27742317777372353535851937790883648493, little-endian.
    let order = bytes(hex: "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var malleated = bytes(hex: signature)
    var carry = 0
    for index in 0..<32 {
      let sum = Int(malleated[32 + index]) + Int(order[index]) + carry
      malleated[32 + index] = UInt8(sum & 255)
      carry = sum >> 8
    }
    #expect(!key.verificationKey.isValid(signature: malleated, for: bytes(hex: message)))
  }

  private struct Vectors: Decodable {
    struct Official: Decodable {
      let pae: String
      let payloadType: String
      let payloadUtf8: String
      let XHex: String
      let YHex: String
      let sigHex: String
      let sigDerHex: String
    }
    struct Encodings: Decodable { let cases: [Encoding] }
    struct Encoding: Decodable { let payloadType: String; let payloadHex: String; let paeHex: String }
    struct Derived: Decodable {
      let seedHex: String
      let publicKeyHex: String
      let payloadType: String
      let payloadUtf8: String
      let sigBase64: String
    }
    let official: Official
    let paeDerived: Encodings
    let ed25519Derived: Derived
  }

  @Test func `pre-authentication encodings count bytes`() throws {
    let vectors: Vectors = try Fixtures.json("vectors/dsse.json")
    for sample in vectors.paeDerived.cases {
      let found = PreAuthenticationEncoding.encode(type: sample.payloadType, body: bytes(hex: sample.payloadHex))
      #expect(found == bytes(hex: sample.paeHex))
    }
    let official = vectors.official
    let encoded = PreAuthenticationEncoding.encode(
      type: official.payloadType, body: Array(official.payloadUtf8.utf8))
    #expect(encoded == Array(official.pae.utf8))
  }

  @Test func `an Ed25519 envelope's signature comes out`() throws {
    let sample = try Fixtures.json("vectors/dsse.json", as: Vectors.self).ed25519Derived
    let key = try SigningKey(ed25519Seed: bytes(hex: sample.seedHex))
    #expect(key.verificationKey.ed25519Bytes == bytes(hex: sample.publicKeyHex))
    let message = PreAuthenticationEncoding.encode(type: sample.payloadType, body: Array(sample.payloadUtf8.utf8))
    #expect(Base64.encode(try key.signature(for: message)) == sample.sigBase64)
  }

  @Test func `ECDSA takes the official signature, in strict DER only`() throws {
    let official = try Fixtures.json("vectors/dsse.json", as: Vectors.self).official
    let key = try VerificationKey(
      subjectPublicKeyInfo: KeyTests.p256Head + bytes(hex: official.XHex) + bytes(hex: official.YHex))
    #expect(key.algorithm == .ecdsaP256)
    let message = Array(official.pae.utf8)
    let der = bytes(hex: official.sigDerHex)
    #expect(key.isValid(signature: der, for: message))
    #expect(!key.isValid(signature: der, for: message + [0]))
    #expect(!key.isValid(signature: bytes(hex: official.sigHex), for: message))
    #expect(!key.isValid(signature: der + [0], for: message))
    // The same numbers with a long length, and with a zero in front.
    #expect(!key.isValid(signature: [0x30, 0x81, 0x44] + der.dropFirst(2), for: message))
    #expect(!key.isValid(signature: [0x30, 0x45, 0x02, 0x21, 0x00] + der.dropFirst(4), for: message))
    #expect(!key.isValid(signature: der.dropLast(), for: message))
  }

  @Test(arguments: KeyAlgorithm.allCases) func `a new key's signatures hold, and are another's to nobody`(
    algorithm: KeyAlgorithm
  ) throws {
    let (key, other) = (try SigningKey.generate(algorithm), try SigningKey.generate(algorithm))
    #expect(key.verificationKey != other.verificationKey)
    for message in [[], [0], Array(repeating: 7, count: 100_000)] as [[UInt8]] {
      let signature = try key.signature(for: message)
      #expect(key.verificationKey.isValid(signature: signature, for: message))
      #expect(!other.verificationKey.isValid(signature: signature, for: message))
    }
  }

  @Test func `random bytes are no signature, and no crash`() throws {
    var random = SeededRandom()
    let keys = try KeyAlgorithm.allCases.map { try SigningKey.generate($0).verificationKey }
    for _ in 0..<500 {
      let noise = random.bytes(Int.random(in: 0...80, using: &random))
      for key in keys { #expect(!key.isValid(signature: noise, for: [1])) }
      #expect((try? VerificationKey(subjectPublicKeyInfo: noise)) == nil)
      #expect((try? SigningKey(pem: noise)) == nil)
    }
  }
}
