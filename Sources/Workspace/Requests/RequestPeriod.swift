internal import Statements

/// The days that a request is about, as auditors write them: `Q1 2026`, `1/1/2026 - 6/30/2026`, `Jan - Mar 2026`, `as of
/// 30 June 2026`.
enum RequestPeriod {
  private static let leads = ["as of", "as at", "from", "period", "between"]
  private static let joins = [" through ", " thru ", " until ", " to ", " and ", "..", " - ", " – ", " — ", "–", "—"]

  /// - Returns: nil for what says no days.
  static func read(_ text: String, _ order: DateOrder?) -> (from: Day, through: Day)? {
    var plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for lead in leads where plain.lowercased().hasPrefix(lead + " ") { plain = String(plain.dropFirst(lead.count + 1)) }
    if let whole = part(plain, order) { return whole }
    for join in joins {
      for range in plain.ranges(of: join) + plain.ranges(of: join.uppercased()) {
        if let span = span(plain[..<range.lowerBound], plain[range.upperBound...], order) { return span }
      }
    }
    // `1/1/2026-6/30/2026` has nothing around its hyphen.
    for place in plain.indices where plain[place] == "-" {
      if let span = span(plain[..<place], plain[plain.index(after: place)...], order) { return span }
    }
    return nil
  }

  /// Whether it says two days in the wrong order.
  static func isReversed(_ text: String, _ order: DateOrder?) -> Bool {
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return joins.contains { join in
      plain.ranges(of: join).contains { range in
        guard let first = part(trimmed(plain[..<range.lowerBound]), order),
          let last = part(trimmed(plain[range.upperBound...]), order)
        else { return false }
        return last.through < first.from
      }
    }
  }

  private static func span(_ left: Substring, _ right: Substring, _ order: DateOrder?) -> (from: Day, through: Day)? {
    let (left, right) = (trimmed(left), trimmed(right))
    guard let last = part(right, order) else { return nil }
    // `Jan - Mar 2026` says its year once.
    guard let first = part(left, order) ?? part("\(left) \(last.through.components.year)", order),
      first.from <= last.through
    else { return nil }
    return (first.from, last.through)
  }

  private static func part(_ text: String, _ order: DateOrder?) -> (from: Day, through: Day)? {
    if let period = Period(text) { return (period.from, period.through) }
    if let day = try? ListText.day(text, order, told: { _ in }) { return (day, day) }
    return try? SpanText.read(text)
  }

  private static func trimmed(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
