internal import CommandLine
internal import Reports

/// `custody report acceptances`: who has said yes, no, or nothing.
extension ReportCommand {
  static let acceptances = CommandSpec<Arguments>(
    name: "acceptances",
    abstract: "Report each party's word on each version of each agreement, and who still owes one.",
    discussion: """
      What a party accepted, declined and why, in which entry, by whom, and after how many days; and what of a version \
      still lacks its word. CSV and JSON name the units.
      """,
    examples: [
      Example("custody report acceptances", "who has answered"),
      Example(
        "custody report acceptances --known-at 2026-03-31 --format csv --output words.csv", "at the end of March"),
    ],
    parameters: promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, _) = try snapshot(arguments, global, console)
    return try write(AcceptancesReport(snapshot), arguments, global, console)
  }
}
