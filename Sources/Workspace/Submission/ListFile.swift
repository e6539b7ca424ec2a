internal import Findings

/// A table as spreadsheets save it: what stands between its fields, how it writes days, and its records.
///
///     sep=;
///     dates=dmy
///     file;controls;collected
struct ListFile {
  let records: [CSVRecords.Record]
  let faults: [(line: Int, reason: String)]
  /// How its first lines say that days are written; nil where they do not.
  let dates: DateOrder?

  private static let separators = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }

  /// - Parameters:
  ///   - bytes: UTF-8 or UTF-16, with or without a mark.
  ///   - columns: The names that its header may have: what stands between fields is what sets most of them apart.
  init(_ bytes: [UInt8], columns: Set<String>) {
    var rest = TextEncoding.utf8(bytes)[...]
    var separator: UInt8?
    var dates: DateOrder?
    var line = 1
    while let (name, value) = ListFile.directive(rest) {
      switch name {
      case "sep": separator = value.utf8.first
      case "dates": dates = DateOrder(value)
      default: break
      }
      if name == "dates", dates == nil {
        records = []
        faults = [(line, "'\(value)' says nothing about days: write dates=dmy, dates=mdy or dates=ymd")]
        self.dates = nil
        return
      }
      rest = rest.firstIndex(of: 0x0a).map { rest[($0 + 1)...] } ?? []
      line += 1
    }
    let chosen = separator ?? ListFile.separator(of: rest, columns)
    let read = CSVRecords(Array(rest), separator: chosen, firstLine: line)
    records = read.records.filter { record in record.fields.contains { !$0.allSatisfy(\.isWhitespace) } }
    faults = read.faults.map { fault in
      fault.reason == "it is not UTF-8"
        ? (fault.line, "it is not UTF-8: save the list as 'CSV UTF-8'") : fault
    }
    self.dates = dates
  }

  /// `sep=;` or `dates=dmy` as the whole of the first line.
  private static func directive(_ bytes: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let line = bytes.prefix { $0 != 0x0a }
    guard line.count <= 40, let text = String(validating: line, as: UTF8.self) else { return nil }
    let plain = text.drop { $0 == "\"" }
    guard let equals = plain.firstIndex(of: "=") else { return nil }
    let value = plain[plain.index(after: equals)...]
    switch plain[..<equals].lowercased() {
    case "sep": return ("sep", value.hasPrefix("\\t") ? "\t" : String(value.prefix(1)))
    case "dates": return ("dates", String(value.prefix { !",;\t\"\r".contains($0) }))
    default: return nil
    }
  }

  private static func separator(of bytes: ArraySlice<UInt8>, _ columns: Set<String>) -> UInt8 {
    let header = Array(bytes.prefix { $0 != 0x0a })
    let counts = separators.map { separator in
      CSVRecords(header, separator: separator).records.first?.fields.count { ListColumn.known($0, columns) != nil } ?? 0
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

/// What people call the columns of a list.
enum ListColumn {
  private static let synonyms = [
    "filename": "file", "file name": "file", "path": "file", "artifact": "file", "evidence": "file",
    "control": "controls", "control id": "controls", "control ids": "controls", "control(s)": "controls",
    "collected on": "collected", "date collected": "collected", "retain until": "retain-until",
    "retention": "retain-until", "to": "through", "until": "through", "start": "from", "end": "through",
  ]

  /// The column that a heading names; nil for none that is known.
  static func known(_ heading: String, _ columns: Set<String>) -> String? {
    let name = heading.split { $0.isWhitespace }.joined(separator: " ").lowercased()
    if columns.contains(name) { return name }
    return synonyms[name] ?? (columns.contains(name.replacing("_", with: "-")) ? name.replacing("_", with: "-") : nil)
  }
}
