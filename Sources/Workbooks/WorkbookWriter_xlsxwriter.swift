internal import CXLSXWriter
internal import Findings
internal import Glibc
public import Rendering

/// Writes sheets as one workbook (ECMA-376), row by row: memory does not grow with rows.
///
/// Numbers and days keep their type, so that they sort and filter; texts are texts, and no cell is a formula. The same
/// sheets give the same bytes.
public enum WorkbookWriter: Sendable {
  /// What spreadsheets take, and no more: rows on a sheet, characters in a cell.
  static let limits = (rows: 1_048_576, characters: 32_767)

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - path: Where; what lies there is overwritten.
  ///   - title: The document's title.
  ///   - created: The time in its properties, in seconds since 1970: a workbook is a function of what it shows, so that
  ///     this is the time of that and not of the writing.
  /// - Throws: `Failure` where the disk fails, or there are more rows than a sheet takes.
  public static func write(_ sheets: [WorkbookSheet], to path: String, title: String, created: Int) throws {
    for sheet in sheets where sheet.table.rows.count >= limits.rows {
      throw Failure(
        .cannotCreate,
        "the sheet '\(sheet.name)' would have \(sheet.table.rows.count) rows, and spreadsheets take \(limits.rows)",
        hint: "ask for less, or for '--format csv'")
    }
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    guard let workbook = unsafe workbook_new_opt(path, &options) else {
      throw Failure(.cannotCreate, "'\(path)' cannot be written")
    }
    unsafe setProperties(workbook, title: title, created: created)
    let formats = unsafe Formats(workbook)
    var names = SheetNames()
    for sheet in sheets {
      guard let worksheet = unsafe workbook_add_worksheet(workbook, names.next(sheet.name)) else {
        unsafe lxw_workbook_free(workbook)
        throw Failure(.cannotCreate, "the sheet '\(sheet.name)' cannot be written to '\(path)'")
      }
      unsafe write(sheet.table, to: worksheet, formats)
    }
    let error = unsafe workbook_close(workbook)
    guard error == LXW_NO_ERROR else {
      throw Failure(.ioError, "'\(path)' cannot be written: \(unsafe String(cString: lxw_strerror(error)))")
    }
  }

  private static func setProperties(_ workbook: UnsafeMutablePointer<lxw_workbook>, title: String, created: Int) {
    unsafe CellText.shown(title).withCString { title in
      unsafe "custody".withCString { author in
        var properties = unsafe lxw_doc_properties()
        unsafe properties.title = UnsafeMutablePointer(mutating: title)
        unsafe properties.author = UnsafeMutablePointer(mutating: author)
        // Zero would be the time of the writing.
        unsafe properties.created = max(1, created)
        _ = unsafe workbook_set_properties(workbook, &properties)
      }
    }
  }

  /// The looks of cells.
  @safe private struct Formats {
    let title: UnsafeMutablePointer<lxw_format>?
    let group: UnsafeMutablePointer<lxw_format>?
    let text: UnsafeMutablePointer<lxw_format>?
    let day: UnsafeMutablePointer<lxw_format>?

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
      unsafe title = workbook_add_format(workbook)
      unsafe format_set_bold(title)
      unsafe format_set_bottom(title, UInt8(LXW_BORDER_THIN.rawValue))
      unsafe format_set_text_wrap(title)
      unsafe group = workbook_add_format(workbook)
      unsafe format_set_bold(group)
      unsafe text = workbook_add_format(workbook)
      unsafe format_set_text_wrap(text)
      unsafe format_set_align(text, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      unsafe day = workbook_add_format(workbook)
      unsafe format_set_num_format(day, "yyyy-mm-dd")
      unsafe format_set_align(day, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
  }

  private static func write(_ table: Table, to worksheet: UnsafeMutablePointer<lxw_worksheet>, _ formats: Formats) {
    for (column, width) in ColumnWidths.of(table).enumerated() {
      _ = unsafe worksheet_set_column(worksheet, UInt16(column), UInt16(column), width, nil)
    }
    for (column, title) in table.columns.map(\.title).enumerated() {
      unsafe write(.text(title), 0, column, to: worksheet, formats.title, day: nil)
    }
    var row = 1
    for line in table.rows {
      switch line {
      case .heading(let text): unsafe write(.text(text), row, 0, to: worksheet, formats.group, day: nil)
      case .cells(let cells):
        for (column, cell) in cells.enumerated() {
          unsafe write(cell, row, column, to: worksheet, formats.text, day: formats.day)
        }
      }
      row += 1
    }
    guard !table.columns.isEmpty else { return }
    unsafe worksheet_freeze_panes(worksheet, 1, 0)
    _ = unsafe worksheet_autofilter(worksheet, 0, 0, UInt32(max(1, row - 1)), UInt16(table.columns.count - 1))
    unsafe worksheet_repeat_rows(worksheet, 0, 0)
    unsafe worksheet_set_landscape(worksheet)
    unsafe worksheet_fit_to_pages(worksheet, 1, 0)
  }

  private static func write(
    _ cell: Cell, _ row: Int, _ column: Int, to worksheet: UnsafeMutablePointer<lxw_worksheet>,
    _ format: UnsafeMutablePointer<lxw_format>?, day: UnsafeMutablePointer<lxw_format>?
  ) {
    let (row, column) = (UInt32(row), UInt16(column))
    switch cell {
    case .empty: return
    // A double holds every whole number up to 2^53; what is larger would be shown as another.
    case .integer(let number) where abs(number) <= 1 << 53:
      _ = unsafe worksheet_write_number(worksheet, row, column, Double(number), format)
    // A double keeps fifteen digits; what has more would be shown as another number.
    case .number(let text) where text.count(where: \.isNumber) <= 15 && Double(text) != nil:
      _ = unsafe worksheet_write_number(worksheet, row, column, Double(text) ?? 0, format)
    case .day(let text):
      guard var date = CellText.date(text) else { fallthrough }
      _ = unsafe worksheet_write_datetime(worksheet, row, column, &date, day)
    default:
      let text = CellText.shown(cell.text())
      guard !text.isEmpty else { return }
      _ = unsafe worksheet_write_string(worksheet, row, column, text, format)
    }
  }
}
