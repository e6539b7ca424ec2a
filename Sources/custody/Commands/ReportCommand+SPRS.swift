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

      Of CMMC Level 1 SPRS takes no score but the result, MET or NOT MET in its entirety (170.15(a)(1)(i), 170.24(c)(1)): \
      that is its worksheet where only level 1 is adopted, or with --level 1.
      """,
    examples: [
      Example("custody report sprs", "what is missing"),
      Example(
        "custody report sprs --cage 1ABC2 --scope enclave --ssp 'Enclave SSP' --ssp-version 3 --ssp-date 2026-05-01 "
          + "--output sprs.xlsx", "to enter"),
      Example("custody report sprs --level 1 --cage 1ABC2 --scope enterprise", "the yearly result of level 1"),
    ],
    parameters: [
      .option(
        "level", value: "1|2", help: "Whose worksheet; 2 where its requirements are adopted, else 1.",
        completion: .words(["1", "2"]), into: \.level,
        parse: { text in
          guard let level = Int(text), text == "1" || text == "2" else {
            throw InvalidValue("write 1 or 2, not '\(text)'")
          }
          return level
        }),
      .repeatable(
        "cage", value: "CODE", help: "A CAGE code that the plan covers.", into: \.sprs.cageCodes,
        parse: { text in
          let code = text.uppercased()
          guard code.utf8.count == 5, code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw InvalidValue("'\(text)' is not a CAGE code: five letters and digits")
          }
          guard !code.contains("I"), !code.contains("O") else {
            throw InvalidValue("'\(text)' is not a CAGE code: none has the letter I or O, which look like 1 and 0")
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
    let marks = try store.assessments(snapshot)
    if arguments.level != 1,
      let report = SPRSReport(snapshot, marks: marks, details: arguments.sprs, side: arguments.side)
    {
      return try write(report, arguments, global, console)
    }
    if arguments.level != 2,
      let report = SPRSLevelOneReport(snapshot, marks: marks, details: arguments.sprs, side: arguments.side)
    {
      if arguments.sprs.plan != nil || arguments.sprs.planVersion != nil || arguments.sprs.planDate != nil {
        console.warn("level 1 asks for no system security plan: what was said of one is left out")
      }
      return try write(report, arguments, global, console)
    }
    let wanted =
      switch arguments.level {
      case 1: "a result of CMMC Level 1, which is not adopted on \(snapshot.asOf)"
      case 2: "a score of NIST SP 800-171 revision 2, of which not enough is adopted on \(snapshot.asOf)"
      default:
        "a score of NIST SP 800-171 revision 2 or a result of CMMC Level 1, and neither is adopted on \(snapshot.asOf)"
      }
    throw Failure(
      .usage, "SPRS takes \(wanted)",
      hint: arguments.level == 1
        ? "custody framework adopt cmmc-level-1"
        : "custody framework adopt nist-800-171-r2" + (arguments.level == nil ? ", or cmmc-level-1" : ""))
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
