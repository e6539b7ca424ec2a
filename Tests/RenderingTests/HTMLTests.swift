import Crypto
import Foundation
import Rendering
import Testing

/// What a page does with what a store may hold.
struct HTMLTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'><img src=x onerror=alert(1)>", "&lt;b&gt;",
    "\u{202e}gnp.exe",
    "\u{1b}[2J", "]]>", "<!--", "javascript:alert(1)", "\u{0}",
  ]

  private struct Page: Report {
    let text: String

    func blocks(width: Int) -> [Block] {
      var table = Table([Table.Column(text), .number("n")])
      table.addHeading(text)
      table.add([.text(text), .integer(1)])
      return [
        .heading(text), .facts([Block.Fact(text, text), Block.Fact("do", command: text)]), .heading("part"),
        .table(table),
        .paragraph(text), .verdict(text, .bad), .command(text, lead: text), .brief(text, lead: text, columns: 80),
      ]
    }

    var records: Table? { nil }
    var value: JSONOutput { .null }
  }

  @Test(arguments: hostile) func `nothing that a store holds becomes markup`(text: String) throws {
    let cover = ReportCover(notices: [.init(text, isAlarm: true)], foot: [text])
    let page = try #require(try Page(text: text).rendered(as: .html, cover: cover))
    #expect(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("onload=\"alert"))
    // One script, the page's own, and nothing that is fetched.
    #expect(page.split(separator: "<script").count == 2)
    #expect(!page.contains(" src=\"") && !page.contains("http:") && !page.contains("url("))
    for scalar in page.unicodeScalars { #expect(scalar == "\n" || !TerminalText.isHazardous(scalar)) }
  }

  @Test func `the page's policy lets its own script run`() throws {
    let page = try #require(try Page(text: "x").rendered(as: .html))
    let start = try #require(page.range(of: "<script>")), end = try #require(page.range(of: "</script>"))
    let digest = Base64.encode(SHA256.hash(Array(page[start.upperBound..<end.lowerBound].utf8)).bytes)
    #expect(page.contains("script-src &#39;sha256-\(digest)&#39;"))
  }

  @Test func `a page has one heading of its own, landmarks, and a way past them`() throws {
    let page = try #require(try Page(text: "x").rendered(as: .html))
    for (piece, count) in [
      ("<h1>", 1), ("<main ", 1), ("<header>", 1), ("<footer>", 1), ("lang=\"en\"", 1), ("href=\"#main\"", 1),
      ("<h2>", 1), ("scope=\"col\"", 2),
    ] { #expect(page.components(separatedBy: piece).count == count + 1, "\(piece)") }
  }

  @Test func `what a reader has to know stands above all else in every format`() throws {
    let cover = ReportCover(notices: [.init("it was changed", isAlarm: true)], foot: ["from a checkpoint"])
    let report = Page(text: "x")
    let text = try #require(try report.rendered(as: .text, cover: cover))
    #expect(text.hasPrefix("NOT SOUND: it was changed\n") && text.hasSuffix("from a checkpoint\n"))
    let html = try #require(try report.rendered(as: .html, cover: cover))
    let alarm = try #require(html.range(of: "it was changed")), head = try #require(html.range(of: "<h1>"))
    #expect(alarm.lowerBound < head.lowerBound)
    let markdown = try #require(try report.rendered(as: .markdown, cover: cover))
    #expect(markdown.hasPrefix("> **Not sound:** it was changed\n"))
    struct Valued: Report {
      func blocks(width: Int) -> [Block] { [] }
      var records: Table? { nil }
      var value: JSONOutput { ["a": 1] }
    }
    #expect(
      try Valued().rendered(as: .json, cover: cover)
        == "{\n  \"unsound\": [\n    \"it was changed\"\n  ],\n  \"a\": 1,\n  \"check\": [\n    "
        + "\"from a checkpoint\"\n  ]\n}\n")
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("# x", "\\# x"), ("1. x", "1\\. x"), ("- x", "\\- x"), ("a_b*c", "a\\_b\\*c"),
    ("<b>", "\\<b\\>"),
    ("http://x", "http\\://x"), ("`x`", "\\`x\\`"), ("a\nb", "a\\\\nb"), ("3.1.1[a]", "3.1.1\\[a\\]"),
  ])
  func `no text is taken for Markdown`(text: String, expected: String) throws {
    struct One: Report {
      let text: String
      func blocks(width: Int) -> [Block] { [.paragraph(text)] }
      var records: Table? { nil }
      var value: JSONOutput { .null }
    }
    #expect(try One(text: text).rendered(as: .markdown) == expected + "\n")
  }
}
