internal import CommandLine
internal import Findings
internal import OSCAL
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody report`: what a steering committee, an assessor or an auditor works from.
enum ReportCommand {
  static let group = Command(
    group: "report", "Say who owns each control, where the gaps are, and what became of promises.",
    [
      Command(steering), Command(ownership), Command(gaps), Command(assessment), Command(levels), Command(hours),
      Command(papers),
      Command(duties), Command(changes), Command(trend), Command(evidence),
      Command(timeline), Command(matrix), Command(acceptances), Command(people), Command(responsibility),
      Command(responsibilityMatrix), Command(fedRAMP), Command(sprs), Command(hipaaIndex), Command(userEntity),
    ])

  struct Arguments: Sendable {
    var frameworks: [String] = []
    var asOf: Day?
    var knownAt: KnownAt?
    /// CMMC's, of the worksheet for SPRS.
    var level: Int?
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
    var fromTree: NamedTree?
    var toTree: NamedTree?
    var every = Trend.Period.month
    var last = 12
    var order = EvidenceReport.Order.control
    var controls: [String] = []
    var stale = false
    var subject: String?
    var from: Day?
    var through: Day?
    var sprs = SPRSReport.Details()
    var isUnsoundAllowed = false
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
      again. --as-of says for which day, --known-at as far as which tree knew. A workbook has further sheets: gaps, evidence \
      by control and by submission, acceptances, service levels, and the plan of action.
      """,
    examples: [
      Example("custody report ownership", "today's matrix"),
      Example("custody report ownership --framework cmmc-level-2 --only unowned", "what nobody has"),
      Example("custody report ownership --output matrix.xlsx", "a workbook, with a sheet for each question"),
      Example(
        "custody report ownership --as-of 2026-03-01 --known-at 2026-04-01 --format csv --output matrix.csv",
        "who answered on 1 March, as known on 1 April"),
    ],
    parameters: rows + [
      .option(
        "only", value: "unowned", help: "List only these.", completion: .words(Only.words), into: \.only,
        parse: { try Only.parse($0) }),
      unsoundRow,
    ],
    formats: ReportOutput.formats + [.oscal],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if global.format == .oscal { return try OSCALCommand.write(.securityPlan, arguments, global, console) }
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    var report = try OwnershipReport(
      snapshot, frameworks: frameworks, only: arguments.only == nil ? .all : .unowned)
    report.assessments = AssessmentBook(try store.assessments(snapshot), client: snapshot.state.client)
    report.listsAll = arguments.full
    let output = try ReportOutput(arguments.output, asked: ReportFormat(rawValue: global.format.rawValue) ?? .text)
    if output.isHTML { try addPast(to: &report, store, snapshot, frameworks) }
    if output.isWorkbook { report.companions = try companions(store, snapshot, frameworks) }
    return try write(report, arguments, global, console)
  }

  /// The past year and what changed lately, which a page shows as pictures.
  static func addPast(
    to report: inout OwnershipReport, _ store: OpenedStore, _ snapshot: Snapshot, _ frameworks: [String]?
  ) throws {
    report.trend = try TrendReading(store: store).report(
      every: .month, last: 12, through: snapshot.asOf, frameworks: frameworks)
    // A log that is younger than the days that are looked back has changed from nothing, which every page of it shows.
    let first = snapshot.asOf.adding(days: -ChangesReading.days)
    guard let begun = try store.firstDay(), begun <= first else { return }
    // Of a tree that is older than these days, nothing of them is known.
    let isNewest = snapshot.state.size == store.checkpoint.size
    do {
      report.changes = try ChangesReading(
        store: store, from: .day(first), to: isNewest ? .day(snapshot.asOf) : .size(snapshot.state.size)
      ).report(frameworks: frameworks)
    } catch let failure as Failure where failure.code == .usage {}
  }

  /// The further sheets of a workbook: gaps, evidence, acceptances, service levels, and what is planned.
  private static func companions(
    _ store: OpenedStore, _ snapshot: Snapshot, _ frameworks: [String]?
  ) throws -> [WorkbookSheet] {
    let year = EvidenceCoverage.Span(from: snapshot.asOf.adding(months: -12).adding(days: 1), through: snapshot.asOf)
    let evidence = EvidenceReading(store, snapshot, frameworks: frameworks, controls: nil, period: year)
    return WorkbookCompanions(
      gaps: try GapsReading(store: store).report(snapshot, frameworks: frameworks),
      evidence: try evidence.report(limit: EvidenceReading.listed.value), acceptances: AcceptancesReport(snapshot),
      levels: LevelsReport(snapshot, span: nil, credits: try store.creditBook(snapshot)),
      actions: ActionPlanReport(snapshot, marks: try store.assessments(snapshot), frameworks: frameworks)
    ).sheets
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
    formats: ReportOutput.formats,
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    let (snapshot, frameworks, store) = try snapshot(arguments, global, console)
    var report = try GapsReading(store: store).report(
      snapshot, frameworks: frameworks, atLeast: Severity(rawValue: arguments.severity.rawValue) ?? .note)
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

  /// Of the reports that are written as OSCAL too.
  static let unsoundRow = Parameter<Arguments>.flag(
    "unsound", help: "With --format oscal: write of a store that was found not sound, too; the document says so.",
    into: \.isUnsoundAllowed)

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
    guard !arguments.isUnsoundAllowed else {
      throw Failure(
        .usage,
        "--unsound goes with '--format oscal': in every other format the report says itself that the store is not sound",
        hint: "leave it out")
    }
    return try write(report, to: arguments.output, global, console)
  }

  /// Writes a report to a file or, where none is named, to standard output.
  static func write(
    _ report: some Report, to output: String?, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    try ReportOutput(output, asked: ReportFormat(rawValue: global.format.rawValue) ?? .text).write(report, console)
  }

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
