internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// Does the provider meet the contract, and do we?
struct SteeringPromises {
  private let input: SteeringReport.Input
  private let snapshot: Snapshot
  /// Where the period is over, the day after it: only then is a level unmeasured that nobody measured, and are hours lost
  /// that could be drawn through its last day.
  private let settled: Snapshot
  private let clientID: String

  /// So many periods that are over are counted, and of them the last three are told one by one.
  static let periods = (counted: 12, told: 3)

  init(_ input: SteeringReport.Input) {
    self.input = input
    snapshot = input.fold.snapshot
    settled = input.fold.settled ?? snapshot
    clientID = snapshot.state.client
  }

  // MARK: The provider

  func provider() -> SteeringPart {
    let levels = levels { !$0.isInternal }
    var part = SteeringPart(
      key: .provider, answer: "No provider promises a service level: there is nothing to hold one to.")
    if !levels.isEmpty {
      let all = levels.flatMap(\.counted)
      let missed = levels.count { $0.count(.missed) > 0 }
      part.answer =
        "\(Wording.count(levels.count, "service level")); \(sum(all)) over the last \(SteeringPromises.periods.counted) of each."
      if all.isEmpty { part.answer = "\(Wording.count(levels.count, "service level")); no period is over yet." }
      part.tone = missed > 0 ? .bad : .plain
      part.grids.append(grid("levels", levels))
    }
    let hours = hours()
    if hours.rows.isEmpty {
      part.notes.append("No block of hours has a month from \(months.from) through \(months.through).")
    } else {
      part.grids.append(hours)
    }
    part.notes += lateDuties()
    return part
  }

  /// The duties of others than the client, in a sentence; none where they have none.
  private func lateDuties() -> [String] {
    let rows = DutiesReport(snapshot, input.fold.book).rows.filter { $0.duty.party != clientID }
    guard !rows.isEmpty else { return [] }
    let late = rows.filter { $0.duty.isOverdue }
    let named = late.prefix(3).map { "\($0.duty.name) of \($0.duty.party), by \(Wording.count($0.daysLate, "day"))" }
    let more = late.count > 3 ? " and \(late.count - 3) more" : ""
    return [
      "\(Wording.count(rows.count, "duty", "duties")) of providers, \(late.count) late"
        + (late.isEmpty ? "." : ": \(named.joined(separator: ", "))\(more).")
    ]
  }

  /// The months that the paper looks back on, from the period's first to that of its day.
  private var months: (from: String, through: String) {
    (String("\(input.period.from)".prefix(7)), String("\(snapshot.asOf)".prefix(7)))
  }

  /// What a block gave and what was drawn in those months.
  private func hours() -> SteeringPart.Grid {
    let (first, last) = months
    var grid = SteeringPart.Grid(
      key: "hours",
      columns: [
        .init("block", first == last ? "hours in \(first)" : "hours, \(first) to \(last)"), .init("party", "party"),
        .init("bought", "bought", .number),
        .init("drawn", "drawn", .number), .init("expired", "lost", .number), .init("left", "left", .number),
        .init("beyond", "beyond", .number),
      ], command: "custody report hours")
    for block in HourLedger(settled).blocks {
      let months = block.months.filter { first <= $0.month && $0.month <= last }
      guard let end = months.last else { continue }
      func sum(_ value: (HourLedger.Month) -> Decimal) -> String { "\(months.reduce(Decimal.zero) { $0 + value($1) })" }
      let sums = [sum(\.bought), sum(\.drawn), sum(\.expired), "\(end.left)", sum(\.beyond)]
      let names = ["bought", "drawn", "lost", "left", "beyond"]
      grid.rows.append(
        SteeringPart.Row(
          [.text(block.name), .text(block.party)] + sums.map { .number($0) },
          records: zip(names, sums).map { name, sum in
            .init(line: "hours of \(block.name): \(name)", value: .number(sum), who: block.party)
          }))
    }
    return grid
  }

  // MARK: The client

