/// Rows under headings, fitted into the columns that there are.
///
/// Cells may come from anywhere: what a terminal might obey is shown, never sent.
package struct TextTable: Sendable {
  package typealias Column = Table.Column

  private enum Row {
    case cells([String])
    /// Goes over all columns.
    case heading(String)
  }

  private static let gap = "  "
  /// Where whole words do not fit, columns are narrowed to the first of these, then to the second.
  private static let minimumWidths = [8, 3]
  /// Words that are longer are broken before others are.
  private static let wordLimit = 14

  package let columns: [Column]
  /// Whether the titles are shown.
  package var isTitled = true
  /// Columns left free at the left.
  package var indentation = 0
  private var rows: [Row] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// The layout of a table.
  package init(_ table: Table) {
    columns = table.columns
    isTitled = table.isTitled
    indentation = table.indentation
    for row in table.rows {
      switch row {
      case .cells(let cells): add(cells.map { $0.text() })
      case .heading(let text): addHeading(text)
      }
    }
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; cells that are missing are empty, and those beyond the columns are left out.
  package mutating func add(_ cells: [String]) {
    rows.append(.cells(columns.indices.map { $0 < cells.count ? TerminalText.visible(cells[$0]) : "" }))
  }

  /// Adds a line that goes over all columns.
  package mutating func addHeading(_ text: String) {
    rows.append(.heading(TerminalText.visible(text)))
  }

  /// Titles and rows in lines of at most so many columns, unless cells that are never cut need more.
  package func lines(width: Int = 100) -> [String] {
    let available = width - indentation
    let widths = fittedWidths(available)
    let margin = String(repeating: " ", count: indentation)
    var lines: [String] = []
    if isTitled, !columns.isEmpty {
      lines += self.lines(of: columns.map(\.title), widths)
      lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: TextTable.gap))
    }
    for row in rows {
      switch row {
      case .cells(let cells): lines += self.lines(of: cells, widths)
      case .heading(let text): lines += TextWrapping.lines(text, width: available)
      }
    }
    return lines.map { $0.isEmpty ? "" : margin + $0 }
  }

  private func fittedWidths(_ width: Int) -> [Int] {
    var widths = columns.map { isTitled ? DisplayWidth.of($0.title) : 0 }
    for case .cells(let cells) in rows {
      for index in columns.indices { widths[index] = max(widths[index], DisplayWidth.of(cells[index])) }
    }
    var excess = widths.reduce(0, +) + TextTable.gap.count * max(0, columns.count - 1) - width
    let limits =
      [columns.indices.map { max(longestWord($0), columns[$0].preferredWidth) }]
      + TextTable.minimumWidths.map { Array(repeating: $0, count: columns.count) }
    for limit in limits {
      while excess > 0 {
        // The widest gives first, so that narrow columns stay whole.
        let shrinkable = widths.indices.filter { columns[$0].overflow != .keep && widths[$0] > limit[$0] }
        guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return widths
  }

  /// How wide the longest of a column's words is that need not be broken.
  private func longestWord(_ index: Int) -> Int {
    var longest = isTitled ? DisplayWidth.of(columns[index].title) : 0
    for case .cells(let cells) in rows {
      for word in TextWrapping.unbreakable(cells[index]) {
        let width = DisplayWidth.of(word)
        if width <= TextTable.wordLimit { longest = max(longest, width) }
      }
    }
    return longest
  }

  private func lines(of row: [String], _ widths: [Int]) -> [String] {
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
