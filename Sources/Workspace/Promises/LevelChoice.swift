internal import Agreements
internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Statements

/// Which service level, and which of its periods, somebody means.
struct LevelChoice {
  private let held: HeldLines
  private let today: Day

  init(_ store: OpenedStore) throws {
    held = HeldLines(Resolver(try ResolutionInput(store.state, library: store.library)))
    today = store.desk.clock.today
  }

  /// A level that holds at the end of a period of its own.
  struct Chosen {
    var engagement: String
    var level: ServiceLevel
    var from: Day
    var through: Day

    var name: String { "\(engagement)/\(level.id)" }
  }

  /// The span that `2026-09`, `2026-q3`, `2026-09-14`, `2026-w38` or `2026-09-14..2026-09-20` means.
  static func span(_ text: String) throws -> (from: Day, through: Day) {
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

  /// Finds the level, and refuses a period that is none of its own or has not ended.
  ///
  /// - Parameter name: `engagement/level`; the level alone where only one engagement has it.
  func choose(_ name: String, period: String?) throws -> Chosen {
    let (engagement, id) = try names(name)
    guard let period else {
      let newest = newestEnded(engagement, id)
      throw Failure(
        .usage, "--period is missing: which period was measured",
        hint: newest.map { "the newest that has ended is '--period \($0)'" } ?? "write it as in 2026-09")
    }
    let (from, through) = try LevelChoice.span(period)
    guard let level = held.level(engagement, id, on: min(through, today)) else {
      throw Failure(
        .usage, "'\(engagement)/\(id)' does not hold on \(min(through, today)): nothing is promised for '\(period)'",
        hint: "'custody report levels' lists what is promised, and when")
    }
    if let cadence = Cadence(rawValue: level.line.every), cadence != .event {
      try check((from, through), written: period, "\(engagement)/\(id)", cadence, anchor: level.termFrom)
    }
    guard through < today else {
      let newest = newestEnded(engagement, id)
      throw Failure(
        .usage, "'\(period)' has not ended: its last day is \(through)",
        hint: newest.map { "the newest that has ended is '--period \($0)'" } ?? "measure it when it is over")
    }
    return Chosen(engagement: engagement, level: level.line, from: from, through: through)
  }

  private func check(
    _ span: (from: Day, through: Day), written: String, _ name: String, _ cadence: Cadence, anchor: Day
  ) throws {
    var right: [String] = []
    var period = CadencePeriod(cadence, around: span.from, anchor: anchor)
    while let next = period, next.from <= span.through, right.count < 6 {
      if next.from == span.from, next.through == span.through { return }
      right.append("\(next)")
      period = next.next(anchor: anchor)
    }
    throw Failure(
      .usage, "'\(written)' is not a period of '\(name)', which is measured every \(cadence.rawValue)",
      hint: "write \(Wording.list(right.map { "'--period \($0)'" }, "or"))")
  }

  private func newestEnded(_ engagement: String, _ id: String) -> CadencePeriod? {
    guard let level = held.level(engagement, id, on: today), let cadence = Cadence(rawValue: level.line.every) else {
      return nil
    }
    return CadencePeriod(cadence, around: today, anchor: level.termFrom)?.previous(anchor: level.termFrom)
  }

  private func names(_ text: String) throws -> (engagement: String, level: String) {
    let all = held.engagements.flatMap { engagement in held.levels(engagement).map { (engagement, $0) } }
    let found = all.filter { "\($0.0)/\($0.1)" == text || $0.1 == text }
    if found.count == 1 { return found[0] }
    let names = (found.isEmpty ? all : found).map { "\($0.0)/\($0.1)" }
    guard found.isEmpty else {
      throw Failure(
        .usage, "several agreements have a service level '\(text)'", hint: "write \(Wording.list(names, "or"))")
    }
    let near = Spelling.nearest(to: text, among: names)
    throw Failure(
      .inputMissing, "no agreement has a service level '\(text)'",
      hint: near.map { "did you mean '\($0)'" }
        ?? (names.isEmpty ? "service levels stand in the agreement's document" : "there are \(Wording.list(names))"))
  }
}
