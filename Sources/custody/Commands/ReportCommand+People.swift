internal import CommandLine
internal import Index
internal import Ownership
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
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    let lastSigned = try store.index.lastSignatures(upTo: snapshot.state.size)
    return try write(PeopleReport(snapshot, lastSigned: lastSigned), arguments, global, console)
  }
}
