internal import Agreements
internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// What signs: a version of an agreement, and its early end.
extension EngagementCommands {
  struct ApplyArguments: Sendable {
    var file: String?
    var replaces: Digest?
    var full = false
    var write = WriteOptions()
  }

  static let apply = CommandSpec<ApplyArguments>(
    name: "apply", abstract: "Sign a version of an agreement, and accept it for your own party.",
    discussion: """
      Shows what changes hands before it signs, by family where it is much. Everybody else whom the version gives something to, \
      or takes something from, accepts for themselves; until then what held before goes on holding.
      """,
    examples: [
      Example("custody engagement apply agreement.yaml", "shows the changes, asks, signs"),
      Example("custody engagement apply agreement.yaml --yes --format json", "from a script"),
      Example(
        "custody engagement apply agreement.yaml --checkpoint checkpoint --offer version.offer",
        "a provider proposes, without the store"),
    ],
    parameters: [
      .positional("FILE", help: "The agreement.", completion: .file, into: \.file, parse: CommandText.text),
      replacesParameter(into: \.replaces), fullParameter(into: \.full),
    ] + WriteOptions.parameters(in: \.write),
    initial: ApplyArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let file = try AgreementFile.read(arguments.file ?? "", place.store)
    guard let store = place.store else { return try propose(file, at: place, arguments, global, console) }
    let signer = place.signer
    let newest = store.state.versions.last { $0.engagement == file.document.id }
    try check(arguments.replaces, isNewest: newest?.statement, of: file.document.id)
    if let newest, store.state.end(of: newest) == nil, file.isThat(of: newest) {
      let none = Writing.Written(
        checkpoint: store.checkpoint, entries: [], statements: [], isDryRun: arguments.write.isDryRun)
      try none.tell(
        "nothing changes: entry \(newest.entry) is this very agreement; who has not accepted it does so with 'custody accept'",
        global, console)
      return .success
    }
    let preview = try AgreementPreview(file, store, statement: .zero, day: store.desk.clock.today)
    let changes = ChangeList(preview)
    if global.format != .json {
      for remark in file.remarks { console.say("\(file.path): remark: \(remark)") }
      try changes.print(to: console, listsAll: arguments.full)
      try console.flush()
    }
    let question =
      "Sign this version of '\(file.document.id)' as \(signer.member), and accept it for '\(signer.party)'?"
    guard try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let written = try file.sign(at: place, beside: store, replaces: newest?.statement, arguments.write)
    let others = preview.parties().filter { $0 != signer.party }
    let accepted =
      written.statements.count > 1
      ? " and accepted for '\(signer.party)'" : "; it gives '\(signer.party)' nothing to accept"
    try written.tell(
      "version of '\(file.document.id)' signed\(accepted)", global, console,
      [("changes", changes.json), ("waitingFor", .array(others.map { .string($0) }))] + changes.furtherMembers)
    if arguments.write.offer != nil, !others.isEmpty {
      console.say("once it is in the log, it waits for the word of \(Wording.list(others))")
      return .success
    }
    for party in others {
      console.say(
        "next: custody engagement show \(file.document.id) --party \(party) --request \(party).request, and mail it to '\(party)'"
      )
    }
    return .success
  }

  /// The version that one replaces: the store says it, where it is at hand.
  private static func replacesParameter<Arguments>(
    into field: any WritableKeyPath<Arguments, Digest?> & Sendable
  ) -> Parameter<Arguments> {
    .option(
      "replaces", value: "STATEMENT",
      help:
        "The statement of its newest version, as requests and 'engagement show' name it; needed without the store.",
      into: field, parse: CommandText.digest)
  }

  /// Who says what they replace is told where that is no longer the newest.
  private static func check(_ named: Digest?, isNewest newest: Digest?, of id: String) throws {
    guard let named, named != newest else { return }
    throw Failure(
      .usage,
      newest.map { "the newest version of '\(id)' is the statement \($0.hex), not \(named.hex)" }
        ?? "there is no version of '\(id)' that could be replaced",
      hint: "look at it first: custody engagement show \(id)")
  }

