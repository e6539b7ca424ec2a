import Rendering
import Findings
@testable import Reports
import Testing

@testable import custody

struct TerminalTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("é 漢 👩‍👩‍👧", "é 漢 👩‍👩‍👧"), ("\u{1b}[2J", "\\u{1b}[2J"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
    ("\r\n", "\\r\\n"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{7f}", "\\u{7f}"), ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\u{200b}", "\\u{200b}"), ("\u{feff}", "\\u{feff}"),
    ("\u{e0041}", "\\u{e0041}"), ("\u{2028}", "\\u{2028}"),
  ])
  func `what a terminal might obey is shown instead`(text: String, visible: String) {
    #expect(TerminalText.visible(text) == visible)
  }

  @Test func `results and talk are escaped, line breaks aside, and bytes are not`() throws {
    let output = OutputChannel()
    let talk = OutputChannel()
    let console = Console(output: output, talk: talk, input: Console.Input(isTerminal: false, line: { nil }))
    try console.print("a\u{1b}c\nb", style: .red)
    console.say("\u{7}")
    console.warn("x")
    try console.write([0x1b])
    #expect(output.written == "a\\u{1b}c\nb\n\u{1b}")
    #expect(talk.written == "\\u{7}\ncustody: warning: x\n")
    console.isQuiet = true
    console.say("more")
    console.report(Failure(.bug, "\u{1b}"), format: .csv)
    #expect(talk.written == "\\u{7}\ncustody: warning: x\ncustody: error: \\u{1b}\n")
  }

  @Test func `colour is used where it is shown`() throws {
    let output = OutputChannel(isTerminal: true, usesColour: true)
    let console = Console(output: output, talk: OutputChannel(), input: Console.Input(isTerminal: false, line: { nil }))
    try console.print("a\u{1b}", style: .red)
    #expect(output.written == "\u{1b}[31ma\\u{1b}\u{1b}[0m\n")
  }
}

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("👩‍👩‍👧", 2), ("❤️", 2), ("ｶ", 1), ("🇸🇪", 2), ("한", 2),
  ])
  func `columns are counted, not characters`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func `text is wrapped at spaces, and words that are too long are broken`() {
    #expect(TextWrapping.lines("aa bb  cc", width: 5) == ["aa bb", "cc"])
    #expect(TextWrapping.lines("", width: 5) == [""])
    #expect(TextWrapping.lines("a abcdefgh b", width: 4) == ["a", "abcd", "efgh", "b"])
    #expect(TextWrapping.lines("漢字漢字", width: 5) == ["漢字", "漢字"])
    #expect(TextWrapping.shortened("abcdef", width: 4) == "abc…")
    #expect(TextWrapping.shortened("漢字漢", width: 4) == "漢…")
    #expect(TextWrapping.shortened("abcd", width: 4) == "abcd")
  }
}

struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      TextTable.Column("control", overflow: .keep), TextTable.Column("title"),
      TextTable.Column("source", overflow: .shorten), TextTable.Column("n", isRightAligned: true),
    ])
    table.add(["nist/3.1.1", "Limit system access to those who need it", "a/very/long/path.txt", "7"])
    table.add(["nist/3.1.2", "漢字 \u{1b}[2J", "-", "120"])
    return table
  }

  @Test func `a table that fits is as wide as its cells`() {
    #expect(
      table().lines() == [
        "control     title                                     source                  n",
        "----------  ----------------------------------------  --------------------  ---",
        "nist/3.1.1  Limit system access to those who need it  a/very/long/path.txt    7",
        "nist/3.1.2  漢字 \\u{1b}[2J                            -                     120",
      ])
  }

  @Test func `a table that does not fit wraps and shortens`() {
    #expect(
      table().lines(width: 52) == [
        "control     title             source               n",
        "----------  ----------------  -----------------  ---",
        "nist/3.1.1  Limit system      a/very/long/path…    7",
        "            access to those",
        "            who need it",
        "nist/3.1.2  漢字 \\u{1b}[2J    -                  120",
      ])
  }

  @Test func `what is never cut may be wider than the terminal`() {
    #expect(table().lines(width: 10).allSatisfy { DisplayWidth.of($0) <= 10 + 8 + 8 + 3 + 6 })
    #expect(TextTable([]).lines() == [])
  }
}

struct ProgressTests {
  private func progress(isShown: Bool) -> (texts: [String], count: Int) {
    var texts: [String] = []
    var moment = ContinuousClock.now
    let progress = Progress(
      step: "verifying entries", total: 4000, isShown: isShown, columns: 100, now: { moment },
      write: { texts.append($0) })
    for _ in 0..<40 {
      progress.advance(by: 50)
      moment += .milliseconds(50)
    }
    progress.finish()
    progress.finish()
    return (texts, progress.count)
  }

  @Test func `a line is written ten times a second at most, and taken away in the end`() {
    let (texts, count) = progress(isShown: true)
    #expect(count == 2000)
    #expect(texts.count == 21)
    #expect(texts.first == "\rverifying entries: 50 of 4000, 1 %\u{1b}[K")
    #expect(texts[10] == "\rverifying entries: 1050 of 4000, 26 %, 1050/s\u{1b}[K")
    #expect(texts.last == "\r\u{1b}[K")
  }

  @Test func `where nobody watches nothing is written`() {
    #expect(progress(isShown: false).texts.isEmpty)
  }
}

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
