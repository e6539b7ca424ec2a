import Catalogs
import Testing

@Suite struct MalformedCatalogTests {
  @Test(arguments: [
    #""controls": {}"#, #""controls": [1]"#, #""controls": [null]"#, #""controls": null"#, #""groups": "x""#,
    #""controls": [{"title": "no id"}]"#, #""controls": [{"id": "c"}]"#, #""controls": [{"id": 1, "title": "T"}]"#,
    #""groups": [{"id": "g"}]"#, #""groups": [{"title": "T", "id": []}]"#,
    #""controls": [\#(Samples.control("c", #""props": {}"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [{"name": "label"}]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [{"value": "label"}]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [{"name": "label", "value": 3.1}]"#))]"#,
    #""controls": [\#(Samples.control("c", #""parts": [{"prose": "x"}]"#))]"#,
    #""controls": [\#(Samples.control("c", #""params": [{"label": "x"}]"#))]"#,
    #""controls": [{"id": "c d", "title": "T"}]"#, #""controls": [{"id": "", "title": "T"}]"#,
    #""controls": [{"id": "c\tx", "title": "T"}]"#, #""controls": [{"id": "a/b", "title": "T"}]"#,
    #""groups": [{"id": "a b", "title": "T"}]"#,
    #""controls": [\#(Samples.control("c", #""parts": [\#(Samples.objective("a b"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("cadence", "fortnight"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("domain", "Help Desk"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("retained", ""))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("typical-managed", "us"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("weight", "1")), \#(Samples.ours("weight", "1"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("same-as", "3.1.1"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("same-as", "sample/d"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""props": [\#(Samples.ours("same-as", "x/1")), \#(Samples.ours("same-as", "x/1"))]"#))]"#,
  ])
  func `what is missing, of another type or without meaning is refused with its place`(body: String) throws {
    let error = try #require(fault(Samples.document(body)))
    #expect(error.code == .malformed)
    #expect(error.message.hasPrefix("catalog/"), "\(error.message)")
  }

