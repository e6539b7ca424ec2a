import Statements
import Testing
import TestSupport

/// RFC 8785, as far as it goes without floating point numbers and null.
struct CanonicalJSONTests {
  private static func fault(_ text: String) -> CanonicalJSONError? { fault(Array(text.utf8)) }

  private static func fault(_ bytes: [UInt8]) -> CanonicalJSONError? {
    do throws(CanonicalJSONError) {
      _ = try JSONValue(canonical: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func `keys are sorted by UTF-16 units as in section 3.2.3`() throws {
    let value = JSONValue.object(
      JSONObject([
        ("\u{20ac}", .string("Euro Sign")), ("\r", .string("Carriage Return")),
        ("\u{fb33}", .string("Hebrew Letter Dalet With Dagesh")), ("1", .string("One")),
        ("\u{1f600}", .string("Emoji: Grinning Face")), ("\u{80}", .string("Control")),
        ("\u{f6}", .string("Latin Small Letter O With Diaeresis")),
      ]))
    let text =
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"\u{f6}\":\"Latin Small Letter O With Diaeresis\","
      + "\"\u{20ac}\":\"Euro Sign\",\"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    #expect(value.canonicalBytes == Array(text.utf8))
    #expect(try JSONValue(canonical: Array(text.utf8)) == value)
    // By scalar value the emoji would come last.
    #expect(Self.fault("{\"\u{fb33}\":1,\"\u{1f600}\":1}") != nil)
  }

  @Test func `strings are escaped as in section 3.2.2`() throws {
    let text = "\u{20ac}$\u{0f}\nA'B\"\\\\\"/"
    let spelled = "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""
    #expect(JSONValue.string(text).canonicalBytes == Array(spelled.utf8))
    #expect(try JSONValue(canonical: Array(spelled.utf8)) == .string(text))
  }

  @Test func `every character has one spelling`() throws {
    for scalar in (0..<0x100).compactMap({ UnicodeScalar($0) }) {
      let value = JSONValue.string("a\(Character(scalar))b")
      #expect(try JSONValue(canonical: value.canonicalBytes) == value)
      let escaped = "\"a\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value & 0xff, radix: 16))b\""
      let isTheOne = value.canonicalBytes == Array(escaped.utf8)
      #expect((Self.fault(escaped) == nil) == isTheOne, "\(escaped)")
    }
  }

  @Test func `spellings of one letter are two texts`() throws {
    let composed = JSONValue.string("\u{e9}")
    let decomposed = JSONValue.string("e\u{301}")
    #expect(composed != decomposed)
    #expect(composed.canonicalBytes != decomposed.canonicalBytes)
    let both = "{\"e\u{301}\":1,\"\u{e9}\":2}"
    let object = try JSONValue(canonical: Array(both.utf8))
    #expect(object.canonicalBytes == Array(both.utf8))
    guard case .object(let members) = object else { return }
    #expect(members["\u{e9}"] == .integer(2) && members["e\u{301}"] == .integer(1))
  }

  @Test(arguments: [0, 1, 9, 10, 1_000_000, JSONValue.integerLimit])
  func `integers are written in digits`(_ number: Int) throws {
    #expect(JSONValue.integer(number).canonicalBytes == Array("\(number)".utf8))
    #expect(try JSONValue(canonical: Array("\(number)".utf8)) == .integer(number))
  }

  @Test(arguments: [
    ("", 0), (" 1", 0), ("1 ", 1), ("\n", 0), ("null", 0), ("-1", 0), ("-0", 0), ("+1", 0), ("01", 2), ("00", 2),
    ("1.0", 1), ("1.5", 1), ("1e3", 1), ("1E3", 1), ("9007199254740992", 15), ("99999999999999999999999999", 15),
    ("NaN", 0), ("Infinity", 0), ("tru", 3), ("truer", 4), ("fals", 4), ("True", 0),
    ("\"", 1), ("\"a", 2), ("\"\\", 2), ("\"\\x\"", 3), ("\"\\/\"", 3), ("\"\\u0041\"", 7), ("\"\\u000A\"", 7),
    ("\"\\u000a\"", 7), ("\"\\u001F\"", 7), ("\"\\ud83d\\ude00\"", 3), ("\"\n\"", 2), ("'a'", 0), ("[", 1), ("[1", 2),
    ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1 ,2]", 2), ("[1, 2]", 3), ("[1]]", 3), ("{", 1), ("{\"a\"}", 4),
    ("{\"a\":}", 5), ("{\"a\":1", 6), ("{\"a\":1,}", 7), ("{a:1}", 1), ("{1:1}", 1), ("{\"a\" :1}", 4),
    ("{\"a\":1 }", 6), ("{\"a\":1}{", 7), ("{\"a\":null}", 5), ("{\"b\":1,\"a\":1}", 10), ("{\"a\":1,\"a\":1}", 10),
    ("\u{feff}1", 0),
  ])
  func `what is not canonical is refused where it shows`(_ text: String, _ offset: Int) {
    let fault = Self.fault(text)
    #expect(fault != nil)
    if let fault { #expect(fault.offset == offset, "\(fault)") }
  }

  @Test(
    arguments: [
      [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xe2, 0x82, 0x22],
    ] as [[UInt8]])
  func `what is not UTF-8 is refused`(_ bytes: [UInt8]) {
    #expect(Self.fault(bytes)?.reason == "not UTF-8")
  }

  @Test func `nesting ends at a depth and never in a crash`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    }
    #expect(Self.fault(nested(31)) == nil)
    #expect(Self.fault(nested(32)) != nil)
    #expect(Self.fault(String(repeating: "[", count: 1_000_000)) != nil)
    #expect(Self.fault(String(repeating: "{\"a\":", count: 200_000)) != nil)
  }

  @Test func `random values come back as they went`() throws {
    var random = SeededRandom()
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 4 ? 3 : 5), using: &random) {
      case 0: return .integer(Int.random(in: 0...JSONValue.integerLimit, using: &random))
      case 1: return .boolean(Bool.random(using: &random))
      case 2: return .string(text())
      case 3: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
      default:
        var members: [(key: String, value: JSONValue)] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          let key = text()
          if !members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
            members.append((key, value(depth + 1)))
          }
        }
        return .object(JSONObject(members))
      }
    }
    func text() -> String {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        text.append(UnicodeScalar(UInt32.random(in: 0...0x10ffff, using: &random)) ?? "x")
      }
      return String(text)
    }
    for _ in 0..<300 {
      let value = value(0)
      #expect(try JSONValue(canonical: value.canonicalBytes) == value)
    }
  }

  @Test func `a changed byte is another value or none`() throws {
    let text = "{\"a\":[1,20,\"x\\n\u{e9}\"],\"b\":{\"c\":true},\"d\":\"\"}"
    let bytes = Array(text.utf8)
    for offset in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[offset] ^= 1 << UInt8(bit)
        guard let value = try? JSONValue(canonical: changed) else { continue }
        #expect(value.canonicalBytes == changed)
      }
    }
  }
}
