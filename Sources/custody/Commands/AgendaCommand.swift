internal import CommandLine
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody agenda`: what a committee of both sides has before it.
enum AgendaCommand {
  struct Arguments: Sendable {
    var committee: Committee?
    var period: ReportCommand.Span?
    var asOf: Day?
    var report = ReportCommand.Arguments()
  }

  enum Committee: String, Choice {
    case steering, operations
  }

  static let spec = CommandSpec<Arguments>(
    name: "agenda",
    abstract: "Write the agenda of a committee: what changed in a period, what is owed, what to decide.",
    discussion: """
      'steering' meets every quarter, on ownership and risk; 'operations' every month, on levels, hours and evidence. It \
      compares what was known before the period with what is known of its last day; service levels and hours are told as \
      of the day after, when the period is over. It names the tree: with what stands at its foot it comes out the same \
      again. Without --period it is about the last whole quarter or month, or, where the log is younger, \
      about the one that runs.

      It is what both sides go through in the meeting, matter by matter, down to the minutes; what a steering committee reads \
      beforehand to see how it stands is 'custody report steering'.
      """,
    examples: [
      Example("custody agenda steering --period 2026-q3", "a quarter's agenda, two pages"),
      Example("custody agenda operations --period 2026-09 --output september.txt", "a month's, into a file"),
    ],
    parameters: [
      .positional(
        "steering|operations", help: "Which committee meets.", into: \.committee, parse: { try Committee.parse($0) }),
      .option(
        "period", value: "PERIOD", help: "2026-q3, 2026-09, or 2026-07-01..2026-09-30.", into: \.period,
        parse: { text in
          let span = try SpanText.read(text)
          return ReportCommand.Span(from: span.from, through: span.through)
        }),
      .option(
        "as-of", value: "DATE",
        help: "The day on which it is asked: in the period, or the day after, when that is over; today unless stated.",
        into: \.asOf, parse: CommandText.day),
      .option(
        "known-at", value: "SIZE|DATE",
        help: "The tree that is known at the end: its size, or the last day of its entries.",
        into: \.report.knownAt, parse: ReportCommand.knownAt),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.report.output, parse: CommandText.text),
    ],
    formats: [.text, .json],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    for notice in [store.verificationNotice, store.copyNotice] { if let notice { console.warn(notice) } }
    let committee: AgendaReport.Committee = arguments.committee == .operations ? .operations : .steering
    let today = store.desk.clock.today
    let span = try arguments.period ?? standard(committee, today: today, store)
    guard span.from <= today else {
      throw Failure(
        .usage, "the period begins on \(span.from), which is still to come", hint: "name one that has begun")
    }
    let after = span.through.adding(days: 1)
    let day = arguments.asOf ?? min(after, today)
    guard span.from <= day, day <= after else {
      throw Failure(
        .usage, "--as-of \(day) is neither in the period, \(span.from) through \(span.through), nor the day after it")
    }
    let end = try store.snapshot(asOf: min(span.through, day), knownAt: arguments.report.knownAt)
    let settled = day == after ? try store.snapshot(asOf: day, knownAt: .size(end.state.size)) : nil
    let eve = span.from.adding(days: -1)
    let start = try store.firstDay().map { $0 <= eve } == true ? try store.snapshot(asOf: eve, knownAt: .day(eve)) : nil
    let report = try AgendaReport(
      committee, from: span.from, through: span.through,
      start: try start.map { snapshot in
        try fold(snapshot, store, settled: try store.snapshot(asOf: span.from, knownAt: .size(snapshot.state.size)))
      }, end: try fold(end, store, settled: settled))
    return try ReportCommand.write(report, arguments.report, global, console)
  }

  /// - Parameter settled: The same tree a day later, where the snapshot's day is over.
  static func fold(
    _ snapshot: Snapshot, _ store: OpenedStore, settled: Snapshot? = nil
  ) throws -> AgendaReport.Fold {
    AgendaReport.Fold(
      snapshot, try store.dutyBook(snapshot), marks: try store.assessments(snapshot),
      overdue: try RequestShelf(store, at: snapshot).overdue().map { ($0.list.name, $0.states) },
      settled: settled)
  }

  /// The last whole period, or the one that runs where the log began later.
  private static func standard(
    _ committee: AgendaReport.Committee, today: Day, _ store: OpenedStore
  ) throws -> ReportCommand.Span {
    let (year, month, _) = today.components
    let first = (month - 1) / committee.months * committee.months + 1
    let running = Day(year: year, month: first, day: 1) ?? today
    let past = ReportCommand.Span(
      from: running.adding(months: -committee.months), through: running.adding(days: -1))
    if let day = try store.firstDay(), day <= past.through { return past }
    return ReportCommand.Span(
      from: running, through: running.adding(months: committee.months).adding(days: -1))
  }
}
