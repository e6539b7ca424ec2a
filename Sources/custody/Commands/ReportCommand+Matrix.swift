internal import CommandLine
internal import Reports

/// `custody report matrix`: the matrix that hangs on the wall.
extension ReportCommand {
  static let matrix = CommandSpec<Arguments>(
    name: "matrix", abstract: "Report the responsibility matrix: controls by parties, with A, R, C and I.",
    discussion: """
      A line for each control, or for each kind of its units where they differ. Where the names of parties have no room, \
      numbers stand for them. CSV has a column for each party.
      """,
    examples: [
      Example("custody report matrix --framework cmmc-level-2", "one framework"),
      Example("custody report matrix --format csv --output raci.csv", "for a spreadsheet"),
    ],
    parameters: rows.filter { $0.row.name != "full" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, _) = try snapshot(arguments, global, console)
    return try write(RACIReport(snapshot, frameworks: frameworks), arguments, global, console)
  }
}
