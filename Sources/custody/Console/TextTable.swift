/// Rows under headings, fitted into the columns that there are.
///
/// Cells may come from anywhere: what a terminal might obey is shown, never sent.
struct TextTable {
  /// A column, and what becomes of cells that are too wide for it.
  struct Column: Sendable {
    enum Overflow: Sendable {
      /// Goes on in the next line.
      case wrap
      /// Is cut, with an ellipsis.
      case shorten
      /// Is never cut: digests, identifiers.
      case keep
    }

    let title: String
    var overflow = Overflow.wrap
    var isRightAligned = false
  }

  private static let gap = "  "
  private static let minimumWidth = 8

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; cells that are missing are empty, and those beyond the columns are left out.
  mutating func add(_ cells: [String]) {
    rows.append(columns.indices.map { $0 < cells.count ? TerminalText.visible(cells[$0]) : "" })
  }

  /// Headings and rows in lines of at most so many columns, unless cells that are never cut need more.
  func lines(width: Int = 100) -> [String] {
    let widths = fittedWidths(width)
    return ([columns.map(\.title)] + rows).flatMap { lines(of: $0, widths: widths) }
  }

  private func fittedWidths(_ width: Int) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(DisplayWidth.of(columns[index].title)) { max($0, DisplayWidth.of($1[index])) }
    }
    var excess = widths.reduce(0, +) + TextTable.gap.count * max(0, columns.count - 1) - width
    while excess > 0 {
      // The widest gives first, so that narrow columns stay whole.
      let shrinkable = widths.indices.filter { columns[$0].overflow != .keep && widths[$0] > TextTable.minimumWidth }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func lines(of row: [String], widths: [Int]) -> [String] {
    let cells = row.indices.map { index in
      switch columns[index].overflow {
      case .wrap: TextWrapping.lines(row[index], width: widths[index])
      case .shorten: [TextWrapping.shortened(row[index], width: widths[index])]
      case .keep: [row[index]]
      }
    }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = ""
      for (index, cell) in cells.enumerated() {
        let content = line < cell.count ? cell[line] : ""
        let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(content)))
        text += columns[index].isRightAligned ? padding + content : content + padding
        text += TextTable.gap
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
