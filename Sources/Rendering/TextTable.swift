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
  /// What is shortened keeps at least so much.
  private static let shortest = 8

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
  ///
  /// Where the columns do not fit side by side without breaking words, each row is told in a sentence of its own: nothing
  /// is left out.
  package func lines(width: Int = 100) -> [String] {
    let available = width - indentation
    let margin = String(repeating: " ", count: indentation)
    guard let widths = fittedWidths(available) else {
      return told(available).map { $0.isEmpty ? "" : margin + $0 }
    }
    var lines: [String] = []
    if isTitled, !columns.isEmpty {
      lines += self.lines(of: columns.map(\.title), widths, areTitles: true)
      lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: TextTable.gap))
    }
    for row in rows {
      switch row {
      case .cells(let cells): lines += self.lines(of: cells, widths, areTitles: false)
      case .heading(let text): lines += TextWrapping.lines(text, width: available)
      }
    }
    return lines.map { $0.isEmpty ? "" : margin + $0 }
  }

  /// How wide the columns are side by side; nil where words would have to be broken.
  private func fittedWidths(_ width: Int) -> [Int]? {
    var widths = columns.map { isTitled ? DisplayWidth.of($0.title) : 0 }
    for case .cells(let cells) in rows {
      for index in columns.indices { widths[index] = max(widths[index], DisplayWidth.of(cells[index])) }
    }
    var excess = widths.reduce(0, +) + TextTable.gap.count * max(0, columns.count - 1) - width
    guard excess > 0 else { return widths }
    let natural = widths
    let words = columns.indices.map { max(longest($0) { $0.split(separator: " ").map(String.init) }, preferred($0)) }
    let pieces = columns.indices.map { longest($0, TextWrapping.unbreakable) }
    for limit in [words, pieces] {
      while excess > 0 {
        // The widest gives first, so that narrow columns stay whole.
        let shrinkable = widths.indices.filter { widths[$0] > limit[$0] }
        guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    if excess <= 0 { return widths }
    // One column has nothing to stand beside; what alone is too wide is broken, or sticks out where it is never cut.
    return columns.count == 1 ? [columns[0].overflow == .keep ? natural[0] : max(2, width)] : nil
  }

  private func preferred(_ index: Int) -> Int { columns[index].preferredWidth }

  /// How wide the longest of a column's pieces is; of cells that are never cut or end in one column, how wide they are.
  private func longest(_ index: Int, _ pieces: (String) -> [String]) -> Int {
    let column = columns[index]
    var longest = isTitled ? pieces(column.title).map { DisplayWidth.of($0) }.max() ?? 0 : 0
    for case .cells(let cells) in rows {
      switch column.overflow {
      case .keep: longest = max(longest, DisplayWidth.of(cells[index]))
      case .shorten: longest = max(longest, min(DisplayWidth.of(cells[index]), TextTable.shortest))
      case .wrap where column.isRightAligned: longest = max(longest, DisplayWidth.of(cells[index]))
      case .wrap: for piece in pieces(cells[index]) { longest = max(longest, DisplayWidth.of(piece)) }
      }
    }
    return longest
  }

  /// A paragraph for each row: its first cell, then what each of the others is; what is the same in all rows, once.
  private func told(_ width: Int) -> [String] {
    let shared = sharedColumns()
    let common = shared.compactMap { index in firstCells.map { named($0, index) } }
    let head = common.isEmpty ? [] : HangingLines.lines("in all: " + common.joined(separator: "; "), width: width)
    return head
      + rows.flatMap { row -> [String] in
        switch row {
        case .heading(let text): return TextWrapping.lines(text, width: width)
        case .cells(let cells):
          let others = columns.indices.dropFirst().filter { !cells[$0].isEmpty && !shared.contains($0) }
          let text = others.map { named(cells, $0) }.joined(separator: isTitled ? "; " : "  ")
          let first = cells.first ?? ""
          guard !first.isEmpty else { return HangingLines.lines(text, lead: "    ", width: width) }
          return HangingLines.lines(text, lead: first + (text.isEmpty ? "" : "  "), margin: 4, width: width)
        }
      }
  }

  private var firstCells: [String]? {
    for case .cells(let cells) in rows { return cells }
    return nil
  }

  /// Columns beside the first that say the same in every row, where there are enough rows for that to be worth a line.
  private func sharedColumns() -> [Int] {
    let all = rows.compactMap { row in if case .cells(let cells) = row { cells } else { nil } }
    guard isTitled, all.count > 2, let first = all.first else { return [] }
    return columns.indices.dropFirst().filter { index in
      !first[index].isEmpty && all.allSatisfy { $0[index] == first[index] }
    }
  }

  private func named(_ cells: [String], _ index: Int) -> String {
    // In a sentence a title is no heading; a letter is a name.
    let title = columns[index].title
    guard isTitled, !title.isEmpty else { return cells[index] }
    return "\(title.utf8.count > 1 ? title.lowercased() : title): \(cells[index])"
  }

  private func lines(of row: [String], _ widths: [Int], areTitles: Bool) -> [String] {
    let cells = row.indices.map { index in
      switch areTitles ? .wrap : columns[index].overflow {
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
