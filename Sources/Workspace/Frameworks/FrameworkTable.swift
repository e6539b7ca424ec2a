package import Agreements
internal import Findings
package import Spreadsheets

/// Reads a framework from a table: a row for each control.
///
/// Above the row of headings may stand what holds for the whole, a name and its value in a row: `title`, `version`,
/// `date`, `source`, `cadence`.
package struct FrameworkTable {
  private enum Field: CaseIterable {
    case id, title, citation, domain, retained, cadence, family, familyTitle
  }

  /// The headings that people write, in lower case.
  private static let headings: [String: Field] = [
    "id": .id, "control": .id, "control id": .id, "control-id": .id, "identifier": .id, "number": .id, "no.": .id,
    "requirement id": .id, "ref": .id, "title": .title, "name": .title, "control title": .title,
    "requirement": .title, "description": .title, "citation": .citation, "reference": .citation, "source": .citation,
    "domain": .domain, "function": .domain, "it function": .domain, "retained": .retained,
    "stays with client": .retained, "cadence": .cadence, "frequency": .cadence, "every": .cadence,
    "evidence every": .cadence, "family": .family, "group": .family, "section": .family, "chapter": .family,
    "family title": .familyTitle, "group title": .familyTitle,
  ]

  /// What is wrong with it, a sentence each, with its row; the form cannot be used where there is any.
  package private(set) var faults: [String] = []
  /// What its reader should know.
  package private(set) var remarks: [String] = []
  /// What was read.
  package private(set) var form = FrameworkForm(title: "", version: "")

  private let domains: [String]
  private var seen: [String: Int] = [:]

  /// - Parameter domains: The IT functions that there are.
  package init(_ sheet: Sheet, domains: [String]) {
    self.domains = domains
    guard let head = sheet.rows.firstIndex(where: { FrameworkTable.isHead($0) }) else {
      faults.append("no row has the headings 'id' and 'title', which a framework needs")
      return
    }
    for row in sheet.rows[..<head] { readWhole(row) }
    let columns = readHead(sheet.rows[head])
    for row in sheet.rows[(head + 1)...] { readControl(row, columns) }
    if form.controls.isEmpty, faults.isEmpty { faults.append("there is no control below the headings") }
  }

  private static func name(_ cell: Sheet.Cell?) -> String {
    (cell?.text ?? "").lowercased().split { $0.isWhitespace || $0 == "_" }.joined(separator: " ")
  }

  private static func isHead(_ row: Sheet.Row) -> Bool {
    let fields = row.cells.compactMap { headings[name($0)] }
    return fields.contains(.id) && fields.contains(.title)
  }

  /// A row above the headings.
  private mutating func readWhole(_ row: Sheet.Row) {
    let cells = row.cells.compactMap(\.self)
    guard cells.count == 2 else { return }
    let value = cells[1].text
    switch FrameworkTable.name(cells[0]) {
    case "title": form.title = value
    case "version": form.version = value
    case "source": form.source = value
    case "cadence": form.cadence = cadence(value, row)
    case "date":
      form.date = value
    default: remarks.append("row \(row.number) was left out: '\(cells[0].text)' says nothing of a framework")
    }
  }

  private mutating func readHead(_ row: Sheet.Row) -> [Field: Int] {
    var columns: [Field: Int] = [:]
    var others: [String] = []
    for (column, cell) in row.cells.enumerated() {
      guard let cell else { continue }
      guard let field = FrameworkTable.headings[FrameworkTable.name(cell)], columns[field] == nil else {
        others.append("'\(cell.text)'")
        continue
      }
      columns[field] = column
    }
    if !others.isEmpty {
      remarks.append("\(Wording.count(others.count, "column")) left out: \(Wording.list(others))")
    }
    return columns
  }

  private mutating func readControl(_ row: Sheet.Row, _ columns: [Field: Int]) {
    func cell(_ field: Field) -> Sheet.Cell? { columns[field].flatMap { row[$0] } }
    func text(_ field: Field) -> String? { cell(field)?.text }
    guard let id = cell(.id) else {
      // A title alone is a section's heading, as people write it between the rows.
      if let heading = text(.title), row.cells.count(where: { $0 != nil }) == 1 {
        remarks.append("row \(row.number) was left out: '\(heading)' has no id")
      } else {
        faults.append("row \(row.number): the control has no id")
      }
      return
    }
    if id.kind == .day {
      faults.append(
        "row \(row.number): the spreadsheet has made a day of the id, \(id.text): make the column text, and write it anew"
      )
      return
    }
    if id.kind == .number, id.text.contains(".") {
      remarks.append(
        "row \(row.number): the id \(id.text) is a number in the spreadsheet, which drops zeros at its end")
    }
    if let fault = FrameworkForm.fault(inID: id.text) { faults.append("row \(row.number): \(fault)") }
    if let first = seen.updateValue(row.number, forKey: id.text) {
      faults.append("row \(row.number): the id '\(id.text)' is in row \(first) too")
    }
    guard let title = text(.title) else {
      faults.append("row \(row.number): the control '\(id.text)' has no title")
      return
    }
    var line = FrameworkForm.Line(id: id.text, title: title)
    line.citation = text(.citation)
    line.domain = text(.domain)
    if let domain = line.domain, let fault = FrameworkForm.fault(inDomain: domain, known: domains) {
      faults.append("row \(row.number): \(fault)")
    }
    line.retained = retained(text(.retained), line, row)
    line.cadence = text(.cadence).flatMap { cadence($0, row) }
    line.family = text(.family).flatMap { family($0, text(.familyTitle), row) }
    form.controls.append(line)
  }

  private mutating func retained(_ text: String?, _ line: FrameworkForm.Line, _ row: Sheet.Row) -> String? {
    guard let text else { return nil }
    switch text.lowercased() {
    case "no", "false", "n", "0", "-": return nil
    case "yes", "true", "y", "1", "x":
      if line.citation == nil {
        faults.append("row \(row.number): what stays with the client needs its source, in 'citation' or in 'retained'")
      }
      return line.citation
    default: return text
    }
  }

  private mutating func cadence(_ text: String, _ row: Sheet.Row) -> String? {
    if let cadence = FrameworkForm.cadence(text) { return cadence }
    faults.append(
      "row \(row.number): '\(text)' is no cadence: day, week, month, quarter, half-year, year, two-years, three-years, event"
    )
    return nil
  }

  private mutating func family(_ text: String, _ title: String?, _ row: Sheet.Row) -> FrameworkForm.Family? {
    guard let family = FrameworkForm.family(text, title: title) else {
      faults.append("row \(row.number): the family '\(text)' has no letter or digit to name it by")
      return nil
    }
    return family
  }
}
