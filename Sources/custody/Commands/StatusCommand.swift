internal import CommandLine
internal import Crypto
internal import Findings
internal import Obligations
internal import Index
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody status`: the one screen for every morning.
enum StatusCommand {
  /// What ends the command with status 3.
  enum Alarm: String, Choice, CaseIterable {
    /// An error of ownership, as `verify` has it.
    case error
    /// Evidence that is too old, a duty or an item of a plan of action that is late, an auditor's request that is not
    /// answered in time, or an error.
    case overdue
    /// Evidence or a duty that is due within thirty days, or any of the others.
    case due
  }

  struct Arguments: Sendable {
    var alarm: Alarm?
  }

  static let spec = CommandSpec<Arguments>(
    name: "status", abstract: "Show on one screen how things stand, and what to do first.",
    discussion: """
      Checks the chain, the tree, every statement and the history, and that every object is there; what objects hold is \
      for 'custody verify' to read. Of a long log, what you have checked before is taken as checked, and it says so.

      With --fail-on it ends with 3 where a control is in error, where evidence, a duty, an item of a plan of action \
      or an auditor's request is overdue as well, or where evidence or a duty is due within thirty days as well: for a job that sends a mail when it fails.
      """,
    examples: [
      Example("custody status", "every morning"),
      Example("custody status --quiet --fail-on overdue || mail -s \"evidence is late\" it@example.com", "from cron"),
    ],
    parameters: [
      .option(
        "fail-on", value: "error|overdue|due", help: "End with 3 where this, or worse, is there.",
        completion: .words(Alarm.words), into: \.alarm, parse: { try Alarm.parse($0) })
    ],
    answers: [
      ExitAnswer(.answerIsNo, "the chain is not sound"), ExitAnswer(.findings, "what --fail-on names is there"),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.copyNotice { console.warn(notice) }
    let today = store.desk.clock.today
    let soundness = try store.soundness()
    let faults = soundness.faults
    let chain: StatusInput.Chain = faults.first.map { .unsound($0.message) } ?? .sound(soundness.scope)
    let snapshot = try store.snapshot(asOf: today)
    let unconfirmed = store.unconfirmedParties()
    var input = StatusInput(
      snapshot, chain: chain, endings: try EngagementEnding.list(snapshot),
      unconfirmed: unconfirmed.map { .init(party: $0.party, fingerprint: $0.key.keyID.hex) },
      upcoming: try upcoming(store, after: today), offersWaiting: store.offersWaiting)
    let book = try store.dutyBook(snapshot)
    input.duties = DutyCalendar.list(snapshot, done: book)
    input.unreadableHandovers = book.handovers.findings
    let assessments = try store.index.assessments()
    // What the assessments rest on makes no difference to what they say, or to a plan of action.
    let marks = assessments.map { record in
      AssessmentBook.Mark(
        entry: record.entry, day: record.recorded.day, party: record.party, member: record.member,
        assessment: record.assessment)
    }
    input.assessments = marks
    input.lateActions = ActionItem.list(snapshot, marks: marks).filter(\.isLate)
    input.overdueRequests = try RequestShelf(store).overdue().map { ($0.list.name, $0.states) }
    input.labels = try store.index.labels()
    // Seldom has a store such evidence, and then its beginning is looked at.
    if input.labels.contains(where: { $0.label == Succession.label }) {
      input.succession = (try? Succession.find(in: store.reader, library: store.library)) ?? nil
    }
    input.retention = try store.index.retention(after: today)
    let page = StatusPage(input)
    let text = try page.rendered(as: global.format == .json ? .json : .text, width: console.columns) ?? ""
    try console.write(text.utf8)
    guard faults.isEmpty else { return .answerIsNo }
    return arguments.alarm.map { rings($0, page) } == true ? .findings : .success
  }

  private static func rings(_ alarm: Alarm, _ page: StatusPage) -> Bool {
    switch alarm {
    case .error: page.hasErrors
    case .overdue:
      page.hasErrors || page.due.contains(where: \.isStale) || page.duties.contains(where: \.isOverdue)
        || !page.lateActions.isEmpty || !page.overdueRequests.isEmpty
    case .due: rings(.overdue, page) || !page.due.isEmpty || !page.duties.isEmpty
    }
  }

  /// The newest versions that speak from a later day on, and whose word they lack.
  private static func upcoming(_ store: OpenedStore, after today: Day) throws -> [StatusPage.Waiting] {
    try PendingAcceptance.upcoming(store, after: today).map { upcoming in
      StatusPage.Waiting(
        engagement: upcoming.pending.version.engagement, party: upcoming.party, hasDeclined: upcoming.hasDeclined,
        units: upcoming.pending.waiting, from: upcoming.from)
    }
  }
}
