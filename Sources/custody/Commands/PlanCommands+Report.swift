internal import Agreements
internal import Catalogs
internal import CommandLine
internal import Findings
internal import Rendering
internal import Reports
internal import Workspace

/// `custody plan report` and `record`.
extension PlanCommands {
  struct ReportArguments: Sendable {
    var file: String?
    var frameworks: [String] = []
    var since: String?
    var output: String?
    var write = WriteOptions()
  }

  private static let file = Parameter<ReportArguments>.positional(
    "PLAN", help: "The plan.", completion: .file, into: \.file, parse: CommandText.text)
  private static let frameworks = Parameter<ReportArguments>.repeatable(
    "framework", value: "ID", help: "A framework whose controls count; all that the store has adopted unless stated.",
    into: \.frameworks, parse: CommandText.identifier)

  static let report = CommandSpec<ReportArguments>(
    name: "report", abstract: "Lay a plan open: what is covered and how well, how options score, what they cost.",
    discussion: """
      Each sum is shown with its terms. It says which option scores highest and which costs least, and which small changes \
      of one number would turn that: 2 points of a score, 10 points of weight, 10 % of a cost or of the users or devices, \
      6 months. It recommends nothing. Options with a number missing are not compared. A store is not needed.

      --since takes an earlier plan, or the number of an entry that 'custody plan record' made.
      """,
    examples: [
      Example("custody plan report plan.yaml --framework nist-800-171-r2", "with the controls that hang on it"),
      Example("custody plan report plan.yaml --since 12 --format csv", "what has changed since the one of entry 12"),
    ],
    parameters: [
      file, frameworks,
      .option(
        "since", value: "PLAN|ENTRY", help: "An earlier plan to compare with.", completion: .file, into: \.since,
        parse: CommandText.text),
      .option(
        "output", "o", value: "FILE", help: "Where it goes, instead of standard output.", completion: .file,
        into: \.output, parse: CommandText.text),
    ],
    formats: ReportOutput.formats,
    answers: [ExitAnswer(.answerIsNo, "it has faults")],
    pages: true,
    initial: ReportArguments.init
  ) { arguments, global, console in
    let path = arguments.file ?? ""
    let store = try storeAtHand(arguments, global, console)
    do {
      let report = try layOpen(path, arguments, store).report
      return try ReportCommand.write(report, to: arguments.output, global, console)
    } catch let faults as PlanFile.Faults {
      return try tell(faults, in: path, global, console)
    }
  }

  static let record = CommandSpec<ReportArguments>(
    name: "record", abstract: "Keep a plan and its report in the store, as evidence of the functions that it rates.",
    discussion: """
      The plan is kept as it is, with the label 'plan', beside its report as text. 'custody plan report --since ENTRY' \
      compares a later plan with it. It stays in the log for ever: put no secrets there.
      """,
    examples: [
      Example("custody plan record plan.yaml", "before the agreement"),
      Example("custody plan record plan.yaml --dry-run", "what would be kept"),
    ],
    parameters: [file, frameworks] + WriteOptions.parameters(in: \.write),
    answers: [ExitAnswer(.answerIsNo, "it has faults")],
    initial: ReportArguments.init
  ) { arguments, global, console in
    let path = arguments.file ?? ""
    do {
      let functions = try PlanFile.functions()
      // Whatever is wrong with it is told before keys and stores are asked for.
      _ = try PlanFile.read(path, functions: functions)
      let place = try SigningPlace.open(arguments.write, global, console)
      let (plan, report) = try layOpen(path, arguments, place.store)
      let result = try PlanRecording(path, plan, report: try report.text(width: 100)).perform(
        at: place, arguments.write)
      if global.format == .json {
        try console.print(result.json())
      } else {
        try result.tell(
          console, next: result.entries.first.map { global.here("custody plan report LATER.yaml --since \($0)") })
      }
      return .success
    } catch let faults as PlanFile.Faults {
      return try tell(faults, in: path, global, console)
    }
  }

  /// The store, where there is one; a plan is read without it unless it is to be compared with one that a store keeps.
  private static func storeAtHand(
    _ arguments: ReportArguments, _ global: GlobalArguments, _ console: Console
  ) throws -> OpenedStore? {
    guard try global.store != nil || StoreLocation.nearest() != nil else { return nil }
    do {
      return try OpenedStore.open(global, console)
    } catch let failure as Failure where failure.code == .inputMissing {
      guard arguments.since.flatMap({ Int($0) }) == nil else { throw failure }
      console.warn("\(failure.message): the plan is read without one")
      return nil
    }
  }

  private static func layOpen(
    _ path: String, _ arguments: ReportArguments, _ store: OpenedStore?
  ) throws -> (plan: Plan, report: PlanReport) {
    let functions = try PlanFile.functions()
    let file = try PlanFile.read(path, functions: functions)
    var since: (name: String, plan: Plan)?
    if let name = arguments.since { since = (name, try plan(named: name, store, functions)) }
    let report = PlanReport(
      file.plan, functions: functions, frameworks: try catalogs(arguments.frameworks, store),
      open: file.gaps.map(\.message), since: since)
    return (file.plan, report)
  }

  /// The plan of a file or, where it is a number, of an entry.
  private static func plan(named name: String, _ store: OpenedStore?, _ functions: Catalog) throws -> Plan {
    do {
      guard let entry = Int(name) else { return try PlanFile.read(name, functions: functions).plan }
      guard let store else {
        throw Failure(.inputMissing, "entry \(entry) is of a store, and none is here", hint: "name it with --store")
      }
      return try PlanFile.read(entry: entry, of: store, functions: functions).plan
    } catch let faults as PlanFile.Faults {
      throw Failure(
        .malformedInput, "the earlier plan, \(name), has \(Wording.count(faults.faults.count, "fault"))",
        hint: faults.faults.first.map { "\($0)" })
    }
  }

  /// The catalogs whose controls count.
  private static func catalogs(_ frameworks: [String], _ store: OpenedStore?) throws -> [Catalog] {
    guard let store else {
      guard !frameworks.isEmpty else { return [] }
      return try MatrixFile.builtIn(frameworks).catalogs.filter { frameworks.contains($0.framework) }
    }
    let adopted = try store.catalogs(on: store.desk.clock.today)
    guard !frameworks.isEmpty else { return adopted }
    // Before it is adopted, somebody may want to know what would hang on it.
    let missing = frameworks.filter { id in !adopted.contains { $0.framework == id } }
    let others = missing.isEmpty ? [] : try MatrixFile.builtIn(missing).catalogs
    return adopted.filter { frameworks.contains($0.framework) } + others.filter { missing.contains($0.framework) }
  }
}
