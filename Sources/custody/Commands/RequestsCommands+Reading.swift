internal import CommandLine
internal import Findings
internal import Obligations
internal import Rendering
internal import Reports
internal import Ownership
internal import Spreadsheets
internal import Statements
internal import Workspace

/// `custody requests list`, `match` and `export`: what answers the requests.
extension RequestsCommands {
  struct ListArguments: Sendable {
    var list: String?
    var onlyOpen = false
    var numbers: [String] = []
    var output: String?
    var asOf: Day?
    var knownAt: KnownAt?
  }

  private static let which = Parameter<ListArguments>.option(
    "list", value: "NAME", help: "Only the list of this file name.", into: \.list, parse: CommandText.text)

  static let list = CommandSpec<ListArguments>(
    name: "list", abstract: "List what auditors have asked for, and what answers it.",
    discussion: """
      A request is answered where evidence stands in the log for each of its controls that covers the days of its period or, \
      where it has none, that was recorded after the request came in. Of days alone it is answered in part, and those are \
      told of which there is nothing; evidence that says no days is of the one on which it was collected or recorded. Such \
      evidence 'matches': nobody has said that it is what was meant. Evidence with the label request/NUMBER is 'tied' to it, and \
      then alone counts: 'custody submit review.pdf --control 3.1.1 --label request/PBC-014', or --label \
      'request/14, request/15' for several; request/LIST/14 is of one list where several have a 14. A label on what was \
      recorded before the request came in ties nothing. What was replaced or redacted answers nothing.

      The auditor's own word counts where the newest list has one: what is Accepted, Closed or Complete is settled, and what \
      is Returned or Rejected is answered only by what was recorded since.
      """,
    examples: [
      Example("custody requests list --open", "what is still to be done"),
      Example("custody requests list --format csv", "a row for each entry that answers"),
    ],
    parameters: [.flag("open", help: "Leave out what is answered.", into: \.onlyOpen), which],
    formats: [.text, .csv, .json],
    pages: true,
    initial: ListArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    let shelf = try RequestShelf(store)
    let sections = try shelf.lists(named: arguments.list).map { list in
      RequestsReport.Section(name: list.name, entry: list.entry, states: try shelf.states(list))
    }
    let report = RequestsReport(
      sections, files: try shelf.files(of: sections.flatMap(\.states)), checkpoint: store.checkpoint,
      on: store.desk.clock.today, onlyOpen: arguments.onlyOpen)
    return try show(report, global, console)
  }

