internal import COpenSSL

/// What an RFC 3161 response (section 2.4.2), or the token alone, says. Whether it is to be believed is another question:
/// ``TimestampToken`` looks at its signature, ``TimestampRoots`` at who made it.
package struct TimestampReply: Sendable, Equatable {
  /// Whether the bytes are a response around the token, and not the token alone.
  package let isResponse: Bool
  /// `PKIStatus`: 0 for granted, 1 for granted with modifications; anything else is a refusal.
  package let status: Int
  /// Why it was refused, in the authority's words; nil where it gives none.
  package let statusText: String?
  /// Why it was refused, by the first bit of `PKIFailureInfo`; nil where none is set.
  package let failure: String?
  /// The token; nil where it was refused.
  package let token: Token?

  /// What a token says.
  package struct Token: Sendable, Equatable {
    /// What it is over; nil where that is no SHA-256.
    package let imprint: Digest?
    /// The authority's time, in milliseconds since 1970, rounded up.
    package let time: Int
    /// By how much the time may be off, in milliseconds, rounded up; nil where it does not say.
    package let accuracy: Int?
    /// The policy that it was made under, as in `1.2.3.4.1`.
    package let policy: String
    /// Its number with that authority, in hexadecimal digits.
    package let serial: String
    /// The number that the request gave, in hexadecimal digits.
    package let nonce: String?
    /// Who made it, by the certificate in it, else as it says itself; nil where neither is there.
    package let authority: String?
    /// Whether it brings the certificate that made it.
    package let hasCertificate: Bool
    /// Whether that certificate was valid at the token's own time; nil where none is in it.
    package let isInValidity: Bool?
  }

  /// Whether there is a token that the authority granted.
  package var isGranted: Bool { (status == 0 || status == 1) && token != nil }

  /// Reads a response or a token; nil for anything else.
  package init?(parsing bytes: [UInt8]) {
    guard let handle = TimestampHandle(parsing: bytes) else { return nil }
    self.init(handle)
  }

  init?(_ handle: TimestampHandle) {
    isResponse = handle.isResponse
    status = handle.status
    statusText = handle.text(custody_text_status)
    failure = TimestampReply.failures[handle.failure]
    guard handle.hasToken else {
      token = nil
      return
    }
    guard let time = handle.time, let policy = handle.text(custody_text_policy) else { return nil }
    token = Token(
      imprint: handle.imprint, time: time, accuracy: handle.accuracy, policy: policy,
      serial: handle.text(custody_text_serial) ?? "0", nonce: handle.text(custody_text_nonce),
      authority: handle.text(custody_text_authority), hasCertificate: handle.hasCertificate,
      isInValidity: handle.isInValidity)
  }

  /// RFC 3161, section 2.4.2.
  private static let failures: [Int: String] = [
    0: "it does not know the algorithm", 2: "the request is not permitted", 5: "the request is malformed",
    14: "its clock is not available", 15: "it does not know the policy", 16: "it does not know an extension",
    17: "it has no more to say", 25: "it failed",
  ]

  /// The text of so many characters of a buffer.
  static func text(_ buffer: [CChar], _ length: Int32) -> String {
    String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A response or token as libcrypto holds it, freed here.
@safe final class TimestampHandle {
  private let pointer: UnsafeMutablePointer<custody_timestamp>

  init?(parsing bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count <= TimestampToken.sizeLimit else { return nil }
    let read = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe custody_timestamp_read(bytes.baseAddress, bytes.count)
    }
    guard let read = unsafe read else { return nil }
    unsafe pointer = read
  }

  deinit {
    unsafe custody_timestamp_free(pointer)
  }

  var isResponse: Bool { unsafe custody_timestamp_is_response(pointer) != 0 }
  var hasToken: Bool { unsafe custody_timestamp_has_token(pointer) != 0 }
  var status: Int { unsafe custody_timestamp_status(pointer) }
  var failure: Int { Int(unsafe custody_timestamp_failure(pointer)) }
  var hasCertificate: Bool { unsafe custody_timestamp_has_certificate(pointer) != 0 }

  var isInValidity: Bool? {
    let answer = unsafe custody_timestamp_is_in_validity(pointer)
    return answer < 0 ? nil : answer == 1
  }

  func text(_ what: some BinaryInteger) -> String? {
    var buffer = [CChar](repeating: 0, count: 1024)
    let length = unsafe custody_timestamp_text(pointer, Int32(what), &buffer, Int32(buffer.count))
    return length > 0 ? TimestampReply.text(buffer, length) : nil
  }

  var imprint: Digest? {
    var bytes = [UInt8](repeating: 0, count: 32)
    guard unsafe custody_timestamp_imprint(pointer, &bytes) == 1 else { return nil }
    return Digest(bytes)
  }

  /// The whole seconds of its time since 1970.
  var seconds: Int? {
    var seconds: Int64 = 0
    guard unsafe custody_timestamp_time(pointer, &seconds) == 1 else { return nil }
    return Int(seconds)
  }

  /// In milliseconds since 1970, rounded up.
  var time: Int? {
    guard let seconds, let text = text(custody_text_time) else { return nil }
    let fraction = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1).dropFirst().first ?? []
    let digits = fraction.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    var milliseconds = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    for _ in digits.prefix(3).count..<3 { milliseconds *= 10 }
    if digits.dropFirst(3).contains(where: { $0 != UInt8(ascii: "0") }) { milliseconds += 1 }
    return seconds * 1000 + milliseconds
  }

  /// In milliseconds, rounded up.
  var accuracy: Int? {
    let microseconds = unsafe custody_timestamp_accuracy(pointer)
    return microseconds < 0 ? nil : Int((microseconds + 999) / 1000)
  }

  /// Does something with libcrypto's own.
  func withPointer<Result>(_ body: (UnsafeMutablePointer<custody_timestamp>) -> Result) -> Result {
    unsafe body(pointer)
  }
}

@available(*, unavailable)
extension TimestampHandle: Sendable {}