  @Test func `the sentence says what was expected and what was found`() {
    let error = fault(Samples.document(#""groups": [{"title": "T", "controls": [{"id": "c", "title": 7}]}]"#))
    #expect(error?.message == "catalog/groups[0]/controls[0]/title is a number, expected text")
  }

  @Test(arguments: [
    #"{"catalog": {}}"#, #"{"catalog": []}"#, #"{"catalog": {"metadata": {}}}"#,
    #"{"catalog": {"metadata": {"title": "T", "version": "1"}}}"#,
    #"{"catalog": {"metadata": {"title": "T", "oscal-version": "1"}}}"#,
    #"{"catalog": {"metadata": {"version": "1", "oscal-version": "1"}}}"#,
    #"[]"#, #""catalog""#, #"7"#, #"null"#,
  ])
  func `a document without what a catalog needs is refused`(text: String) {
    #expect(fault(Array(text.utf8))?.code == .malformed)
  }

  @Test func `a profile is to be resolved first, and other models are named`() throws {
    let profile = try #require(fault(Array(#"{"profile": {"imports": []}}"#.utf8)))
    #expect(profile.code == .notACatalog && profile.message.contains("OSCAL profile"))
    #expect(profile.hint == "resolve it to a catalog first")
    let plan = try #require(fault(Array(#"{"system-security-plan": {}}"#.utf8)))
    #expect(plan.message == "this is an OSCAL system-security-plan, not a catalog")
    #expect(fault(Array("{}".utf8))?.code == .notACatalog)
    #expect(fault(Array(#"{"catalog2": {}}"#.utf8))?.code == .notACatalog)
  }

  @Test(arguments: [
    "", " ", "{", "}", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{'a':1}",
    "{\"a\" 1}",
    "{\"a\":[}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":tru}", "{\"a\":nul", "{\"a\":True}", "{\"a\":NaN}",
    "{\"a\":+1}",
    "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":01}", "{\"a\":0x1}", "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\ud83dx\"}",
    "{\"a\":\"\n\"}", "{\"a\":\"\u{0}\"}", "{} x", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}",
    "{\"a\":1,\"\\u0061\":2}", "// x\n{}", "{\"a\":1 /* x */}", "{\"a\":\"\\",
  ])
  func `what is not JSON, or could be read in two ways, is refused`(text: String) {
    #expect(fault(Array(text.utf8))?.code == .notJSON || text == " " || text.isEmpty)
    #expect(fault(Array(text.utf8)) != nil)
  }

  @Test func `a key that stands twice is found in large objects too`() {
    let keys = (0..<40).map { "\"k\($0)\": 1" } + ["\"k7\": 2"]
    #expect(fault(Array("{\(keys.joined(separator: ","))}".utf8))?.message.contains("'k7' stands twice") == true)
    let fine = (0..<40).map { "\"k\($0)\": 1" }
    #expect(fault(Samples.document("\"x\": {\(fine.joined(separator: ","))}")) == nil)
  }

  @Test(
    arguments: [
      [0xFF], [0x7B, 0x22, 0xC3, 0x22], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
      [0xFF, 0xFE, 0x7B, 0x00],
    ] as [[UInt8]])
  func `what is not UTF-8 is refused`(bytes: [UInt8]) {
    #expect([.notJSON, .notACatalog].contains(fault(bytes)?.code))
    #expect(fault(Samples.document("") + bytes)?.code == .notJSON)
  }

  @Test func `escapes and odd values are read`() throws {
    let title = #"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00 é"#
    let extra = #""x": [-0, 1.5e+10, 0.1E-2, true, false, null, "", {}, [], {"a": {"b": []}}]"#
    let catalog = try Samples.catalog(#"\#(extra), "controls": [{"title": "\#(title)", "id": "\u0063"}]"#)
    #expect(catalog.controls[0].title == "\"\\/\u{8}\u{C}\n\r\té😀 é")
    #expect(catalog.controls[0].id.local == "c")
  }

  @Test(arguments: [
    ("[", "]"), ("{\"a\":", "}"), (#"{"title":"T","groups":["#, "]}"),
    (#"{"id":"c","title":"T","controls":["#, "]}"), (#"{"name":"assessment-objective","id":"o","parts":["#, "]}"),
  ])
  func `deep nesting is refused, not followed`(open: String, close: String) {
    for depth in [200, 100_000] {
      let nested = String(repeating: open, count: depth)
      for key in ["x", "groups", "controls"] {
        let body = "\"\(key)\": [\(nested)"
        #expect(fault(Samples.document(body + String(repeating: close, count: depth) + "]")) != nil)
        #expect(fault(Samples.document(body)) != nil)
      }
    }
    let parts = String(repeating: #"{"name":"x","parts":["#, count: 200) + String(repeating: "]}", count: 200)
    let error = fault(Samples.document(#""controls": [\#(Samples.control("c", #""parts": [\#(parts)]"#))]"#))
    #expect(error?.code == .notJSON)
    #expect(error?.message.contains("deep") == true)
  }

  @Test func `a catalog that is cut off is refused wherever the cut is`() throws {
    let small = try Samples.bytes("Fixtures/catalogs/three-controls.json")
    let end = try #require(small.lastIndex(of: UInt8(ascii: "}")))
    for length in 0..<end { #expect(fault(Array(small[..<length])) != nil, "\(length)") }
    let large = try #require(BundledCatalogs.bytes(of: "nist-800-171-r2"))
    for length in stride(from: 0, to: large.count - 2, by: 9973) {
      #expect(fault(Array(large[..<length]))?.code == .notJSON || length < 2, "\(length)")
    }
  }

  @Test func `a catalog with a changed byte is read or refused, and nothing else happens`() throws {
    let original = try Samples.bytes("Fixtures/catalogs/three-controls.json")
    let replacements = Array("{}[]\",:\\x0".utf8) + [0x00, 0x80, 0xFF]
    var refused = 0
    for index in original.indices {
      for byte in replacements {
        var changed = original
        changed[index] = byte
        if fault(changed) != nil { refused += 1 }
      }
    }
    #expect(refused > original.count)
  }

  @Test func `a file that is no JSON is not said to be null or true because of its first letter`() throws {
    for text in ["not json", "truth", "fnord"] {
      #expect(fault(Array(text.utf8))?.message == "the JSON is broken at byte 0: expected an object", "\(text)")
    }
    #expect(fault(Array("null".utf8))?.message == "the file is null, expected an object")
  }

  @Test func `messages carry no control characters from the file`() throws {
    let error = try #require(fault(Array("{\"catalog\": {\"\u{202E}\\u001b[2J\": 1, \"metadata\": 3, \"x\": [".utf8)))
    #expect(error.message == "catalog/metadata is a number, expected an object")
    let other = try #require(fault(Array("{\"\\u001b[2J\u{202E}\": ?".utf8)))
    #expect(!other.message.unicodeScalars.contains("\u{1B}") && !other.message.unicodeScalars.contains("\u{202E}"))
  }

  @Test(arguments: ["", "Sample", "a/b", "-a", "a-", "abcdefghijklmnopqrstuvwxyz0123456"])
  func `a framework's id must fit`(framework: String) {
    #expect(fault(Samples.document(""), framework: framework)?.code == .malformed)
  }

  @Test func `many references to a parameter with long text do not grow without bound`() throws {
    let choice = String(repeating: "x", count: 100_000)
    let prose = String(repeating: "{{ insert: param, p }}", count: 10_000)
    let members = """
      "params": [{"id": "p", "select": {"choice": ["\(choice)"]}}],
      "parts": [{"name": "statement", "prose": "\(prose)"}]
      """
    let catalog = try Samples.catalog(#""controls": [\#(Samples.control("c", members))]"#)
    #expect(catalog.controls[0].statement.utf8.count == 30_000)
  }
}
