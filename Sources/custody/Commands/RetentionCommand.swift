internal import CommandLine
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody retention`: what of the evidence may go, what may not yet, and why.
enum RetentionCommand {
  struct Arguments: Sendable {
    var asOf: Day?
    var listsAll = false
  }

  static let spec = CommandSpec<Arguments>(
    name: "retention", abstract: "Show what evidence may go, what may not yet, and why.",
    discussion: """
      Evidence is kept for as long as the longest of these asks: the law behind a framework that it shows something of (six \
      years under HIPAA, from its making or its last day in effect; six years under CMMC, from the newest assessment), and \
      the day that its submitter named with --retain-until. Under HIPAA, what was submitted without --through and nothing has \
      replaced is taken to be in effect. A hold keeps evidence whatever else says.

      Nothing is ever removed because time has passed: this is a proposal, and 'custody redact' does it.
      """,
    examples: [
      Example("custody retention", "what may go today, and what is under a hold"),
      Example("custody retention --as-of 2032-01-01 --all --format csv", "everything, as it will stand then"),
    ],
    parameters: [
      .option(
        "as-of", value: "DATE", help: "The day that is asked about; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .flag("all", help: "List what is to be kept as well.", into: \.listsAll),
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    let day = arguments.asOf ?? store.desk.clock.today
    let report = try RetentionReading(store, on: day).report(listsAll: arguments.listsAll)
    let format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    try console.write((try report.rendered(as: format, width: console.columns) ?? "").utf8)
    return .success
  }
}
