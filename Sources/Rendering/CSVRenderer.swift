/// Writes rows as comma-separated values.
public enum CSVRenderer: Sendable {
  /// A row of titles, then the table's rows; lines that go over all columns are for people and left out.
  public static func render(_ table: Table) -> String {
    var output = CSVOutput(columns: table.columns.map(\.title))
    for case .cells(let cells) in table.rows { output.add(cells.map { $0.text(separator: " ") }) }
    return output.text
  }
}
