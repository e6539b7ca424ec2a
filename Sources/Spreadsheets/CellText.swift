/// The text that a cell shows, from what a workbook holds.
enum CellText {
  /// A number as a person sees it: the shortest that is the same number, with the decimals that its format asks for.
  static func number(_ raw: String, _ shown: NumberFormats.Shown, startsIn1904: Bool) -> Sheet.Cell {
    let plain = raw.trimmingBlanks
    guard let value = Double(plain), value.isFinite else { return Sheet.Cell(plain, .text) }
    if shown == .day, let day = day(value, startsIn1904: startsIn1904) { return Sheet.Cell(day, .day) }
    var text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(describing: value)
    if case .decimals(let wanted) = shown, !text.contains("e") {
      let point = text.firstIndex(of: ".")
      let present = point.map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
      if present < wanted { text += (point == nil ? "." : "") + String(repeating: "0", count: wanted - present) }
    }
    return Sheet.Cell(text, .number)
  }

  /// The day of a serial number: 1 is the first of January 1900, which Lotus took for a leap year, or, since 1904, 0.
  static func day(_ serial: Double, startsIn1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let whole = Int(serial)
    // Days from 1970-01-01 on.
    let days = startsIn1904 ? whole - 24_107 : whole - (whole < 60 ? 25_568 : 25_569)
    return civil(days)
  }

  /// Howard Hinnant, chrono-Compatible Low-Level Date Algorithms: civil_from_days.
  private static func civil(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension String {
  /// Without blanks and line breaks around it.
  package var trimmingBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
