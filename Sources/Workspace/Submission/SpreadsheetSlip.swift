internal import Catalogs
internal import Statements

/// What spreadsheets make of ids that look like days or numbers: of `3.1.2` the third of January 2002, of `3.10` 3.1.
enum SpreadsheetSlip {
  /// Whether a text that is no control is a day, and which ids it may have been.
  ///
  /// - Returns: nil where it is no day.
  static func day(_ text: String, _ finder: ControlFinder) -> [String]? {
    guard let numbers = numbers(text) else { return nil }
    let candidates = numbers.map { $0.map { String($0) }.joined(separator: ".") }
    var seen: Set<String> = []
    return candidates.filter { candidate in
      guard case .found? = finder.known(candidate) else { return false }
      return seen.insert(candidate).inserted
    }
  }

  /// Whether a spreadsheet may have cut the zero off another control's id, as that of `3.10`.
  static func mayLackZero(_ text: String, _ finder: ControlFinder) -> Bool {
    func isKnown(_ text: String) -> Bool {
      switch finder.known(text) {
      case .found?, .family?, .ambiguous?: true
      case .withdrawn?, .unknown?, nil: false
      }
    }
    return isNumber(text) && isKnown(text) && isKnown(text + "0")
  }

  /// `3.1`, which a spreadsheet takes for a number.
  static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// The numbers of a day in the orders in which they may have stood in an id.
  private static func numbers(_ text: String) -> [[Int]]? {
    if case .serial(let day) = ListDay.read(text, nil) { return orders(day.description) }
    for order in [nil, DateOrder.dmy, .mdy] {
      switch ListDay.read(text, order) {
      case .day(let day), .timed(let day, _): return orders(day.description)
      case .serial, .unordered, .none: continue
      }
    }
    return short(text)
  }

  private static func orders(_ day: String) -> [[Int]] {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return [] }
    let year = parts[0] % 100
    return [[parts[2], parts[1], year], [parts[1], parts[2], year], [year, parts[1], parts[2]]]
  }

  /// `3-Jan`, `Jan-03`, `3-Jan-02`, `1/3/02`: without a year, or with one of two digits.
  private static func short(_ text: String) -> [[Int]]? {
    let words = text.split { " -./".contains($0) }
    guard (2...3).contains(words.count) else { return nil }
    let place = words.firstIndex { MonthName.number($0) != nil }
    let values = words.map { MonthName.number($0) ?? Int($0) }.compactMap { $0 }
    guard values.count == words.count, values.allSatisfy({ (0...99).contains($0) }) else { return nil }
    // Numbers alone are a day only with slashes: `3.1.99` is a slip of the finger.
    guard place != nil || (words.count == 3 && text.contains("/")) else { return nil }
    return values.count == 2 ? [values, values.reversed()] : [values, [values[1], values[0], values[2]]]
  }
}
