internal import Agreements
internal import Catalogs
internal import CommandLine
internal import Findings
internal import FoundationEssentials
internal import Obligations
internal import Rendering
internal import Workspace

/// `custody plan`: what people do before they sign an agreement with a provider.
enum PlanCommands {
  static let group = Command(
    group: "plan", "Weigh what there is and what options cost, before an agreement.",
    [Command(new), Command(check), Command(report), Command(record)])

  // MARK: new

  struct NewArguments: Sendable {
    var output: String?
    var organization: String?
    var asks = false
  }

  static let new = CommandSpec<NewArguments>(
    name: "new", abstract: "Write a commented plan to fill in.",
    discussion: """
      It has a line for each function of IT: who covers it, how good skills, tools, processes and posture are, and what \
      hurts; then criteria with weights and scores, and the costs of each option. All numbers are yours: what is unknown \
      says 'unknown', and is never taken for 0. No store is needed.
      """,
    examples: [
      Example("custody plan new plan.yaml", "to fill in with an editor"),
      Example("custody plan new plan.yaml --ask", "answer function by function, on the terminal"),
    ],
    parameters: [
      .positional(
        "FILE", help: "Where it goes; standard output unless stated.", required: false, completion: .file,
        into: \.output, parse: CommandText.text),
      .option(
        "organization", value: "NAME", help: "Whose plan it is.", into: \.organization, parse: CommandText.text),
      .flag("ask", help: "Ask on the terminal for what there is today.", into: \.asks),
    ],
    initial: NewArguments.init
  ) { arguments, global, console in
    if let output = arguments.output, FileManager.default.fileExists(atPath: output) {
      throw Failure(.cannotCreate, "'\(output)' is there already", hint: "name another file, or move that one")
    }
    if let output = arguments.output { try OutputFile.check(output) }
    let catalog = try PlanFile.functions()
    let functions = catalog.controls.map { PlanText.Function(id: $0.id.local, title: $0.title) }
    var plan = Plan(organization: arguments.organization ?? "My organization")
    if arguments.asks { try PlanInterview(console).ask(&plan, functions, named: arguments.organization != nil) }
    let text = PlanText(functions: functions).text(of: plan)
    if let output = arguments.output { try OutputFile.write(output, Array(text.utf8)) }
    if global.format == .json {
      try console.print([
        "file": .optional(arguments.output), "domains": .integer(functions.count),
        "plan": arguments.output == nil ? .string(text) : .null,
      ])
    } else if let output = arguments.output {
      try console.print("plan \(output)")
      console.say("next: edit it, then: custody plan check \(ShellWord.quoted(output))")
    } else {
      try console.write(text.utf8)
    }
    return .success
  }

  // MARK: check

  struct CheckArguments: Sendable {
    var file: String?
  }

  static let check = CommandSpec<CheckArguments>(
    name: "check", abstract: "Find everything wrong with a plan at once, and what it leaves open.",
    discussion: """
      Faults keep it from being reported on. Gaps do not: weights that do not add up to 100, functions that nobody has \
      rated, options without costs, numbers that are not known; they are told once there is no fault. No store is needed.
      """,
    examples: [Example("custody plan check plan.yaml", "faults and gaps with line and column")],
    parameters: [.positional("PLAN", help: "The plan.", completion: .file, into: \.file, parse: CommandText.text)],
    answers: [ExitAnswer(.answerIsNo, "it cannot be reported on")],
    pages: true,
    initial: CheckArguments.init
  ) { arguments, global, console in
    let path = arguments.file ?? ""
    let file: PlanFile
    do {
      file = try PlanFile.read(path, functions: try PlanFile.functions())
    } catch let faults as PlanFile.Faults {
      return try tell(faults, in: path, global, console)
    }
    if global.format == .json {
      try console.print(["ok": true, "faults": [], "gaps": .array(file.gaps.map(json))])
      return .success
    }
    for gap in file.gaps { try console.print(wrapped: "\(path): gap: \(gap)") }
    try console.print(file.gaps.isEmpty ? "nothing is left open" : "no fault, \(Wording.count(file.gaps.count, "gap"))")
    console.say("next: custody plan report \(ShellWord.quoted(path))")
    return .success
  }

  /// Tells everything that keeps a plan from being read, and ends with no.
  static func tell(
    _ faults: PlanFile.Faults, in path: String, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    if global.format == .json {
      try console.print(["ok": false, "faults": .array(faults.faults.map(json)), "gaps": []])
      return .answerIsNo
    }
    for fault in faults.faults { try console.print(wrapped: "\(path): \(fault)", style: .red) }
    try console.print("\(Wording.count(faults.faults.count, "fault")): this cannot be reported on")
    console.say("what it leaves open is told once these are mended")
    return .answerIsNo
  }

  private static func json(_ diagnostic: Diagnostic) -> JSONOutput {
    [
      "line": .integer(diagnostic.line), "column": .integer(diagnostic.column),
      "message": .string(diagnostic.message),
    ]
  }
}
