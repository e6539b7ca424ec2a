/// A CSV file as a sheet, its rows numbered as a spreadsheet that opens it would.
package enum CSVSheet {
  /// What may stand between fields.
  package static let separators = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }

  static func read(_ bytes: [UInt8]) throws(SpreadsheetError) -> Sheet {
    var utf8 = TextEncoding.utf8(bytes)[...]
    guard !utf8.contains(0) else {
      throw SpreadsheetError("it is neither a workbook nor text", hint: "save it as .xlsx or as 'CSV UTF-8'")
    }
    var remarks: [String] = []
    if String(validating: utf8, as: UTF8.self) == nil {
      // What is not UTF-8 is what Windows writes in the west.
      utf8 = Array(String(utf8.map { WindowsText.character($0) }).utf8)[...]
      remarks.append("it is not UTF-8, and was read as Windows-1252: look at letters that are not English")
    }
    var separator: UInt8?
    var offset = 0
    let head = utf8.prefix { $0 != 0x0a && $0 != 0x0d }
    if head.count <= 8, let line = String(validating: head, as: UTF8.self)?.replacing("\"", with: ""),
      line.lowercased().hasPrefix("sep=")
    {
      separator = line.dropFirst(4).utf8.first ?? UInt8(ascii: "\t")
      let rest = utf8.dropFirst(head.count)
      utf8 = rest.dropFirst(rest.starts(with: [0x0d, 0x0a]) ? 2 : 1)
      offset = 1
    }
    let source = Array(utf8)
    let records = CSVRecords(source, separator: separator ?? likeliest(source), firstLine: 1)
    if let fault = records.faults.first {
      throw SpreadsheetError(
        "line \(fault.line + offset): \(fault.reason)", hint: "save it again from the spreadsheet program")
    }
    var rows: [Sheet.Row] = []
    var number = offset
    var line = 1
    var cellCount = 0
    for record in records.records {
      // Empty lines are rows that nothing stands in; a break within quotes is none.
      number += record.line - line + 1
      line = record.line + 1 + record.fields.map(breaks).reduce(0, +)
      var cells: [Sheet.Cell?] = record.fields.prefix(WorksheetReader.columnLimit).map { field in
        let text = field.trimmingBlanks
        return text.isEmpty ? nil : Sheet.Cell(text)
      }
      while let last = cells.last, last == nil { cells.removeLast() }
      cellCount += cells.count { $0 != nil }
      guard cellCount <= WorksheetReader.cellLimit else {
        throw SpreadsheetError(
          "it has more than \(WorksheetReader.cellLimit) cells", hint: "it is no matrix of who answers for what")
      }
      if !cells.isEmpty { rows.append(Sheet.Row(number: number, cells: cells)) }
    }
    return Sheet(name: "", rows: rows, remarks: remarks)
  }

  private static func breaks(_ field: String) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in field.utf8 {
      if byte == 0x0a || (previous == 0x0d && byte != 0x0a) { count += 1 }
      previous = byte
    }
    return count + (previous == 0x0d ? 1 : 0)
  }

  /// The separator that most lines have, and those lines most often.
  private static func likeliest(_ bytes: [UInt8]) -> UInt8 {
    // A longer head is not looked at: what it holds is more of the same.
    let head = Array(bytes.prefix(64 << 10))
    let scores = separators.map { separator in
      let widths = CSVRecords(head, separator: separator).records.prefix(60).map { record in
        record.fields.count
      }
      let often = Dictionary(grouping: widths.filter { $0 > 1 }) { $0 }.values.map { $0.count * 100 + min($0[0], 50) }
      return often.max() ?? 0
    }
    guard let most = scores.max(), most > 0, let place = scores.firstIndex(of: most) else { return separators[0] }
    return separators[place]
  }
}

/// Text of Windows-1252, which spreadsheets write unless they are asked for UTF-8.
private enum WindowsText {
  private static let high: [Unicode.Scalar] = Array(
    "\u{20ac}\u{81}\u{201a}\u{192}\u{201e}\u{2026}\u{2020}\u{2021}\u{2c6}\u{2030}\u{160}\u{2039}\u{152}\u{8d}\u{17d}\u{8f}\u{90}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{2dc}\u{2122}\u{161}\u{203a}\u{153}\u{9d}\u{17e}\u{178}"
      .unicodeScalars)

  static func character(_ byte: UInt8) -> Character {
    (0x80...0x9f).contains(byte) ? Character(high[Int(byte) - 0x80]) : Character(Unicode.Scalar(byte))
  }
}
