internal import CommandLine
internal import Reports

/// `custody report papers`: what is in force beside the agreements.
extension ReportCommand {
  static let papers = CommandSpec<Arguments>(
    name: "papers", abstract: "Report papers: what is in force, from when, till when, between whom, and its digest.",
    discussion: """
      Papers are what agreements name under 'statement-of-work' and 'papers', and both sides have accepted. One is in force \
      from its own first day through its last, else for the agreement's term. Those about to end, within the agreement's \
      notice or 90 days, are marked, unless another of the kind follows. 'custody cat SHA256' reads one.
      """,
    examples: [
      Example("custody report papers", "what is in force today"),
      Example("custody report papers --as-of 2026-06-30 --format csv --output papers.csv", "at the end of June"),
    ],
    parameters: promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, _) = try snapshot(arguments, global, console)
    return try write(PapersReport(snapshot), arguments, global, console)
  }
}
