internal import COpenSSL

/// A public key, and the identity of whoever holds its private half.
package struct VerificationKey: Sendable {
  /// The DER SubjectPublicKeyInfo, in its one encoding.
  package let subjectPublicKeyInfo: [UInt8]
  /// SHA-256 of the DER SubjectPublicKeyInfo; its hexadecimal is the key's `keyid`.
  package let keyID: Digest
  /// The scheme the key signs with.
  package let algorithm: KeyAlgorithm
  private let handle: KeyHandle

  /// Reads a public key from its DER SubjectPublicKeyInfo (`d2i_PUBKEY`).
  ///
  /// - Throws: `malformedPublicKey` also where another encoding of the same key would be the canonical one.
  package init(subjectPublicKeyInfo bytes: [UInt8]) throws(CryptoError) {
    guard !bytes.isEmpty, bytes.count <= 1024 else { throw .malformedPublicKey }
    let pointer: OpaquePointer? = unsafe bytes.withUnsafeBufferPointer { buffer in
      var cursor = buffer.baseAddress
      return unsafe d2i_PUBKEY(nil, &cursor, buffer.count)
    }
    guard let pointer = unsafe pointer else {
      ERR_clear_error()
      throw .malformedPublicKey
    }
    try unsafe self.init(handle: KeyHandle(owning: pointer))
    // Trailing bytes, long lengths and compressed points spell the same key otherwise.
    guard subjectPublicKeyInfo == bytes else { throw .malformedPublicKey }
  }

  init(handle: KeyHandle) throws(CryptoError) {
    guard let algorithm = handle.algorithm else { throw .unsupportedAlgorithm }
    guard let encoded = handle.subjectPublicKeyInfo else { throw .malformedPublicKey }
    // libcrypto writes a compressed point, or curve parameters spelled out, just as it read them: what it writes is
    // not yet the one encoding.
    let (head, length) = VerificationKey.encoding(algorithm)
    guard encoded.starts(with: head), encoded.count == head.count + length else { throw .malformedPublicKey }
    if algorithm == .ed25519 {
      let point = Array(encoded.suffix(32))
      if SmallOrderPoints.contains(point) { throw .smallOrderKey }
      guard VerificationKey.isReduced(point) else { throw .malformedPublicKey }
    }
    self.handle = handle
    self.algorithm = algorithm
    subjectPublicKeyInfo = encoded
    keyID = SHA256.hash(encoded)
  }

  /// What a SubjectPublicKeyInfo begins with, and the number of bytes after it (RFC 8410 section 4, RFC 5480 section 2).
  private static func encoding(_ algorithm: KeyAlgorithm) -> (head: [UInt8], length: Int) {
    switch algorithm {
    case .ed25519: (NoteKey.ed25519Prefix, 32)
    case .ecdsaP256:
      (
        [
          0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
          0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ], 64
      )
    }
  }

  /// Whether an Ed25519 point's y is below the field's prime, 2^255 - 19: its one spelling (RFC 8032 section 5.1.3).
  private static func isReduced(_ point: [UInt8]) -> Bool {
    point[31] & 0x7f != 0x7f || point[0] < 0xed || point[1..<31].contains { $0 != 0xff }
  }

  /// The key from the base 64 of its DER SubjectPublicKeyInfo.
  package init(base64 text: String) throws(CryptoError) {
    guard let bytes = Base64.decode(text) else { throw .malformedPublicKey }
    try self.init(subjectPublicKeyInfo: bytes)
  }

  /// The base 64 of the DER SubjectPublicKeyInfo.
  package var base64: String { Base64.encode(subjectPublicKeyInfo) }

  /// The 32 bytes of an Ed25519 key; nil for other kinds.
  package var ed25519Bytes: [UInt8]? {
    algorithm == .ed25519 ? Array(subjectPublicKeyInfo.suffix(32)) : nil
  }

  /// Whether the signature is this key's over the message (`EVP_DigestVerify`).
  ///
  /// Safe to call from several threads at once.
  package func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    guard !signature.isEmpty, let context = unsafe EVP_MD_CTX_new() else { return false }
    defer {
      unsafe EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    let digest: String? = algorithm == .ed25519 ? nil : "SHA256"
    let started =
      if let digest {
        unsafe EVP_DigestVerifyInit_ex(context, nil, digest, nil, nil, handle.pointer, nil)
      } else {
        unsafe EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, handle.pointer, nil)
      }
    guard started == 1 else { return false }
    return unsafe signature.withUnsafeBufferPointer { signature in
      unsafe message.withUnsafeBufferPointer { message in
        // An empty array may have no address, and libcrypto wants one.
        var nothing: UInt8 = 0
        return unsafe withUnsafePointer(to: &nothing) { fallback in
          unsafe EVP_DigestVerify(
            context, signature.baseAddress, signature.count, message.baseAddress ?? fallback, message.count) == 1
        }
      }
    }
  }
}

extension VerificationKey: Hashable {
  package static func == (left: VerificationKey, right: VerificationKey) -> Bool { left.keyID == right.keyID }

  package func hash(into hasher: inout Hasher) { hasher.combine(keyID) }
}

/// The encodings of Ed25519's points of order 1, 2, 4 and 8, the sign bit aside.
///
/// Under such a key one signature fits many messages. The list is that of "Taming the many EdDSAs"
/// (Chalkias, Garillot, Nikolaenko, 2020), table 2.
enum SmallOrderPoints {
  private static let encodings: Set<[UInt8]> = {
    let field = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    func point(_ first: UInt8, _ base: [UInt8]) -> [UInt8] { [first] + base.dropFirst() }
    let zeros = [UInt8](repeating: 0, count: 32)
    let order8: [[UInt8]] = [
      [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
        0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
      ],
      [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
        0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
      ],
    ]
    // y = 0, 1, -1 (p - 1), and the spellings p and p + 1 of 0 and 1.
    return Set([zeros, point(1, zeros), point(0xec, field), field, point(0xee, field)] + order8)
  }()

  /// Whether 32 bytes encode a point of small order.
  static func contains(_ encoded: [UInt8]) -> Bool {
    guard encoded.count == 32 else { return false }
    var unsigned = encoded
    unsigned[31] &= 0x7f
    return encodings.contains(unsigned)
  }
}
