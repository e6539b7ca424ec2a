internal import CommandLine
internal import Ownership
internal import Reports
internal import Workspace

/// `custody report responsibility`: what a party should have an answer to.
extension ReportCommand {
  static let responsibility = CommandSpec<Arguments>(
    name: "responsibility", abstract: "Report what a party would be asked about: its controls, duties and promises.",
    discussion: """
      What it answers for or does, by family, with who does the work and how current the evidence is; what it is asked or told \
      about; its duties and service levels; and how much of it is stale, missing or unstaffed.
      """,
    examples: [
      Example("custody report responsibility onsite", "before an audit of a provider"),
      Example("custody report responsibility acme --framework hipaa-security --format csv", "the client's own part"),
    ],
    parameters: [
      .positional("PARTY", help: "The party's id.", into: \.party, parse: CommandText.identifier)
    ] + rows.filter { $0.row.name != "full" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    let party = arguments.party ?? ""
    guard snapshot.state.membership.party(party) != nil else {
      throw KnownNames.noParty(party, in: snapshot.state.membership)
    }
    let report = ResponsibilityReport(
      snapshot, try store.dutyBook(snapshot), party: party, frameworks: frameworks)
    return try write(report, arguments, global, console)
  }
}
