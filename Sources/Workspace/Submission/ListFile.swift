internal import Spreadsheets
internal import Findings

/// A table as spreadsheets save it: what stands between its fields, how it writes days, and its records.
///
///     sep=;
///     dates=dmy
///     file;controls;collected
struct ListFile {
  /// From the header on.
  let records: [CSVRecords.Record]
  let faults: [(line: Int, reason: String)]
  /// How its first lines say that days are written; nil where they do not.
  let dates: DateOrder?
  /// The lines above the header that say nothing that is understood: titles.
  let titles: [Int]

  private static let separators = CSVSheet.separators
  /// So many lines may stand above the header.
  private static let searched = 12

  /// - Parameters:
  ///   - bytes: UTF-8 or UTF-16, with or without a mark.
  ///   - columns: The names that its header may have: what stands between fields is what sets most of them apart.
  init(_ bytes: [UInt8], columns: Set<String>) {
    var rest = TextEncoding.utf8(bytes)[...]
    var separator: UInt8?
    var line = 1
    while let (name, value) = ListFile.directive(ListFile.firstLine(rest)), name == "sep" {
      separator = value.utf8.first
      rest = ListFile.afterLine(rest)
      line += 1
    }
    let chosen = separator ?? ListFile.separator(of: rest, columns)
    let read = CSVRecords(Array(rest), separator: chosen, firstLine: line)
    var records = read.records.filter { record in record.fields.contains { !$0.allSatisfy(\.isWhitespace) } }
    var faults = read.faults
    let place = ListFile.header(records, columns)
    var dates: DateOrder?
    var titles: [Int] = []
    for record in records.prefix(place) {
      guard let (name, value) = ListFile.directive(record, chosen) else {
        titles.append(record.line)
        continue
      }
      guard name == "dates" else { continue }
      dates = DateOrder(value)
      if dates == nil {
        self.records = []
        self.faults = [
          (record.line, "'\(value)' says nothing about days: write dates=dmy, dates=mdy or dates=ymd")
        ]
        self.dates = nil
        self.titles = []
        return
      }
    }
    if place < records.count {
      // Of a title nobody asks whether its quotes are closed.
      let start = records[place].line
      faults.removeAll { place > 0 && $0.line < start }
    }
    records.removeFirst(place)
    self.records = records
    self.faults = faults.map { fault in
      fault.reason == "it is not UTF-8"
        ? (fault.line, "it is not UTF-8: save the list as 'CSV UTF-8'") : fault
    }
    self.dates = dates
    self.titles = titles
  }

  /// Where the header stands: the first record that is no directive, unless one further down names a file's column and
  /// more columns than any before it, as below a title.
  private static func header(_ records: [CSVRecords.Record], _ columns: Set<String>) -> Int {
    var first = 0
    while first < min(records.count, searched), directive(records[first], 0) != nil { first += 1 }
    var best = (place: first, count: 1)
    for place in first..<max(first, min(records.count, searched)) {
      let known = records[place].fields.compactMap { ListColumn.known($0, columns) }
      if known.contains("file"), known.count > best.count { best = (place, known.count) }
    }
    // A header that misses what it needs is told so where it stands.
    return best.place
  }

  private static func firstLine(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.prefix { $0 != 0x0a && $0 != 0x0d }
  }

  private static func afterLine(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rest = bytes.dropFirst(firstLine(bytes).count)
    return rest.dropFirst(rest.starts(with: [0x0d, 0x0a]) ? 2 : 1)
  }

  /// A directive is a line of its own, with empty fields behind it at most.
  private static func directive(_ record: CSVRecords.Record, _ separator: UInt8) -> (name: String, value: String)? {
    guard let first = record.fields.first,
      record.fields.dropFirst().allSatisfy({ $0.allSatisfy(\.isWhitespace) })
    else { return nil }
    return directive(Array(first.utf8)[...])
  }

  /// `sep=;` or `dates=dmy` as the whole of a line, perhaps as a comment, `# dates: dmy`.
  private static func directive(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard line.count <= 60, let text = String(validating: line, as: UTF8.self) else { return nil }
    let plain = text.drop { "\"'# ".contains($0) }
    guard let sign = plain.firstIndex(where: { "=:".contains($0) }) else { return nil }
    let value = plain[plain.index(after: sign)...]
    switch plain[..<sign].lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") {
    case "sep" where plain[sign] == "=": return ("sep", value.hasPrefix("\\t") ? "\t" : String(value.prefix(1)))
    case "dates", "date format", "date order", "dateformat", "dateorder":
      return ("dates", String(value.drop { $0 == " " }.prefix { !",;\t\"\r".contains($0) }))
    default: return nil
    }
  }

  private static func separator(of bytes: ArraySlice<UInt8>, _ columns: Set<String>) -> UInt8 {
    var lines: [[UInt8]] = []
    var rest = bytes
    while !rest.isEmpty, lines.count < searched {
      lines.append(Array(firstLine(rest)))
      rest = afterLine(rest)
    }
    let counts = separators.map { separator in
      lines.map { line in
        let fields = CSVRecords(line, separator: separator).records.first?.fields ?? []
        let known = fields.compactMap { ListColumn.known($0, columns) }
        return known.contains("file") || lines.count == 1 ? known.count : min(known.count, 1)
      }.max() ?? 0
    }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return separators[0] }
    return separators[index]
  }
}

/// In which order a list writes the parts of a day.
package enum DateOrder: String, Sendable, CaseIterable {
  case dmy, mdy, ymd

  /// `dmy`, or a pattern as spreadsheets show it: `d.m.yyyy`, `MM/DD/YYYY`.
  package init?(_ text: String) {
    var letters = ""
    for letter in text.lowercased() where letter.isLetter && letters.last != letter { letters.append(letter) }
    self.init(rawValue: letters)
  }
}