  func client() -> SteeringPart {
    let report = DutiesReport(snapshot, input.fold.book, party: clientID)
    var part = SteeringPart(key: .client, answer: "No agreement that holds gives '\(clientID)' a duty.")
    if !report.rows.isEmpty {
      let late = report.rows.count { $0.duty.isOverdue }
      func times(_ state: DutyHistory.State) -> Int { report.rows.reduce(0) { $0 + $1.history.count(state) } }
      part.answer =
        "\(Wording.count(report.rows.count, "duty", "duties")), \(late) late; done in time "
        + "\(Wording.count(times(.met), "time")) so far, and late \(Wording.count(times(.late), "time"))."
      part.tone = late > 0 ? .bad : .plain
      var grid = SteeringPart.Grid(
        key: "duties",
        columns: [
          .init("duty", "duty"), .init("cadence", "owed"), .init("met", "met", .number),
          .init("late", "late", .number), .init("due", "due", .day), .init("state", "state"),
        ], command: "custody report duties --party \(clientID)")
      for row in report.rows {
        let state = report.state(row)
        grid.rows.append(
          SteeringPart.Row(
            [
              .text(row.duty.name), .text(row.duty.cadence), .integer(row.history.count(.met)),
              .integer(row.history.count(.late)), row.duty.due.map { .day("\($0)") } ?? .empty, .text(state),
            ], .init(line: "duty \(row.duty.name)", value: .text(state), who: row.duty.party),
            .init(
              line: "duty \(row.duty.name): times met", value: .integer(row.history.count(.met)), who: row.duty.party),
            .init(
              line: "duty \(row.duty.name): times late", value: .integer(row.history.count(.late)),
              who: row.duty.party)))
      }
      part.grids.append(grid)
    }
    let standards = levels { $0.isInternal }
    if !standards.isEmpty {
      part.notes.append("Internal standards: \(sum(standards.flatMap(\.counted))).")
      part.grids.append(grid("standards", standards))
    }
    part.notes += report.unreadable.map(\.message)
    return part
  }

  // MARK: Service levels

  /// A level, and its periods that are over.
  private struct Level {
    var ended: [LevelResults.Result] = []
    var last: LevelResults.Result

    var counted: [LevelResults.Result] { ended.suffix(SteeringPromises.periods.counted) }
    func count(_ state: LevelResults.State) -> Int { counted.count { $0.state == state } }
  }

  /// Those with a period that touches the paper's, in the order of the agreements.
  private func levels(_ isWanted: (LevelResults.Result) -> Bool) -> [Level] {
    var levels: [Level] = []
    var places: [String: Int] = [:]
    // What begins after the paper's day is for the next paper.
    for result in LevelsReport(settled).results where isWanted(result) && result.period.from <= snapshot.asOf {
      let key = "\(result.name) \(result.party)"
      let place = places[key] ?? levels.count
      if place == levels.count {
        levels.append(Level(last: result))
        places[key] = place
      }
      levels[place].last = result
      if result.state != .open { levels[place].ended.append(result) }
    }
    return levels.filter { $0.last.period.through >= input.period.from }
  }

  private func grid(_ key: String, _ levels: [Level]) -> SteeringPart.Grid {
    var grid = SteeringPart.Grid(
      key: key,
      columns: [
        .init("level", "level"), .init("party", "party"), .init("target", "target"), .init("every", "every"),
        .init("last", "last three"), .init("missed", "missed"), .init("unmeasured", "not measured"),
      ], command: "custody report levels",
      footnote: "* on functions that the party does not answer for, all or some of them.")
    for level in levels {
      let (last, name) = (level.last, level.last.name)
      let told = level.ended.suffix(SteeringPromises.periods.told)
      let counted = level.counted.count
      let (missed, unmeasured) = (level.count(.missed), level.count(.unmeasured))
      let outside = last.outside.isEmpty ? "" : " *"
      func share(_ count: Int) -> Cell { counted == 0 ? .empty : .text("\(count) of \(counted)") }
      var records = told.suffix(1).map { result in
        SteeringPart.Record(
          line: "\(name) \(result.period)", value: .text(SteeringPromises.text(result)),
          before: .optional(told.dropLast().last.map(SteeringPromises.text)), who: last.party)
      }
      if counted > 0 {
        records.append(
          .init(line: "\(name): missed of the last \(counted)", value: .integer(missed), who: last.party))
        records.append(
          .init(line: "\(name): not measured of the last \(counted)", value: .integer(unmeasured), who: last.party))
      } else {
        records.append(.init(line: name, value: "no period is over", who: last.party))
      }
      var row = SteeringPart.Row(
        [
          .text(name + outside), .text(last.party), .text("\(last.target) \(last.unit)"), .text(last.every),
          counted == 0 ? "none is over" : .list(told.map(SteeringPromises.text)), share(missed), share(unmeasured),
        ], records: records)
      row.results = level.counted
      row.hasFootnote = !last.outside.isEmpty
      grid.rows.append(row)
    }
    return grid
  }

  /// `2 met, 1 missed, 3 not measured`
  private func sum(_ results: [LevelResults.Result]) -> String {
    func count(_ state: LevelResults.State) -> Int { results.count { $0.state == state } }
    let periods = Wording.count(count(.met), "period")
    return "\(periods) met, \(count(.missed)) missed, \(count(.unmeasured)) not measured"
  }

  /// `99.95`, `98.5 missed`, `not measured`.
  private static func text(_ result: LevelResults.Result) -> String {
    guard let value = result.measured?.measurement.value else { return "not measured" }
    return result.state == .missed ? "\(value) missed" : value
  }
}
