internal import CommandLine
internal import Rendering
internal import Findings
internal import Ownership
internal import Reports
internal import Workspace

/// `custody report responsibility-matrix`: whose each assessment objective is, as assessors of CMMC ask for it.
extension ReportCommand {
  static let responsibilityMatrix = CommandSpec<Arguments>(
    name: "responsibility-matrix",
    abstract: "Write the shared responsibility matrix: whose each assessment objective is, and by which agreement.",
    discussion: """
      A row for each objective: OSC (the organization), ESP (a provider), Shared, Inherited, N/A or Nobody, what either side \
      does, who is named for it, whose evidence shows it, and who accepted the agreement's line on which day. Requirements \
      are numbered as CMMC does where it is adopted (AC.L2-3.1.1). 32 CFR 170.19(c)(2)(ii) asks for it with the SSP and \
      prescribes no form. What either side does is told in the words of the agreement's notes.

      With --party it is the matrix of one provider: what that party has a part in. Without --framework each requirement is \
      told once, and the functions of IT are not.
      """,
    examples: [
      Example("custody report responsibility-matrix --output srm.xlsx", "for the SSP and the assessor"),
      Example("custody report responsibility-matrix --party onsite --output crm-onsite.xlsx", "a provider's own part"),
    ],
    parameters: rows.filter { $0.row.name != "full" } + [
      .option(
        "party", value: "PARTY", help: "Only what this provider or vendor has a part in.", into: \.party,
        parse: CommandText.identifier)
    ],
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    try checkParty(arguments.party, snapshot)
    return try write(
      SharedMatrixReport(
        snapshot, marks: try store.assessments(snapshot), frameworks: frameworks, party: arguments.party), arguments,
      global, console)
  }

  /// Refuses a party that never joined, and the client.
  static func checkParty(_ party: String?, _ snapshot: Snapshot) throws {
    guard let party else { return }
    guard party != snapshot.state.client else {
      throw Failure(
        .usage, "'\(party)' is the client: --party names the provider or vendor whose form it is",
        hint: "'custody report responsibility \(ShellWord.quoted(party))' is about the client's own part")
    }
    guard snapshot.state.membership.party(party) == nil else { return }
    throw KnownNames.noParty(party, in: snapshot.state.membership)
  }
}
