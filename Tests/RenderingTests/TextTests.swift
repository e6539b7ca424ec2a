import Rendering
import Testing

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

  @Test func `a word that goes over many lines loses nothing, and none of them is too long`() {
    let word = String(repeating: "ab漢/e\u{301}👩‍👩‍👧-字c", count: 200)
    for width in [2, 3, 7, 40] {
      let lines = TextWrapping.lines("x \(word) y", width: width)
      #expect(lines.joined().filter { $0 != " " } == "x\(word)y")
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    }
  }
}

struct HangingLinesTests {
  @Test func `later lines begin below the first word`() {
    #expect(HangingLines.lines("aa bb cc", lead: "x  ", width: 8) == ["x  aa bb", "   cc"])
    #expect(HangingLines.lines("", lead: "x  ", width: 8) == ["x"])
  }

  @Test func `a word that the margin leaves no room begins further to the left`() {
    #expect(HangingLines.lines("a 1234567 b", lead: "key  ", width: 8) == ["key  a", " 1234567", "     b"])
  }

  @Test func `only a word that is wider than a line is broken, and none that is to be copied`() {
    #expect(HangingLines.lines("1234567890", lead: "k ", width: 8) == ["k", "12345678", "90"])
    #expect(HangingLines.lines("1234567890", lead: "k ", width: 8, breaksWords: false) == ["k", "1234567890"])
  }

  @Test func `a command that is to be pasted goes to the next line whole, or with a backslash`() {
    let text = "compare it, then run 'custody party confirm onsite 0123456789abcdef', please"
    #expect(
      HangingLines.lines(text, width: 60) == [
        "compare it, then run", "'custody party confirm onsite 0123456789abcdef', please",
      ])
    #expect(
      HangingLines.lines(text, lead: "x ", width: 34) == [
        "x compare it, then run", "  'custody party confirm \\", "    onsite 0123456789abcdef',", "  please",
      ])
    #expect(
      TextWrapping.lines(text, width: 60).contains { $0.contains("'custody party confirm onsite 0123456789abcdef'") })
    // Quotes within, and one that is never closed.
    let quoted = "see 'custody show '3.1.1[a]'' and go on"
    #expect(HangingLines.lines(quoted, width: 40) == ["see 'custody show '3.1.1[a]'' and go on"])
    #expect(HangingLines.lines("an 'custody of b c", width: 8).joined(separator: " ") == "an 'custody of b c")
  }

  @Test func `what is left out is an ellipsis behind a whole word`() {
    let lines = HangingLines.lines("aa bb cc dd", width: 5)
    #expect(HangingLines.first(1, of: lines, width: 5) == ["aa …"])
    #expect(HangingLines.first(2, of: lines, width: 5) == lines)
  }

  @Test func `a command is cut where a shell reads on, and not within quotes`() {
    #expect(
      TextWrapping.command("custody x --reason 'no one is there'", width: 24) == [
        "custody x --reason \\", "  'no one is there'",
      ])
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

  @Test func `where columns do not fit with whole words, each row is told`() {
    var table = TextTable(["control", TextTable.Column("units", isRightAligned: true), "accountable"])
    table.add(["nist-800-171-r2/3.1.1[a]", "1234", "identity-access"])
    #expect(
      table.lines(width: 40) == ["nist-800-171-r2/3.1.1[a]  units: 1234;", "    accountable: identity-access"])
    // Names are cut behind their marks, ids are not.
    #expect(table.lines(width: 46).contains { $0.hasSuffix("identity-") })
    #expect(table.lines(width: 46).contains { $0.hasPrefix("nist-800-171-r2/3.1.1[a]   1234") })
  }

  @Test func `what is the same in all rows is told once, unless there are few`() {
    var table = TextTable(["control", "title", "accountable"])
    for number in 1...2 { table.add(["nist-800-171-r2/3.1.\(number)", "rule-number-\(number)-of-many", "acme"]) }
    #expect(table.lines(width: 40).filter { $0.contains("acme") }.count == 2)
    table.add(["nist-800-171-r2/3.1.3", "rule-number-3-of-many", "acme"])
    #expect(table.lines(width: 40).first == "in all: accountable: acme")
    #expect(table.lines(width: 40).filter { $0.contains("acme") }.count == 1)
    table.add(["nist-800-171-r2/3.1.4", "rule-number-4-of-many", "onsite"])
    #expect(table.lines(width: 40).filter { $0.contains("accountable:") }.count == 4)
  }

  @Test func `what is never cut may be wider than the terminal`() {
    #expect(table().lines(width: 10).allSatisfy { DisplayWidth.of($0) <= 10 + 8 + 8 + 3 + 6 })
    #expect(TextTable([]).lines() == [])
  }
}
