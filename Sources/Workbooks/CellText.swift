internal import CXLSXWriter
internal import Rendering

/// What a cell takes.
enum CellText {
  /// The text with what no terminal and no XML takes shown in its place, and at most as long as a cell is.
  ///
  /// Line breaks stay. XML 1.0 (section 2.2) has no place for U+FFFE and U+FFFF.
  static func shown(_ text: String) -> String {
    var shown = ""
    var length = 0
    for scalar in text.unicodeScalars {
      let piece: String
      switch scalar {
      case "\n", "\t": piece = String(scalar)
      case "\u{fffe}", "\u{ffff}": piece = "\\u{\(String(scalar.value, radix: 16))}"
      default: piece = TerminalText.visible(String(scalar))
      }
      // Spreadsheets count UTF-16 code units.
      length += piece.utf16.count
      guard length < WorkbookWriter.limits.characters else { return shown + "…" }
      shown += piece
    }
    return shown
  }

  /// `YYYY-MM-DD` as a spreadsheet's date; nil for what is none, and before 1900-03-01, where spreadsheets count wrongly.
  static func date(_ text: String) -> lxw_datetime? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (year, month) >= (1900, 3)
    else { return nil }
    return lxw_datetime(year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
  }
}
