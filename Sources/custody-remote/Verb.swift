/// What can be asked of a service elsewhere.
enum Verb: String, CaseIterable {
  /// An RFC 3161 token, over HTTP (section 3.4).
  case timestamp

  /// The media type of what is sent.
  var requestType: String {
    switch self {
    case .timestamp: "application/timestamp-query"
    }
  }

  /// The media type that is asked for.
  var answerType: String {
    switch self {
    case .timestamp: "application/timestamp-reply"
    }
  }

  /// The longest answer, in bytes.
  var answerLimit: Int {
    switch self {
    case .timestamp: 1 << 20
    }
  }

  /// What is wrong with an answer at first sight; nil where it may be what was asked for.
  func fault(_ answer: [UInt8], type: String?) -> String? {
    switch self {
    case .timestamp:
      if let type, type.lowercased().hasPrefix("text/") { return "it is a page of text, '\(type)'" }
      if answer.isEmpty { return "it is empty" }
      return DERSequence.isOne(answer) ? nil : "it is not one whole DER sequence"
    }
  }
}

/// The outer shell of what ASN.1 encodes: enough to tell an answer from a page that says something went wrong.
enum DERSequence {
  /// Whether bytes are a sequence, from its tag to its end and no further.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2, bytes[0] == 0x30 else { return false }
    let first = Int(bytes[1])
    if first < 0x80 { return bytes.count == 2 + first }
    let count = first & 0x7f
    guard (1...4).contains(count), bytes.count > 2 + count else { return false }
    let length = bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
    return bytes.count == 2 + count + length
  }
}