  static let match = CommandSpec<ListArguments>(
    name: "match", abstract: "Show requests whole: what fits, what nearly fits and why not, and how to answer.",
    discussion: """
      Without a number every request is shown that is not answered. What is for its controls and does not count, because it \
      is of other days or older than the request, is shown with the reason.
      """,
    examples: [
      Example("custody requests match", "what is open, with what nearly fits"),
      Example("custody requests match PBC-014", "one request"),
    ],
    parameters: [
      .positionals(
        "NUMBER", help: "The auditor's number of a request.", required: false, into: \.numbers, parse: CommandText.text),
      which,
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: ListArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    let shelf = try RequestShelf(store)
    let lists = try shelf.lists(named: arguments.list)
    let wanted = Set(arguments.numbers.map(RequestLabel.folded))
    try checkKnown(arguments.numbers, among: lists.flatMap(\.requests).map(\.number))
    let sections = try lists.map { list in
      let states = try shelf.states(list).filter {
        wanted.isEmpty ? !$0.isSettled : wanted.contains(RequestLabel.folded($0.request.number))
      }
      return RequestsReport.Section(name: list.name, entry: list.entry, states: states)
    }.filter { wanted.isEmpty || !$0.states.isEmpty }
    let report = RequestsReport(
      sections, files: try shelf.files(of: sections.flatMap(\.states)), checkpoint: store.checkpoint,
      on: store.desk.clock.today, showsMisses: true)
    return try show(report, global, console)
  }

  static let export = CommandSpec<ListArguments>(
    name: "export", abstract: "Write the auditor's own table, with what answers each request behind it.",
    discussion: """
      All rows and columns are the auditor's, as they came; behind them stand the status, the entries, who submitted them, \
      the files and their digests, by which the auditor finds them in the store. It opens in a spreadsheet, and nothing in \
      it is run as a formula.

      A workbook (FILE.xlsx) has further sheets: each file of evidence with its entry, days and digest, and what is missing, \
      with what nearly fits.
      """,
    examples: [
      Example("custody requests export answers.csv --list pbc-2026.xlsx", "to send back"),
      Example("custody requests export answers.xlsx", "as a workbook, with the evidence and what is missing"),
    ],
    parameters: [
      .positional(
        "FILE", help: "Where it goes, as CSV, or as a workbook where it ends in .xlsx.", completion: .file,
        into: \.output, parse: CommandText.text),
      which,
      .option(
        "as-of", value: "DATE", help: "The day on which it is looked at; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .option(
        "known-at", value: "SIZE|DATE", help: "The tree that is known: its size, or the last UTC day of its entries.",
        into: \.knownAt, parse: ReportCommand.knownAt),
    ],
    initial: ListArguments.init
  ) { arguments, global, console in
    let output = arguments.output ?? ""
    let isWorkbook = output.lowercased().hasSuffix(".xlsx")
    if let ending = ReportOutput.ending(output), notTables.contains(ending) {
      let base = output.dropLast(ending.utf8.count + 1)
      throw Failure(
        .usage, "the table is written as CSV or XLSX, and '\(output)' is called \(ending)",
        hint: "call it \(ShellWord.quoted("\(base).xlsx")) or \(ShellWord.quoted("\(base).csv"))")
    }
    for ending in ["xls", "ods", "xlsm"] where output.lowercased().hasSuffix(".\(ending)") {
      throw Failure(
        .usage,
        "the table is written as CSV or XLSX, and '\(output)' is called another spreadsheet, which could not be opened then",
        hint: "call it \(ShellWord.quoted(output.dropLast(ending.utf8.count) + "xlsx")): spreadsheets open that")
    }
    try OutputFile.check(output)
    let store = try OpenedStore.open(global, console)
    if let notice = store.verificationNotice { console.warn(notice) }
    let snapshot = try store.snapshot(asOf: arguments.asOf, knownAt: arguments.knownAt)
    let shelf = try RequestShelf(store, at: snapshot)
    let lists = try shelf.lists(named: arguments.list)
    guard let list = lists.first else {
      throw Failure(
        .inputMissing, "no request list is in this store", hint: "custody requests import FILE takes one in")
    }
    guard lists.count == 1 else {
      throw Failure(
        .usage, "there are several request lists, and a table is one's",
        hint: "say which with --list: \(Wording.list(lists.map { "'\($0.name)'" }, "or"))")
    }
    let states = try shelf.states(list)
    let sheet = list.table.sheet
    let rows = sheet.rows.map { row in (number: row.number, cells: row.cells.map(cell)) }
    let files = try shelf.files(of: states)
    let export = RequestExport(
      rows: rows, header: sheet.rows[list.table.header].number, states: states, files: files)
    if isWorkbook {
      let workbook = RequestWorkbook(
        ReportStamp(snapshot), export,
        RequestsReport.Section(name: list.name, entry: list.entry, states: states), files: files,
        again:
          "--list \(ShellWord.quoted(list.name)) --as-of \(snapshot.asOf) --known-at \(snapshot.state.size)")
      try OutputFile.write(output, try ReportOutput.workbook(workbook))
    } else {
      try OutputFile.write(output, Array(export.csv().utf8))
    }
    let open = states.count { !$0.isSettled }
    if global.format == .json {
      try console.print([
        "list": .string(list.name), "entry": .integer(list.entry), "output": .string(output),
        "requests": .integer(states.count), "open": .integer(open),
      ])
    } else {
      try console.print(
        "\(output): \(Wording.count(states.count, "request")) of '\(list.name)', \(open == 0 ? "all answered" : "\(open) not answered")"
      )
    }
    return .success
  }

  /// Endings of what is neither CSV nor a workbook.
  private static let notTables: Set = [
    "pdf", "doc", "docx", "odt", "rtf", "ppt", "pptx", "html", "htm", "md", "markdown", "json", "xml", "tsv", "zip",
  ]

  /// A cell of the auditor's, as what it was: a day stays a day, and a number a number.
  private static func cell(_ cell: Sheet.Cell?) -> Cell {
    guard let cell, !cell.text.isEmpty else { return .empty }
    switch cell.kind {
    case .day where Day(cell.text) != nil: return .day(cell.text)
    case .number where isPlain(cell.text): return .number(cell.text)
    default: return .text(cell.text)
    }
  }

  /// Whether a number stands there as a spreadsheet shows it without a format: `-12.5`, but neither `3.10` nor `007`.
  private static func isPlain(_ text: String) -> Bool {
    guard let number = Double(text), text.utf8.count <= 15,
      text.utf8.allSatisfy({ $0 == 0x2d || $0 == 0x2e || (0x30...0x39).contains($0) })
    else { return false }
    return text == "\(number)" || Int(text).map { "\($0)" == text } ?? false
  }

  private static func show(
    _ report: RequestsReport, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    try console.write((try report.rendered(as: format, width: console.columns) ?? "").utf8)
    return .success
  }

  /// Fails for a number that no request has, with the one that was perhaps meant.
  private static func checkKnown(_ numbers: [String], among known: [String]) throws {
    let folded = Set(known.map(RequestLabel.folded))
    guard let unknown = numbers.first(where: { !folded.contains(RequestLabel.folded($0)) }) else { return }
    let near = Spelling.nearest(to: unknown, among: known)
    throw Failure(
      .inputMissing, "no request has the number '\(unknown)'",
      hint: near.map { "did you mean '\($0)'" } ?? "'custody requests list' lists them")
  }
}
