import Rendering
import Testing

struct JSONOutputTests {
  @Test func `members keep their order`() {
    let value: JSONOutput = [
      "b": 1, "a": [true, nil, "x", []], "c": [:], "d": ["e": .integer(-9_007_199_254_740_993)],
    ]
    #expect(value.compact == #"{"b":1,"a":[true,null,"x",[]],"c":{},"d":{"e":-9007199254740993}}"#)
    #expect(
      value.pretty == """
        {
          "b": 1,
          "a": [
            true,
            null,
            "x",
            []
          ],
          "c": {},
          "d": {
            "e": -9007199254740993
          }
        }
        """)
  }

  @Test(arguments: [
    ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t\u{8}\u{0}\u{1f}", #""\n\r\t\u0008\u0000\u001f""#), ("\r\n", #""\r\n""#),
    ("é漢👩", "\"é漢👩\""), ("\u{202e}\u{9b}", #""\u202e\u009b""#), ("\u{e0041}", #""\udb40\udc41""#),
  ])
  func `text is escaped`(text: String, json: String) {
    #expect(JSONOutput.string(text).compact == json)
  }
}
