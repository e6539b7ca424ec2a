/// What the head of an answer says, line by line as it comes; bytes from outside, of which only what is understood is kept.
struct AnswerHead: Equatable {
  private(set) var status = 0
  /// Whether the empty line after it came: libcurl takes one that breaks off in the middle for all of it.
  private(set) var isWhole = false
  /// `Content-Length`
  private(set) var length: Int?
  /// Whether its end can be told from its being cut: RFC 9112, section 6.3.
  private(set) var hasEnd = false
  private(set) var tag: String?
  /// Which version of an object it is.
  private(set) var version: String?
  /// For how long the object is kept, and whether a legal hold is on it: what HeadObject answers of object lock.
  private(set) var lock = LockHead()
  /// `Retry-After` in seconds from now.
  private(set) var pause: Int?

  /// - Parameter secondsUntil: How far a date is from now: `Retry-After` may name one (RFC 9110, section 10.2.3).
  mutating func take(_ line: String, secondsUntil: (String) -> Int?) {
    // What is interim, or leads elsewhere, is followed by another head.
    if line.hasPrefix("HTTP/") {
      self = AnswerHead()
      let words = line.split(separator: " ", maxSplits: 2)
      if words.count > 1, words[1].count == 3, let number = Int(words[1]), number >= 100 { status = number }
      if line.hasPrefix("HTTP/2") || line.hasPrefix("HTTP/3") { hasEnd = true }
      return
    }
    if line == "\r\n" || line == "\n" { isWhole = true }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = AnswerHead.trimmed(line[line.index(after: colon)...])
    switch line[..<colon].lowercased() {
    case "content-length":
      guard let number = AnswerHead.number(value) else { return }
      length = number
      hasEnd = true
    case "transfer-encoding": if value.lowercased() == "chunked" { hasEnd = true }
    case "etag": tag = EntityTag.read(value)
    case "x-amz-version-id": version = LockHead.version(value)
    case "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold":
      lock.take(line[..<colon].lowercased(), value)
    case "retry-after":
      let seconds = AnswerHead.number(value) ?? secondsUntil(value)
      pause = seconds.map { min(max($0, 0), 3600) }
    default: break
    }
  }

  private static func number(_ text: String) -> Int? {
    (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      ? Int(text) : nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
