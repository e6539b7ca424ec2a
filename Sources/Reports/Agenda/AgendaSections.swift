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

  var snapshot: Snapshot { end.snapshot }
  /// Where the period is over, the day after it: only then is a level unmeasured that nobody measured, and are hours lost
  /// that could be drawn through its last day. The reports on both say the same of that day.
  var settled: Snapshot { end.settled ?? snapshot }
}
