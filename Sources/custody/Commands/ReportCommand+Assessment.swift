internal import CommandLine
internal import Findings
internal import OSCAL
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// `custody report assessment` and `custody poam`: what was assessed, and what is to be done about it.
extension ReportCommand {
  static let assessment = CommandSpec<Arguments>(
    name: "assessment",
    abstract: "Report what was assessed: each control's state, the score, and what stands in the way.",
    discussion: """
      An assessment of a control stands for all its objectives, the newest counts, and one that is not applicable counts as \
      met (32 CFR 170.24(b)). NIST SP 800-171 revision 2 gets its score, 110 less the value of each requirement that is \
      not met; what nobody assessed counts as not implemented. CMMC gets the status that this would give, and which \
      requirements may stay open for 180 days (170.21); HIPAA each specification that is not implemented as it stands. With \
      --period it says how far assessments cover those days, with the exceptions.
      """,
    examples: [
      Example("custody report assessment --framework cmmc-level-2", "score and status"),
      Example("custody report assessment --by auditor", "what auditors said"),
      Example(
        "custody report assessment --framework soc2 --period 2026 --format csv --output soc2.csv",
        "operation over a year"),
    ],
    parameters: rows + [
      assessedBy,
      .option(
        "period", value: "PERIOD", help: "Days for which operation is asked: 2026, 2026-q3, 2026-01-01..2026-06-30.",
        into: \.span,
        parse: { text in
          let span = try SpanText.read(text)
          return Span(from: span.from, through: span.through)
        }),
      .option(
        "conditional-since", value: "DAY", help: "The Conditional Status Date, from which 180 days are counted.",
        into: \.conditionalSince, parse: CommandText.day),
      unsoundRow,
    ],
    formats: ReportOutput.formats + [.oscal],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if global.format == .oscal { return try OSCALCommand.write(.assessmentResults, arguments, global, console) }
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    var report = AssessmentReport(
      snapshot, marks: try store.assessments(snapshot), frameworks: frameworks, side: arguments.side,
      period: arguments.span.map { $0.from...$0.through }, conditionalSince: arguments.conditionalSince)
    report.listsAll = arguments.full
    return try write(report, arguments, global, console)
  }

  static let actionPlan = CommandSpec<Arguments>(
    name: "poam", abstract: "List what is open, who sees to it and by when: the plan of action and milestones.",
    discussion: """
      What was assessed as not met or planned is open until it is assessed anew. 'custody assess … --owner --due \
      --milestone' says who sees to it and by which steps. Where CMMC level 2 is adopted, it says which items must be \
      closed before a conditional status (32 CFR 170.21(a)(2)).
      """,
    examples: [
      Example("custody poam", "what is open"),
      Example("custody poam --framework nist-800-171-r2 --format csv --output poam.csv", "for a spreadsheet"),
    ],
    parameters: rows.filter { $0.row.name != "full" } + [unsoundRow],
    formats: ReportOutput.formats + [.oscal],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if global.format == .oscal { return try OSCALCommand.write(.actionPlan, arguments, global, console) }
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    return try write(
      ActionPlanReport(snapshot, marks: try store.assessments(snapshot), frameworks: frameworks), arguments, global,
      console)
  }
}
