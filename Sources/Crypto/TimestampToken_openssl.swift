internal import COpenSSL

/// An RFC 3161 timestamp token, or the response that carries one.
///
/// Checked by OpenSSL's TS and PKCS #7 (<https://www.openssl.org/docs/man3.0/man3/TS_RESP_verify_response.html>): its form,
/// its imprint, and its signature where it brings the certificate that made it: a request may ask for a token without one
/// (RFC 3161, section 2.4.1, `certReq`). Whether its authority is to be believed is not judged here.
package enum TimestampToken {
  /// Why a token does not hold.
  package enum Fault: Sendable, Equatable {
    /// The bytes are not a response or token with a time in it.
    case malformed
    /// It is over other bytes, or not by SHA-256.
    case otherImprint
    /// Its signature is not that of the certificate that it brings.
    case badSignature
  }

  /// The longest token that is read, in bytes.
  package static let sizeLimit = 1 << 20

  /// What is wrong with a token over a digest; nil where it holds.
  package static func fault(_ token: [UInt8], over digest: Digest) -> Fault? {
    guard !token.isEmpty, token.count <= sizeLimit else { return .malformed }
    let imprint = digest.bytes
    let result = unsafe token.withUnsafeBufferPointer { bytes in
      unsafe imprint.withUnsafeBufferPointer { imprint in
        unsafe custody_timestamp_check(bytes.baseAddress, bytes.count, imprint.baseAddress)
      }
    }
    switch result {
    case 0: return nil
    case 2: return .otherImprint
    case 3: return .badSignature
    default: return .malformed
    }
  }
}
