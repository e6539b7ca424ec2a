internal import Catalogs
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// Are we covered, what is nobody doing, and is it better than before?
struct SteeringCoverage {
  private let input: SteeringReport.Input
  private let matrix: ResponsibilityMatrix
  private let asOf: Day

  init(_ input: SteeringReport.Input, _ matrix: ResponsibilityMatrix) {
    self.input = input
    self.matrix = matrix
    asOf = input.fold.snapshot.asOf
  }

  /// How it stood before the period; nil where that is not known, or nothing was adopted yet.
  private var before: Changes.Tally? {
    input.start != nil && input.changes.before.units.total > 0 ? input.changes.before : nil
  }

  // MARK: Are we covered?

  func covered() -> SteeringPart {
    let (now, was) = (input.changes.after, before)
    var part = SteeringPart(key: .covered, answer: "No framework is adopted on \(asOf): there is nothing to own.")
    for framework in matrix.unreadable {
      part.notes.append(
        "The catalog of '\(framework)' cannot be read: its controls are undecided, and no number counts them.")
    }
    guard now.units.total > 0 else { return part }
    let applicable = now.units.total - now.units.notApplicable
    let named = FindingCode.ownershipErrors.filter { code in
      [.unowned, .unaccepted, .contested].contains(code) || now.units.byError[code] ?? 0 > 0
        || was?.units.byError[code] ?? 0 > 0
    }.reversed()
    let kinds = named.map { ", \(now.units.byError[$0] ?? 0) \($0.rawValue)" }.joined()
    part.answer = "Owned \(now.units.owned) of \(Wording.count(applicable, "unit"))\(kinds)."
    part.tone = now.units.unowned == 0 ? .good : .bad
    var grid = SteeringPart.Grid(
      key: "counts",
      columns: [
        .init("line", ""), .init("before", "\(input.changes.from.asOf)", .number), .init("value", "\(asOf)", .number),
        .init("change", "change", .change),
      ], command: "custody report ownership", isKept: true)
    func add(_ line: String, _ value: Int, _ earlier: Int?) {
      let change = SteeringPart.change(value, earlier)
      grid.rows.append(
        SteeringPart.Row(
          [.text(line), SteeringPart.number(earlier), .integer(value), change],
          .init(line: line, value: .integer(value), before: SteeringPart.number(earlier), change: change)))
    }
    add("units owned", now.units.owned, was?.units.owned)
    for code in named {
      add("units \(code.rawValue)", now.units.byError[code] ?? 0, was.map { $0.units.byError[code] ?? 0 })
    }
    add("owned units with current evidence", now.current, was?.current)
    if now.units.notApplicable > 0 || was?.units.notApplicable ?? 0 > 0 {
      add("units that do not apply", now.units.notApplicable, was?.units.notApplicable)
    }
    add("controls owned, of \(now.controls.total)", now.controls.owned, was?.controls.owned)
    part.grids = [grid]
    if let comparison { part.notes.append(comparison) }
    return part
  }

  /// Why there is nothing to compare with; nil where there is.
  private var comparison: String? {
    guard before == nil else { return nil }
    guard input.start == nil else {
      return "On \(input.changes.from.asOf) no framework was adopted: nothing to compare with."
    }
    let begin = input.firstDay.map { "The log begins on \($0)" } ?? "The log begins later"
    return "\(begin), and how it stood on \(input.changes.from.asOf) is not known."
  }

  // MARK: What is nobody doing?

  /// Units of one family that nobody answers for, for one kind of reason.
  private struct Open {
    let framework: String
    let family: ControlID?
    let code: FindingCode
    var units: [ControlID] = []
    var since: Day?
    /// Who would close most of it.
    var actor: String?
    /// A framework or control that cannot be told, without units.
    var whole: String?
  }

