public import Statements

/// A month, a quarter, half a year or a year, as evidence is collected for: `2026-09`, `2026-q3`, `2026-h2`, `2026`; as
/// people write them, `Q3 2026`, `9/2026` and `Sep 2026` too.
public struct Period: Sendable, Equatable {
  /// Its first day.
  public let from: Day
  /// Its last day.
  public let through: Day

  /// - Returns: nil for any other spelling, and for a fiscal year, of which only its company knows when it begins.
  public init?(_ text: String) {
    guard let (year, part) = Period.parts(text) else { return nil }
    let months: (first: Int, count: Int)
    switch part {
    case nil: months = (1, 12)
    case .quarter(let number)?: months = (number * 3 - 2, 3)
    case .half(let number)?: months = (number * 6 - 5, 6)
    case .month(let number)?: months = (number, 1)
    }
    let last = months.first + months.count - 1
    guard let from = Day(year: year, month: months.first, day: 1),
      let through = (28...31).compactMap({ Day(year: year, month: last, day: $0) }).last
    else { return nil }
    self.from = from
    self.through = through
  }

  /// Why a text is no period, and what to write.
  package static func refusal(_ text: String) -> String {
    let lower = text.lowercased()
    if lower.hasPrefix("fy") || lower.contains("fiscal") {
      return "'\(text)' is a fiscal year, which begins when its company says: write its days, from and through"
    }
    return
      "'\(text)' is not a period: write a month, 2026-09, a quarter, 2026-q3, half a year, 2026-h1, or a year, 2026"
  }

  private enum Part {
    case quarter(Int), half(Int), month(Int)
  }

  /// The year, which has four digits, and what of it.
  private static func parts(_ text: String) -> (year: Int, part: Part?)? {
    var words = text.lowercased().split(omittingEmptySubsequences: false) { "-/ ".contains($0) }
    // `2026Q3` and `Q32026` have nothing between them.
    if words.count == 1, let word = words.first {
      if word.utf8.count == 6, word.dropFirst(4).first?.isLetter == true {
        words = [word.prefix(4), word.dropFirst(4)]
      }
    }
    guard let first = words.first, let last = words.last, words.count <= 2 else { return nil }
    if words.count == 1 { return year(first).map { ($0, nil) } }
    guard let (year, word) = year(first).map({ ($0, last) }) ?? year(last).map({ ($0, first) }) else { return nil }
    return part(word).map { (year, $0) }
  }

  private static func year(_ digits: Substring) -> Int? { digits.utf8.count == 4 ? number(digits) : nil }

  private static func part(_ word: Substring) -> Part? {
    if let month = MonthName.number(word) { return .month(month) }
    if word.utf8.count == 2 {
      // `Q3`, and `3Q` as some say.
      for (letter, digit) in [(word.prefix(1), word.suffix(1)), (word.suffix(1), word.prefix(1))] {
        guard let number = number(digit) else { continue }
        if letter == "q" { return (1...4).contains(number) ? .quarter(number) : nil }
        if letter == "h" { return (1...2).contains(number) ? .half(number) : nil }
      }
    }
    return (1...2).contains(word.utf8.count) ? number(word).map { .month($0) } : nil
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
  }
}
