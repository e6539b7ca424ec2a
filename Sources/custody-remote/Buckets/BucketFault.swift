internal import XML

/// What an answer that says no says, in plain words. Of the answer itself nothing is shown but the S3 API's own word for it.
enum BucketFault {
  /// What an error's `<Code>` means ("Error responses" of the S3 API), and what to do about it.
  private static let meanings: [String: (fault: String, hint: String?)] = [
    "AccessDenied": ("the access key may not do this", "ask who keeps the bucket for the right to"),
    "InvalidAccessKeyId": ("nobody there knows the access key", "look the profile or AWS_ACCESS_KEY_ID up again"),
    "SignatureDoesNotMatch": (
      "the secret key does not fit the access key", "look the profile or AWS_SECRET_ACCESS_KEY up again"
    ),
    "ExpiredToken": ("the session of the access key is over", "log in again"),
    "InvalidToken": ("the session token is none", "log in again"),
    "RequestTimeTooSkewed": ("this machine's clock is not that of the host", "set the clock"),
    "AuthorizationHeaderMalformed": ("the bucket lies in another region", "name it: region=… in the address"),
    "PermanentRedirect": ("the bucket lies in another region", "name it: region=… in the address"),
    "NoSuchBucket": ("there is no such bucket", "look the address up again"),
    "NoSuchKey": ("there is no such object", nil),
    "PreconditionFailed": ("somebody else was first", nil),
    "ConditionalRequestConflict": ("somebody else writes the same object at this moment", nil),
    "XAmzContentSHA256Mismatch": ("what arrived is not what was sent", nil),
    "BadDigest": ("what arrived is not what was sent", nil),
    "InvalidRetentionPeriod": ("the bucket does not hold objects for so long", nil),
    "ObjectLockConfigurationNotFoundError": (
      "the bucket cannot hold objects", "a bucket is made so: it needs object lock from its first day"
    ),
    "SlowDown": ("the host has no time now", nil),
    "ServiceUnavailable": ("the host has no time now", nil),
    "InternalError": ("something went wrong at the host", nil),
    "EntityTooLarge": (
      "it is longer than the host takes in one request, which is mostly 5 GiB",
      "bring it in parts, as 'split -b 4G FILE' makes them"
    ),
    "NotImplemented": ("the host does not have what is asked for", nil),
    "QuotaExceeded": ("the bucket is full", nil),
  ]

  /// - Parameter body: As far as it came.
  static func words(status: Int, body: [UInt8]) -> (fault: String, hint: String?) {
    guard let code = code(body) else { return (plain(status), nil) }
    guard let (fault, hint) = meanings[code] else { return ("\(plain(status)) (\(code))", nil) }
    return ("\(fault) (\(code))", hint)
  }

  /// RFC 9110, section 15.
  private static func plain(_ status: Int) -> String {
    switch status {
    case 300..<400: "the host leads elsewhere, with status \(status)"
    case 401, 403: "the host refuses, with status \(status)"
    case 404: "there is no such object"
    case 409: "somebody else writes the same object at this moment"
    case 412: "somebody else was first"
    case 429, 503: "the host has no time now"
    default: "the host answers with status \(status)"
    }
  }

  /// - Returns: nil for what is no such error, or one whose word is not short and plain.
  static func code(_ body: [UInt8]) -> String? {
    guard let reader = try? XMLReader(body, takesSections: false) else { return nil }
    var path: [String] = []
    // An error that is cut off after the word still has it.
    while let event = try? reader.next() {
      switch event {
      case .start(let name): path.append(name)
      case .end: _ = path.popLast()
      case .text(let word):
        guard path == ["Error", "Code"] else { continue }
        let isPlain =
          (1...64).contains(word.utf8.count) && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isPlain ? word : nil
      }
    }
    return nil
  }
}
