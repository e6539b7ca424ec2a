internal import CommandLine
internal import Findings
internal import Obligations
internal import Ownership
internal import Reports
internal import Workspace

/// `custody report sprs`: what is entered into SPRS about a self-assessment.
extension ReportCommand {
  static let sprs = CommandSpec<Arguments>(
    name: "sprs",
    abstract: "Write the SPRS worksheet: the score, what takes points off, and what is still to be filled in.",
    discussion: """
      The score is that of 'custody report assessment': 110 less the value of each requirement that is not met, down to -203 \
      (32 CFR 170.24(c)(2); DoD Assessment Methodology 1.2.1). What nobody assessed counts as not implemented. It says by \
      which day 110 is expected, which is the latest due day of the action plan, and whether a Conditional Level 2 status \
      would be possible (170.21(a)(2)). What no log knows is given by options; what is not given is to be filled in, and \
      without the system security plan and its date there is no score to enter.
      """,
    examples: [
      Example("custody report sprs", "what is missing"),
      Example(
        "custody report sprs --cage 1ABC2 --scope enclave --ssp 'Enclave SSP' --ssp-version 3 --ssp-date 2026-05-01 "
          + "--output sprs.xlsx", "to enter"),
    ],
    parameters: [
      .repeatable(
        "cage", value: "CODE", help: "A CAGE code that the plan covers.", into: \.sprs.cageCodes,
        parse: { text in
          let code = text.uppercased()
          guard code.utf8.count == 5, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw InvalidValue("'\(text)' is not a CAGE code: five letters and digits")
          }
          return code
        }),
      .option(
        "scope", value: "SCOPE", help: "What was assessed: enterprise, enclave or contract.",
        completion: .words(SPRSReport.Scope.allCases.map(\.rawValue)), into: \.sprs.scope,
        parse: { text in
          guard let scope = SPRSReport.Scope(rawValue: text) else {
            throw InvalidValue("write enterprise, enclave or contract, not '\(text)'")
          }
          return scope
        }),
      .option(
        "ssp", value: "NAME", help: "The name of the system security plan.", into: \.sprs.plan, parse: CommandText.text),
      .option(
        "ssp-version", value: "TEXT", help: "Its version or revision.", into: \.sprs.planVersion,
        parse: CommandText.text),
      .option(
        "ssp-date", value: "DATE", help: "The date of that version.", into: \.sprs.planDate, parse: CommandText.day),
      assessedBy,
    ] + rows.filter { $0.row.name != "full" && $0.row.name != "framework" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, _, store) = try snapshot(arguments, global, console)
    guard
      let report = SPRSReport(
        snapshot, marks: try store.assessments(snapshot), details: arguments.sprs, side: arguments.side)
    else {
      throw Failure(
        .usage,
        "SPRS takes a score of NIST SP 800-171 revision 2, which is not adopted on \(snapshot.asOf), or most of it does not apply",
        hint: "custody framework adopt nist-800-171-r2")
    }
    return try write(report, arguments, global, console)
  }

  /// Whose word counts.
  static let assessedBy = Parameter<Arguments>.option(
    "by", value: "client|auditor",
    help: "Only the client's own word, or only that of others; the newest unless stated.",
    completion: .words(AssessmentBook.Side.allCases.map(\.rawValue)), into: \.side,
    parse: { text in
      guard let side = AssessmentBook.Side(rawValue: text) else {
        throw InvalidValue("write client or auditor, not '\(text)'")
      }
      return side
    })
}
