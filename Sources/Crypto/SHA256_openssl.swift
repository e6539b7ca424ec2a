internal import COpenSSL

/// SHA-256 over bytes that come in pieces.
///
/// Wraps `EVP_DigestInit_ex2`, `EVP_DigestUpdate` and `EVP_DigestFinal_ex`
/// (<https://www.openssl.org/docs/man3.0/man3/EVP_DigestInit.html>), so that a FIPS provider serves it where one is set.
@safe package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  package init() {
    let context = unsafe EVP_MD_CTX_new()
    guard let context = unsafe context, unsafe EVP_DigestInit_ex2(context, SHA256.algorithm.pointer, nil) == 1 else {
      preconditionFailure("libcrypto cannot start a SHA-256 context: out of memory, or no provider has the algorithm")
    }
    unsafe self.context = context
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Takes in further bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0, let base = bytes.baseAddress else { return }
    let result = unsafe EVP_DigestUpdate(context, base, bytes.count)
    precondition(result == 1, "EVP_DigestUpdate fails on a live context")
  }

  /// Takes in further bytes.
  package mutating func update(_ bytes: borrowing [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Takes in one byte.
  package mutating func update(byte: UInt8) {
    var byte = byte
    unsafe withUnsafeBytes(of: &byte) { unsafe update($0) }
  }

  /// Takes in a digest's 32 bytes.
  package mutating func update(_ digest: Digest) {
    unsafe digest.withUnsafeBytes { unsafe update($0) }
  }

  /// The digest of all that was taken in; the hasher is used up.
  package consuming func finalize() -> Digest {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      let result = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(result == 1, "EVP_DigestFinal_ex fails on a live context")
      guard let digest = unsafe Digest(UnsafeRawBufferPointer(buffer)) else {
        preconditionFailure("SHA-256 gives 32 bytes")
      }
      return digest
    }
  }
}

/// SHA-256 of bytes at hand (FIPS 180-4).
package enum SHA256 {
  /// The algorithm, fetched once: an implicit fetch for each hash costs more than hashing 64 bytes.
  @safe fileprivate struct Algorithm: @unchecked Sendable {
    // Sendable because an EVP_MD is immutable and reference-counted once fetched.
    let pointer: OpaquePointer?
  }

  fileprivate static let algorithm = unsafe Algorithm(pointer: EVP_MD_fetch(nil, "SHA256", nil))

  /// Whether libcrypto gives the algorithm: it opens files for that, and reads its configuration.
  ///
  /// Asked before the first hash, where the answer can still be told; a hash itself has no way to fail.
  package static func start() throws(CryptoError) {
    let isThere = unsafe algorithm.pointer != nil
    guard isThere else { throw .libraryFailure("libcrypto has no SHA-256: \(KeyHandle.drainError())") }
  }

  /// The digest of some bytes.
  package static func hash(_ bytes: borrowing [UInt8]) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The digest of a text's UTF-8.
  package static func hash(_ text: String) -> Digest {
    hash(Array(text.utf8))
  }
}
