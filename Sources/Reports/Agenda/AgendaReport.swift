package import Obligations
package import Ownership
internal import Findings
internal import Rendering
package import Statements

/// What a committee of both sides has before it for a period: what changed, what is owed, and what it has to decide.
///
/// It compares two folds: what was known on the last day before the period, and what is known of its last day. So it comes
/// out the same whenever it is folded again from the same tree.
public struct AgendaReport: Sendable {
  /// Which committee meets.
  package enum Committee: String, Sendable, CaseIterable {
    /// Every quarter, on ownership and risk.
    case steering
    /// Every month, on levels, hours and evidence.
    case operations

    /// How often it meets: in months.
    package var months: Int { self == .steering ? 3 : 1 }
  }

  /// A fold, and what it knows beside the snapshot.
  package struct Fold: Sendable {
    package var snapshot: Snapshot
    /// The same tree a day later, where the day is over: what levels and hours came to is known only then.
    package var settled: Snapshot?
    /// The evidence for duties.
    package var book: DutyBook
    /// Assessments that count, in log order.
    package var marks: [AssessmentBook.Mark]
    /// Requests that were due and are not answered, by the names of their lists.
    package var overdue: [(list: String, states: [RequestRules.State])]

    package init(
      _ snapshot: Snapshot, _ book: DutyBook, marks: [AssessmentBook.Mark] = [],
      overdue: [(list: String, states: [RequestRules.State])] = [], settled: Snapshot? = nil
    ) {
      self.snapshot = snapshot
      self.settled = settled
      self.book = book
      self.marks = marks
      self.overdue = overdue
    }
  }

  /// One matter: a table with a name, which text and machines are given alike.
  struct Section: Sendable {
    var key: String
    var title: String
    var columns: [String]
    var rows: [[Cell]] = []
    /// What is said where there is nothing.
    var nothing: String
  }

  /// What it was folded from: the period's end.
  public let stamp: ReportStamp
  let committee: Committee
  let from: Day
  let through: Day
  let client: String
  /// The size of the tree that was known before the period; nil where the log begins later.
  let knownBefore: Int?
  /// The day as of which service levels and hours are told: the one after the period, where that is over.
  let settledOn: Day
  let sections: [Section]
  /// The command by which the minutes become evidence.
  let minutes: String

  /// - Parameters:
  ///   - start: What was known on the day before the period; nil where the log begins later.
  ///   - end: What is known of the period's last day.
  package init(_ committee: Committee, from: Day, through: Day, start: Fold?, end: Fold) throws {
    let snapshot = end.snapshot
    stamp = ReportStamp(snapshot)
    self.committee = committee
    self.from = from
    self.through = through
    client = snapshot.state.client
    knownBefore = start?.snapshot.state.size
    settledOn = end.settled?.asOf ?? snapshot.asOf
    let duties = DutyCalendar.list(snapshot, done: end.book)
    let next = through.adding(days: 1).adding(months: committee.months)
    let maker = AgendaSections(
      from: from, through: through, next: next, start: start, end: end,
      duties: DutyCalendar.owed(snapshot, done: end.book))
    sections =
      switch committee {
      case .steering:
        try [
          maker.decisions(), maker.findings(), maker.changes(), maker.dueDuties(), maker.actions(), maker.requests(),
          maker.papers(), maker.levels(), maker.hours(), maker.expiringHours(), maker.ageing(),
        ]
      case .operations:
        try [
          maker.levels(), maker.hours(), maker.expiringHours(), maker.ageing(), maker.dueDuties(), maker.requests(),
          maker.actions(), maker.findings(), maker.changes(), maker.papers(), maker.decisions(),
        ]
      }
    let own = AgendaReport.minutesDuty(of: committee, among: duties)
    minutes = "custody submit minutes.pdf --duty \(own?.name ?? "ENGAGEMENT/DUTY") --through \(snapshot.asOf)"
  }

  /// The duty that a committee's minutes are evidence for: the one that is named most like it, and not like the other.
  static func minutesDuty(of committee: Committee, among duties: [DutyCalendar.Entry]) -> DutyCalendar.Entry? {
    func text(_ duty: DutyCalendar.Entry) -> String { duty.id + " " + duty.title.lowercased() }
    let (own, other) =
      committee == .steering
      ? (["steering", "committee", "minutes"], ["operation", "monthly"])
      : (["operation", "monthly", "review"], ["steering", "committee", "quarterly", "access"])
    return own.lazy.compactMap { word in
      duties.first { duty in
        text(duty).contains(word) && (word == own[0] || !other.contains { text(duty).contains($0) })
      }
    }.first
  }
}
