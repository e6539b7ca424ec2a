internal import Findings
internal import XML

/// The tables in a file, CSV or XLSX.
package struct Workbook: Sendable {
  /// In the file's order; one without a name in a CSV file.
  package let sheets: [Sheet]

  /// Files are at most this large, in bytes.
  package static let fileLimit = 32 << 20

  private static let relationships = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
  ]
  private static let sheetLimit = 100

  /// Reads a file by what it is, whatever it is called.
  package init(_ bytes: [UInt8]) throws(SpreadsheetError) {
    if bytes.starts(with: Array("PK".utf8)) {
      sheets = try Workbook.xlsx(bytes)
    } else if bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) {
      throw SpreadsheetError(
        "it is a workbook of Excel 97 to 2003 (XLS), or one with a password",
        hint: "save it as .xlsx without a password, or as CSV")
    } else {
      sheets = [try CSVSheet.read(bytes)]
    }
  }

  /// - Parameter bytes: A zip file, said to be a workbook (ECMA-376, part 1, 18).
  private static func xlsx(_ bytes: [UInt8]) throws(SpreadsheetError) -> [Sheet] {
    var parts = try WorkbookParts(bytes)
    let main = try parts.relations(of: "").values.first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
    guard let reader = try parts.read(main) else {
      throw SpreadsheetError(
        "its part '\(main)' is missing", hint: "it is damaged, or another office document: save it again as .xlsx")
    }
    var startsIn1904 = false
    var listed: [(name: String, id: String, isHidden: Bool)] = []
    var root: String?
    while let event = try reader.next() {
      guard case .start(let element) = event else { continue }
      if root == nil { root = element }
      switch element {
      case "workbookPr": startsIn1904 = ["1", "true"].contains(reader.attribute("date1904") ?? "")
      case "sheet" where listed.count < sheetLimit:
        let id = relationships.lazy.compactMap { reader.attribute("id", in: $0) }.first
        let state = reader.attribute("state") ?? "visible"
        listed.append((reader.attribute("name") ?? "", id ?? "", state != "visible"))
      default: continue
      }
    }
    guard root == "workbook" else {
      throw SpreadsheetError("it is an office document, and no workbook", hint: "save the table as .xlsx or as CSV")
    }
    let relations = try parts.relations(of: main)
    func target(_ kind: String) -> String? { relations.values.first { $0.kind == kind }?.target }
    let texts = try target("sharedStrings").flatMap { path throws(SpreadsheetError) in try parts.read(path) }
    let styles = try target("styles").flatMap { path throws(SpreadsheetError) in try parts.read(path) }
    let shared = try texts.map { reader throws(SpreadsheetError) in try WorkbookText.shared(reader) } ?? []
    let formats = try styles.map { reader throws(SpreadsheetError) in try NumberFormats(reader) } ?? NumberFormats()
    var sheets: [Sheet] = []
    for sheet in listed {
      // Charts and macros are sheets without cells.
      guard let relation = relations[sheet.id], relation.kind == "worksheet" else { continue }
      guard let reader = try parts.read(relation.target) else {
        throw SpreadsheetError(
          "its sheet '\(sheet.name)' is missing", hint: "it is damaged: save it again, or ask for it")
      }
      var worksheet = WorksheetReader(shared: shared, formats: formats, startsIn1904: startsIn1904)
      var read = try worksheet.read(reader, name: sheet.name)
      read.isHidden = sheet.isHidden
      sheets.append(read)
    }
    guard !sheets.isEmpty else { throw SpreadsheetError("it has no sheet with cells", hint: "save the table as CSV") }
    return sheets
  }
}