  /// Signs a version far from the store; what it would change, and what one would accept by it, only the store says.
  private static func propose(
    _ file: AgreementFile, at place: SigningPlace, _ arguments: ApplyArguments, _ global: GlobalArguments,
    _ console: Console
  ) throws -> ExitStatus {
    console.say("only the form of '\(file.path)' was checked: what it names is checked beside the store")
    let question =
      arguments.replaces == nil
      ? "Sign the first version of '\(file.document.id)' as \(place.signer.member)?"
      : "Sign this version of '\(file.document.id)' as \(place.signer.member)?"
    guard try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let written = try file.sign(at: place, replaces: arguments.replaces, arguments.write)
    try written.tell("version of '\(file.document.id)' signed", global, console)
    console.say("it is accepted for '\(place.signer.party)' later, by the request that its client sends")
    return .success
  }

  struct EndArguments: Sendable {
    var id: String?
    var on: Day?
    var handover: String?
    var replaces: Digest?
    var write = WriteOptions()
  }

  static let end = CommandSpec<EndArguments>(
    name: "end", abstract: "End an agreement early.",
    discussion: """
      One party's signature is enough. The first day not covered is --on, and never before today. Before it asks, it shows \
      what nobody would own from that day on, and what has to be handed over; --handover writes that list to a file, which \
      you can keep as evidence once it is done.
      """,
    examples: [
      Example("custody engagement end acme-onsite --on 2027-01-01", "the last day covered is the one before"),
      Example(
        "custody engagement end acme-onsite --on 2027-01-01 --dry-run --handover handover.csv",
        "see what it would leave behind, and sign nothing"),
    ],
    parameters: [
      .positional("ENGAGEMENT", help: "Its id.", into: \.id, parse: CommandText.identifier),
      .option(
        "on", value: "DAY", help: "The first day not covered; today unless stated.", into: \.on, parse: CommandText.day),
      .option(
        "handover", value: "FILE", help: "Write what has to be handed over to a CSV file.", completion: .file,
        into: \.handover, parse: CommandText.text),
      replacesParameter(into: \.replaces),
    ] + WriteOptions.parameters(in: \.write),
    initial: EndArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let today = place.desk.clock.today
    let on = arguments.on ?? today
    guard on >= today else {
      throw Failure(
        .usage, "\(on) has passed, and an end acts from the day of its entry on: today",
        hint: "leave --on out to end it today, or write a day that is to come")
    }
    let newest: Digest
    if let store = place.store {
      guard let version = store.state.versions.last(where: { $0.engagement == id }) else {
        throw KnownNames.noEngagement(id, among: store.state.versions.map(\.engagement))
      }
      newest = version.statement
      try check(arguments.replaces, isNewest: newest, of: id)
      if let end = store.state.end(of: version), end.on <= on {
        console.warn("'\(id)' covers nothing from \(end.on) on already: a further end changes nothing")
      } else if try !Resolver(ResolutionInput(store.state, library: store.library)).wouldChange(ending: id, on: on) {
        console.warn("nothing of '\(id)' holds or waits from \(on) on: an end changes nothing")
      }
    } else {
      guard let named = arguments.replaces else {
        throw Failure(
          .usage, "without the store nobody knows the newest version of '\(id)'",
          hint: "say its statement: --replaces STATEMENT")
      }
      newest = named
    }
    if let store = place.store {
      let preview = EndPreview(ending: id, on: on, try store.snapshot())
      if global.format != .json { try preview.print(to: console) }
      if let file = arguments.handover {
        try OutputFile.write(file, Array(preview.table.utf8))
        console.say("the hand-over list is in '\(file)'")
      }
    } else if arguments.handover != nil {
      throw Failure(.usage, "without the store nobody knows what has to be handed over")
    }
    let question = "'\(id)' will no longer cover anything from \(on) on. End it?"
    guard try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let event = EngagementEvent(event: .end, id: id, replaces: newest, on: arguments.on)
    let written = try Writing.perform(.engagement(event), at: place, arguments.write)
    try written.tell("end of '\(id)', from \(on) on", global, console)
    return .success
  }
}
