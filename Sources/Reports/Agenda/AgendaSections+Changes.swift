internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What became other between the two folds: findings, and who answers for what.
extension AgendaSections {
  /// Findings by kind: new, closed, and as old as the period or older.
  func findings() -> AgendaReport.Section {
    let before = start.map(AgendaSections.findings) ?? []
    let after = AgendaSections.findings(end)
    // What ended too long ago to be told was not mended by that.
    let past = Set(Obligations.past(end.snapshot).map { "\($0.code.rawValue) \($0.subject)" })
    var section = AgendaReport.Section(
      key: "findings", title: "Findings: new, closed and old",
      columns: ["finding", "severity", "new", "closed", "old", "for example"], nothing: "No finding, before or after.")
    for code in FindingCode.allCases.sorted(by: { $0.precedes($1) }) {
      let was = Set(before.filter { $0.code == code }.map(\.subject))
      let untold = was.filter { past.contains("\(code.rawValue) \($0)") }
      let subjects = after.filter { $0.code == code }.map(\.subject)
      let now = Set(subjects)
      guard !was.isEmpty || !now.isEmpty else { continue }
      let fresh = subjects.filter { !was.contains($0) }
      let example =
        fresh.first ?? subjects.first ?? before.first { $0.code == code && !now.contains($0.subject) }?.subject
      section.rows.append([
        .text(code.rawValue), .text(code.severity.rawValue), .integer(now.subtracting(was).count),
        .integer(was.subtracting(now).subtracting(untold).count), .integer(now.intersection(was).count),
        .optional(example),
      ])
    }
    return section
  }

  /// All of a fold, each of one matter, so that two folds can be held against each other.
  static func findings(_ fold: AgendaReport.Fold) -> [Finding] {
    fold.snapshot.findings() + Obligations.findings(fold.snapshot, levelsOf: fold.settled, byPeriod: true)
      + DutyCalendar.findings(fold.snapshot, done: fold.book)
      + AssessmentFindings.findings(
        fold.snapshot.matrix, AssessmentBook(fold.marks, client: fold.snapshot.state.client))
      + ActionItem.findings(ActionItem.list(fold.snapshot, marks: fold.marks))
      + fold.overdue.flatMap { RequestRules.findings($0.states, of: $0.list, on: fold.snapshot.asOf) }
  }

  /// Units that somebody else answers for than before.
  func changes() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "changes", title: "Changes of ownership", columns: ["from", "to", "units", "for example"],
      nothing: "Everybody answers for what they answered for before.")
    let before = Dictionary(
      (start?.snapshot.matrix.units ?? []).map { ($0.id, AgendaSections.owner($0)) }, uniquingKeysWith: { $1 })
    var found: [(from: String, to: String, units: [ControlID])] = []
    func add(_ was: String, _ now: String, _ unit: ControlID) {
      guard was != now else { return }
      if let index = found.firstIndex(where: { $0.from == was && $0.to == now }) {
        found[index].units.append(unit)
      } else {
        found.append((was, now, [unit]))
      }
    }
    for unit in snapshot.matrix.units { add(before[unit.id] ?? "nobody", AgendaSections.owner(unit), unit.id) }
    let still = Set(snapshot.matrix.units.map(\.id))
    for unit in start?.snapshot.matrix.units ?? [] where !still.contains(unit.id) {
      add(AgendaSections.owner(unit), "not there any more", unit.id)
    }
    section.rows = found.map {
      [.text($0.from), .text($0.to), .integer($0.units.count), .optional($0.units.first?.description)]
    }
    return section
  }

  private static func owner(_ unit: ResponsibilityMatrix.UnitRow) -> String {
    guard unit.applies else { return "does not apply" }
    return unit.ownership.isOwned ? unit.accountable ?? "nobody" : "nobody"
  }
}
