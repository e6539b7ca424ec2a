internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Workspace

/// `custody append`: puts offers into the log, of whoever signed them.
enum AppendCommand {
  struct Arguments: Sendable {
    var files: [String] = []
    var witnesses: [NoteKey] = []
    var write = WriteOptions()
    var receipt = ReceiptOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "append", abstract: "Put offers into the log, of whoever signed them.",
    discussion: """
      Each offer is held against the rules as they stand at its turn; the offers of a file are taken in their order, and \
      files so that what one names stands before it, and the older word of a hand before the newer. One \
      that is refused has its reason, and the others go in. Objects that an offer brings are looked for in the offer itself, then in FILE.objects, \
      beside the file under their names, and in the store's inbox.

      Without a file it empties the store's inbox, as every command does that appends: what goes in is removed there, what is in the log already, too, and what is refused is put \
      aside in inbox/refused, with the reason beside it. Links and folders in it are told, and never followed.

      A checkpoint that a witness has cosigned is anchored: an entry of your own says that it was seen. It has to be of \
      this log, and the witness's key registered here, your own, or given with --witness. So is the token of a \
      time-stamping authority.

      --receipt writes what 'custody prove' writes of the entries that the offers became, those that were in the log \
      already among them: whoever sent them keeps it.
      """,
    examples: [
      Example("custody append onsite-acceptance.offer", "an acceptance that came by mail"),
      Example("custody append jane.offer --receipt jane.receipt.zip", "what to send back: proof that it is in the log"),
      Example("custody append", "all that waits in the inbox"),
      Example("custody append cosigned.note", "what a witness gave back"),
    ],
    parameters: [
      .positionals(
        "OFFER",
        help: "Files written with --offer, cosigned checkpoints, tokens; what waits in the inbox unless stated.",
        required: false, completion: .file, into: \.files, parse: CommandText.text),
      .repeatable(
        "witness", value: "VERIFIERKEY",
        help: "The key of a witness that this log does not know, as it was told to you.",
        into: \.witnesses, parse: CommandText.noteKey),
      .flag("dry-run", help: "Say which would go in; write nothing.", into: \.write.isDryRun),
    ] + ReceiptOptions.parameters(in: \.receipt) + WriteOptions.lockParameters(in: \.write),
    answers: [ExitAnswer(.answerIsNo, "an offer was refused; the others went in")],
    initial: Arguments.init
  ) { arguments, global, console in
    try arguments.receipt.check(arguments.write)
    let store = try OpenedStore.open(global, console)
    guard !arguments.files.isEmpty else { return try emptyInbox(of: store, arguments, global, console) }
    let taking = try store.desk.append(
      arguments.files, to: store, witnesses: arguments.witnesses, arguments.write)
    try arguments.receipt.write(taking, global, console)
    try tell(EmptiedInbox(taken: taking), arguments, global, console)
    if !arguments.write.isDryRun { InboxSweep.run("custody append OFFER", global, console) }
    return taking.taken.contains { $0.refusal != nil } ? .answerIsNo : .success
  }

  private static func emptyInbox(
    of store: OpenedStore, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let emptied = try store.desk.emptyInbox(
      of: store, as: nil, witnesses: arguments.witnesses, arguments.write)
    let taking = emptied.taken
    try arguments.receipt.write(taking, global, console)
    if taking.taken.isEmpty, global.format != .json { try console.print("nothing waits in the inbox") }
    try tell(emptied, arguments, global, console)
    if let line = try InboxStrangers.line(global.store) { console.say("inbox: \(line)") }
    return taking.taken.contains { $0.refusal != nil && $0.duplicateOf == nil } ? .answerIsNo : .success
  }

  private static func tell(
    _ emptied: EmptiedInbox, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws {
    let taking = emptied.taken
    if global.format == .json {
      try console.print(
        .object(
          [
            ("checkpoint", CheckpointOutput.json(taking.checkpoint)),
            ("entries", .array(taking.taken.compactMap(\.entry).map { .integer($0) })),
            ("offers", .array(taking.taken.map(\.json))), ("dryRun", .bool(arguments.write.isDryRun)),
          ] + arguments.receipt.json))
    } else {
      for line in InboxSweep.lines(emptied, isDryRun: arguments.write.isDryRun) { try console.print(line) }
      var told: Set<String> = []
      for taken in taking.taken where taken.duplicateOf == nil {
        if let hint = taken.refusal?.hint, told.insert(hint).inserted { console.say("'\(taken.file)': \(hint)") }
      }
    }
  }
}

extension TakenOffer {
  func line(isDryRun: Bool) -> String {
    let what = "'\(file)': \(type ?? "an offer")" + (signer.map { " of \($0)" } ?? "")
    if let refusal { return "\(what) is refused: \(refusal.message)" }
    return "\(what) \(isDryRun ? "would become" : "is") entry \(entry ?? 0)"
  }

  fileprivate var json: JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("file", .string(file)), ("statement", statement.map { .string($0.hex) } ?? .null),
      ("type", type.map { .string($0) } ?? .null), ("signer", signer.map { .string($0) } ?? .null),
      ("entry", entry.map { .integer($0) } ?? .null),
    ]
    if let duplicateOf { members.append(("duplicateOf", .integer(duplicateOf))) }
    if let refusal { members.append(("refused", .string(refusal.message))) }
    return .object(members)
  }
}
