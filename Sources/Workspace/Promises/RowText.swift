internal import Statements

/// How rows of other systems write instants, spans of time, numbers, and yes or no.
enum RowText {
  /// `2026-09-01T10:00:00Z`, `2026-09-01 10:00`, `2026-09-01T12:00:00.123456+02:00`, a day for its first moment, or the
  /// seconds or milliseconds since 1970; UTC where no offset is written.
  static func instant(_ text: String) -> Instant? {
    if let number = Int(text) {
      switch text.utf8.count {
      case 10: return Instant(millisecondsSinceEpoch: number * 1000)
      case 13: return Instant(millisecondsSinceEpoch: number)
      default: return nil
      }
    }
    guard text.utf8.count > 10 else { return Day(text).flatMap { Instant(written: "\($0)") } }
    guard let day = Day(text.prefix(10)), " T".contains(text.dropFirst(10).prefix(1)) else { return nil }
    let rest = text.dropFirst(11)
    let clock = rest.prefix { $0.isASCII && ($0.isNumber || ":.,".contains($0)) }
    guard let time = time(clock), let offset = offset(rest[clock.endIndex...].filter { $0 != " " }) else { return nil }
    return Instant(millisecondsSinceEpoch: day.daysSinceEpoch * 86_400_000 + time - offset)
  }

  /// Milliseconds of `10:00`, `10:00:30`, `10:00:30.5`.
  private static func time(_ text: Substring) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" }
    guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60,
      parts[0].utf8.count <= 2, parts[1].utf8.count == 2
    else { return nil }
    guard parts.count == 3 else { return (hour * 60 + minute) * 60_000 }
    let second = parts[2].split(omittingEmptySubsequences: false) { ".,".contains($0) }
    guard second.count <= 2, second[0].utf8.count == 2, let whole = Int(second[0]), whole < 60 else { return nil }
    var milliseconds = 0
    if second.count == 2 {
      // What is finer than a millisecond is left away.
      guard !second[1].isEmpty, let fraction = Int(String((second[1] + "00").prefix(3))) else { return nil }
      milliseconds = fraction
    }
    return ((hour * 60 + minute) * 60 + whole) * 1000 + milliseconds
  }

  /// Milliseconds east of Greenwich.
  private static func offset(_ text: String) -> Int? {
    if ["", "Z", "z", "UTC", "GMT"].contains(text) { return 0 }
    guard let sign = text.first, "+-".contains(sign) else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.utf8.count == 4 || digits.utf8.count == 2, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let hours = Int(digits.prefix(2)), let minutes = Int(digits.count == 4 ? digits.suffix(2) : "0"), hours < 15,
      minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * 60_000 * (sign == "-" ? -1 : 1)
  }

  /// A number, with a point before its fraction or none: `4.5`; a per cent sign behind it is left away.
  static func number(_ text: String) -> Decimal? {
    let plain = text.hasSuffix("%") ? RowTable.trimmed(String(text.dropLast())) : text
    return Decimal(plain)
  }

  /// Milliseconds of `1:30:00`, `PT1H30M`, `1h 30m`, `90 minutes`; nil for a plain number, whose unit it does not say.
  static func duration(_ text: String) -> Decimal? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if (2...3).contains(parts.count) {
      let numbers = parts.compactMap { Decimal(String($0)) }
      guard numbers.count == parts.count, numbers.allSatisfy({ !$0.isNegative }) else { return nil }
      let factors = [3_600_000, 60_000, 1000]
      return zip(numbers, factors).reduce(.zero) { $0 + $1.0.multiplied(by: $1.1) }
    }
    var rest = Substring(text.uppercased().filter { $0 != " " && $0 != "," })
    if rest.hasPrefix("P") {
      let halves = rest.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
      // In PT1M an M is minutes, in P1M months, of which nobody knows how long they are.
      guard let days = halves.first, !days.contains(where: { "MY".contains($0) }) else { return nil }
      rest = days + (halves.count == 2 ? halves[1] : "")
    }
    var sum = Decimal.zero
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[digits.endIndex...]
      let word = rest.prefix { $0.isLetter }
      rest = rest[word.endIndex...]
      guard let number = Decimal(String(digits)), let unit = milliseconds(ofUnit: word.lowercased()) else { return nil }
      sum += number.multiplied(by: unit)
    }
    return sum
  }

  /// How many milliseconds a unit of time has: `hours`, `h`, `minute`.
  static func milliseconds(ofUnit unit: String) -> Int? {
    switch unit.lowercased() {
    case "ms", "millisecond", "milliseconds": 1
    case "s", "sec", "secs", "second", "seconds": 1000
    case "m", "min", "mins", "minute", "minutes": 60_000
    case "h", "hr", "hrs", "hour", "hours": 3_600_000
    case "d", "day", "days": 86_400_000
    case "w", "week", "weeks": 7 * 86_400_000
    default: nil
    }
  }

  /// 1 for yes, 0 for no.
  static func answer(_ text: String) -> Decimal? {
    switch text.lowercased() {
    case "yes", "y", "true", "met", "ok", "pass", "passed", "compliant", "patched": Decimal(1)
    case "no", "n", "false", "missed", "not met", "fail", "failed", "non-compliant", "not compliant", "missing":
      Decimal.zero
    default: nil
    }
  }
}
