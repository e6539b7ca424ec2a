internal import CommandLine
internal import Reports
internal import Workspace

/// `custody report people`: on whom it hangs.
extension ReportCommand {
  static let people = CommandSpec<Arguments>(
    name: "people", abstract: "Report people: who does how much, who has left and is still named, and with which keys.",
    discussion: """
      A party answers, and people do the work: who is named for how much of what their party answers for, who is named for \
      more than half of it, who has left and is still named, and who is named for nothing. 'custody key list' says which keys you \
      hold, and before which no passphrase stands.
      """,
    examples: [
      Example("custody report people", "on whom it hangs"),
      Example("custody report people --format csv --output people.csv", "for a spreadsheet"),
    ],
    parameters: promiseRows,
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, _) = try snapshot(arguments, global, console)
    return try write(PeopleReport(snapshot), arguments, global, console)
  }
}
