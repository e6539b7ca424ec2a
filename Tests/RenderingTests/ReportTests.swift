import Rendering
import Testing

/// A report of two rows, whose texts are hostile.
private struct Sample: Report {
  func blocks(width: Int) -> [Block] {
    [
      .heading("Sample"), .facts([Block.Fact("log", "acme"), Block.Fact("checkpoint", "2 entries")]), .gap,
      .table(table(titles: ["name", "number"])),
    ]
  }

  var records: Table? { table(titles: ["name", "number", "since", "parties", "is_owned"]) }

  var value: JSONOutput { ["rows": 2] }

  private func table(titles: [String]) -> Table {
    var table = Table(titles.map { Table.Column($0) })
    table.addHeading("family")
    table.add(["=1+1", 7, .day("2026-11-25"), .list(["acme", "onsite"]), .flag(true)])
    table.add(["\u{1b}[2J"])
    return table
  }
}

struct ReportTests {
  @Test func `one report goes into every format`() throws {
    #expect(
      try Sample().rendered(as: .text) == """
        Sample
        ======
        log         acme
        checkpoint  2 entries

        name       number
        ---------  ------
        family
        =1+1       7
        \\u{1b}[2J

        """)
    #expect(
      try Sample().rendered(as: .csv) == """
        name,number,since,parties,is_owned
        '=1+1,7,2026-11-25,acme onsite,yes
        \\u{1b}[2J,,,,

        """)
    #expect(try Sample().rendered(as: .json) == "{\n  \"rows\": 2\n}\n")
  }

  @Test func `a report without rows has no file of them`() throws {
    struct Bare: Report {
      func blocks(width: Int) -> [Block] { [.brief("so many words that they never fit", lead: "lead  ", columns: 40)] }
      var records: Table? { nil }
      var value: JSONOutput { .null }
    }
    #expect(try Bare().rendered(as: .csv) == nil)
    #expect(try Bare().text(width: 40) == "lead  so many words that they never fit\n")
    #expect(try Bare().text(width: 40).count == 40)
  }

  @Test func `a page is as high as its text`() throws {
    let renderer = TextRenderer(width: 60)
    let blocks = Sample().blocks(width: 60)
    #expect(
      renderer.height(blocks) == renderer.render(blocks).split(separator: "\n", omittingEmptySubsequences: false).count
        - 1)
  }
}

struct CSVNumberTests {
  @Test(arguments: ["-5", "-0.25", "-110"])
  func `a negative number is a number`(text: String) { #expect(CSVOutput.cell(text) == text) }

  @Test(arguments: ["-", "-5+1", "-.5", "-5.", "-1.2.3", "-2-1", "-cmd", "=-5", "+5", "- 5", "-٣"])
  func `what may be run is text`(text: String) { #expect(CSVOutput.cell(text) == "'" + text) }
}
