internal import Spreadsheets
internal import Catalogs
internal import Findings

/// The rows that a monitoring or ticket system exports, as CSV or JSON, each value as it is written.
struct RowTable {
  let path: String
  let bytes: [UInt8]
  private(set) var columns: [String] = []
  /// By the line of a list, or the place in an array, counted from 1: what each column says, where it says something.
  private(set) var rows: [(place: Int, values: [String: String])] = []
  /// `line` of a list, `row` of an array.
  private(set) var placeName = "line"

  private static let sizeLimit = 16 << 20
  private static let separators = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }

  init(_ path: String) throws {
    self.path = path
    bytes = try InputFile.read(path, limit: RowTable.sizeLimit)
    let text = TextEncoding.utf8(bytes)
    switch text.first(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try readJSON(text)
    case nil: throw Failure(.malformedInput, "'\(path)' is empty")
    default: try readCSV(text)
    }
  }

  private mutating func readJSON(_ text: [UInt8]) throws {
    do {
      let table = try JSONRows(text)
      placeName = "row"
      columns = table.columns
      rows = table.rows.enumerated().map { ($0.offset + 1, $0.element) }
    } catch {
      throw Failure(.malformedInput, "'\(path)': \(error.message)", hint: error.hint)
    }
  }

  private mutating func readCSV(_ text: [UInt8]) throws {
    try ListKind.check(path, bytes, wanted: "a list of rows", columns: "that the system exports")
    let first = text.prefix { $0 != 0x0a && $0 != 0x0d }
    let counts = RowTable.separators.map { separator in first.count { $0 == separator } }
    let most = counts.max() ?? 0
    let separator = RowTable.separators[most == 0 ? 0 : counts.firstIndex(of: most) ?? 0]
    let read = CSVRecords(text, separator: separator)
    guard read.faults.isEmpty else { throw LineFaults(path: path, byLine: read.faults) }
    guard let header = read.records.first else { throw Failure(.malformedInput, "'\(path)' is empty") }
    columns = header.fields.map(RowTable.trimmed)
    let again = Set(columns.filter { name in !name.isEmpty && columns.count { $0 == name } > 1 })
    guard again.isEmpty else {
      throw Failure(
        .malformedInput, "'\(path)' has the column '\(again.sorted()[0])' twice", hint: "rename one of them")
    }
    for record in read.records.dropFirst() where record.fields.contains(where: { !RowTable.trimmed($0).isEmpty }) {
      var values: [String: String] = [:]
      for (column, field) in zip(columns, record.fields) {
        let value = RowTable.trimmed(field)
        if !column.isEmpty, !value.isEmpty { values[column] = value }
      }
      rows.append((record.line, values))
    }
  }

  static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }
    var end = start
    while end.last?.isWhitespace == true { end.removeLast() }
    return String(end)
  }

  /// The column of a name, in any case; of none, the first of some that are usual.
  ///
  /// - Parameters:
  ///   - option: What names it on the command line.
  ///   - usual: What exports call it, in lower case.
  func column(_ name: String?, option: String, usual: [String]) throws -> String {
    let wanted = name.map { [$0.lowercased()] } ?? usual
    for spelling in wanted {
      if let column = columns.first(where: { $0.lowercased() == spelling }) { return column }
    }
    let there = columns.filter { !$0.isEmpty }.prefix(12).map { "'\($0)'" }
    guard let name else {
      throw Failure(
        .usage, "'\(path)' does not say by its columns which is meant: give --\(option) COLUMN",
        hint: "its columns are \(Wording.list(Array(there)))")
    }
    let near = Spelling.nearest(to: name, among: columns)
    throw Failure(
      .malformedInput, "'\(path)' has no column '\(name)'",
      hint: near.map { "did you mean '\($0)'" } ?? "its columns are \(Wording.list(Array(there)))")
  }

  /// The column of some names, where it has one.
  func usualColumn(_ usual: [String]) -> String? {
    usual.lazy.compactMap { name in columns.first { $0.lowercased() == name } }.first
  }
}
