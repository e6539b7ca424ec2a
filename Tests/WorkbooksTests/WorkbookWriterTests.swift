import Foundation
import Rendering
import Spreadsheets
import TestSupport
import Testing

@testable import Workbooks

/// What is written is read again by the reader of foreign workbooks, cell by cell.
struct WorkbookWriterTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "workbooks-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func written(_ sheets: [WorkbookSheet], as name: String = "a.xlsx") throws -> [UInt8] {
    let path = folder.appending(path: name).path
    try WorkbookWriter.write(sheets, to: path, title: "Title", created: 1_790_000_000)
    return Array(try #require(FileManager.default.contents(atPath: path)))
  }

  private func table(_ rows: [[Cell]], columns: [Table.Column] = ["a", "b", "c"]) -> Table {
    var table = Table(columns)
    for row in rows { table.add(row) }
    return table
  }

  @Test func `cells come back as they were`() throws {
    let rows: [[Cell]] = [
      [.text("=1+1"), .integer(7), .day("2026-11-27")], [.text("+cmd|' /C calc'!A0"), .empty, .flag(true)],
      [.list(["acme", "onsite"]), .integer(-3), .day("0999-01-01")],
      [.text("a\u{1b}[2J\u{202e}b"), .text("\u{fffe}"), .text("line\nline")],
    ]
    let book = try Workbook(written([WorkbookSheet("One", table(rows))]))
    let sheet = try #require(book.sheets.first)
    #expect(sheet.name == "One" && book.sheets.count == 1)
    let found = sheet.rows.map { row in row.cells.map { $0?.text ?? "" } }
    #expect(found.count == 5)
    #expect(found[0] == ["a", "b", "c"])
    #expect(found[1][0] == "=1+1" && found[1][1] == "7" && found[1][2].hasPrefix("2026-11-27"))
    #expect(found[2][0] == "+cmd|' /C calc'!A0" && found[2].last == "yes")
    #expect(found[3][0] == "acme, onsite" && found[3][1] == "-3" && found[3][2] == "0999-01-01")
    #expect(found[4][0] == "a\\u{1b}[2J\\u{202e}b" && found[4][1] == "\\u{fffe}" && found[4][2] == "line\nline")
  }

  @Test func `no cell is a formula, and the same sheets are the same bytes`() throws {
    let sheets = [WorkbookSheet("A", table([[.text("=HYPERLINK(\"http://x\")"), .text("@SUM(1)"), .text("-1+1")]]))]
    let bytes = try written(sheets)
    #expect(try written(sheets, as: "b.xlsx") == bytes)
    let sheet = try Workbook(bytes).sheets[0]
    #expect(sheet.rows[1].cells.map { $0?.text } == ["=HYPERLINK(\"http://x\")", "@SUM(1)", "-1+1"])
  }

  @Test func `a decimal number is a number as long as none of its digits is lost, and text beyond`() throws {
    let long = "99.9999999999999999"
    let row: [Cell] = [.number("99.95"), .number(long), .number("=1")]
    let path = folder.appending(path: "numbers.xlsx").path
    try WorkbookWriter.write([WorkbookSheet("A", table([row]))], to: path, title: "Title", created: 1)
    let sheet = try Workbook(Array(try #require(FileManager.default.contents(atPath: path)))).sheets[0]
    #expect(sheet.rows[1].cells.map { $0?.text } == ["99.95", long, "=1"])
  }

  @Test func `names of sheets are what spreadsheets take, each once`() throws {
    let names = [
      "Gaps", "gaps", "a/b:c*d?e[f]g\\h", "", String(repeating: "x", count: 40), String(repeating: "x", count: 40),
      "'quoted'",
    ]
    let book = try Workbook(written(names.map { WorkbookSheet($0, table([])) }))
    let found = book.sheets.map(\.name)
    #expect(found.count == names.count && Set(found.map { $0.lowercased() }).count == names.count)
    for name in found {
      #expect(!name.isEmpty && name.utf16.count <= 31 && !name.contains { "[]:*?/\\'".contains($0) }, "\(name)")
    }
  }

  @Test func `a text that no cell takes is cut, and says so`() throws {
    let long = String(repeating: "é", count: 40_000)
    let text = try #require(Workbook(written([WorkbookSheet("A", table([[.text(long)]]))])).sheets[0].rows[1][0]?.text)
    #expect(text.utf16.count <= WorkbookWriter.limits.characters && text.hasSuffix("…"))
  }

  @Test func `a place that cannot be written to is an error`() {
    #expect(throws: (any Error).self) {
      try WorkbookWriter.write([WorkbookSheet("A", table([]))], to: "/nowhere/a.xlsx", title: "", created: 0)
    }
  }
}
