internal import Catalogs
internal import Findings
internal import Obligations
package import Statements

/// How people write the span of days that something was measured over.
package enum SpanText {
  /// The span that `2026-09`, `2026-q3`, `2026-09-14`, `2026-w38` or `2026-09-14..2026-09-20` means.
  package static func read(_ text: String) throws -> (from: Day, through: Day) {
    if let day = Day(text) { return (day, day) }
    if let period = Period(text) { return (period.from, period.through) }
    if let dots = text.firstRange(of: "..") {
      let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
      if let from = Day(first) ?? Day("\(first)-01-01"), let through = Day(last) ?? Day("\(last)-12-31"),
        from <= through
      {
        return (from, through)
      }
    }
    if let week = week(text) { return week }
    throw Failure(
      .usage, "'\(text)' is not a period",
      hint: "write a month, 2026-09, a quarter, 2026-q3, a week, 2026-w38, a day, or 2026-09-14..2026-09-20")
  }

  /// A week of ISO 8601: the first of a year is the one with its fourth of January.
  private static func week(_ text: String) -> (from: Day, through: Day)? {
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("w"), let year = Int(parts[0]), let number = Int(parts[1].dropFirst()),
      (1...53).contains(number), let fourth = Day(year: year, month: 1, day: 4),
      let first = CadencePeriod(.week, around: fourth, anchor: fourth)
    else { return nil }
    let from = first.from.adding(days: (number - 1) * 7)
    // Its Thursday lies in its own year.
    guard from.adding(days: 3).components.year == year else { return nil }
    return (from, from.adding(days: 6))
  }
}
