internal import CommandLine
internal import Findings
internal import OSCAL
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// `custody report`: what a steering committee, an assessor or an auditor works from.
enum ReportCommand {
  static let group = Command(
    group: "report", "Say who owns each control, where the gaps are, and what became of promises.",
    [
      Command(ownership), Command(gaps), Command(assessment), Command(levels), Command(hours), Command(papers),
      Command(duties),
    ])

  struct Arguments: Sendable {
    var frameworks: [String] = []
    var asOf: Day?
    var knownAt: KnownAt?
    var only: Only?
    var severity = Weight.note
    var full = false
    var span: Span?
    var side: AssessmentBook.Side?
    var conditionalSince: Day?
    var output: String?
    var party: String?
    var firstDays = false
    var failsOnLate = false
  }

  /// First and last day.
  struct Span: Sendable {
    var from: Day
    var through: Day
  }

  enum Only: String, Choice {
    case unowned
  }

  enum Weight: String, Choice {
    case error, warning, note
  }

  static let ownership = CommandSpec<Arguments>(
    name: "ownership", abstract: "Report who answers for each control and objective, what is unowned first.",
    discussion: """
      A function of a checkpoint: it names the tree that it was folded from, and comes out the same whenever it is folded \
      again. --as-of says for which day, --known-at as far as which tree knew.
      """,
    examples: [
      Example("custody report ownership", "today's matrix"),
      Example("custody report ownership --framework cmmc-level-2 --only unowned", "what nobody has"),
      Example(
        "custody report ownership --as-of 2026-03-01 --known-at 2026-04-01 --format csv --output matrix.csv",
        "who answered on 1 March, as known on 1 April"),
    ],
    parameters: rows + [
      .option(
        "only", value: "unowned", help: "List only these.", completion: .words(Only.words), into: \.only,
        parse: { try Only.parse($0) })
    ],
    formats: [.text, .csv, .json, .oscal],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if global.format == .oscal { return try OSCALCommand.write(.securityPlan, arguments, global, console) }
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    var report = try OwnershipReport(
      snapshot, frameworks: frameworks, only: arguments.only == nil ? .all : .unowned)
    report.assessments = AssessmentBook(try store.assessments(snapshot), client: snapshot.state.client)
    report.listsAll = arguments.full
    return try write(report, arguments, global, console)
  }

  static let gaps = CommandSpec<Arguments>(
    name: "gaps", abstract: "Report every finding on a control, the worst first, with who has to act and how.",
    examples: [
      Example("custody report gaps", "what to do, and who"),
      Example("custody report gaps --severity error --format csv --output gaps.csv", "for a spreadsheet"),
    ],
    parameters: rows + [
      .option(
        "severity", value: Weight.words.joined(separator: "|"), help: "The lightest to report; note unless stated.",
        completion: .words(Weight.words), replacing: \.severity, parse: { try Weight.parse($0) })
    ],
    formats: [.text, .csv, .json],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    let marks = try store.assessments(snapshot)
    let late = try RequestShelf(store, at: snapshot).overdue().flatMap { list, states in
      RequestRules.findings(states, of: list.name, on: snapshot.asOf)
    }
    var report = GapsReport(
      snapshot, frameworks: frameworks, atLeast: Severity(rawValue: arguments.severity.rawValue) ?? .note,
      owed: DutyCalendar.findings(snapshot, done: try store.dutyBook(snapshot))
        + AssessmentFindings.findings(snapshot.matrix, AssessmentBook(marks, client: snapshot.state.client))
        + ActionItem.findings(ActionItem.list(snapshot, marks: marks)) + late)
    report.listsAll = arguments.full
    report.givesAdvice = !global.isQuiet
    return try write(report, arguments, global, console)
  }

  static let rows: [Parameter<Arguments>] = [
    .repeatable(
      "framework", value: "ID", help: "A framework to report on; all that are adopted unless stated.",
      into: \.frameworks,
      parse: CommandText.identifier),
    .option(
      "as-of", value: "DATE", help: "The day for which ownership is resolved; today unless stated.", into: \.asOf,
      parse: CommandText.day),
    .option(
      "known-at", value: "SIZE|DATE", help: "The tree that is known: its size, or the last UTC day of its entries.",
      into: \.knownAt, parse: knownAt),
    .flag(
      "full", help: "List every control in the text, where it otherwise counts those that are alike by family.",
      into: \.full),
    .option(
      "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
      into: \.output, parse: CommandText.text),
  ]

  static let knownAt: @Sendable (String) throws -> KnownAt = { text in
    if let day = Day(text) { return .day(day) }
    guard let size = Int(text), size >= 1 else {
      throw InvalidValue("'\(text)' is neither a tree size nor a day: write a number or YYYY-MM-DD")
    }
    return .size(size)
  }

  /// Renders a report to where it is to go.
  static func write(
    _ report: some Report, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    try write(report, to: arguments.output, global, console)
  }

  /// Writes a report to a file or, where none is named, to standard output.
  static func write(
    _ report: some Report, to output: String?, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    var format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    // Unless another is asked for, a file holds what its name says.
    if format == .text, let named = output.flatMap(ending(of:)).flatMap(ReportFormat.init(rawValue:)) {
      format = named
    }
    if let output { try check(output, holds: format) }
    let text = try report.rendered(as: format, width: console.columns) ?? ""
    guard let output else {
      try console.write(text.utf8)
      return .success
    }
    try OutputFile.write(output, Array(text.utf8))
    console.say("written to \(output)")
    return .success
  }

  /// What a file's name ends in, as in `csv`; nil where it ends in nothing.
  private static func ending(of output: String) -> String? {
    guard let dot = output.lastIndex(of: "."), !output[dot...].contains("/") else { return nil }
    return output[output.index(after: dot)...].lowercased()
  }

  /// Refuses a name that promises another format: whoever gets the file could not open it.
  private static func check(_ output: String, holds format: ReportFormat) throws {
    guard let ending = ending(of: output) else { return }
    let formats = Wording.list(ReportFormat.allCases.map(\.rawValue), "or")
    if let meant = ReportFormat(rawValue: ending), meant != format {
      throw Failure(
        .usage, "'\(output)' would hold \(format.rawValue), and its name says \(ending)",
        hint: "add '--format \(ending)', or give it another name")
    }
    guard foreign.contains(ending) else { return }
    throw Failure(
      .usage, "'\(output)' would hold \(format.rawValue), and its name says \(ending): reports are \(formats)",
      hint: "a spreadsheet opens '--format csv --output \(output.dropLast(ending.count + 1)).csv'")
  }

  /// Endings of formats in which reports are not written.
  private static let foreign: Set = [
    "xlsx", "xls", "ods", "docx", "doc", "odt", "pdf", "html", "htm", "xml", "yaml", "yml", "md", "rtf", "pptx",
  ]

  /// What a report is made from, and the frameworks that it is about; nil for all.
  static func snapshot(
    _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> (snapshot: Snapshot, frameworks: [String]?, store: OpenedStore) {
    let store = try OpenedStore.open(global, console)
    for notice in [store.verificationNotice, store.copyNotice] { if let notice { console.warn(notice) } }
    let snapshot = try store.snapshot(asOf: arguments.asOf, knownAt: arguments.knownAt)
    let adopted = snapshot.matrix.frameworks.map(\.id) + snapshot.matrix.unreadable
    try KnownNames.checkAdopted(arguments.frameworks, among: adopted, on: "\(snapshot.asOf)")
    return (snapshot, arguments.frameworks.isEmpty ? nil : arguments.frameworks, store)
  }
}
