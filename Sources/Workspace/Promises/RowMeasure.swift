internal import Findings
internal import Obligations
internal import Statements

/// How a service level's value is made of rows, as a user says it.
package struct RowMeasure: Sendable {
  package enum Way: Sendable, Equatable {
    case uptime
    case mean
    case percentile(Int)
    case share

    /// As it is written on the command line.
    var text: String {
      switch self {
      case .uptime: "uptime"
      case .mean: "mean"
      case .percentile(let percent): "percentile:\(percent)"
      case .share: "share"
      }
    }
  }

  package var way: Way
  /// A column of numbers, of spans of time, or of yes and no.
  package var column: String?
  /// A column of instants: when an outage began, a ticket was opened.
  package var start: String?
  /// A column of instants: when it was over, empty where it is not.
  package var end: String?
  /// A column of instants that says which rows lie in the period.
  package var at: String?
  /// Of a share, the most that a row may have: `4`, `4 hours`.
  package var within: String?
  /// Of a share, the least that a row must have.
  package var atLeast: String?

  package init(_ way: Way) { self.way = way }

  /// `uptime`, `mean`, `percentile:95`, `share`
  package init?(_ text: String) {
    switch text {
    case "uptime": way = .uptime
    case "mean": way = .mean
    case "share": way = .share
    default:
      guard text.hasPrefix("percentile:"), let percent = Int(text.dropFirst("percentile:".count)),
        (1...100).contains(percent)
      else { return nil }
      way = .percentile(percent)
    }
  }

  /// How agreements write the unit of a share.
  private static let percentages = ["%", "percent", "per cent"]
  private static let starts = [
    "start", "started", "start time", "begin", "began", "down", "down at", "from", "opened", "opened at", "created",
    "created at", "fields.created",
  ]
  private static let ends = [
    "end", "ended", "end time", "up", "up at", "through", "to", "resolved", "resolved at", "closed", "closed at",
    "fields.resolutiondate",
  ]
  private static let instants = ["date", "day", "time", "timestamp", "at", "month", "collected", "scanned"]

  /// What some rows amount to over a period.
  ///
  /// - Parameter unit: The level's, as its agreement writes it.
  func measure(_ table: RowTable, over period: (from: Instant, to: Instant), unit: String, roundsUp: Bool) throws
    -> Measured
  {
    var reading = RowReading(table)
    guard way != .uptime else {
      guard RowMeasure.percentages.contains(unit) else {
        throw Failure(.usage, "uptime is a percentage, and the level's unit is '\(unit)'", hint: "give its --value")
      }
      let outages = try stretches(&reading)
      try reading.check()
      return Uptime.measure(outages, from: period.from, to: period.to)
    }
    guard way != .share || RowMeasure.percentages.contains(unit) else {
      throw Failure(
        .usage, "a share is a percentage, and the level's unit is '\(unit)'",
        hint: "measure it by mean or percentile, or promise the level in '%'")
    }
    let limit = try limit(unit)
    var numbers: [Decimal]
    var open = 0
    var factor = 1
    if column == nil {
      guard let length = RowText.milliseconds(ofUnit: unit) ?? (way == .share ? 1 : nil) else {
        throw Failure(
          .usage, "the level's unit '\(unit)' is not one of time, and no --column of numbers is named",
          hint: "name the column that holds the numbers: --column NAME")
      }
      factor = length
      let tickets = try stretches(&reading)
      try reading.check()
      (numbers, open) = Statistic.durations(tickets, from: period.from, to: period.to)
    } else {
      (numbers, factor) = try self.numbers(&reading, period, unit: unit)
      try reading.check()
    }
    guard let value = statistic(limit).measure(numbers, unit: way == .share ? 1 : factor, roundsUp: roundsUp) else {
      throw Failure(
        .malformedInput, "no row of '\(table.path)' lies in the period, and of nothing there is no \(name)",
        hint: "record what is to be said of it with --value")
    }
    return Measured(value: value, count: numbers.count, open: open)
  }

  /// How the value is made, with the columns that are read: what somebody else needs to compute it again.
  ///
  ///     percentile:95 of the time from 'Created' to 'Resolved'
  func told(_ table: RowTable) throws -> String {
    var text = way.text
    if let column {
      text += " of '\(try table.column(column, option: "column", usual: []))'"
      let place = try at.map { try table.column($0, option: "at", usual: []) }
      let usual = table.usualColumn(RowMeasure.instants.filter { $0 != column.lowercased() })
      if let at = place ?? usual { text += ", rows by '\(at)'" }
    } else {
      let start = try table.column(start, option: "start", usual: RowMeasure.starts)
      let end = try table.column(end, option: "end", usual: RowMeasure.ends)
      text += way == .uptime ? " without the time" : " of the time"
      text += " from '\(start)' to '\(end)'"
    }
    if let within { text += ", within \(within)" }
    if let atLeast { text += ", at least \(atLeast)" }
    return text
  }

  private var name: String {
    switch way {
    case .uptime: "uptime"
    case .mean: "mean"
    case .percentile: "percentile"
    case .share: "share"
    }
  }

  private func statistic(_ limit: Statistic.Limit) -> Statistic {
    switch way {
    case .uptime, .mean: .mean
    case .percentile(let percent): .percentile(percent)
    case .share: .share(limit)
    }
  }

  private func stretches(_ reading: inout RowReading) throws -> [Stretch] {
    let start = try reading.table.column(start, option: "start", usual: RowMeasure.starts)
    let end = try reading.table.column(end, option: "end", usual: RowMeasure.ends)
    return reading.table.rows.compactMap { row in
      guard let from = reading.required(start, row, "an instant", RowText.instant) else { return nil }
      guard row.values[end] != nil else { return Stretch(start: from, end: nil) }
      guard let to = reading.required(end, row, "an instant", RowText.instant) else { return nil }
      guard to >= from else {
        reading.fault(row.place, "it ends at \(to), before it begins at \(from)")
        return nil
      }
      return Stretch(start: from, end: to)
    }
  }

  /// The numbers of a column, and how much of their unit one of the level's is.
  private func numbers(
    _ reading: inout RowReading, _ period: (from: Instant, to: Instant), unit: String
  ) throws -> (numbers: [Decimal], factor: Int) {
    let column = try reading.table.column(column, option: "column", usual: [])
    let at = try at.map { try reading.table.column($0, option: "at", usual: []) }
    let place = at ?? reading.table.usualColumn(RowMeasure.instants.filter { $0 != column.lowercased() })
    let rows = try place.map { try reading.rows($0, from: period.from, to: period.to) } ?? reading.table.rows
    let (length, isLimitInTime) = (RowText.milliseconds(ofUnit: unit), isLimitInTime)
    let read: (String) -> Decimal? = { text in
      if let number = RowText.number(text) {
        // Held against '4 hours', a plain 3 says too little.
        return length.map { number.multiplied(by: $0) } ?? (isLimitInTime ? nil : number)
      }
      if length != nil || isLimitInTime, let duration = RowText.duration(text) { return duration }
      return way == .share && within == nil && atLeast == nil ? RowText.answer(text) : nil
    }
    let numbers = rows.compactMap { row in
      reading.required(
        column, row,
        length != nil ? "a number or a span of time" : isLimitInTime ? "a span of time with its unit" : "a number", read
      )
    }
    return (numbers, length ?? 1)
  }

  /// Whether a share's limit is a span of time.
  private var isLimitInTime: Bool {
    (within ?? atLeast).map { RowText.number($0) == nil && RowText.duration($0) != nil } ?? false
  }

  private func limit(_ unit: String) throws -> Statistic.Limit {
    guard way == .share else {
      guard within == nil, atLeast == nil else {
        throw Failure(
          .usage, "--within and --at-least say what counts in a share", hint: "give '--compute share' with them")
      }
      return .atLeast(Decimal(1))
    }
    guard within == nil || atLeast == nil else {
      throw Failure(.usage, "--within and --at-least cannot both be meant: choose one")
    }
    guard let text = within ?? atLeast else {
      guard column != nil else {
        throw Failure(
          .usage, "a share needs to know what a row has to keep",
          hint: "give '--within \"4 hours\"', or a --column of yes and no")
      }
      return .atLeast(Decimal(1))
    }
    let length = RowText.milliseconds(ofUnit: unit)
    let number = RowText.number(text).map { number in length.map { number.multiplied(by: $0) } ?? number }
    guard let bound = number ?? RowText.duration(text) else {
      throw Failure(.usage, "'\(text)' is neither a number nor a span of time", hint: "write it as in 4 or '4 hours'")
    }
    if column == nil, RowText.number(text) != nil, length == nil {
      throw Failure(.usage, "'\(text)' does not say its unit of time", hint: "write it as in '\(text) hours'")
    }
    return within == nil ? .atLeast(bound) : .atMost(bound)
  }
}

/// Reads rows, and remembers what is wrong with them.
private struct RowReading {
  let table: RowTable
  private var faults: [(line: Int, reason: String)] = []

  init(_ table: RowTable) { self.table = table }

  mutating func fault(_ place: Int, _ reason: String) { faults.append((place, reason)) }

  mutating func required<Value>(
    _ column: String, _ row: (place: Int, values: [String: String]), _ kind: String, _ read: (String) -> Value?
  ) -> Value? {
    guard let text = row.values[column] else {
      fault(row.place, "'\(column)' is empty")
      return nil
    }
    guard let value = read(text) else {
      fault(row.place, "\(column): '\(text)' is not \(kind)")
      return nil
    }
    return value
  }

  /// The rows whose instant lies in a span.
  mutating func rows(
    _ column: String, from: Instant, to: Instant
  ) throws -> [(place: Int, values: [String: String])] {
    table.rows.filter { row in
      required(column, row, "an instant", RowText.instant).map { $0 >= from && $0 < to } ?? false
    }
  }

  /// Fails with all that is wrong.
  func check() throws {
    guard !faults.isEmpty else { return }
    let told = faults.map { "\(table.placeName) \($0.line): \($0.reason)" }
    throw LineFaults(path: table.path, faults: told).failure
  }
}
