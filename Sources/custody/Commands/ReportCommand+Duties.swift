internal import CommandLine
internal import Findings
internal import Ownership
internal import Reports
internal import Workspace

/// `custody report duties`: what each side owes, and whether it was done.
extension ReportCommand {
  static let duties = CommandSpec<Arguments>(
    name: "duties",
    abstract: "Report duties: who owes what, when it was done last, when it is due, and how late it is.",
    discussion: """
      Duties are what agreements that hold list under 'duties': a committee every quarter, a restore test every half year, \
      the handover within 90 days. Evidence that names one shows that it was done: custody submit FILE --duty \
      ENGAGEMENT/DUTY. It is due a cadence after that, at first after the term's first day.
      """,
    examples: [
      Example("custody report duties", "all of them, the soonest due first"),
      Example("custody report duties --party onsite --fail-on late", "what one side owes; 3 if any is late"),
      Example("custody report duties --first-days", "the first days of an engagement, as a plan with its state"),
      Example("custody report duties --as-of 2026-06-30 --format csv --output duties.csv", "for a spreadsheet"),
    ],
    parameters: [
      .option(
        "party", value: "ID", help: "Only what this party owes.", into: \.party, parse: CommandText.identifier),
      .flag("first-days", help: "Only what is owed once, within so many days of the term's first.", into: \.firstDays),
      .option(
        "fail-on", value: "late", help: "End with 3 where a duty shown is late.", completion: .words(["late"]),
        replacing: \.failsOnLate,
        parse: { text in
          guard text == "late" else { throw InvalidValue("'\(text)' is not 'late'") }
          return true
        }),
    ] + promiseRows,
    formats: ReportOutput.formats,
    answers: [ExitAnswer(.findings, "what --fail-on names is there")],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    if let party = arguments.party, snapshot.state.membership.party(party) == nil {
      throw Failure(.usage, "'\(party)' is not a party", hint: "custody party list")
    }
    let report = DutiesReport(
      snapshot, try store.dutyBook(snapshot), party: arguments.party, firstDays: arguments.firstDays)
    let status = try write(report, arguments, global, console)
    return arguments.failsOnLate && report.isAnyLate ? .findings : status
  }
}
