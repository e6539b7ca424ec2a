internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What is late, or will be before the committee has met again: plans, requests, evidence, and what ends.
extension AgendaSections {
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
}
