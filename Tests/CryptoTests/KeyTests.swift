import Crypto
import TestSupport
import Testing

struct KeyTests {
  static let p256Head = bytes(hex: "3059301306072a8648ce3d020106082a8648ce3d03010703420004")
  private static let ed25519Head = bytes(hex: "302a300506032b6570032100")

  private func error(_ key: [UInt8]) -> CryptoError? {
    do throws(CryptoError) {
      _ = try VerificationKey(subjectPublicKeyInfo: key)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: KeyAlgorithm.allCases) func `a public key has one encoding`(algorithm: KeyAlgorithm) throws {
    let key = try SigningKey.generate(algorithm).verificationKey
    let encoded = key.subjectPublicKeyInfo
    #expect(try VerificationKey(subjectPublicKeyInfo: encoded) == key)
    #expect(try VerificationKey(base64: key.base64) == key)
    #expect(key.keyID == SHA256.hash(encoded))
    for other in [encoded + [0], Array(encoded.dropLast()), [0x30, 0x81] + encoded.dropFirst(), []] {
      #expect(error(other) == .malformedPublicKey)
    }
    #expect(throws: CryptoError.malformedPublicKey) { try VerificationKey(base64: key.base64 + "\n") }
  }

  @Test func `a compressed point and spelled-out curve parameters are refused`() throws {
    let key = try SigningKey.generate(.ecdsaP256).verificationKey
    let x = key.subjectPublicKeyInfo[27..<59]
    let isOdd = (key.subjectPublicKeyInfo.last ?? 0) & 1
    let head = bytes(hex: "3039301306072a8648ce3d020106082a8648ce3d030107032200")
    #expect(error(head + [2 + isOdd] + x) == .malformedPublicKey)
    let explicit =
      "MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////////////MFsE"
      + "IP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd"
      + "NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84z"
      + "V2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABIrbBXjF+rPl4CIhsNeGs3ah"
      + "7Dt9lPYLfsI854T6+oLrPoveBRlYH0aom8/30ulN2NG5yR3WLRaM6uwVcjBA/3Y="
    #expect(error(try #require(Base64.decode(explicit))) != nil)
  }

  @Test func `keys of other kinds are refused`() throws {
    for key in [
      "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEYApYj2ZXGSByPcP91fU1gVVo6DqruI1i7I8BMHTxajh9s6N2QQaiI3HA205rRdrG"
        + "fGOHlVLQH+zpdI+/YYlqJ4RDxw7ktJRfSZlcV+Xz0N0nvZZN+gSrHDsSuNZ7g3S/",
      "MCowBQYDK2VuAyEAspbcd80M6q3qUZ6635CqOxRjoJsKLguw0W+vtInbxiE=",
    ] { #expect(error(try #require(Base64.decode(key))) == .unsupportedAlgorithm) }
  }

  @Test func `points of small order are refused, in every spelling`() {
    let points = [
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ]
    for point in points {
      var encoded = bytes(hex: point)
      #expect(error(Self.ed25519Head + encoded) == .smallOrderKey)
      encoded[31] ^= 0x80
      #expect(error(Self.ed25519Head + encoded) == .smallOrderKey)
    }
    // y = p + 3: another spelling of 3.
    let unreduced = bytes(hex: "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
    #expect(error(Self.ed25519Head + unreduced) == .malformedPublicKey)
  }

  @Test(arguments: KeyAlgorithm.allCases) func `a private key survives the way through PEM`(
    algorithm: KeyAlgorithm
  ) throws {
    let key = try SigningKey.generate(algorithm)
    let plain = try key.pem()
    #expect(String(decoding: plain, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try SigningKey(pem: plain).verificationKey == key.verificationKey)
    #expect(try SigningKey(pem: plain, passphrase: "unneeded").verificationKey == key.verificationKey)
    for passphrase in ["x", "correct horse", "\u{e9}\u{1f511}", String(repeating: "long ", count: 200)] {
      let locked = try key.pem(passphrase: passphrase)
      #expect(String(decoding: locked, as: UTF8.self).hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
      #expect(try SigningKey(pem: locked, passphrase: passphrase).verificationKey == key.verificationKey)
      #expect(throws: CryptoError.passphraseNeeded) { try SigningKey(pem: locked) }
      for wrong in ["", "wrong", passphrase + "x"] {
        #expect(throws: CryptoError.passphraseWrong) { try SigningKey(pem: locked, passphrase: wrong) }
      }
    }
    for unusable in ["a\0b", String(repeating: "x", count: 1001)] {
      #expect(throws: CryptoError.passphraseUnusable) { try key.pem(passphrase: unusable) }
    }
  }

  @Test func `another program's encrypted key is read`() throws {
    let pem = """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgH+hm8AYgonwICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEFycBZrWPnv+8lY1DdxOruIEQGaj
      1ONhxHcLihc0jFTtiPF0fOtDIYknqORt4Iz9UEjyFSxHYn0OisTNWTM3QMzTZ8/y
      SWpQ3Km+JU5K9776waM=
      -----END ENCRYPTED PRIVATE KEY-----

      """
    let key = try SigningKey(pem: Array(pem.utf8), passphrase: "correct horse")
    #expect(key.verificationKey.algorithm == .ed25519)
    for broken in ["", "-----BEGIN PRIVATE KEY-----\n", String(pem.dropFirst(40)), "hello"] {
      #expect(throws: CryptoError.self) { try SigningKey(pem: Array(broken.utf8), passphrase: "correct horse") }
    }
  }
}
