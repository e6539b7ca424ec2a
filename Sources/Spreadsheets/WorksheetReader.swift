internal import XML

/// Reads one sheet of a workbook: its cells as text, merged ones in all their places, what is hidden left out.
struct WorksheetReader {
  private let shared: [String]
  private let formats: NumberFormats
  private let startsIn1904: Bool

  private var rows: [Sheet.Row] = []
  private var cellCount = 0
  private var hiddenRows: [Int] = []
  private var hiddenColumns: [Int] = []
  private var isPastColumns = false
  private var merges: [(first: CellPlace, last: CellPlace)] = []

  /// A matrix has fewer cells that are not empty.
  static let cellLimit = 200_000
  static let columnLimit = 512
  private static let mergeLimit = 20_000
  private static let textLimit = 32_767

  init(shared: [String], formats: NumberFormats, startsIn1904: Bool) {
    self.shared = shared
    self.formats = formats
    self.startsIn1904 = startsIn1904
  }

  /// - Parameter reader: The part that holds the sheet.
  mutating func read(_ reader: PartReader, name: String) throws(SpreadsheetError) -> Sheet {
    var number = 0
    var cells: [Sheet.Cell?] = []
    var isHidden = false
    while let event = try reader.next() {
      switch event {
      case .start("col"): noteColumns(reader)
      case .start("row"):
        number = reader.attribute("r").flatMap { Int($0) } ?? number + 1
        isHidden = WorksheetReader.isTrue(reader.attribute("hidden"))
        cells = []
      case .start("c"): try cell(reader, row: number, into: &cells, isHidden: isHidden, name)
      case .end("row"):
        guard cells.contains(where: { $0 != nil }) else { continue }
        if isHidden { hiddenRows.append(number) } else { rows.append(Sheet.Row(number: number, cells: cells)) }
      case .start("mergeCell"): noteMerge(reader)
      case .start, .end, .text: continue
      }
    }
    rows.sort { $0.number < $1.number }
    for (row, next) in zip(rows, rows.dropFirst()) where row.number == next.number {
      throw SpreadsheetError("its sheet '\(name)' has row \(row.number) twice", hint: "open it and save it again")
    }
    try spreadMerges(name)
    return Sheet(name: name, rows: withoutHiddenColumns(), remarks: remarks())
  }

