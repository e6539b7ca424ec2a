internal import COpenSSL

/// A private key. Its text form is PKCS#8 in PEM (RFC 5958, RFC 7468).
package struct SigningKey: Sendable {
  private let handle: KeyHandle
  /// The public half.
  package let verificationKey: VerificationKey

  private init(handle: KeyHandle) throws(CryptoError) {
    self.handle = handle
    verificationKey = try VerificationKey(handle: handle)
  }

  /// A new key from libcrypto's random generator.
  package static func generate(_ algorithm: KeyAlgorithm) throws(CryptoError) -> SigningKey {
    let pointer =
      switch algorithm {
      case .ed25519: unsafe custody_generate_ed25519()
      case .ecdsaP256: unsafe custody_generate_p256()
      }
    guard let pointer = unsafe pointer else { throw .libraryFailure(KeyHandle.drainError()) }
    return try unsafe SigningKey(handle: KeyHandle(owning: pointer))
  }

  /// The Ed25519 key of a 32-byte seed (RFC 8032 section 5.1.5), for published test keys.
  package init(ed25519Seed seed: [UInt8]) throws(CryptoError) {
    guard seed.count == 32 else { throw .malformedPrivateKey }
    let pointer = unsafe seed.withUnsafeBufferPointer { seed in
      unsafe EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed.baseAddress, seed.count)
    }
    guard let pointer = unsafe pointer else { throw .libraryFailure(KeyHandle.drainError()) }
    try unsafe self.init(handle: KeyHandle(owning: pointer))
  }

  /// Reads a private key (`PEM_read_bio_PrivateKey`).
  ///
  /// - Parameter passphrase: What opens an encrypted key; nothing ever asks the terminal for it here.
  package init(pem: [UInt8], passphrase: String? = nil) throws(CryptoError) {
    guard !pem.isEmpty, pem.count <= 1 << 16 else { throw .malformedPrivateKey }
    let isEncrypted = String(decoding: pem, as: UTF8.self).contains("ENCRYPTED")
    if isEncrypted, passphrase == nil { throw .passphraseNeeded }
    let bio = unsafe pem.withUnsafeBufferPointer { bytes -> OpaquePointer? in
      guard let bio = unsafe BIO_new(BIO_s_mem()) else { return nil }
      guard unsafe BIO_write(bio, bytes.baseAddress, Int32(bytes.count)) == Int32(bytes.count) else {
        unsafe BIO_free(bio)
        return nil
      }
      return unsafe bio
    }
    guard let bio = unsafe bio else { throw .libraryFailure(KeyHandle.drainError()) }
    defer { unsafe BIO_free(bio) }
    // With no callback and text for its argument libcrypto takes that text as the passphrase; without one it would
    // ask on the terminal.
    var phrase = Array((passphrase ?? "").utf8CString)
    let pointer = unsafe phrase.withUnsafeMutableBufferPointer { phrase in
      unsafe PEM_read_bio_PrivateKey(bio, nil, nil, phrase.baseAddress)
    }
    guard let pointer = unsafe pointer else {
      ERR_clear_error()
      throw isEncrypted ? .passphraseWrong : .malformedPrivateKey
    }
    try unsafe self.init(handle: KeyHandle(owning: pointer))
  }

  /// How often PBKDF2 hashes a passphrase: what guessing costs whoever has the file (OWASP's figure for HMAC-SHA-256, 2023).
  private static let passphraseRounds: Int32 = 600_000

  /// The key as PKCS#8 PEM, encrypted with AES-256-CBC under PBKDF2 with HMAC-SHA-256 where there is a passphrase
  /// (`PKCS8_encrypt`, RFC 8018).
  package func pem(passphrase: String? = nil) throws(CryptoError) -> [UInt8] {
    // On reading, libcrypto takes the passphrase as a C string of at most PEM_BUFSIZE bytes: what is longer or holds a
    // NUL would lock the key for ever.
    if let passphrase, passphrase.utf8.count > 1000 || passphrase.utf8.contains(0) { throw .passphraseUnusable }
    guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw .libraryFailure(KeyHandle.drainError()) }
    defer { unsafe BIO_free(bio) }
    let result: Int32
    if let passphrase, !passphrase.isEmpty {
      var phrase = Array(passphrase.utf8CString)
      result = unsafe phrase.withUnsafeMutableBufferPointer { phrase in
        unsafe custody_write_encrypted_key(
          bio, handle.pointer, phrase.baseAddress, Int32(phrase.count - 1), SigningKey.passphraseRounds)
      }
    } else {
      result = unsafe PEM_write_bio_PKCS8PrivateKey(bio, handle.pointer, nil, nil, 0, nil, nil)
    }
    guard result == 1 else { throw .libraryFailure(KeyHandle.drainError()) }
    var data: UnsafeMutablePointer<CChar>?
    let length = unsafe custody_bio_data(bio, &data)
    guard length > 0, let data = unsafe data else { throw .libraryFailure("it wrote no key") }
    return unsafe UnsafeRawBufferPointer(start: data, count: length).map { $0 }
  }

  /// The signature over a message: 64 bytes for Ed25519, DER for ECDSA (`EVP_DigestSign`).
  package func signature(for message: [UInt8]) throws(CryptoError) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .libraryFailure(KeyHandle.drainError()) }
    defer { unsafe EVP_MD_CTX_free(context) }
    let started =
      switch verificationKey.algorithm {
      case .ed25519: unsafe EVP_DigestSignInit_ex(context, nil, nil, nil, nil, handle.pointer, nil)
      case .ecdsaP256: unsafe EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, handle.pointer, nil)
      }
    guard started == 1 else { throw .libraryFailure(KeyHandle.drainError()) }
    var signature = [UInt8](repeating: 0, count: 128)
    var length = signature.count
    let result = unsafe signature.withUnsafeMutableBufferPointer { signature in
      unsafe message.withUnsafeBufferPointer { message in
        var nothing: UInt8 = 0
        return unsafe withUnsafePointer(to: &nothing) { fallback in
          unsafe EVP_DigestSign(
            context, signature.baseAddress, &length, message.baseAddress ?? fallback, message.count)
        }
      }
    }
    guard result == 1 else { throw .libraryFailure(KeyHandle.drainError()) }
    return Array(signature.prefix(length))
  }
}
