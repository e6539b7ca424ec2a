internal import Rendering

/// How wide columns are: as their longest cell among the first rows, within what can be read.
enum ColumnWidths {
  /// In characters, as spreadsheets measure.
  static func of(_ table: Table) -> [Double] {
    var widths = table.columns.map { min(24, $0.title.utf16.count) + 3 }
    for row in table.rows.prefix(400) {
      guard case .cells(let cells) = row else { continue }
      for (column, cell) in cells.enumerated() where column < widths.count {
        widths[column] = max(widths[column], min(60, DisplayWidth.of(cell.text()) + 2))
      }
    }
    return widths.map { Double(min(60, max(6, $0))) }
  }
}
