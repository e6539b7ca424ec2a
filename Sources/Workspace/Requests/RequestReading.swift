internal import Findings

/// How a request list is to be read, where its table does not say it.
package struct RequestReading: Sendable, Equatable {
  /// The sheet; nil for the first that has requests.
  package var sheet: String?
  /// How it writes days; nil where only YYYY-MM-DD, and what can be told, is understood.
  package var dates: DateOrder?

  package init() {}

  /// What the statement of its evidence says as `query`, so that everybody reads it in the same way: `dates=mdy;
  /// sheet=Requests`.
  package var query: String? {
    let parts = [dates.map { "dates=\($0.rawValue)" }, sheet.map { "sheet=\($0)" }].compactMap { $0 }
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
    if rest.hasPrefix("sheet="), rest.count > 6 { sheet = String(rest.dropFirst(6)) }
  }
}
