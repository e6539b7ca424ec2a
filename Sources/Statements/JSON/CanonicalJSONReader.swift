/// Why bytes are not canonical JSON, and where.
package struct CanonicalJSONError: Error, Equatable, Sendable {
  /// What breaks the form.
  package let reason: String
  /// The offset in bytes at which it shows.
  package let offset: Int
}

extension CanonicalJSONError: CustomStringConvertible {
  package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONValue {
  /// Reads the one canonical spelling of a value: white space, other escapes, unsorted or repeated keys, null and
  /// numbers other than integers from 0 to 2^53 - 1 are refused.
  package init(canonical bytes: [UInt8]) throws(CanonicalJSONError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw CanonicalJSONError(reason: "not UTF-8", offset: error.byteOffsets.lowerBound)
    }
    var reader = CanonicalJSONReader(bytes: bytes)
    self = try reader.value(depth: 0)
    guard reader.offset == bytes.count else { throw reader.error("bytes after the value") }
  }
}

/// A cursor over bytes that are UTF-8.
private struct CanonicalJSONReader {
  let bytes: [UInt8]
  var offset = 0
  /// Deeper than anything custody writes, and shallow enough for any stack.
  static let depthLimit = 32

  func error(_ reason: String) -> CanonicalJSONError {
    CanonicalJSONError(reason: reason, offset: offset)
  }

  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  mutating func value(depth: Int) throws(CanonicalJSONError) -> JSONValue {
    guard depth < CanonicalJSONReader.depthLimit else { throw error("nested too deeply") }
    guard let first = next else { throw error("no canonical value") }
    switch first {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    case UInt8(ascii: "t"): return .boolean(try word("true", true))
    case UInt8(ascii: "f"): return .boolean(try word("false", false))
    default: throw error("no canonical value")
    }
  }

  mutating func word(_ text: StaticString, _ meaning: Bool) throws(CanonicalJSONError) -> Bool {
    for byte in "\(text)".utf8 where !take(byte) { throw error("no canonical value") }
    return meaning
  }

  mutating func integer() throws(CanonicalJSONError) -> Int {
    let start = offset
    var number = 0
    while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
      guard number <= JSONValue.integerLimit else { throw error("an integer above 2^53 - 1") }
      offset += 1
    }
    guard offset - start == 1 || bytes[start] != UInt8(ascii: "0") else { throw error("a zero before a number") }
    return number
  }

  mutating func string() throws(CanonicalJSONError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw error("no string") }
    let start = offset
    // Most text has no escapes, and is taken as it stands.
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        offset += 1
        return text
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      offset += 1
    }
    var text = Array(bytes[start..<offset])
    while let byte = next {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(try escape())
      case 0..<0x20: throw error("a control character in a string")
      default: text.append(byte)
      }
    }
    throw error("a string without an end")
  }

  mutating func escape() throws(CanonicalJSONError) -> UInt8 {
    guard let kind = next else { throw error("a string without an end") }
    offset += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return kind
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "u"):
      guard take(UInt8(ascii: "0")), take(UInt8(ascii: "0")), let high = hexadecimalDigit(),
        let low = hexadecimalDigit()
      else { throw error("an escape that is not canonical") }
      let value = high << 4 | low
      guard value < 0x20, ![0x08, 0x09, 0x0a, 0x0c, 0x0d].contains(value) else {
        throw error("an escape that is not canonical")
      }
      return value
    default: throw error("an escape that is not canonical")
    }
  }

  mutating func hexadecimalDigit() -> UInt8? {
    guard let digit = next else { return nil }
    offset += 1
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): return digit - UInt8(ascii: "a") + 10
    default: return nil
    }
  }

  mutating func array(depth: Int) throws(CanonicalJSONError) -> [JSONValue] {
    offset += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return values }
    while true {
      values.append(try value(depth: depth + 1))
      if take(UInt8(ascii: "]")) { return values }
      guard take(UInt8(ascii: ",")) else { throw error("no comma or end in an array") }
    }
  }

  mutating func object(depth: Int) throws(CanonicalJSONError) -> JSONObject {
    offset += 1
    var members: [(key: String, value: JSONValue)] = []
    if take(UInt8(ascii: "}")) { return JSONObject() }
    while true {
      let key = try string()
      if let last = members.last, !CanonicalOrder.precedes(last.key, key) {
        throw error("a key out of order, or twice")
      }
      guard take(UInt8(ascii: ":")) else { throw error("no colon after a key") }
      members.append((key, try value(depth: depth + 1)))
      if take(UInt8(ascii: "}")) { return JSONObject(inOrder: members) }
      guard take(UInt8(ascii: ",")) else { throw error("no comma or end in an object") }
    }
  }
}