  func nobody() -> SteeringPart {
    let open = opened()
    var part = SteeringPart(
      key: .nobody,
      answer: input.changes.after.units.total > 0
        ? "Somebody answers for every unit that applies." : "Nothing is adopted, so that nothing is left over.")
    guard !open.isEmpty else { return part }
    part.tone = .bad
    let units = open.reduce(0) { $0 + $1.units.count }
    let oldest = open.compactMap(\.since).min()
    let age = oldest.map { "; the oldest since \($0), \(Wording.count(days(since: $0), "day"))" } ?? ""
    let families = Set(open.map { "\($0.framework) \($0.family?.description ?? $0.whole ?? "")" }).count
    part.answer =
      "Nobody answers for \(Wording.count(units, "unit")) of \(Wording.count(families, "family", "families"))\(age)."
    let titles = (try? input.fold.snapshot.familyTitles()) ?? [:]
    let isOne = matrix.frameworkIDs.count == 1
    var grid = SteeringPart.Grid(
      key: "families",
      columns: [
        .init("family", "family", .name), .init("finding", "finding"), .init("units", "units", .number),
        .init("since", "since", .day), .init("daysOpen", "days", .number), .init("party", "who can act"),
      ], command: "custody report gaps --severity error")
    let earlier = input.start.map { start in input.frameworks.map { start.matrix.only($0) } ?? start.matrix }
    for line in open {
      let id = line.family.map { isOne ? $0.local : $0.description } ?? line.whole ?? line.framework
      let name = [id, line.family.flatMap { titles[$0] } ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      let was = before == nil ? nil : earlier.map { SteeringCoverage.count(line, in: $0) }
      grid.rows.append(
        SteeringPart.Row(
          [
            .text(name), .text(line.code.rawValue), .integer(line.units.count),
            line.since.map { .day("\($0)") } ?? .empty, line.since.map { .integer(days(since: $0)) } ?? .empty,
            .optional(line.actor),
          ],
          .init(
            line: "\(line.code.rawValue): \(line.family?.description ?? line.whole ?? line.framework)",
            value: .integer(line.units.count), before: SteeringPart.number(was),
            change: SteeringPart.change(line.units.count, was), who: line.actor)))
    }
    part.grids = [grid]
    return part
  }

  private func days(since day: Day) -> Int { asOf.daysSinceEpoch - day.daysSinceEpoch }

  private static func count(_ line: Open, in matrix: ResponsibilityMatrix) -> Int {
    matrix.frameworks.filter { $0.id == line.framework }.flatMap(\.controls)
      .filter { $0.control.families.first == line.family && $0.control.sameAs.isEmpty }
      .flatMap(\.applicable).count { $0.ownership.error == line.code }
  }

  /// The oldest first, then those of the most units.
  private func opened() -> [Open] {
    let rows = Dictionary(matrix.units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ages = OpenSince(input.fold.snapshot.resolver, asOf: asOf)
    var open: [Open] = []
    let report = GapsReport(input.fold.snapshot, frameworks: input.frameworks, atLeast: .error)
    for gap in report.gaps where FindingCode.ownershipErrors.contains(gap.code) {
      let whole = gap.units.isEmpty ? gap.control?.description ?? gap.title : nil
      let framework = gap.control?.framework ?? gap.title
      let place =
        open.firstIndex {
          $0.framework == framework && $0.family == gap.family && $0.code == gap.code && $0.whole == whole
        } ?? open.count
      if place == open.count {
        open.append(Open(framework: framework, family: whole == nil ? gap.family : nil, code: gap.code, whole: whole))
      }
      open[place].units += gap.units
      open[place].actor = open[place].actor ?? gap.advice.actors.first?.party
      for unit in gap.units.compactMap({ rows[$0] }) {
        guard let since = ages.since(unit.ownership.unit) else { continue }
        open[place].since = open[place].since.map { min($0, since) } ?? since
      }
    }
    return open.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      switch (a.since, b.since) {
      case (let first?, let second?) where first != second: return first < second
      case (nil, .some): return false
      case (.some, nil): return true
      default: return a.units.count == b.units.count ? left.offset < right.offset : a.units.count > b.units.count
      }
    }.map(\.element)
  }

  // MARK: Better than before?

  func trend() -> SteeringPart {
    let points = input.trend.points
    let known = points.filter { $0.applicable > 0 }
    var part = SteeringPart(key: .trend, answer: "Nothing is adopted, so that there is no trend.")
    let day = input.changes.from.asOf
    part.asked = "Better than on \(day)?"
    guard let last = known.last else { return part }
    func share(_ count: Int, _ point: Trend.Point) -> String { Wording.percent(count, of: point.applicable) }
    let base = known.dropLast().lastIndex { $0.day == day }
    if let base {
      let then = known[base]
      part.answer =
        "Owned \(share(last.units.owned, last)), and \(share(then.units.owned, then)) on \(day); with current evidence "
        + "\(share(last.current, last)), and \(share(then.current, then)) then."
    } else {
      part.answer =
        (comparison ?? "How it stood on \(day) is not known.")
        + " Owned \(share(last.units.owned, last)), with current evidence \(share(last.current, last))."
    }
    var grid = SteeringPart.Grid(
      key: "points",
      columns: [
        .init("day", "day", .day), .init("units", "units", .number), .init("owned", "owned", .number),
        .init("ownedShare", "%", .number), .init("", "", .picture), .init("current", "current", .number),
        .init("currentShare", "%", .number), .init("", "", .picture),
      ], command: "custody report trend --every \(input.trend.every.rawValue)",
      floor: max(2, known.count - (base ?? known.count)), isNewestLast: true)
    for (place, point) in known.enumerated() {
      let earlier = place > 0 ? known[place - 1] : nil
      func record(_ what: String, _ value: (Trend.Point) -> Int) -> SteeringPart.Record {
        .init(
          line: "\(point.day): \(what)", value: .integer(value(point)),
          before: SteeringPart.number(earlier.map(value)), change: SteeringPart.change(value(point), earlier.map(value))
        )
      }
      grid.rows.append(
        SteeringPart.Row(
          [
            .day("\(point.day)"), .integer(point.applicable), .integer(point.units.owned),
            .text(share(point.units.owned, point)),
            .text(SteeringCoverage.bar(point.units.owned, of: point.applicable)),
            .integer(point.current), .text(share(point.current, point)),
            .text(SteeringCoverage.bar(point.current, of: point.applicable)),
          ], record("units that apply", \.applicable), record("units owned", { $0.units.owned }),
          record("owned units with current evidence", \.current)))
    }
    part.grids = [grid]
    return part
  }

  /// Ten characters, of which at least one is filled where there is anything, and not all where anything is missing.
  private static func bar(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "" }
    var filled = (part * 20 + whole) / (whole * 2)
    if part > 0 { filled = max(1, filled) }
    if part < whole { filled = min(9, filled) }
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 10 - filled) + "]"
  }
}
