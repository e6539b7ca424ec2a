internal import CommandLine
internal import Reports
internal import Workspace

/// `custody report levels` and `custody report hours`: what was promised, and what became of it.
extension ReportCommand {
  static let levels = CommandSpec<Arguments>(
    name: "levels", abstract: "Report service levels: each period's value, and whether the target was met.",
    discussion: """
      A period is held against the level that holds on its last day, and of several measurements the newest counts. \
      Levels on functions that their party answers for stand first, then those on functions that it does not answer for, \
      then the client's own internal standards.

      Credits come from the agreement's own table, a paper of kind 'service-credits' in CSV or XLSX with the columns level, \
      value and credit: of the rows that a period's value falls under ('< 99.9', or 'unmeasured'), the largest counts.
      """,
    examples: [
      Example("custody report levels", "every period of every level"),
      Example("custody report levels --period 2026-q3", "one quarter"),
      Example("custody report levels --format csv --output levels.csv", "for a spreadsheet"),
    ],
    parameters: [
      .option(
        "period", value: "PERIOD", help: "Only periods that touch it: 2026-09, 2026-q3, 2026.", into: \.span,
        parse: { text in
          let span = try SpanText.read(text)
          return Span(from: span.from, through: span.through)
        })
    ] + promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    let report = LevelsReport(
      snapshot, span: arguments.span.map { ($0.from, $0.through) }, credits: try store.creditBook(snapshot))
    return try write(report, arguments, global, console)
  }

  static let hours = CommandSpec<Arguments>(
    name: "hours", abstract: "Report hours: bought, drawn, carried forward and lost, and where both sides worked.",
    discussion: """
      Hours count on their last day, and take the oldest hours of the block that they name. What a block gives for a \
      month is lost at its end, or as much later as the agreement's 'rollover' says. Hours of several domains count in \
      each of them where two parties worked in one.
      """,
    examples: [
      Example("custody report hours", "what is left of each block"),
      Example("custody report hours --as-of 2026-09-30", "how it stood at the end of September"),
      Example("custody report hours --format csv --output hours.csv", "to hold against an invoice"),
    ],
    parameters: promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, _) = try snapshot(arguments, global, console)
    return try write(HoursReport(snapshot), arguments, global, console)
  }

  /// Those of the rows of reports that are about no framework.
  static var promiseRows: [Parameter<Arguments>] {
    rows.filter { ["as-of", "known-at", "output"].contains($0.row.name) }
  }
}
