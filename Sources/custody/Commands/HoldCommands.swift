internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

/// `custody hold`: what must not be redacted, whatever else says.
enum HoldCommands {
  static let group = Command(
    group: "hold", "Keep evidence from being redacted while a dispute lasts.",
    [Command(begin), Command(end), Command(list)])

  struct Arguments: Sendable {
    var id: String?
    var objects: [String] = []
    var controls: [String] = []
    var reason: String?
    var write = WriteOptions()
  }

  static let begin = CommandSpec<Arguments>(
    name: "begin", abstract: "Begin a hold on objects, or on all that shows something of some controls.",
    discussion: """
      An administrator of any party begins one, from the day on which a dispute is to be expected. Until the same party \
      ends it, no object that it covers can be redacted, those that come later among them. Its id is never used again.
      """,
    examples: [
      Example("custody hold begin outage-2026 --control 3.3.1 --reason \"letter of counsel of 4 May\"", "by control"),
      Example("custody hold begin audit --object 12 --reason \"under audit\"", "all that entry 12 brings"),
    ],
    parameters: [
      .positional("ID", help: "What the hold is called, as in outage-2026.", into: \.id, parse: CommandText.identifier),
      .repeatable(
        "object", value: "REF", help: "An object's digest, or an entry for all that it brings.", into: \.objects,
        parse: CommandText.text),
      .repeatable(
        "control", value: "CONTROL", help: "Holds all evidence on it.", into: \.controls, parse: CommandText.text),
      .option(
        "reason", value: "TEXT", help: "Why; it stays in the log.", required: true, into: \.reason,
        parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    guard !arguments.objects.isEmpty || !arguments.controls.isEmpty else {
      throw Failure(.usage, "a hold is on something", hint: "name it with --object REF or --control CONTROL")
    }
    let place = try SigningPlace.open(arguments.write, global, console)
    let hold = Hold(
      event: .begin, id: arguments.id ?? "", objects: try EvidenceObjects.find(arguments.objects, at: place),
      controls: try ControlChoice(place).resolve(arguments.controls), reason: arguments.reason ?? "")
    let written = try Writing.perform(.hold(hold), at: place, arguments.write)
    try written.tell("hold '\(hold.id)' begins", global, console)
    return .success
  }

  static let end = CommandSpec<Arguments>(
    name: "end", abstract: "End a hold.",
    discussion: "The party that began it ends it; the client does once that party has left.",
    examples: [Example("custody hold end outage-2026 --reason \"settled\"", "what it held may be redacted again")],
    parameters: [
      .positional("ID", help: "The hold.", into: \.id, parse: CommandText.identifier),
      .option(
        "reason", value: "TEXT", help: "Why; it stays in the log.", required: true, into: \.reason,
        parse: CommandText.text),
    ] + WriteOptions.parameters(in: \.write),
    initial: Arguments.init
  ) { arguments, global, console in
    let place = try SigningPlace.open(arguments.write, global, console)
    let hold = Hold(event: .end, id: arguments.id ?? "", reason: arguments.reason ?? "")
    let written = try Writing.perform(.hold(hold), at: place, arguments.write)
    try written.tell("hold '\(hold.id)' ends", global, console)
    return .success
  }

  struct ListArguments: Sendable {
    var includesEnded = false
  }

  static let list = CommandSpec<ListArguments>(
    name: "list", abstract: "List the holds that are in force.",
    examples: [
      Example("custody hold list", "what must stay, and why"), Example("custody hold list --all", "ended ones too"),
    ],
    parameters: [.flag("all", help: "List those that have ended as well.", into: \.includesEnded)],
    initial: ListArguments.init
  ) { arguments, global, console in
    let store = try OpenedStore.open(global, console)
    let holds = store.state.holds.filter { arguments.includesEnded || $0.ended == nil }
    if global.format == .json {
      try console.print(.array(holds.map(\.json)))
      return .success
    }
    guard !holds.isEmpty else {
      try console.print("no hold is in force")
      return .success
    }
    var table = TextTable(["HOLD", "PARTY", "BEGUN BY", "ENDED BY", "ON", "REASON"])
    for hold in holds {
      table.add([
        hold.id, hold.party, "entry \(hold.entry)", hold.ended.map { "entry \($0)" } ?? "", hold.scope, hold.reason,
      ])
    }
    try console.print(table)
    return .success
  }
}

extension LogState.HoldRecord {
  /// What it covers, in a few words.
  fileprivate var scope: String {
    if isUnreadable { return "everything: what it names cannot be read" }
    let parts = [
      controls.isEmpty ? nil : FileGathering.some(controls),
      objects.isEmpty ? nil : Wording.count(objects.count, "object"),
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  fileprivate var json: JSONOutput {
    [
      "id": .string(id), "party": .string(party), "entry": .integer(entry),
      "endedBy": ended.map { .integer($0) } ?? .null, "objects": .strings(objects.map(\.hex)),
      "controls": .strings(controls), "reason": .string(reason), "unreadable": .bool(isUnreadable),
    ]
  }
}
