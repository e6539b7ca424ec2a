internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody accept`: a party puts its name to what an agreement gives it, or takes from it.
enum AcceptCommand {
  struct Arguments: Sendable {
    var engagement: String?
    var request: String?
    var declines: [String] = []
    var reason: String?
    var mayBeUnproven = false
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "accept", abstract: "Accept an agreement for your party, whole or but for some controls.",
    discussion: """
      Shows the schedule, line by line, before it signs. With --decline some lines are declined and the rest accepted: \
      two statements. With --request it answers a request that came by mail, on a machine that never sees the store: the \
      offer goes back by mail, and whoever keeps the store appends it.
      """,
    examples: [
      Example("custody accept --engagement acme-onsite --as onsite/jane", "all that the agreement gives 'onsite'"),
      Example("custody accept --decline 3.6.1 --reason \"no staff at night\" --as onsite/jane", "all but one control"),
      Example("custody accept --request onsite.request --offer onsite.offer --as onsite/jane", "without the store"),
    ],
    parameters: [
      .option(
        "engagement", value: "ID", help: "Which agreement; the only one that waits unless stated.", into: \.engagement,
        parse: CommandText.identifier),
      .option(
        "request", value: "FILE", help: "A request made with 'custody engagement show --request'.", completion: .file,
        into: \.request, parse: CommandText.text),
      .repeatable(
        "decline", value: "CONTROL",
        help:
          "A control or objective to decline; 'all' for everything. Duties, papers and other lines go with the rest.",
        into: \.declines,
        parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why it is declined.", into: \.reason, parse: CommandText.text),
      .flag(
        "unproven",
        help: "With --request: take one that is older than what you have seen, or does not prove to extend it.",
        into: \.mayBeUnproven),
    ] + WriteOptions.parameters(in: \.write, fromCheckpoint: false),
    initial: Arguments.init
  ) { arguments, global, console in
    guard arguments.declines.isEmpty == (arguments.reason == nil) else {
      throw Failure(.usage, "--decline goes with --reason, and --reason with --decline")
    }
    if let request = arguments.request { return try answer(request, arguments, global, console) }
    return try accept(arguments, global, console)
  }

  // MARK: With the store

  private static func accept(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus
  {
    let store = try OpenedStore.open(global, console)
    let signer = try store.signer()
    let pending = try PendingAcceptance.choose(arguments.engagement, for: signer.party, store)
    if arguments.declines.isEmpty, let entry = pending.repeats(signer.party, in: store.state) {
      return try sayNothing(new: pending.version.engagement, signer.party, entry, global, console)
    }
    let asked = AskedAcceptance(pending, party: signer.party)
    let finder = try store.finder()
    let parts = try asked.parts(declining: arguments.declines, because: arguments.reason, finder)
    let screen = try SigningScreen(
      asked, parts, document: store.library.document(asked.document), entry: pending.version.entry,
      catalog: { try store.library.catalog($0.sha256, framework: $0.id) })
    guard try confirm(screen, signer, arguments, global, console) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let place = SigningPlace(store, signer: signer)
    let written = try asked.sign(parts, at: place, arguments.write)
    try written.tell(summary(asked, parts), global, console)
    return .success
  }

  /// What was said before is not signed again: it would change nothing.
  private static func sayNothing(
    new engagement: String, _ party: String, _ entry: Int, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    if global.format == .json {
      try console.print(
        .object([
          ("engagement", .string(engagement)), ("party", .string(party)), ("acceptedBefore", .integer(entry)),
          ("entries", .array([])),
        ]))
    } else {
      try console.print("nothing new: '\(party)' has accepted all of '\(engagement)' as entry \(entry)")
    }
    return .success
  }

  // MARK: Without the store

  private static func answer(
    _ path: String, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.write.offer != nil else {
      throw Failure(.usage, "a request is answered with an offer", hint: "say where it goes: --offer FILE")
    }
    let answering = try AnsweringRequest(
      path, at: Desk(global, console), mayBeUnproven: arguments.mayBeUnproven)
    let signer = answering.place.signer
    let asked = answering.asked
    let parts = try asked.parts(declining: arguments.declines, because: arguments.reason, AnsweringRequest.finder())
    let screen = try SigningScreen(
      asked, parts, document: answering.checked.document, entry: nil,
      catalog: { named in try answering.checked.request.catalog(named) })
    guard try confirm(screen, signer, arguments, global, console) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let written = try answering.sign(parts, arguments.write)
    let counts = [("accepted", false), ("declined", true)].map { name, isDecline in
      let lines = parts.filter { ($0.reason != nil) == isDecline }.map(\.schedule.units.count)
      return (name, JSONOutput.integer(lines.reduce(0, +)))
    }
    try written.tell(
      summary(asked, parts), global, console,
      [("engagement", .string(asked.engagement)), ("party", .string(asked.party))] + counts)
    return .success
  }

  private static func confirm(
    _ screen: SigningScreen, _ signer: Signatory, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> Bool {
    if global.format != .json, !global.isQuiet { try screen.print(to: console) }
    let question = "Sign this for '\(screen.asked.party)' as \(signer.member)?"
    return try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes)
  }

  private static func summary(_ asked: AskedAcceptance, _ parts: [AskedAcceptance.Part]) -> String {
    let texts = parts.map { part in
      "\(part.schedule.extent) \(part.reason == nil ? "accepted" : "declined")"
    }
    return "'\(asked.engagement)': \(texts.joined(separator: ", ")) for '\(asked.party)'"
  }
}
