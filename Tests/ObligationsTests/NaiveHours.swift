import Foundation

/// A block of hours kept as a heap of quarter hours, each with the last day on which it is good: slow, and hard to get
/// wrong. Days are those of Foundation's calendar.
struct NaiveHours {
  /// `month`, `quarter`, `half-year` or `year`; nil for hours given once.
  var every: String?
  /// In quarters of an hour.
  var hours: Int
  /// As in `(2, .month)`; nil where nothing goes forward.
  var rollover: (count: Int, unit: Calendar.Component)?
  var termFrom: String
  var termThrough: String

  static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
    return calendar
  }()

  static func date(_ text: String) -> Date {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2])) ?? .distantPast
  }

  static func text(_ date: Date) -> String {
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
  }

  static func adding(_ count: Int, _ unit: Calendar.Component, to day: String) -> String {
    text(calendar.date(byAdding: unit, value: count, to: date(day)) ?? .distantFuture)
  }

  /// `2026-01 0 10 4 0 6`: carried forward, bought, drawn, expired, left; up to a day, by the hours worked until then.
  func months(_ worked: [(day: String, quarters: Int)], asOf: String) -> [String] {
    var good: [String] = []
    var table: [(month: String, forward: Int, bought: Int, drawn: Int, expired: Int)] = []
    var day = termFrom
    var given: Set<String> = []
    while day <= min(asOf, lastDay(asOf)) {
      let month = String(day.prefix(7))
      if table.last?.month != month { table.append((month, good.count, 0, 0, 0)) }
      let period = period(of: day)
      if day <= termThrough, given.insert(period.name).inserted {
        good += Array(repeating: expiry(period.last), count: hours)
        table[table.count - 1].bought += hours
      }
      for work in worked where work.day == day {
        good.sort()
        let taken = min(work.quarters, good.count)
        good.removeFirst(taken)
        table[table.count - 1].drawn += taken
      }
      // What was good through this day is lost once the day is over.
      if day < asOf {
        let lost = good.filter { $0 == day }.count
        good.removeAll { $0 == day }
        table[table.count - 1].expired += lost
      }
      day = Self.adding(1, .day, to: day)
    }
    return table.map { row in
      let left = row.forward + row.bought - row.drawn - row.expired
      return ([row.month] + [row.forward, row.bought, row.drawn, row.expired, left].map(Self.hours)).joined(
        separator: " ")
    }
  }

  /// Nothing happens to a block after its term.
  private func lastDay(_ asOf: String) -> String { min(asOf, termThrough) }

  private func period(of day: String) -> (name: String, last: String) {
    let year = String(day.prefix(4))
    let month = Int(day.dropFirst(5).prefix(2)) ?? 1
    let length: Int
    switch every {
    case "month": length = 1
    case "quarter": length = 3
    case "half-year": length = 6
    case "year": length = 12
    default: return ("term", termThrough)
    }
    let first = String(format: "%@-%02d-01", year, (month - 1) / length * length + 1)
    return (first, Self.adding(-1, .day, to: Self.adding(length, .month, to: first)))
  }

  private func expiry(_ last: String) -> String {
    guard let rollover else { return min(last, termThrough) }
    let next = Self.adding(1, .day, to: last)
    return min(Self.adding(-1, .day, to: Self.adding(rollover.count, rollover.unit, to: next)), termThrough)
  }

  /// Quarters of an hour as hours are written: `2.5`.
  static func hours(_ quarters: Int) -> String {
    let part = ["", ".25", ".5", ".75"][quarters % 4]
    return "\(quarters / 4)\(part)"
  }
}
