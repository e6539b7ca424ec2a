/// Reads JSON (RFC 8259) from untrusted bytes, one value after the other, without building a tree.
///
/// Stricter than the RFC demands where two readers could differ: UTF-8 only, without a byte order mark; a key twice in
/// one object and a lone surrogate are refused. Recursion is bounded, so no input exhausts the stack.
struct JSONReader {
  /// How deeply objects and arrays may lie in each other. OSCAL needs about 20.
  static let maximumDepth = 128

  private let bytes: [UInt8]
  private var position = 0
  private var path: [JSONLocation.Step] = []

  init(_ bytes: [UInt8]) throws(CatalogError) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw CatalogError(
        .notJSON, "the file starts with a byte order mark, which JSON must not have",
        hint: "save it as UTF-8 without one")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw CatalogError(.notJSON, "the file is not UTF-8", hint: "save it as UTF-8")
    }
  }

  /// Where the reader is.
  var location: JSONLocation { JSONLocation(path: path) }

  /// A fault of what the JSON says, at the place that is being read.
  func fault(_ what: String, hint: String? = nil) -> CatalogError {
    CatalogError(.malformed, "\(location) \(what)", hint: hint)
  }

  /// Reads an object; the closure must read or skip the value of each key.
  mutating func readObject(
    _ member: (inout JSONReader, String) throws(CatalogError) -> Void
  ) throws(CatalogError) {
    try open(UInt8(ascii: "{"), "an object")
    skipSpace()
    if take(UInt8(ascii: "}")) { return }
    var keys: [String] = []
    var many: Set<String> = []
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw syntax("expected a key in quotes") }
      let key = try parseString()
      // Two readers could each take another one of the two values.
      guard many.isEmpty ? !keys.contains(key) : many.insert(key).inserted else {
        throw syntax("the key '\(JSONLocation.shortened(key))' stands twice in one object")
      }
      if many.isEmpty {
        keys.append(key)
        if keys.count > 16 { many = Set(keys) }
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw syntax("expected ':' after the key '\(JSONLocation.shortened(key))'") }
      path.append(.key(key))
      skipSpace()
      try member(&self, key)
      path.removeLast()
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw syntax("expected ',' or '}'") }
      return
    }
  }

  /// Reads an array; the closure must read or skip each element.
  mutating func readArray(_ element: (inout JSONReader) throws(CatalogError) -> Void) throws(CatalogError) {
    try open(UInt8(ascii: "["), "an array")
    skipSpace()
    if take(UInt8(ascii: "]")) { return }
    var index = 0
    while true {
      path.append(.index(index))
      skipSpace()
      try element(&self)
      path.removeLast()
      index += 1
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw syntax("expected ',' or ']'") }
      return
    }
  }

  /// Reads a string.
  mutating func readString() throws(CatalogError) -> String {
    guard peek == UInt8(ascii: "\"") else { throw mismatch("text") }
    return try parseString()
  }

  /// What a value of no parts is: the text of a string, a number as it is written, `true` or `false`; nil for null.
  ///
  /// - Returns: nil where an object or an array begins, which is not read.
  mutating func readScalar() throws(CatalogError) -> String?? {
    let start = position
    switch peek {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .none
    case UInt8(ascii: "\""): return .some(try parseString())
    default:
      try skip()
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      return .some(text == "null" ? nil : text)
    }
  }

  /// Whether an array begins here.
  var isAtArray: Bool { peek == UInt8(ascii: "[") }

  /// Whether an object begins here.
  var isAtObject: Bool { peek == UInt8(ascii: "{") }

  /// Reads past one value of any kind, checking it all the same.
  mutating func skip() throws(CatalogError) {
    switch peek {
    case UInt8(ascii: "{"): try readObject { (reader, _) throws(CatalogError) in try reader.skip() }
    case UInt8(ascii: "["): try readArray { (reader) throws(CatalogError) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try parseString()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    case .some(let byte) where Self.startsNumber(byte): try number()
    default: throw syntax("expected a value")
    }
  }

  /// Makes sure that nothing but space follows.
  mutating func finish() throws(CatalogError) {
    skipSpace()
    guard position == bytes.count else { throw syntax("something follows after the end") }
  }

  // MARK: Tokens

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func open(_ bracket: UInt8, _ kind: String) throws(CatalogError) {
    guard peek == bracket else { throw mismatch(kind) }
    guard path.count < Self.maximumDepth else {
      throw CatalogError(.notJSON, "byte \(position) lies more than \(Self.maximumDepth) objects and arrays deep")
    }
    position += 1
  }

  private mutating func literal(_ word: StaticString) throws(CatalogError) {
    let text = "\(word)"
    guard bytes[position...].starts(with: text.utf8) else { throw syntax("expected a value") }
    position += text.utf8.count
  }

  private mutating func number() throws(CatalogError) {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
  }

  private mutating func digits() throws(CatalogError) {
    let start = position
    while let byte = peek, byte != UInt8(ascii: "-"), Self.startsNumber(byte) { position += 1 }
    guard position > start else { throw syntax("expected a digit") }
  }

  private mutating func parseString() throws(CatalogError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes[start..<position - 1], as: UTF8.self)
      case UInt8(ascii: "\\"): return try parseEscaped(from: start)
      case 0..<0x20: throw syntax("a control character must be escaped")
      default: position += 1
      }
    }
    throw syntax("the text has no end")
  }

  /// The rest of a string that has at least one escape.
  private mutating func parseEscaped(from start: Int) throws(CatalogError) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try parseEscape(into: &text)
      case 0..<0x20: throw syntax("a control character must be escaped")
      default: text.append(byte)
      }
    }
    throw syntax("the text has no end")
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws(CatalogError) {
    guard let byte = peek else { throw syntax("the text has no end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: Character(try parseScalar()).utf8)
    default: throw syntax("there is no such escape")
    }
  }

  /// The scalar of `\uXXXX`, or of two of them that are a surrogate pair (RFC 8259, section 7).
  private mutating func parseScalar() throws(CatalogError) -> Unicode.Scalar {
    let first = try parseCodeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw syntax("half of a surrogate pair")
    }
    let second = try parseCodeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw syntax("half of a surrogate pair") }
    return scalar
  }

  private mutating func parseCodeUnit() throws(CatalogError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw syntax("expected four hexadecimal digits")
      }
      position += 1
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func startsNumber(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Faults

  private func syntax(_ what: String) -> CatalogError {
    let place = path.isEmpty ? "" : " (\(location))"
    guard position < bytes.count else {
      return CatalogError(.notJSON, "the JSON ends early, after \(bytes.count) bytes\(place): \(what)")
    }
    return CatalogError(.notJSON, "the JSON is broken at byte \(position)\(place): \(what)")
  }

  private func isLiteral(_ word: String) -> Bool { bytes[position...].starts(with: word.utf8) }

  private func mismatch(_ wanted: String) -> CatalogError {
    let found: String
    switch peek {
    case UInt8(ascii: "{"): found = "an object"
    case UInt8(ascii: "["): found = "an array"
    case UInt8(ascii: "\""): found = "text"
    case UInt8(ascii: "t") where isLiteral("true"), UInt8(ascii: "f") where isLiteral("false"): found = "true or false"
    case UInt8(ascii: "n") where isLiteral("null"): found = "null"
    case .some(let byte) where Self.startsNumber(byte): found = "a number"
    default: return syntax("expected \(wanted)")
    }
    return fault("is \(found), expected \(wanted)")
  }
}
