internal import Findings
internal import Statements

/// A day as lists write it: `2026-09-30`, `30.9.2026` in a known order, `30-Sep-2026`, `Sep 30, 2026`, with a time behind it
/// as exports of databases have it, or a spreadsheet's own number for it.
enum ListDay {
  /// What a text says.
  enum Reading: Equatable {
    case day(Day)
    /// A spreadsheet's number, and the day that it stands for where days are counted from 1900.
    case serial(Day)
    /// Two numbers of which either may be the day.
    case unordered
    /// With a time of day that is not midnight in UTC or wherever, and the zone behind it, empty where it says none.
    case timed(Day, zone: String)
    case none
  }

  static func read(_ text: String, _ order: DateOrder?) -> Reading {
    if let day = Day(text) { return .day(day) }
    let (head, time) = split(text)
    if let time {
      let day = Day(head) ?? numbers(head, order).day ?? named(head)
      guard let day else { return time.isMidnight ? plain(head, order) : .none }
      return time.isMidnight ? .day(day) : .timed(day, zone: time.zone)
    }
    return plain(text, order)
  }

  private static func plain(_ text: String, _ order: DateOrder?) -> Reading {
    let numbers = numbers(text, order)
    if let day = numbers.day { return .day(day) }
    if numbers.isUnordered { return .unordered }
    if let day = named(text) { return .day(day) }
    return serial(text).map { .serial($0) } ?? .none
  }

  /// A day, and the time behind it.
  private static func split(_ text: String) -> (day: String, time: (zone: String, isMidnight: Bool)?) {
    guard let colon = text.firstIndex(of: ":") else {
      return (text, nil)
    }
    guard let gap = text[..<colon].lastIndex(where: { $0 == " " || $0 == "T" }) else { return (text, nil) }
    let time = text[text.index(after: gap)...]
    let digits = time.prefix { $0.isNumber || $0 == ":" || $0 == "." }
    let rest = time[digits.endIndex...].filter { $0 != " " }
    let isZero = digits.allSatisfy { "0:.".contains($0) } && ["", "Z", "+00:00", "UTC"].contains(rest)
    let isTwelve = digits.hasPrefix("12:00") && digits.dropFirst(5).allSatisfy { "0:.".contains($0) }
    let zone = ["AM", "PM"].contains(rest.uppercased()) ? "" : rest
    let head = text[..<gap].filter { $0 != "," }.split(separator: " ").joined(separator: " ")
    return (head, (zone, isZero || (isTwelve && rest.uppercased() == "AM")))
  }

  /// Three numbers. A year of four digits that comes first needs no telling, nor does a number that no month has.
  private static func numbers(_ text: String, _ order: DateOrder?) -> (day: Day?, isUnordered: Bool) {
    let parts = text.split(omittingEmptySubsequences: false) { "./-".contains($0) }
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 && $0.allSatisfy(\.isNumber) }) else {
      return (nil, false)
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return (nil, false) }
    if parts[0].utf8.count == 4 { return (Day(year: numbers[0], month: numbers[1], day: numbers[2]), false) }
    guard parts[2].utf8.count == 4, parts[0].utf8.count < 3, parts[1].utf8.count < 3 else {
      return (nil, parts[0].utf8.count < 3 && parts[2].utf8.count < 3)
    }
    let asDMY = Day(year: numbers[2], month: numbers[1], day: numbers[0])
    let asMDY = Day(year: numbers[2], month: numbers[0], day: numbers[1])
    switch order {
    case .dmy: return (asDMY, false)
    case .mdy: return (asMDY, false)
    case .ymd: return (nil, false)
    case nil:
      guard let asDMY, let asMDY else { return (asDMY ?? asMDY, false) }
      return asDMY == asMDY ? (asDMY, false) : (nil, true)
    }
  }

  /// `30-Sep-2026`, `30 September 2026`, `Sep 30, 2026`, `2026 Sep 30`: the year has four digits.
  private static func named(_ text: String) -> Day? {
    let words = text.split { " -,./".contains($0) }
    guard words.count == 3, let place = words.firstIndex(where: { MonthName.number($0) != nil }),
      let month = MonthName.number(words[place])
    else { return nil }
    let others = words.indices.filter { $0 != place }.map { number(words[$0]) }
    guard others.count == 2, let first = others[0], let second = others[1] else { return nil }
    if first.digits == 4, second.digits <= 2 { return Day(year: first.value, month: month, day: second.value) }
    if second.digits == 4, first.digits <= 2 { return Day(year: second.value, month: month, day: first.value) }
    return nil
  }

  private static func number(_ word: Substring) -> (value: Int, digits: Int)? {
    var digits = word
    for ending in ["st", "nd", "rd", "th"] where word.lowercased().hasSuffix(ending) { digits = word.dropLast(2) }
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int(digits)
    else {
      return nil
    }
    return (value, digits.utf8.count)
  }

  /// `46295`: days since the last but one of 1899, as spreadsheets count them. Years from 2000 to 2099.
  private static func serial(_ text: String) -> Day? {
    let whole = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
    guard whole.utf8.count == 5, let number = Int(whole), (36_526...73_050).contains(number) else { return nil }
    return Day(year: 1899, month: 12, day: 30)?.adding(days: number)
  }
}

/// The names of the months in English, and how they are cut short.
enum MonthName {
  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// - Returns: 1 for January; nil for no month's name.
  static func number(_ text: some StringProtocol) -> Int? {
    let word = text.lowercased()
    if word == "sept" { return 9 }
    return names.firstIndex { $0 == word || (word.count == 3 && $0.hasPrefix(word)) }.map { $0 + 1 }
  }
}
