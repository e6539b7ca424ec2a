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

  /// The workbook's sheets, one for each question; the records on one sheet, unless a report has more to show.
  func sheets() throws -> [WorkbookSheet]

  /// The page in HTML; the blocks, unless a report has pictures, or more than fits a terminal.
  func page(_ cover: ReportCover) throws -> HTMLPage
}

/// A format in which reports are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, csv, json, html, markdown, xlsx
}

extension Report {
  /// The report in a format: whole lines in UTF-8, the last one ended.
  ///
  /// - Parameters:
  ///   - width: How wide a page may be, in characters.
  ///   - usesColour: Whether a page may hold sequences that colour a terminal.
  ///   - cover: What stands above and below it.
  /// - Returns: nil where the report has nothing to show in that format, and for a workbook, which is no text.
  public func rendered(
    as format: ReportFormat, width: Int = 100, usesColour: Bool = false, cover: ReportCover = .none
  ) throws -> String? {
    switch format {
    case .text:
      TextRenderer(width: width, usesColour: usesColour).render(cover.around(try blocks(width: width)))
    case .csv: records.map { CSVRenderer.render(cover.around($0)) }
    case .json: cover.around(value).pretty + "\n"
    case .html: try page(cover).text
    case .markdown: MarkdownRenderer.render(try blocks(width: 160), cover: cover)
    case .xlsx: nil
    }
  }

  /// The page as text.
  public func text(width: Int = 100) throws -> String { TextRenderer(width: width).render(try blocks(width: width)) }

  /// The rows as comma-separated values; nil where there are none.
  public func csv() -> String? { records.map { CSVRenderer.render($0) } }

  /// The value for machines.
  public func json() -> JSONOutput { value }

  /// The records on one sheet.
  public func sheets() throws -> [WorkbookSheet] { records.map { [WorkbookSheet("Report", $0)] } ?? [] }

  /// The blocks as they are.
  public func page(_ cover: ReportCover) throws -> HTMLPage {
    HTMLRenderer.page(try blocks(width: 160), cover: cover)
  }
}
