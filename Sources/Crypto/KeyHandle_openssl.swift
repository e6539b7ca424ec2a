internal import COpenSSL

/// An `EVP_PKEY`, owned and freed here.
///
/// - Note: Sendable because libcrypto's keys are reference-counted and only read once made
///   (<https://www.openssl.org/docs/man3.0/man7/openssl-threads.html>).
@safe final class KeyHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes over the pointer's one reference.
  init(owning pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe EVP_PKEY_free(pointer)
  }

  /// The kind of key; nil for kinds that custody does not use.
  var algorithm: KeyAlgorithm? {
    if unsafe EVP_PKEY_is_a(pointer, "ED25519") == 1 { return .ed25519 }
    guard unsafe EVP_PKEY_is_a(pointer, "EC") == 1 else { return nil }
    var name = [CChar](repeating: 0, count: 64)
    var length = 0
    guard unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1, length < name.count else {
      return nil
    }
    let group = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return group == "prime256v1" ? .ecdsaP256 : nil
  }

  /// The DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
  var subjectPublicKeyInfo: [UInt8]? {
    var encoded: UnsafeMutablePointer<UInt8>?
    let length = unsafe i2d_PUBKEY(pointer, &encoded)
    guard length > 0, let bytes = unsafe encoded else { return nil }
    defer { unsafe CRYPTO_free(bytes, nil, 0) }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
  }

  /// The reason on top of libcrypto's error queue, which is emptied, so that the next caller reads its own.
  static func drainError() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0, let text = unsafe ERR_reason_error_string(code) else { return "no reason given" }
    return unsafe String(cString: text)
  }
}
