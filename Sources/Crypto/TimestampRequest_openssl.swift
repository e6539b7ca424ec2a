internal import COpenSSL

/// An RFC 3161 request for a token over a SHA-256 (section 2.4.1), as `TS_REQ` writes and reads it.
package struct TimestampRequest: Sendable, Equatable {
  /// The DER bytes that go to the authority, as `application/timestamp-query`.
  package let bytes: [UInt8]
  /// What the token is to be over.
  package let imprint: Digest
  /// The number that the token has to repeat, in hexadecimal digits; nil where none is asked for.
  package let nonce: String?
  /// The policy that the token has to be made under, as in `1.2.3.4.1`; nil for the authority's own.
  package let policy: String?

  /// The longest request that is read, in bytes.
  package static let sizeLimit = 1 << 16

  /// Why a request could not be made.
  package enum Fault: Error, Sendable, Equatable {
    /// The policy is not an object identifier.
    case malformedPolicy
    /// libcrypto failed.
    case library(CryptoError)
  }

  /// A new request with a random number of 64 bits, which asks for the authority's certificate too.
  package static func make(over imprint: Digest, policy: String?) throws(Fault) -> TimestampRequest {
    let nonce: [UInt8]
    do throws(CryptoError) {
      nonce = try RandomBytes.make(count: 8)
    } catch {
      throw .library(error)
    }
    // Longer than any that is in use, and short enough for libcrypto to read it in no time.
    if let policy, policy.utf8.count > 128 || policy.utf8.contains(where: { !isOfIdentifier($0) }) {
      throw .malformedPolicy
    }
    var encoded: UnsafeMutablePointer<UInt8>?
    let digest = imprint.bytes
    let length = unsafe digest.withUnsafeBufferPointer { digest in
      unsafe nonce.withUnsafeBufferPointer { nonce in
        if let policy {
          unsafe policy.withCString { policy in
            unsafe custody_timestamp_request(
              digest.baseAddress, nonce.baseAddress, Int32(nonce.count), policy, &encoded)
          }
        } else {
          unsafe custody_timestamp_request(digest.baseAddress, nonce.baseAddress, Int32(nonce.count), nil, &encoded)
        }
      }
    }
    guard length != 0 else { throw .malformedPolicy }
    guard length > 0, let start = unsafe encoded else { throw .library(.libraryFailure("it wrote no request")) }
    defer { unsafe custody_free(start) }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: Int(length)))
    guard let request = TimestampRequest(parsing: bytes) else {
      throw .library(.libraryFailure("it wrote a request that it cannot read"))
    }
    return request
  }

  /// Reads a request, of whoever made it; nil for one that is not over a SHA-256.
  package init?(parsing bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count <= TimestampRequest.sizeLimit else { return nil }
    var imprint = [UInt8](repeating: 0, count: 32)
    var nonce = [CChar](repeating: 0, count: 256)
    var policy = [CChar](repeating: 0, count: 256)
    var (nonceLength, policyLength) = (Int32(nonce.count), Int32(policy.count))
    let isRead = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe custody_timestamp_request_read(
        bytes.baseAddress, bytes.count, &imprint, &nonce, &nonceLength, &policy, &policyLength)
    }
    guard isRead == 1, policyLength < policy.count, let digest = Digest(imprint) else { return nil }
    self.bytes = bytes
    self.imprint = digest
    self.nonce = nonceLength > 0 ? TimestampReply.text(nonce, nonceLength) : nil
    self.policy = policyLength > 0 ? TimestampReply.text(policy, policyLength) : nil
  }

  private static func isOfIdentifier(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
