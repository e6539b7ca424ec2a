internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// How what was agreed is kept: service levels, hours and duties.
extension AgendaSections {
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
}