  private static func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }

  private mutating func noteColumns(_ reader: PartReader) {
    guard WorksheetReader.isTrue(reader.attribute("hidden")),
      let first = reader.attribute("min").flatMap({ Int($0) }), let last = reader.attribute("max").flatMap({ Int($0) }),
      first >= 1, first <= last
    else { return }
    hiddenColumns += Array((first - 1)..<min(last, WorksheetReader.columnLimit).clamped(atLeast: first - 1))
  }

  private mutating func noteMerge(_ reader: PartReader) {
    let ends = (reader.attribute("ref") ?? "").split(separator: ":")
    guard merges.count < WorksheetReader.mergeLimit, ends.count == 2, let first = CellPlace(ends[0]),
      let last = CellPlace(ends[1]), first.row <= last.row, first.column <= last.column
    else { return }
    merges.append((first, last))
  }

  // MARK: Cells

  private mutating func cell(
    _ reader: PartReader, row: Int, into cells: inout [Sheet.Cell?], isHidden: Bool, _ name: String
  ) throws(SpreadsheetError) {
    let place = reader.attribute("r").flatMap { CellPlace($0) } ?? CellPlace(row: row, column: cells.count)
    let type = reader.attribute("t") ?? "n"
    let style = reader.attribute("s").flatMap { Int($0) } ?? -1
    guard let cell = try value(reader, type: type, style: style) else { return }
    guard place.column < WorksheetReader.columnLimit else {
      isPastColumns = true
      return
    }
    cellCount += 1
    guard cellCount <= WorksheetReader.cellLimit else {
      throw SpreadsheetError(
        "its sheet '\(name)' has more than \(WorksheetReader.cellLimit) cells",
        hint: "it is no matrix of who answers for what: name another with --sheet, or save the table alone as CSV")
    }
    while cells.count <= place.column { cells.append(nil) }
    cells[place.column] = cell
  }

  /// Reads up to the cell's end.
  private func value(
    _ reader: PartReader, type: String, style: Int
  ) throws(SpreadsheetError) -> Sheet.Cell? {
    var text = ""
    var depth = 1
    var isInValue = false
    // Phonetic hints are no text.
    var phonetic = 0
    while depth > 0, let event = try reader.next() {
      switch event {
      case .start(let element):
        depth += 1
        if element == "rPh" { phonetic += 1 }
        isInValue = phonetic == 0 && (element == "v" || (element == "t" && type == "inlineStr"))
      case .end(let element):
        depth -= 1
        if element == "rPh" { phonetic -= 1 }
        isInValue = false
      case .text(let part): if isInValue, text.utf8.count < WorksheetReader.textLimit * 4 { text += part }
      }
    }
    let cell: Sheet.Cell
    switch type {
    case "s":
      guard let index = Int(text.trimmingBlanks), shared.indices.contains(index) else { return nil }
      cell = Sheet.Cell(shared[index])
    case "b": cell = Sheet.Cell(text == "1" ? "TRUE" : "FALSE")
    case "e": cell = Sheet.Cell(text, .fault)
    case "d": cell = Sheet.Cell(String(text.prefix { $0 != "T" }), .day)
    case "str", "inlineStr": cell = Sheet.Cell(text)
    default:
      guard !text.isEmpty else { return nil }
      cell = CellText.number(text, formats[style], startsIn1904: startsIn1904)
    }
    let trimmed = WorkbookText.unescaped(cell.text).trimmingBlanks
    return trimmed.isEmpty ? nil : Sheet.Cell(trimmed, cell.kind)
  }

  // MARK: Merged and hidden

  /// The text of merged cells stands in the first: all of them show it.
  private mutating func spreadMerges(_ name: String) throws(SpreadsheetError) {
    guard let lastRow = rows.last?.number else { return }
    var index: [Int: Int] = [:]
    for (place, row) in rows.enumerated() { index[row.number] = place }
    let width = rows.map(\.cells.count).max() ?? 0
    for merge in merges {
      guard let source = index[merge.first.row], var cell = rows[source][merge.first.column] else { continue }
      cell.mergedFrom = merge.first
      for number in merge.first.row...min(merge.last.row, lastRow).clamped(atLeast: merge.first.row) {
        guard let place = index[number] else { continue }
        for column in merge.first.column...min(merge.last.column, max(width - 1, merge.first.column))
        where rows[place][column] == nil {
          cellCount += 1
          guard cellCount <= WorksheetReader.cellLimit * 2 else {
            throw SpreadsheetError("its sheet '\(name)' has too many merged cells", hint: "save the table alone as CSV")
          }
          while rows[place].cells.count <= column { rows[place].cells.append(nil) }
          rows[place].cells[column] = cell
        }
      }
    }
  }

  /// The columns stay where they are, so that places mean what a person sees.
  private func withoutHiddenColumns() -> [Sheet.Row] {
    guard !hiddenColumns.isEmpty else { return rows }
    let hidden = Set(hiddenColumns)
    return rows.compactMap { row in
      let cells = row.cells.enumerated().map { hidden.contains($0.offset) ? nil : $0.element }
      return cells.contains { $0 != nil } ? Sheet.Row(number: row.number, cells: cells) : nil
    }
  }

  private func remarks() -> [String] {
    var remarks: [String] = []
    if !hiddenRows.isEmpty {
      let some = Runs.text(hiddenRows.sorted()) { "\($0)" }
      remarks.append(
        hiddenRows.count == 1 ? "row \(some) is hidden, and left out" : "rows \(some) are hidden, and left out")
    }
    let width = rows.map(\.cells.count).max() ?? 0
    let hidden = Set(hiddenColumns).filter { column in column < width && rows.contains { $0[column] != nil } }.sorted()
    if !hidden.isEmpty {
      let some = Runs.text(hidden) { CellPlace.letters($0) }
      remarks.append(
        hidden.count == 1 ? "column \(some) is hidden, and left out" : "columns \(some) are hidden, and left out")
    }
    if isPastColumns {
      remarks.append("what stands right of column \(CellPlace.letters(WorksheetReader.columnLimit - 1)) is left out")
    }
    return remarks
  }
}

extension Int {
  fileprivate func clamped(atLeast least: Int) -> Int { Swift.max(self, least) }
}

/// Numbers in order, told by their runs: `3, 5 to 9`.
enum Runs {
  static func text(_ numbers: [Int], _ name: (Int) -> String) -> String {
    var runs: [(Int, Int)] = []
    for number in numbers {
      if let last = runs.last, last.1 + 1 == number {
        runs[runs.count - 1].1 = number
      } else {
        runs.append((number, number))
      }
    }
    let shown = runs.prefix(8).map { $0 == $1 ? name($0) : "\(name($0)) to \(name($1))" }
    return shown.joined(separator: ", ") + (runs.count > 8 ? " and more" : "")
  }
}
