internal import Agreements
internal import Findings
package import Obligations
package import Ownership
internal import Statements

/// What each side owes regularly or once: when it was done, when it is due next, and how often it was late.
public struct DutiesReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// A duty, and the times that it was owed.
  package struct Row: Sendable {
    package var duty: DutyCalendar.Entry
    package var history: DutyHistory

    /// By how many days it is late today; 0 where it is not.
    package var daysLate: Int { duty.isOverdue ? history.terms.last?.daysLate ?? 0 : 0 }
  }

  /// The soonest due first.
  package let rows: [Row]
  /// Duties that hold no more, and were owed: what was never done stays missed.
  package let ended: [Row]
  /// Duties of other parties, or of later days, that were not asked for.
  let leftOut: Int
  let firstDays: Bool
  /// Hand-over lists that cannot be read: what they list may be owed too.
  let unreadable: [Finding]

  /// The duties of a snapshot.
  ///
  /// - Parameters:
  ///   - party: Only what it owes; nil for all.
  ///   - firstDays: Only what is owed once, within so many days of an agreement's first day.
  package init(_ snapshot: Snapshot, _ book: DutyBook, party: String? = nil, firstDays: Bool = false) {
    stamp = ReportStamp(snapshot)
    self.firstDays = firstDays
    func row(_ duty: DutyCalendar.Entry) -> Row {
      Row(duty: duty, history: DutyHistory(duty, done: book.all(duty.name), asOf: snapshot.asOf))
    }
    func isAsked(_ row: Row) -> Bool {
      guard party == nil || row.duty.party == party else { return false }
      switch row.duty.when {
      case .agreed(.within): return true
      case .agreed(.every), .handover: return !firstDays
      }
    }
    let all = DutyCalendar.list(snapshot, done: book).map(row)
    rows = all.filter(isAsked)
    ended = DutyCalendar.ended(snapshot, done: book).map(row).filter(isAsked)
    leftOut = all.count - rows.count
    unreadable = book.handovers.findings
  }

  /// `late 12 days`, `due in 5 days`, `done`.
  func state(_ row: Row) -> String {
    if row.daysLate > 0 { return "late by \(row.daysLate) \(row.daysLate == 1 ? "day" : "days")" }
    guard let due = row.duty.due else { return row.duty.newest == nil ? "when it happens" : "done" }
    let days = due.daysSinceEpoch - stamp.asOf.daysSinceEpoch
    return days == 0 ? "due today" : "due in \(days) \(days == 1 ? "day" : "days")"
  }

  /// Whether any of them is late.
  package var isAnyLate: Bool { (rows + ended).contains { $0.duty.isOverdue } }
}
