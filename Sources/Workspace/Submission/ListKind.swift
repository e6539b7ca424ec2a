internal import Spreadsheets
internal import Catalogs
internal import Findings

/// Names what was given as a list, and is none: people have the spreadsheet at hand, or what a program exports.
enum ListKind {
  /// - Parameters:
  ///   - bytes: As they lie in the file.
  ///   - wanted: What it should be, as in `a list of evidence`.
  ///   - columns: What its columns would be.
  static func check(_ path: String, _ bytes: [UInt8], wanted: String, columns: String) throws {
    guard let kind = FileKind(of: TextEncoding.utf8(bytes)) else { return }
    let table = "as CSV, with the columns \(columns)"
    let hint =
      switch kind {
      case .spreadsheet: "open it, and save the sheet \(table): File, Save As, 'CSV UTF-8'"
      case .document: "save its table \(table)"
      case .pdf, .richText, .html: "find the table that it was made of, and save that \(table)"
      case .json, .xml: "let the program that wrote it write it \(table)"
      case .archive: "take what is in it out first"
      case .utf16, .binary: "write it \(table)"
      }
    throw Failure(.malformedInput, "'\(path)' is \(kind.name), not \(wanted)", hint: "nothing was submitted; \(hint)")
  }
}
