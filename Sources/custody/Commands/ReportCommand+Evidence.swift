internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody report evidence`: what there is, of when, and what is missing in between.
extension ReportCommand {
  static let evidence = CommandSpec<Arguments>(
    name: "evidence", abstract: "Report evidence: each submission with its three dates, and the days that none covers.",
    discussion: """
      Each submission has the days that it covers, when it was collected, and when it was recorded. A day is without current \
      evidence where none speaks of it and the newest from before it was due anew, by the control's cadence; such days are \
      told for the period from --from through --through; the last year unless stated. With either, submissions are listed and counted \
      that speak of a day of the period; the count, newest and due day of a control are those of --as-of all the same.

      A page lists the newest 100 submissions that were asked for, JSON 10,000, and CSV every one, in the log's order; of what \
      is stale, CSV lists the controls. A workbook has submissions, controls and submitters on a sheet each.
      """,
    examples: [
      Example("custody report evidence --stale", "what is too old, missing, or has holes"),
      Example(
        "custody report evidence --control 3.1.1 --from 2026-01-01 --through 2026-06-30", "a control over half a year"),
      Example("custody report evidence --by submitter", "who submitted how much"),
      Example("custody report evidence --format csv --output evidence.csv", "all of it, for a spreadsheet"),
    ],
    parameters: [
      .option(
        "by", value: "control|age|submitter", help: "How it is put together; control unless stated.",
        completion: .words(EvidenceReport.Order.allCases.map(\.rawValue)), replacing: \.order,
        parse: { text in
          guard let order = EvidenceReport.Order(rawValue: text) else {
            throw InvalidValue("write control, age or submitter, not '\(text)'")
          }
          return order
        }),
      .repeatable(
        "control", value: "CONTROL", help: "Only evidence for this control, unit or family.", into: \.controls,
        parse: CommandText.text),
      .flag("stale", help: "Only controls whose evidence is too old, missing or has holes.", into: \.stale),
      .option(
        "from", value: "DATE", help: "The first day that is asked about.", into: \.from, parse: CommandText.day),
      .option(
        "through", value: "DATE", help: "The last day that is asked about.", into: \.through, parse: CommandText.day),
    ] + rows.filter { $0.row.name != "full" },
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    let through = arguments.through ?? snapshot.asOf
    let from = arguments.from ?? through.adding(months: -12).adding(days: 1)
    guard from <= through else { throw Failure(.usage, "--from \(from) lies behind --through \(through)") }
    guard !arguments.stale || arguments.order == .control else {
      throw Failure(
        .usage, "--stale lists controls, and goes with no '--by \(arguments.order.rawValue)'",
        hint: "leave out '--by \(arguments.order.rawValue)'")
    }
    let asked = try arguments.controls.flatMap { try ControlSelection.ids($0, store) }
    var reading = EvidenceReading(
      store, snapshot, frameworks: frameworks, controls: arguments.controls.isEmpty ? nil : asked,
      period: EvidenceCoverage.Span(from: from, through: through))
    reading.order = arguments.order
    reading.isStaleOnly = arguments.stale
    reading.isPeriodAsked = arguments.from != nil || arguments.through != nil
    // Rows for a machine are written as they are read: there may be a million.
    if global.format == .csv, arguments.output == nil {
      let count = try reading.writeRows { try console.write($0.utf8) }
      if count == 0 { ReportOutput.tellOrigin(ReportStamp(snapshot), console) }
      return .success
    }
    if let output = arguments.output,
      global.format == .csv || (global.format == .text && ReportOutput.ending(output) == "csv")
    {
      _ = try ReportOutput(output, asked: .csv)
      var count = 0
      try unsafe OutputFile.write(output) { write in
        count = try reading.writeRows { rows in
          try unsafe Array(rows.utf8).withUnsafeBytes { try unsafe write($0) }
        }
      }
      console.say("written to \(output)")
      if count == 0 { ReportOutput.tellOrigin(ReportStamp(snapshot), console) }
      return .success
    }
    let limit = global.format == .text ? EvidenceReading.listed.page : EvidenceReading.listed.value
    return try write(try reading.report(limit: limit), arguments, global, console)
  }
}
