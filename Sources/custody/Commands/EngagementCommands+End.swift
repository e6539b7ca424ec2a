internal import Catalogs
internal import Agreements
internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// How an agreement ends, and what has to be handed over then.
extension EngagementCommands {
  struct EndArguments: Sendable {
    var id: String?
    var on: Day?
    var handover: String?
    var forgetsHandover = false
    var replaces: Digest?
    var write = WriteOptions()
  }

  static let end = CommandSpec<EndArguments>(
    name: "end", abstract: "End an agreement early, and keep what has to be handed over.",
    discussion: """
      One party's signature is enough. The first day not covered is --on, and never before today. Before it asks, it shows \
      what nobody would own from that day on, and what has to be handed over. That list is kept in the log beside the end: \
      each item is owed like a duty until 'custody submit FILE --duty ENGAGEMENT/ID' shows that it was done. --handover \
      writes it to a file as well, --no-handover keeps none.
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
        "handover", value: "FILE", help: "Write what has to be handed over to a file, CSV unless it is named .tsv.",
        completion: .file,
        into: \.handover, parse: CommandText.text),
      .flag("no-handover", help: "Keep no hand-over list: nothing of it is owed then.", into: \.forgetsHandover),
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
      let version = try version(of: id, store)
      newest = version.statement
      try check(arguments.replaces, isNewest: newest, of: id)
      if let end = store.state.end(of: version), end.on <= on {
        throw Failure(
          .usage, "'\(id)' ends on \(end.on) already, and a later end changes nothing: nothing was signed",
          hint:
            "an earlier day shortens it; to go on beyond that day, both accept a new version: custody engagement apply")
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
    var keeping: HandoverKeeping?
    var losses: [EndPreview.Loss] = []
    if let store = place.store {
      let preview = EndPreview(ending: id, on: on, try store.snapshot())
      losses = preview.losses
      if global.format != .json { try preview.print(to: console) }
      if let file = arguments.handover { try write(preview, to: file, console) }
      if !arguments.forgetsHandover { keeping = try HandoverKeeping(id, on: on, preview.handovers, in: store) }
    } else if arguments.handover != nil {
      throw Failure(.usage, "without the store nobody knows what has to be handed over")
    } else if !arguments.forgetsHandover {
      console.say("without the store no hand-over list is kept: beside it, 'custody engagement handover \(id)' does")
    }
    let question = "'\(id)' will no longer cover anything from \(on) on. End it?"
    guard try arguments.write.isDryRun || console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was signed")
    }
    let event = EngagementEvent(event: .end, id: id, replaces: newest, on: arguments.on)
    let written = try EndPreview.sign(event, keeping: keeping, at: place, arguments.write)
    let list = keeping.map { " with its hand-over list of \(Wording.count($0.list.items.count, "item"))" } ?? ""
    try written.tell(
      "end of '\(id)'\(list), from \(on) on", global, console, members(keeping) + [("losses", json(losses))])
    if keeping != nil, !arguments.write.isDryRun, arguments.write.offer == nil {
      console.say("next: " + global.here("custody report duties"))
      console.say("and once an item is done: " + global.here("custody submit FILE --duty \(id)/ID"))
    }
    return .success
  }

  struct HandoverArguments: Sendable {
    var id: String?
    var on: Day?
    var list: String?
    var output: String?
    var write = WriteOptions()
  }

  static let handover = CommandSpec<HandoverArguments>(
    name: "handover", abstract: "Keep what has to be handed over when an agreement's term ends.",
    discussion: """
      Shows what has to be handed over once an agreement covers nothing any more — access, keys, documents, duties, \
      evidence that is owed — and keeps that list in the log: each item is owed like a duty until 'custody submit FILE \
      --duty ENGAGEMENT/ID' shows that it was done. 'engagement end' does so by itself; this is for a term that runs out. \
      A list that your party keeps later takes the place of this one; a version that goes on beyond that day with the same \
      providers, once both sides have accepted it, makes the list void.
      """,
    examples: [
      Example("custody engagement handover acme-onsite --dry-run", "what would be owed when the term ends"),
      Example("custody engagement handover acme-onsite", "keep it, some months before"),
      Example(
        "custody engagement handover acme-onsite --dry-run --output list.tsv", "a list to change, for --list list.tsv"),
    ],
    parameters: [
      .positional("ENGAGEMENT", help: "Its id.", into: \.id, parse: CommandText.identifier),
      .option(
        "on", value: "DAY", help: "The first day not covered; the day after its term, or of its end, unless stated.",
        into: \.on, parse: CommandText.day),
      .option(
        "list", value: "FILE",
        help: "Keep this list, tab-separated as --output list.tsv writes it, with items of your own.",
        completion: .file, into: \.list, parse: CommandText.text),
      .option(
        "output", "o", value: "FILE", help: "Write it to a file as well: a CSV file, or, named .tsv, one for --list.",
        completion: .file, into: \.output, parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: HandoverArguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let id = arguments.id ?? ""
    let list = try arguments.list.map { try HandoverKeeping.list(in: $0, place.store) }
    let preview: EndPreview
    if let store = place.store {
      let shown = EndPreview(ending: id, on: try arguments.on ?? endOfTerm(of: id, store), try store.snapshot())
      preview = list.map { shown.with($0) } ?? shown
    } else {
      guard let list, let on = arguments.on else {
        throw Failure(
          .usage, "without the store nobody knows what has to be handed over, or when the term ends",
          hint: "say both: --list FILE and --on DAY")
      }
      preview = EndPreview(on: on, list)
    }
    let on = preview.on
    if global.format != .json { try preview.printHandovers(to: console) }
    guard let keeping = try HandoverKeeping(id, on: on, preview.handovers, in: place.store) else {
      throw Failure(.answerNo, "by '\(id)' there is nothing to hand over")
    }
    if let file = arguments.output { try write(preview, to: file, console) }
    let written = try keeping.perform(at: place, arguments.write)
    try written.tell(
      "hand-over list of '\(id)', \(Wording.count(keeping.list.items.count, "item")), for \(on)", global, console,
      members(keeping))
    return .success
  }

  /// The first day that an agreement no longer covers.
  private static func endOfTerm(of id: String, _ store: OpenedStore) throws -> Day {
    let version = try version(of: id, store)
    let term = try store.library.document(version.document)?.termThrough.adding(days: 1)
    guard let first = [term, store.state.end(of: version)?.on].compactMap({ $0 }).min() else {
      throw Failure(.answerNo, "the agreement of '\(id)' cannot be read", hint: "'custody verify' says what is wrong")
    }
    return first
  }

  private static func version(of id: String, _ store: OpenedStore) throws -> LogState.EngagementVersion {
    guard let version = store.state.versions.last(where: { $0.engagement == id }) else {
      throw KnownNames.noEngagement(id, among: store.state.versions.map(\.engagement))
    }
    return version
  }

  private static func write(_ preview: EndPreview, to file: String, _ console: Console) throws {
    let bytes = file.hasSuffix(".tsv") ? preview.handovers.bytes : Array(preview.table.utf8)
    try OutputFile.write(file, bytes)
    console.say("the hand-over list is in '\(file)'")
  }

  /// For machines: what is kept, none where nothing is.
  /// Units that nobody would answer for, and who does now.
  private static func json(_ losses: [EndPreview.Loss]) -> JSONOutput {
    .array(
      losses.map { loss in
        [
          "unit": .string(loss.unit.description), "control": .string(loss.control.description),
          "party": .string(loss.party),
        ]
      })
  }

  private static func members(_ keeping: HandoverKeeping?) -> [(String, JSONOutput)] {
    [
      (
        "handover",
        .array(keeping.map { $0.list.items.map { HandoverOutput.json($0, of: keeping?.engagement ?? "") } } ?? [])
      )
    ]
  }
}
