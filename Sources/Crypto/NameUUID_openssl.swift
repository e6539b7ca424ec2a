internal import COpenSSL

/// A UUID that is made of a name: the same name always has the same one, and any library recomputes it.
///
/// Version 5 of RFC 9562, section 5.5, which is defined by SHA-1. Nothing rests on that digest's strength: such a UUID
/// tells things apart, and what they are is said by SHA-256 beside it.
package struct NameUUID: Hashable, Sendable, CustomStringConvertible {
  /// The 16 bytes.
  package let bytes: [UInt8]

  /// The namespace of URLs (RFC 9562, section 6.6).
  package static let url = NameUUID(bytes: [
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
  ])

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The UUID of a name in a namespace.
  package init(_ name: String, in space: NameUUID) {
    guard var digest = NameUUID.sha1(space.bytes + Array(name.utf8)) else {
      preconditionFailure("libcrypto gave SHA-1 before, and does not any more")
    }
    digest.removeLast(4)
    digest[6] = digest[6] & 0x0f | 0x50
    digest[8] = digest[8] & 0x3f | 0x80
    bytes = digest
  }

  /// Whether libcrypto gives SHA-1: asked before the first name, where the answer can still be told.
  package static func start() throws(CryptoError) {
    guard sha1([]) != nil else { throw .libraryFailure("libcrypto has no SHA-1: \(KeyHandle.drainError())") }
  }

  /// 32 lower-case hexadecimal digits in five groups.
  package var description: String {
    let digits = Hexadecimal.encode(bytes)
    let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return cuts.map { String(digits.dropFirst($0.lowerBound).prefix($0.count)) }.joined(separator: "-")
  }

  /// `EVP_Digest` (<https://www.openssl.org/docs/man3.0/man3/EVP_Digest.html>); nil where no provider has SHA-1.
  private static func sha1(_ bytes: [UInt8]) -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: 20)
    var size: UInt32 = 0
    guard unsafe EVP_Digest(bytes, bytes.count, &digest, &size, EVP_sha1(), nil) == 1, size == 20 else { return nil }
    return digest
  }
}
