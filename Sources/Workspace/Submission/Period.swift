public import Statements

/// A month, a quarter, half a year or a year, as evidence is collected for: `2026-09`, `2026-q3`, `2026-h2`, `2026`.
public struct Period: Sendable, Equatable {
  /// Its first day.
  public let from: Day
  /// Its last day.
  public let through: Day

  /// - Returns: nil for any other spelling.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard let head = parts.first, parts.count <= 2, head.utf8.count == 4, let year = Period.number(head) else {
      return nil
    }
    let months: (first: Int, count: Int)
    if parts.count == 1 {
      months = (1, 12)
    } else if let quarter = Period.number(parts[1], after: "q") {
      months = (quarter * 3 - 2, 3)
    } else if let half = Period.number(parts[1], after: "h") {
      months = (half * 6 - 5, 6)
    } else if parts[1].utf8.count == 2, let month = Period.number(parts[1]) {
      months = (month, 1)
    } else {
      return nil
    }
    let last = months.first + months.count - 1
    guard let from = Day(year: year, month: months.first, day: 1),
      let through = (28...31).compactMap({ Day(year: year, month: last, day: $0) }).last
    else { return nil }
    self.from = from
    self.through = through
  }

  private static func number(_ digits: Substring, after letter: Character) -> Int? {
    digits.utf8.count == 2 && digits.first == letter ? number(digits.dropFirst()) : nil
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
  }
}
