/// A sheet of a workbook: rows that answer one question.
public struct WorkbookSheet: Sendable, Equatable {
  /// At most 31 characters, none of `[ ] : * ? / \\`: what spreadsheets take.
  public var name: String
  /// Its rows, under their headings.
  public var table: Table

  /// Rows under a name.
  public init(_ name: String, _ table: Table) {
    self.name = name
    self.table = table
  }
}
