internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody cosign`: a witness's word that a checkpoint extends all that it has seen of a log.
enum CosignCommand {
  struct Arguments: Sendable {
    var path: String?
    var output: String?
    var request: String?
    var since: Int?
    var witness: String?
    var keys: [NoteKey] = []
    var dropped: [NoteKey] = []
  }

  static let spec = CommandSpec<Arguments>(
    name: "cosign", abstract: "Cosign a checkpoint as a witness, or write the request for a cosignature.",
    discussion: """
      A witness says that a checkpoint extends all that it has cosigned of that log before: whoever shows two histories \
      afterwards has one of them signed by nobody else. What you have cosigned is remembered in CUSTODY_HOME/witness \
      before the answer leaves, and anything but an extension of it is refused.

      At a store the cosigned checkpoint is left in its inbox, for whoever appends: custody append FILE. By mail, the \
      keeper of the store makes a request with --request, the witness answers it with 'custody cosign FILE', and the \
      keeper appends the answer. The verifier key that signs the log's checkpoints goes to the witness apart, and the \
      witness's to the keeper and to readers: they say it with 'custody append FILE --witness KEY', and name it in the file \
      of 'custody verify --policy FILE'. Requests and answers are those of c2sp.org/tlog-witness.

      Which keys may sign for the log is remembered, too. At a store they are taken from it each time, so that one that was \
      revoked is trusted no more. By mail nothing says that a key was revoked: when you are told, drop it with --drop-key, and \
      say the one that took its place with --key. What was dropped, and when, stays in CUSTODY_HOME/witness.
      """,
    examples: [
      Example("custody cosign", "a witness who has the store at hand"),
      Example("custody cosign --request to-the-witness --since 120", "the keeper asks a witness by mail"),
      Example(
        "custody cosign to-the-witness --output cosigned.note "
          + "--key acme/fd110d30+cf52a912+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "the witness answers; the log's key is said once"),
      Example(
        "custody cosign --drop-key acme/fd110d30+cf52a912+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "a witness far from the store is told that this key was stolen"),
    ],
    parameters: [
      .positional(
        "REQUEST", help: "A request that came by mail; else the store at hand.", required: false, completion: .file,
        into: \.path, parse: CommandText.text),
      .option(
        "output", "o", value: "FILE",
        help: "Where the cosigned checkpoint goes; else the store's inbox, or what is printed.",
        completion: .file, into: \.output, parse: CommandText.text),
      .option(
        "request", value: "FILE",
        help: "Write the request for a cosignature of the store's checkpoint, and sign nothing.",
        completion: .file, into: \.request, parse: CommandText.text),
      .option(
        "since", value: "SIZE",
        help: "With --request: the size that the witness has cosigned last; as the log's anchors say unless stated.",
        into: \.since, parse: CommandText.count),
      .option(
        "witness", value: "NAME",
        help:
          "The name of the witness key, where you hold several; with --request, who is asked, where several have cosigned: "
          + "NAME+KEYID, as their verifier keys begin, of two that have one name.",
        into: \.witness,
        parse: CommandText.text),
      .repeatable(
        "key", value: "VERIFIERKEY", help: "A key that may sign the log's checkpoints, as it was told to you apart.",
        into: \.keys, parse: CommandText.noteKey),
      .repeatable(
        "drop-key", value: "VERIFIERKEY",
        help:
          "Trust this key no more to sign its log's checkpoints, as it was revoked; alone, or before a REQUEST is answered.",
        into: \.dropped, parse: CommandText.noteKey),
    ],
    answers: [
      ExitAnswer(.success, "it was cosigned, or the key dropped, and that is remembered"),
      ExitAnswer(.answerIsNo, "it does not extend what you have cosigned, or nobody known has signed it"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    if let request = arguments.request {
      guard arguments.path == nil, arguments.output == nil, arguments.keys.isEmpty, arguments.dropped.isEmpty else {
        throw Failure(
          .usage, "--request writes a request for the store at hand, and takes nothing but --since and --witness")
      }
      return try ask(desk.open(global.store), request, arguments, global, console)
    }
    guard arguments.since == nil else { throw Failure(.usage, "--since goes with --request") }
    if let output = arguments.output { try OutputFile.check(output) }
    let cosigning = Cosigning(at: desk, name: arguments.witness)
    if !arguments.dropped.isEmpty {
      try drop(cosigning, arguments, global, console)
      if arguments.path == nil { return .success }
    }
    if let path = arguments.path {
      let cosigned = try cosigning.cosign(requestAt: path, keys: arguments.keys)
      if let output = arguments.output { try OutputFile.write(output, cosigned.note.bytes) }
      try tell(cosigned, file: arguments.output, global, console)
      return .success
    }
    guard arguments.keys.isEmpty else {
      throw Failure(.usage, "--key is for a request: the store at hand says itself who signs for it")
    }
    let store = try desk.open(global.store)
    let cosigned = try cosigning.cosign(store)
    let file = arguments.output ?? store.placeInInbox(for: cosigned)
    try OutputFile.write(file, cosigned.note.bytes)
    try tell(cosigned, file: file, global, console)
    if let entry = store.revocation(of: cosigned.witness) {
      console.warn(
        "entry \(entry) revoked this witness key: nobody need believe what it signs; make another with 'custody key new --use witness'"
      )
    } else if !store.knows(witness: cosigned.witness) {
      console.say(
        "this log does not know your key: whoever appends it says 'custody append FILE --witness \(cosigned.witness.text)'"
      )
    }
    return .success
  }

  private static func ask(
    _ store: OpenedStore, _ file: String, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    let start = try arguments.since == nil ? store.requestStart(forWitness: arguments.witness) : nil
    let since = arguments.since ?? start?.size ?? 0
    let keys = store.checkpointKeys.map(\.text)
    try OutputFile.write(file, try store.cosignatureRequest(since: since))
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(store.checkpoint)), ("since", .integer(since)),
          ("request", .string(file)), ("verifierKeys", .strings(keys)),
        ]))
    } else {
      try console.print("request for \(Wording.entries(store.checkpoint.size)) of \(store.origin): '\(file)'")
      if let start, !start.witnesses.isEmpty {
        let who = Wording.list(start.witnesses)
        let (known, have) = start.witnesses.count == 1 ? ("is known", "has") : ("are known", "have")
        try console.print(
          wrapped: start.size == 0
            ? "it begins at 0, as this log anchors nothing that \(who) \(have) cosigned"
            : "it begins behind \(Wording.entries(start.size)), the newest that \(who) \(known) to have cosigned")
      }
      console.say("send it to a witness, who answers it with: custody cosign \(ShellWord.quoted(file))")
      for key in keys {
        console.say(
          "and tell them apart, once, which key signs for the log, to be said as --key VERIFIERKEY:\n  \(key)")
      }
    }
    return .success
  }

  private static func drop(
    _ cosigning: Cosigning, _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws {
    guard arguments.path != nil || (arguments.keys.isEmpty && arguments.output == nil) else {
      throw Failure(.usage, "--drop-key alone cosigns nothing: give the REQUEST that --key and --output are for")
    }
    guard !arguments.keys.contains(where: { arguments.dropped.contains($0) }) else {
      throw Failure(.usage, "the same key is given with --key and with --drop-key: choose one")
    }
    let logs = try cosigning.drop(arguments.dropped)
    // Of a request that is answered the cosigned checkpoint alone is printed.
    guard arguments.path == nil else { return }
    if global.format == .json {
      return try console.print(
        .array(
          logs.map { log in
            .object([
              ("origin", .string(log.origin)),
              (
                "dropped",
                .strings(arguments.dropped.filter { ByteOrder.areEqual($0.name, log.origin) }.map(\.text))
              ),
              ("verifierKeys", .strings(log.left.map(\.text))),
            ])
          }))
    }
    for log in logs {
      try console.print("dropped; \(Wording.count(log.left.count, "key")) may sign for \(log.origin) still")
      for key in log.left { try console.print("  \(key.text)") }
      if log.left.isEmpty {
        console.say("with the next request say the key that signs now, as it is told to you apart: --key VERIFIERKEY")
      }
    }
  }

  private static func tell(
    _ cosigned: Cosigned, file: String?, _ global: GlobalArguments, _ console: Console
  ) throws {
    let note = String(decoding: cosigned.note.bytes, as: UTF8.self)
    if global.format == .json {
      try console.print(
        .object([
          ("checkpoint", CheckpointOutput.json(cosigned.checkpoint)),
          (
            "witness",
            .object([
              ("name", .string(cosigned.witness.name)), ("verifierKey", .string(cosigned.witness.text)),
            ])
          ),
          ("time", .integer(cosigned.time)), ("first", .bool(cosigned.isFirst)),
          ("file", .optional(file)), ("note", .string(note)),
          ("droppedKeys", .strings(cosigned.dropped.map(\.text))),
        ]))
      return
    }
    for key in cosigned.dropped {
      console.say(
        "this key may not append any more, as the log says, and is trusted no longer to sign for it: \(key.text)")
    }
    guard let file else { return try console.write(cosigned.note.bytes) }
    try console.print(
      wrapped: "cosigned \(Wording.entries(cosigned.checkpoint.size)) of \(cosigned.checkpoint.origin) as "
        + "\(cosigned.witness.name): '\(file)'")
  }
}
