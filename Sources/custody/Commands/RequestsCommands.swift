internal import CommandLine
internal import Findings
internal import Obligations
internal import Rendering
internal import Workspace

/// `custody requests`: what auditors have asked for.
enum RequestsCommands {
  static let group = Command(
    group: "requests", "Keep auditors' request lists, and see what answers them.",
    [Command(importList), Command(list), Command(match), Command(export)])

  struct ImportArguments: Sendable {
    var file: String?
    var reading = RequestReading()
    var columns: [(column: RequestColumn, heading: String)] = []
    var controls: [String] = []
    var write = WriteOptions()
  }

  static let importList = CommandSpec<ImportArguments>(
    name: "import", abstract: "Take an auditor's request list into the store, as it is.",
    discussion: """
      The table, CSV or XLSX, has a row for each request: a number, what is asked for, and as far as the auditor says them \
      the controls, the period, the due date, who answers and the status, under headings as auditors write them. Controls \
      are understood in any spelling, several in a cell, families too. What is not understood is told, and stays open.

      The file is kept as evidence with the label 'requests'; of several with one name the newest counts. It is evidence of \
      the function compliance-documentation, or of what --control says, and not of the controls that it asks about: a \
      question is no answer. An auditor never submits: the client or a provider takes the list in.
      """,
    examples: [
      Example("custody requests import pbc-2026.xlsx --dates mdy", "days written month first"),
      Example("custody requests import pbc-2026.csv --column 'controls=Ctrl ref'", "a column of another heading"),
      Example("custody requests import pbc-2026.csv --dry-run", "what is understood, and what is not"),
    ],
    parameters: [
      .positional("FILE", help: "The list, CSV or XLSX.", completion: .file, into: \.file, parse: CommandText.text),
      .option(
        "sheet", value: "NAME", help: "The sheet; the first that holds requests unless stated.", into: \.reading.sheet,
        parse: CommandText.text),
      .option(
        "dates", value: "dmy|mdy|ymd", help: "How the list writes days; YYYY-MM-DD is always understood.",
        completion: .words(DateOrder.allCases.map(\.rawValue)), into: \.reading.dates,
        parse: { text in
          guard let order = DateOrder(text) else { throw InvalidValue("'\(text)' is none of dmy, mdy and ymd") }
          return order
        }),
      .repeatable(
        "column", value: "NAME=HEADING",
        help: "A column that has another heading: \(Wording.list(RequestColumn.allCases.map(\.rawValue), "or")).",
        into: \.columns,
        parse: { text in
          let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
          guard parts.count == 2, let column = RequestColumn(rawValue: parts[0]) else {
            throw InvalidValue(
              "write NAME=HEADING, where NAME is \(Wording.list(RequestColumn.allCases.map(\.rawValue), "or")), not '\(text)'"
            )
          }
          return (column, parts[1])
        }),
      .repeatable(
        "control", "c", value: "ID", help: "What the list is evidence of.", into: \.controls, parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: ImportArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    var reading = arguments.reading
    for (column, heading) in arguments.columns { reading.columns[column.rawValue] = heading }
    let intake = RequestImport(arguments.file ?? "", reading, controls: arguments.controls)
    let (table, result) = try intake.perform(at: place, arguments.write)
    if global.format == .json {
      try console.print(
        result.json([
          ("requests", .array(table.requests.map(json))), ("remarks", .strings(table.remarks)),
          ("columns", .object(table.read.map { ($0.column, .string($0.heading)) })),
          ("columnsNotRead", .strings(table.unread)),
        ]))
      return .success
    }
    try tell(table, console)
    try result.tell(console, next: global.here("custody requests list --open"))
    return .success
  }

  /// What was understood, and what was not, by row.
  private static func tell(_ table: RequestTable, _ console: Console) throws {
    let all = table.requests
    let parts = [
      ("a control", all.count { !$0.targets.isEmpty }), ("a period", all.count { $0.from != nil || $0.through != nil }),
      ("a due date", all.count { $0.due != nil }),
    ]
    try console.print(
      "\(Wording.count(all.count, "request")): \(Wording.list(parts.map { "\($0.1) with \($0.0)" }))")
    try console.print(
      wrapped: Wording.list(table.read.map { "\($0.column) from '\($0.heading)'" }), after: "read: ")
    if !table.unread.isEmpty {
      let unread = Wording.list(table.unread.map { "'\($0)'" })
      try console.print(wrapped: "\(unread); --column NAME=HEADING says what one is", after: "not read: ")
    }
    for remark in table.remarks { console.warn(remark) }
    for request in all {
      for doubt in request.doubts { console.warn("row \(request.row), \(request.number): \(doubt)") }
    }
  }

  private static func json(_ request: AuditRequest) -> JSONOutput {
    [
      "request": .string(request.number), "row": .integer(request.row), "text": .string(request.text),
      "controls": .strings(request.controls), "from": .optional(request.from.map { "\($0)" }),
      "through": .optional(request.through.map { "\($0)" }), "due": .optional(request.due.map { "\($0)" }),
      "owner": .optional(request.owner), "auditorStatus": .optional(request.word),
      "notUnderstood": .strings(request.doubts),
    ]
  }
}
