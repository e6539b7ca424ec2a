internal import COpenSSL

/// The certificates that a reader trusts to say what time it was, and lists of those that were revoked.
///
/// A chain is built as it was at the token's own time (`X509_VERIFY_PARAM_set_time`): an authority's certificate that has
/// run out since is no fault of the token. A certificate among these need not be a root of its own: who trusts an authority
/// need not trust who certifies it.
///
/// - Note: Sendable because libcrypto's certificates, lists and stores are reference-counted, and only read here once made.
@safe package final class TimestampRoots: @unchecked Sendable {
  private let pointer: UnsafeMutablePointer<custody_roots>

  /// The longest file that is read, in bytes.
  package static let sizeLimit = 4 << 20

  /// How a token was judged.
  package enum Verdict: Sendable, Equatable {
    /// The certificates vouch for it.
    case trusted
    /// Why they do not: a clause.
    case untrusted(String)
  }

  /// Reads certificates and revocation lists in PEM; nil where one cannot be read, or no certificate is there.
  package init?(pem: [UInt8]) {
    guard !pem.isEmpty, pem.count <= TimestampRoots.sizeLimit else { return nil }
    let read = unsafe pem.withUnsafeBufferPointer { pem in
      unsafe custody_roots_read(pem.baseAddress, Int32(pem.count))
    }
    guard let read = unsafe read else { return nil }
    unsafe pointer = read
  }

  deinit {
    unsafe custody_roots_free(pointer)
  }

  /// How many certificates there are.
  package var count: Int { Int(unsafe custody_roots_count(pointer)) }

  /// How many revocation lists there are.
  package var revocationLists: Int { Int(unsafe custody_roots_revocations(pointer)) }

  /// Judges a token as of its own time: its signature, the certificate that it names (RFC 5816), that certificate's purpose
  /// (RFC 3161, section 2.3), its chain, and the revocation lists at hand (section 4).
  ///
  /// - Returns: The verdict, and who made it, by the certificate that was found; nil where none was.
  package func judge(_ token: [UInt8]) -> (verdict: Verdict, authority: String?) {
    guard let handle = TimestampHandle(parsing: token), handle.hasToken, let seconds = handle.seconds else {
      return (.untrusted("it cannot be read as an RFC 3161 token"), nil)
    }
    guard handle.status == 0 || handle.status == 1 else { return (.untrusted("it was not granted"), nil) }
    var reason = [CChar](repeating: 0, count: 256)
    var authority = [CChar](repeating: 0, count: 1024)
    var (reasonLength, authorityLength) = (Int32(reason.count), Int32(authority.count))
    let result = unsafe handle.withPointer { token in
      unsafe custody_timestamp_judge(
        token, pointer, Int64(seconds), &reason, &reasonLength, &authority, &authorityLength)
    }
    let name = authorityLength > 0 ? TimestampReply.text(authority, authorityLength) : nil
    let why = TimestampReply.text(reason, reasonLength)
    return (TimestampRoots.verdict(result, why), name)
  }

  private static func verdict(_ result: Int32, _ reason: String) -> Verdict {
    switch Int(result) {
    case Int(custody_judged_holds): .trusted
    case Int(custody_judged_no_certificate):
      .untrusted("the certificate that made it is neither in it nor among the roots")
    case Int(custody_judged_chain): .untrusted("the roots do not vouch for its authority at that time: \(reason)")
    case Int(custody_judged_revoked): .untrusted("a certificate of its authority had been revoked by then")
    case Int(custody_judged_compromised):
      .untrusted("a certificate of its authority is revoked, and no reason is given that leaves earlier tokens good")
    case Int(custody_judged_signature): .untrusted("its signature does not hold")
    case Int(custody_judged_weak): .untrusted("it is signed over a digest of less than 256 bits")
    case Int(custody_judged_list):
      .untrusted("a revocation list for its authority is not signed by whoever certifies it")
    default: .untrusted("it does not name the certificate that made it, or names another")
    }
  }
}
