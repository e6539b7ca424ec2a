/// Reads the little XML that the S3 API answers with: elements and text. There are no document types, and with them no entities
/// but the five and the numbers (XML 1.0, section 4.6).
struct XMLScanner {
  enum Event: Equatable {
    /// An element's name without its prefix.
    case start(String)
    case end
    case text(String)
  }

  /// It is not well-formed, or more than the S3 API needs.
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>
  private var open: [ArraySlice<UInt8>] = []
  private var hasRoot = false
  /// Whether the start of an empty element was told, and its end is next.
  private var isEmpty = false

  private static let depthLimit = 16

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
    if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
  }

  /// What comes next; nil at the end.
  mutating func next() throws(Malformed) -> Event? {
    if isEmpty {
      isEmpty = false
      open.removeLast()
      return .end
    }
    while let first = rest.first {
      guard first == UInt8(ascii: "<") else {
        let text = take(while: { $0 != UInt8(ascii: "<") })
        if !open.isEmpty { return .text(try XMLScanner.decoded(text)) }
        guard text.allSatisfy(XMLScanner.isSpace) else { throw Malformed() }
        continue
      }
      if rest.starts(with: Array("<?".utf8)) {
        try skip(past: "?>")
      } else if rest.starts(with: Array("<!--".utf8)) {
        try skip(past: "-->")
      } else if rest.starts(with: Array("</".utf8)) {
        return try end()
      } else {
        return try start()
      }
    }
    guard open.isEmpty, hasRoot else { throw Malformed() }
    return nil
  }

  private mutating func start() throws(Malformed) -> Event {
    rest.removeFirst()
    let name = take(while: XMLScanner.isName)
    guard let letter = name.first, letter > UInt8(ascii: "9") || letter == UInt8(ascii: ":"),
      open.count < XMLScanner.depthLimit,
      !open.isEmpty || !hasRoot
    else { throw Malformed() }
    // Attributes say nothing that is asked for.
    var quote: UInt8?
    var last: UInt8 = 0
    while true {
      guard let byte = rest.popFirst() else { throw Malformed() }
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      } else if byte == UInt8(ascii: "<") {
        throw Malformed()
      }
      last = byte
    }
    hasRoot = true
    open.append(name)
    isEmpty = last == UInt8(ascii: "/")
    return .start(try XMLScanner.text(name.split(separator: UInt8(ascii: ":")).last ?? []))
  }

  private mutating func end() throws(Malformed) -> Event {
    rest = rest.dropFirst(2)
    let name = take(while: XMLScanner.isName)
    _ = take(while: XMLScanner.isSpace)
    guard rest.popFirst() == UInt8(ascii: ">"), let last = open.popLast(), last == name else { throw Malformed() }
    return .end
  }

  private mutating func take(while isPart: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let part = rest.prefix(while: isPart)
    rest = rest.dropFirst(part.count)
    return part
  }

  private mutating func skip(past mark: String) throws(Malformed) {
    let mark = Array(mark.utf8)
    while !rest.starts(with: mark) {
      guard rest.popFirst() != nil else { throw Malformed() }
    }
    rest = rest.dropFirst(mark.count)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

  private static func isName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || PercentEncoding.isPlain(byte) && byte != UInt8(ascii: "~") || byte == UInt8(ascii: ":")
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
    return text
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
    let text = try text(bytes)
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "&") {
      result += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else { throw Malformed() }
      result.unicodeScalars.append(try scalar(rest[..<end]))
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func scalar(_ entity: Substring) throws(Malformed) -> Unicode.Scalar {
    switch entity {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      let isHex = entity.hasPrefix("#x")
      guard entity.hasPrefix("#"), let number = UInt32(entity.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10),
        let scalar = Unicode.Scalar(number)
      else { throw Malformed() }
      return scalar
    }
  }
}
