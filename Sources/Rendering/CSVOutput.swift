/// Rows of comma-separated values for spreadsheets and scripts: RFC 4180 with a line feed after each row, in UTF-8.
public struct CSVOutput: Sendable {
  /// The rows so far, each ended.
  public private(set) var text = ""
  private let columnCount: Int

  /// A table under a row of titles.
  public init(columns: [String]) {
    columnCount = columns.count
    add(columns)
  }

  /// More rows of a table whose titles are written already.
  public init(untitled count: Int) { columnCount = count }

  /// Adds a row; cells that are missing are empty, and those beyond the columns are left out.
  public mutating func add(_ cells: [String]) {
    let row = (0..<columnCount).map { $0 < cells.count ? CSVOutput.cell(cells[$0]) : "" }
    text += row.joined(separator: ",") + "\n"
  }

  /// A cell as it is written.
  ///
  /// A text that a spreadsheet would run as a formula begins with a single quote, which makes it text. What a terminal
  /// might obey, or what would reorder a line, is shown in its place; line breaks and tabs stay, within quotation marks.
  public static func cell(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
      case _ where TerminalText.isHazardous(scalar): text += TerminalText.visible(String(scalar))
      default: text.unicodeScalars.append(scalar)
      }
    }
    if let first = text.unicodeScalars.first, isFormulaStart(first), !isNegativeNumber(text) { text = "'" + text }
    let needsQuotes = text.unicodeScalars.contains { scalar in
      switch scalar {
      case ",", ";", "\"", "\t", "\n", "\r": true
      default: false
      }
    }
    guard needsQuotes || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// Whether a text is `-5` or `-0.25`, which runs nothing anywhere.
  private static func isNegativeNumber(_ text: String) -> Bool {
    let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.utf8.first == UInt8(ascii: "-") && parts.count <= 2
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private static func isFormulaStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n": true
    // Some spreadsheets take the full-width forms for the plain ones.
    case "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}": true
    default: false
    }
  }
}
