internal import Catalogs
internal import Findings
package import Obligations
package import Spreadsheets
internal import Statements

/// An auditor's request list, read from a sheet: a row for each request, below a row of headings.
package struct RequestTable {
  package let sheet: Sheet
  /// The place of the headings among the sheet's rows.
  package let header: Int
  /// In the table's order.
  package private(set) var requests: [AuditRequest] = []
  /// What its reader should know of the whole.
  package private(set) var remarks: [String]

  private let columns: [RequestColumn: Int]
  /// The headings that were read, and as what, in the sheet's order: `('controls', 'Ctrl ref')`.
  package let read: [(column: String, heading: String)]
  /// The headings below which nothing was read.
  package let unread: [String]
  private let dates: DateOrder?
  private let choice: ControlChoice

  /// So many rows may stand above the headings.
  private static let searched = 40
  /// More requests than these are no list that somebody answers.
  private static let limit = 5000

  /// Reads a file's bytes.
  ///
  /// - Parameter title: What messages call the file.
  /// - Throws: `malformedInput` where no sheet of it holds requests.
  package init(_ bytes: [UInt8], title: String, _ reading: RequestReading, _ choice: ControlChoice) throws {
    let sheets: [Sheet]
    do {
      sheets = try Workbook(bytes).sheets
    } catch {
      throw Failure(.malformedInput, "\(title) cannot be read as a table: \(error.reason)", hint: error.hint)
    }
    let names = sheets.map { "'\($0.name)'" }
    let wanted = sheets.filter { sheet in reading.sheet.map { $0 == sheet.name } ?? !sheet.isHidden }
    if let name = reading.sheet, wanted.isEmpty {
      throw Failure(.inputMissing, "\(title) has no sheet '\(name)'", hint: "it has \(Wording.list(names))")
    }
    let found = wanted.compactMap { sheet in
      RequestTable.head(of: sheet, reading.columns).map { (sheet, $0.place, $0.columns) }
    }
    guard let (sheet, header, columns) = found.first else {
      throw Failure(
        .malformedInput, "\(title) has no row of headings that a request list has",
        hint: "it needs a number or a description of each request, and its controls, due date or status")
    }
    self.sheet = sheet
    self.header = header
    self.columns = columns
    self.choice = choice
    dates = reading.dates
    let headings = sheet.rows[header].cells.enumerated().compactMap { index, cell in
      cell.flatMap { $0.mergedFrom == nil && !$0.text.isEmpty ? (index, $0.text) : nil }
    }
    let meanings = Dictionary(columns.map { ($0.value, $0.key.rawValue) }, uniquingKeysWith: { first, _ in first })
    read = headings.compactMap { index, text in meanings[index].map { ($0, text) } }
    unread = headings.filter { meanings[$0.0] == nil }.map(\.1)
    for (column, heading) in reading.columns.sorted(by: { $0.key < $1.key })
    where !read.contains(where: { $0.column == column && RequestReading.isSame($0.heading, heading) }) {
      throw Failure(
        .inputMissing, "\(title) has no column '\(heading)'",
        hint: "it has \(Wording.list(headings.map { "'\($0.1)'" }))")
    }
    remarks = sheet.remarks
    if found.count > 1 {
      let others = found.dropFirst().map { "'\($0.0.name)'" }
      remarks.append("\(Wording.list(others)) may be a request list too: --sheet reads another than '\(sheet.name)'")
    }
    try readRows()
    guard !requests.isEmpty else { throw Failure(.malformedInput, "\(title) has no request below its headings") }
  }

  /// The headings: of the first rows the one that names the most columns.
  ///
  /// - Parameter named: The headings that the reader names, by what they are.
  private static func head(
    of sheet: Sheet, _ named: [String: String]
  ) -> (place: Int, columns: [RequestColumn: Int])? {
    var best: (place: Int, columns: [RequestColumn: Int])?
    for (place, row) in sheet.rows.prefix(searched).enumerated() {
      var columns: [RequestColumn: Int] = [:]
      for (index, cell) in row.cells.enumerated() {
        guard let cell, cell.mergedFrom == nil else { continue }
        for (name, heading) in named where RequestReading.isSame(cell.text, heading) {
          if let column = RequestColumn(rawValue: name), columns[column] == nil { columns[column] = index }
        }
      }
      let fixed = Set(columns.values)
      for (index, cell) in row.cells.enumerated() where !fixed.contains(index) {
        guard let cell, cell.mergedFrom == nil, let column = RequestColumn.known(cell.text) else { continue }
        if named[column.rawValue] != nil { continue }
        if column == .text, let first = columns[.text], columns[.number] == nil,
          holdsNumbers(first, sheet.rows[(place + 1)...])
        {
          // `Request` is a number where `Description` stands beside it, and what is asked for where nothing does.
          columns[.number] = first
          columns[.text] = index
        } else if columns[column] == nil {
          columns[column] = index
        }
      }
      let isHead =
        columns.count > 1 && (columns[.number] != nil || columns[.text] != nil)
        && !Set(columns.keys).isDisjoint(with: [.text, .controls, .due, .word, .period])
      if isHead, columns.count > best?.columns.count ?? 0 { best = (place, columns) }
    }
    return best
  }

  /// Whether the cells of a column are as short as numbers are.
  private static func holdsNumbers(_ column: Int, _ rows: ArraySlice<Sheet.Row>) -> Bool {
    let texts = rows.compactMap { $0[column]?.text }
    return !texts.isEmpty && texts.allSatisfy { $0.count <= 16 && $0.contains(where: \.isNumber) }
  }

  private mutating func readRows() throws {
    for row in sheet.rows[(header + 1)...] {
      guard requests.count < RequestTable.limit else {
        throw Failure(.malformedInput, "it has more than \(RequestTable.limit) requests", hint: "import it in parts")
      }
      read(row)
    }
    let numbers = Dictionary(grouping: requests) { RequestLabel.folded($0.number) }
    for same in numbers.values.filter({ $0.count > 1 }).sorted(by: { $0[0].row < $1[0].row }) {
      let rows = Wording.list(same.map { "\($0.row)" })
      remarks.append("the number '\(same[0].number)' stands in rows \(rows): what is tied to it counts for each")
    }
  }

  private func text(_ column: RequestColumn, _ row: Sheet.Row) -> String? {
    columns[column].flatMap { row[$0]?.text }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func read(_ row: Sheet.Row) {
    let number = columns[.number].flatMap { row[$0] }
    let (what, controls) = (text(.text, row), text(.controls, row))
    // A request whose number is merged over several rows, or written once above them, goes on.
    let isMerged = number?.mergedFrom.map { $0.row != row.number } ?? false
    if isMerged || (number == nil && what == nil && controls != nil), !requests.isEmpty {
      var last = requests.removeLast()
      if let what, what != last.text { last.text += "\n\(what)" }
      readControls(row, into: &last)
      requests.append(last)
      return
    }
    let filled = row.cells.compactMap { $0 }
    // A title between the rows stands alone, or is merged over them.
    if Set(filled.map(\.text)).count < 2, controls == nil { return }
    guard number != nil || what != nil else {
      remarks.append("row \(row.number) was left out: it has neither a number nor says what is asked for")
      return
    }
    var request = AuditRequest(number: number?.text ?? "row-\(row.number)", row: row.number, text: what ?? "")
    readControls(row, into: &request)
    readDays(row, into: &request)
    request.owner = text(.owner, row)
    request.word = text(.word, row)
    requests.append(request)
  }

  // MARK: Fields

  private func readControls(_ row: Sheet.Row, into request: inout AuditRequest) {
    guard let column = columns[.controls], let cell = row[column] else { return }
    guard let finder = try? choice.everything() else { return }
    if ["n/a", "na", "none", "-", "all", "general", "various", "tbd"].contains(cell.text.lowercased()) { return }
    var faults: [String] = []
    for text in ControlField.texts(cell.text, isKnown: { choice.knows($0) }) {
      if cell.kind == .number, SpreadsheetSlip.mayLackZero(text, finder) {
        faults.append("'\(text)' is what a spreadsheet makes of '\(text)0' too: show the column as text")
        continue
      }
      do {
        add(try ids(text, finder), finder, to: &request)
      } catch {
        // A title behind the id is no fault: `CC6.1 Logical access`.
        let named = ControlGuess(text.replacing("/", with: " "), finder).ids.compactMap { ControlID(parsing: $0) }
        guard named.isEmpty else {
          add(named, finder, to: &request)
          continue
        }
        faults.append(Failure(describing: error).message)
      }
    }
    guard !faults.isEmpty else { return }
    request.hasUnreadControls = true
    // Of prose nobody wants to hear word by word that it is no control.
    request.doubts +=
      faults.count > 1 && request.targets.isEmpty ? ["no control is known as '\(cell.text)'"] : faults
  }

  /// A family stands for all its controls.
  private func ids(_ text: String, _ finder: ControlFinder) throws -> [ControlID] {
    if case .family(let family)? = finder.known(text) {
      let controls = finder.catalog(family.framework)?.controls(inFamily: family) ?? []
      return controls.flatMap { finder.canonical($0.id) ?? [$0.id] }
    }
    return try choice.resolve(text)
  }

  private func add(_ ids: [ControlID], _ finder: ControlFinder, to request: inout AuditRequest) {
    for id in ids where !request.targets.contains(where: { $0.control == id.description }) {
      var reach: Set<String> = [id.description]
      if let control = finder.control(id) {
        reach.formUnion(control.units.map(\.id.description))
      } else if let unit = finder.unit(id) {
        reach.insert(unit.control.description)
      }
      request.targets.append(AuditRequest.Target(id.description, reach: reach))
    }
  }

  private func readDays(_ row: Sheet.Row, into request: inout AuditRequest) {
    if let period = text(.period, row) {
      if let span = RequestPeriod.read(period, dates) {
        (request.from, request.through) = (span.from, span.through)
      } else {
        request.hasUnreadPeriod = true
        let isUnread = dates == nil && RequestTable.isUnordered(period)
        request.doubts.append(
          RequestPeriod.isReversed(period, dates)
            ? "the period '\(period)' ends before it begins"
            : "the period '\(period)' is not understood"
              + (isUnread ? ": import it with --dates, which says how the list writes days" : ""))
      }
    }
    let from = day(.from, "first day", row, into: &request)
    let through = day(.through, "last day", row, into: &request)
    if let from { request.from = from }
    if let through { request.through = through }
    if from != nil, through != nil { request.hasUnreadPeriod = false }
    if let first = request.from, let last = request.through, last < first {
      request.doubts.append("its period ends on \(last), before it begins on \(first)")
      (request.from, request.through, request.hasUnreadPeriod) = (nil, nil, true)
    }
    request.due = day(.due, "due date", row, into: &request)
  }

  private func day(_ column: RequestColumn, _ name: String, _ row: Sheet.Row, into request: inout AuditRequest) -> Day?
  {
    guard let text = text(column, row) else { return nil }
    do {
      return try ListText.day(text, dates, told: { _ in })
    } catch {
      if column != .due { request.hasUnreadPeriod = true }
      request.doubts.append("\(name): \(Failure(describing: error).message)")
      return nil
    }
  }

  private static func isUnordered(_ text: String) -> Bool { text.contains { "/.".contains($0) } }
}
