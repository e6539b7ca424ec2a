internal import COpenSSL

/// Bytes from libcrypto's random generator (`RAND_bytes`).
package enum RandomBytes {
  /// That many unpredictable bytes.
  package static func make(count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe RAND_bytes(&bytes, Int32(count)) == 1 else { throw .libraryFailure(KeyHandle.drainError()) }
    return bytes
  }
}
