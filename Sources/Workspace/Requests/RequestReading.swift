internal import Findings
internal import Obligations

/// How a request list is to be read, where its table does not say it.
package struct RequestReading: Sendable, Equatable {
  /// The sheet; nil for the first that has requests.
  package var sheet: String?
  /// How it writes days; nil where only YYYY-MM-DD, and what can be told, is understood.
  package var dates: DateOrder?

  /// The headings of columns that are called otherwise than auditors mostly do, by the names of `RequestColumn`.
  package var columns: [String: String] = [:]

  package init() {}

  /// What the statement of its evidence says as `query`, so that everybody reads it in the same way: `dates=mdy;
  /// columns=controls:Ctrl ref,due:By when; sheet=Requests`.
  package var query: String? {
    let named = columns.sorted { $0.key < $1.key }.map { "\($0.key):\(RequestReading.escaped($0.value))" }
    let parts = [
      dates.map { "dates=\($0.rawValue)" }, named.isEmpty ? nil : "columns=\(named.joined(separator: ","))",
      sheet.map { "sheet=\($0)" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The reading that a query says.
  package init(query: String?) {
    var rest = (query ?? "")[...]
    if rest.hasPrefix("dates=") {
      let word = rest.dropFirst(6).prefix { $0 != ";" }
      dates = DateOrder(String(word))
      rest = rest.dropFirst(6 + word.count).drop { "; ".contains($0) }
    }
    if rest.hasPrefix("columns=") {
      let words = rest.dropFirst(8).prefix { $0 != ";" }
      for word in words.split(separator: ",") {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2 { columns[parts[0]] = RequestReading.unescaped(parts[1]) }
      }
      rest = rest.dropFirst(8 + words.count).drop { "; ".contains($0) }
    }
    if rest.hasPrefix("sheet="), rest.count > 6 { sheet = String(rest.dropFirst(6)) }
  }

  /// What stands between columns, in a heading: `%` before two hexadecimal digits, as in addresses of pages.
  private static let marks: [(mark: String, written: String)] = [
    ("%", "%25"), (",", "%2C"), (";", "%3B"), (":", "%3A"),
  ]

  private static func escaped(_ heading: String) -> String {
    marks.reduce(heading) { $0.replacing($1.mark, with: $1.written) }
  }

  private static func unescaped(_ text: String) -> String {
    marks.reversed().reduce(text) { $0.replacing($1.written, with: $1.mark) }
  }

  /// Whether two headings are the same without regard to case and blanks.
  static func isSame(_ heading: String, _ other: String) -> Bool {
    RequestLabel.folded(heading) == RequestLabel.folded(other)
  }
}
