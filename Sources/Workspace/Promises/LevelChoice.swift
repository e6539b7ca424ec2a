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
    let (from, through) = try SpanText.read(period)
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
