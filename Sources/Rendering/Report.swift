/// What is to be told, free of any format: a page for people, rows for spreadsheets, a value for machines.
///
/// A report gives the three; a format is a renderer of one of them. So a new report works in every format, and a new
/// format for every report.
public protocol Report: Sendable {
  /// The page, from top to bottom.
  ///
  /// - Parameter width: In characters: for the few pages that leave out what a screen has no room for.
  func blocks(width: Int) throws -> [Block]

  /// A row for each thing that is told, all of it in every row; nil for a report that has no rows.
  var records: Table? { get }

  /// All of it, as machines read it: keys are added over time, never changed.
  var value: JSONOutput { get }
}

/// A format in which reports are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, csv, json
}

extension Report {
  /// The report in a format: whole lines in UTF-8, the last one ended.
  ///
  /// - Parameters:
  ///   - width: How wide a page may be, in characters.
  ///   - usesColour: Whether a page may hold sequences that colour a terminal.
  /// - Returns: nil where the report has nothing to show in that format.
  public func rendered(as format: ReportFormat, width: Int = 100, usesColour: Bool = false) throws -> String? {
    switch format {
    case .text: TextRenderer(width: width, usesColour: usesColour).render(try blocks(width: width))
    case .csv: csv()
    case .json: json().pretty + "\n"
    }
  }

  /// The page as text.
  public func text(width: Int = 100) throws -> String { TextRenderer(width: width).render(try blocks(width: width)) }

  /// The rows as comma-separated values; nil where there are none.
  public func csv() -> String? { records.map { CSVRenderer.render($0) } }

  /// The value for machines.
  public func json() -> JSONOutput { value }
}
