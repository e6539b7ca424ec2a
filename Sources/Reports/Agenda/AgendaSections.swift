internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// Makes the matters of an agenda from two folds.
struct AgendaSections {
  let from: Day
  let through: Day
  /// By when the committee has met again.
  let next: Day
  let start: AgendaReport.Fold?
  let end: AgendaReport.Fold
  let duties: [DutyCalendar.Entry]

  private var snapshot: Snapshot { end.snapshot }
  /// Where the period is over, the day after it: only then is a level unmeasured that nobody measured, and are hours lost
  /// that could be drawn through its last day. The reports on both say the same of that day.
  private var settled: Snapshot { end.settled ?? snapshot }

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

  /// The periods of service levels that touch the agenda's.
  func levels() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "levels", title: "Service levels",
      columns: ["level", "party", "target", "period", "value", "count", "rows in entry", "state"],
      nothing: "No service level has a period here.")
    for result in LevelResults.list(settled) where result.period.from <= through && from <= result.period.through {
      section.rows.append([
        .text(result.name), .text(result.party), .text("\(result.target) \(result.unit)"), .text("\(result.period)"),
        .optional(result.measured?.measurement.value),
        result.measured?.measurement.count.map { .integer($0) } ?? .empty,
        result.rows.map { .integer($0) } ?? .empty, .text(result.state.rawValue),
      ])
    }
    return section
  }

  /// What the months of the period had of each block of hours.
  func hours() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "hours", title: "Hours", columns: ["block", "month", "bought", "drawn", "expired", "left", "beyond"],
      nothing: "No block of hours has a month here.")
    let (first, last) = (String("\(from)".prefix(7)), String("\(through)".prefix(7)))
    for block in HourLedger(settled).blocks {
      for month in block.months where first <= month.month && month.month <= last {
        let numbers = [month.bought, month.drawn, month.expired, month.left, month.beyond].map { Cell.text("\($0)") }
        section.rows.append([.text(block.name), .text(month.month)] + numbers)
      }
    }
    return section
  }

  /// Hours that can still be drawn, and not any more when the committee has met again; those that go first stand first.
  func expiringHours() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "hoursExpiring", title: "Hours that expire by \(next)",
      columns: ["block", "party", "bought", "hours", "last day"],
      nothing: "None.")
    var found: [(last: Day, row: [Cell])] = []
    for block in HourLedger(settled).blocks {
      // What is granted from the next period on is for the next meeting.
      for grant in block.grants
      where grant.from <= through && !grant.left.isZero && settled.asOf <= grant.through && grant.through <= next {
        found.append(
          (
            grant.through,
            [
              .text(block.name), .text(block.party), .text(grant.period), .text("\(grant.left)"),
              .text("\(grant.through)"),
            ]
          ))
      }
    }
    section.rows = found.enumerated().sorted { ($0.element.last, $0.offset) < ($1.element.last, $1.offset) }
      .map(\.element.row)
    return section
  }

  /// Items of plans of action that are late, or due before the committee has met again; those that are due first stand
  /// first.
  func actions() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "actions", title: "Plan of action: late, or due by \(next)",
      columns: ["item", "status", "owner", "next step", "due", "late"], nothing: "None.")
    let items = ActionItem.list(snapshot, marks: end.marks).filter { $0.due.map { $0 <= next } ?? false }
    section.rows = items.enumerated().sorted { left, right in
      (left.element.due ?? next, left.offset) < (right.element.due ?? next, right.offset)
    }.map { _, item in
      let step = item.milestones.first { $0.day >= snapshot.asOf }
      return [
        .text(item.name), .text(item.status.rawValue), .optional(item.owner),
        .optional(step.map { "\($0.day) \($0.text)" }), .optional(item.due.map { "\($0)" }), .flag(item.isLate),
      ]
    }
    return section
  }

  /// What auditors asked for and should have; the oldest first.
  func requests() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "requests", title: "Overdue requests of auditors", columns: ["request", "list", "owner", "due", "status"],
      nothing: "None.")
    let late = end.overdue.flatMap { list in
      list.states.filter { $0.isOverdue(on: snapshot.asOf) }.map { (list.list, $0) }
    }
    section.rows = late.enumerated().sorted { left, right in
      (left.element.1.request.due ?? next, left.offset) < (right.element.1.request.due ?? next, right.offset)
    }.map { _, each in
      let (list, state) = each
      return [
        .text(state.request.number), .text(list), .optional(state.request.owner),
        .optional(state.request.due.map { "\($0)" }), .text(state.status.rawValue),
      ]
    }
    return section
  }

  /// Evidence that is stale, or will be before the committee has met again; the oldest first.
  func ageing() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "evidence", title: "Evidence that is stale, or will be by \(next)",
      columns: ["control", "party", "newest", "due", "stale"], nothing: "None.")
    var found: [(due: Day, row: [Cell])] = []
    for row in snapshot.matrix.countedControls {
      let aged = row.applicable.filter { $0.ownership.isOwned && ($0.evidenceDue.map { $0 <= next } ?? false) }
      guard let unit = aged.min(by: { $0.evidenceDue ?? next < $1.evidenceDue ?? next }), let due = unit.evidenceDue
      else { continue }
      found.append(
        (
          due,
          [
            .text(row.control.id.description), .optional(unit.accountable), .optional(unit.evidenceDay.map { "\($0)" }),
            .text("\(due)"), .flag(due < snapshot.asOf),
          ]
        ))
    }
    section.rows = found.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
      .map(\.element.row)
    return section
  }

  /// Duties that are late, or due before the committee has met again.
  func dueDuties() -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "duties", title: "Duties that are late, or due by \(next)",
      columns: ["duty", "party", "cadence", "last done", "due", "late"], nothing: "None.")
    for duty in duties {
      guard let due = duty.due, due <= next else { continue }
      section.rows.append([
        .text(duty.name), .text(duty.party), .text(duty.cadence), .optional(duty.newest.map { "\($0.day)" }),
        .text("\(due)"), .flag(duty.isOverdue),
      ])
    }
    return section
  }

  /// Papers about to end, agreements about to end, and the days by which notice must be given.
  func papers() throws -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "papers", title: "Papers, terms and notices", columns: ["what", "ends", "notice by"],
      nothing: "Nothing ends soon.")
    for paper in HeldPapers.ending(HeldPapers.list(snapshot), on: snapshot.asOf) {
      section.rows.append([
        .text("\(paper.kind) '\(paper.file)' of \(paper.engagement)"), .text("\(paper.through)"), .empty,
      ])
    }
    for ending in try EngagementEnding.list(snapshot) {
      section.rows.append([
        .text("agreement \(ending.engagement), \(Wording.count(ending.units, "unit"))"), .text("\(ending.lastDay)"),
        .optional(ending.noticeBy.map { "\($0)" }),
      ])
    }
    return section
  }

  /// What only the committee can settle.
  func decisions() throws -> AgendaReport.Section {
    var section = AgendaReport.Section(
      key: "decisions", title: "Decisions asked for", columns: ["decide", "about"],
      nothing: "None: everything is owned and accepted.")
    func add(_ decide: String, _ about: String) { section.rows.append([.text(decide), .text(about)]) }
    for code in FindingCode.ownershipErrors {
      let units = snapshot.matrix.units.filter { $0.applies && $0.ownership.error == code }
      guard let first = units.first else { continue }
      add("\(code.rawValue): \(code.row.remedy)", "\(Wording.count(units.count, "unit")), the first \(first.id)")
    }
    for wait in StatusPage(StatusInput(snapshot, chain: .unchecked)).waiting {
      let verb = wait.hasDeclined ? "declined" : "has not accepted"
      add(
        "'\(wait.engagement)': change it, or have it accepted",
        "\(wait.party) \(verb) \(Wording.count(wait.units, "unit"))")
    }
    for row in snapshot.matrix.lines where row.finding != nil {
      add("'\(row.engagement)': change it, or have it accepted", "'\(row.key)'")
    }
    for finding in PaperRules.findings(snapshot) {
      add("\(finding.code.rawValue): \(finding.code.row.remedy)", finding.subject)
    }
    for ending in try EngagementEnding.list(snapshot) {
      if let notice = ending.noticeBy {
        guard notice <= next else { continue }
        let isPast = notice < snapshot.asOf
        add(
          isPast ? "renew '\(ending.engagement)', or hand over" : "renew '\(ending.engagement)', or give notice",
          isPast ? "it ends on \(ending.lastDay); notice had to be given by \(notice)" : "by \(notice)")
      } else {
        add("renew '\(ending.engagement)', or hand over", "it ends on \(ending.lastDay)")
      }
    }
    for paper in HeldPapers.ending(HeldPapers.list(snapshot), on: snapshot.asOf) {
      add(
        "agree on what follows \(paper.kind) '\(paper.file)' of '\(paper.engagement)'",
        "it ends on \(paper.through), and none follows")
    }
    promises(add)
    return section
  }

  /// Hours beyond what was bought, and duties that are late.
  private func promises(_ add: (_ decide: String, _ about: String) -> Void) {
    let (first, last) = (String("\(from)".prefix(7)), String("\(through)".prefix(7)))
    for block in HourLedger(settled).blocks {
      let beyond = block.months.filter { first <= $0.month && $0.month <= last }.reduce(Decimal.zero) { $0 + $1.beyond }
      guard !beyond.isZero else { continue }
      add(
        "'\(block.name)': buy more, or do without",
        "\(beyond) \("\(beyond)" == "1" ? "hour" : "hours") beyond what it had")
    }
    let late = duties.filter(\.isOverdue)
    if let oldest = late.first {
      add(
        "by when the late duties are done",
        "\(Wording.count(late.count, "duty", "duties")) late, the first \(oldest.name) of \(oldest.party)")
    }
  }
}
