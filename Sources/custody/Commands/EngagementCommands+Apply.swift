internal import Agreements
internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// What signs a version of an agreement.
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
      let request = try AcceptanceRequestFile.freeName(for: party)
      console.say(
        "next: "
          + global.here("custody engagement show \(file.document.id) --party \(party) --request \(request)"))
      console.say("and mail '\(request)' to '\(party)', whose word it asks for")
    }
    return .success
  }

  /// The version that one replaces: the store says it, where it is at hand.
  static func replacesParameter<Arguments>(
    into field: any WritableKeyPath<Arguments, Digest?> & Sendable
  ) -> Parameter<Arguments> {
    .option(
      "replaces", value: "STATEMENT",
      help:
        "The statement of its newest version, as requests and 'engagement show' name it; needed without the store.",
      into: field, parse: CommandText.digest)
  }

  /// Who says what they replace is told where that is no longer the newest.
  static func check(_ named: Digest?, isNewest newest: Digest?, of id: String) throws {
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
}
