import Archives
import TestSupport
import Testing

@testable import Spreadsheets

/// Workbooks that other programs wrote, and such as nobody should.
struct WorkbookTests {
  private static let types =
    #"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#
  private static let main =
    #"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
  private static let relations =
    #"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#

  private func workbook(_ sheet: String, shared: String = "<sst/>", main: String = main) throws -> [UInt8] {
    let parts = [
      ("[Content_Types].xml", Self.types), ("xl/workbook.xml", main), ("xl/_rels/workbook.xml.rels", Self.relations),
      ("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", shared),
    ]
    var bytes: [UInt8] = []
    let writer = try unsafe ArchiveWriter(.zip) { unsafe bytes.append(contentsOf: $0) }
    for (name, text) in parts {
      let content = Array(text.utf8)
      try writer.begin(name, size: content.count, modified: 1_700_000_000)
      try unsafe content.withUnsafeBytes { try unsafe writer.append($0) }
    }
    try writer.finish()
    return bytes
  }

  private func cells(_ inner: String) -> String { "<worksheet>\(inner)</worksheet>" }

  @Test func `runs of shared text are joined, inline text and numbers read, hidden rows left out`() throws {
    let bytes = try workbook(
      cells(
        #"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>3.1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>in</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>"#
      ),
      shared: "<sst><si><r><t>one </t></r><r><t>two</t></r></si></sst>")
    let sheet = try #require(try Workbook(bytes).sheets.first)
    #expect(sheet.rows.map(\.number) == [1, 3])
    #expect(sheet.rows[0].cells.map { $0?.text } == ["one two", "one two", "3.1"])
    #expect(sheet.rows[1][1]?.text == "in")
    #expect(sheet.remarks == ["row 2 is hidden, and left out"])
  }

  @Test func `a document type, with an entity or without, is refused`() throws {
    let attack = #"<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>"# + cells("<sheetData/>")
    #expect(throws: SpreadsheetError.self) { try Workbook(workbook(attack)) }
    #expect(throws: Never.self) { try Workbook(workbook(cells("<sheetData/>"))) }
  }

  @Test func `a workbook that was cut off anywhere is an error or whole`() throws {
    let bytes = try workbook(cells(#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#))
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: SpreadsheetError.self) { try Workbook(Array("PK".utf8) + bytes.prefix(length).dropFirst(2)) }
    }
  }

  @Test func `more cells than any matrix has are refused`() throws {
    let row = "<row>" + String(repeating: "<c><v>1</v></c>", count: 500) + "</row>"
    let sheet = cells("<sheetData>" + String(repeating: row, count: 401) + "</sheetData>")
    #expect(throws: SpreadsheetError.self) { try Workbook(workbook(sheet)) }
  }

  @Test func `other files are named for what they are`() {
    #expect(throws: SpreadsheetError.self) { try Workbook([0xd0, 0xcf, 0x11, 0xe0, 0xa1]) }
    #expect(throws: SpreadsheetError.self) { try Workbook([0x00, 0x01, 0x02]) }
  }

  @Test func `days and decimals are what a person sees`() {
    #expect(CellText.number("37259", .day, startsIn1904: false).text == "2002-01-03")
    #expect(CellText.number("3.1", .decimals(2), startsIn1904: false).text == "3.10")
    #expect(NumberFormats.shown("[$-409]d-mmm;@") == .day)
  }
}
