internal import CommandLine
internal import Reports
internal import Workspace

/// `custody report steering`: the paper that a committee reads before it meets.
extension ReportCommand {
  static let steering = CommandSpec<Arguments>(
    name: "steering",
    abstract: "Write the steering committee's paper: eleven questions with their answers, on two printed pages.",
    discussion: """
      Are we covered, what is nobody doing, is it better than before, are levels and duties kept, what changed and by whom, \
      what ends soon, what hangs on one person, what would an auditor miss, can the paper be trusted, and what is to be \
      decided. Each number is that of the report that is named beside it. What is not known is said, and never shown as \
      none or all.

      Without --period it looks back on the last whole quarter and what came since, and says how it stands today; where the \
      log is younger, on the quarter that runs. With --period it says how it stood on the period's last day, or --as-of; \
      service levels and hours of a period that is over are told as of the day after, unless --as-of names a day. Every part \
      that looks back goes from the period's first day to the paper's, and is held against the day before. HTML prints on \
      two pages of A4 or letter paper: longer lists give way to the command that shows them, but what is to be decided is \
      listed whole.

      It is read before the meeting; what both sides go through in it, matter by matter, down to the minutes, is \
      'custody agenda steering'.
      """,
    examples: [
      Example("custody report steering", "how it stands, and since the last quarter began"),
      Example("custody report steering --period 2026-q3 --output paper.html", "a quarter's paper, to print"),
      Example("custody report steering --period 2026-07 --framework cmmc-level-2 --format markdown", "for a ticket"),
    ],
    parameters: [
      .option(
        "period", value: "PERIOD", help: "What it looks back on: 2026-q3, 2026-07, 2026, 2026-07-01..2026-09-30.",
        into: \.span,
        parse: { text in
          let span = try SpanText.read(text)
          return Span(from: span.from, through: span.through)
        })
    ] + rows.filter { $0.row.name != "full" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    for notice in [store.verificationNotice, store.copyNotice] { if let notice { console.warn(notice) } }
    let report = try SteeringReading(
      store: store, period: arguments.span, asOf: arguments.asOf, knownAt: arguments.knownAt,
      frameworks: arguments.frameworks.isEmpty ? nil : arguments.frameworks
    ).report()
    return try write(report, arguments, global, console)
  }
}
