internal import Reports
internal import Storage
internal import Obligations
internal import Ownership
internal import CommandLine
internal import Crypto
internal import Findings
internal import Index
internal import Rendering
internal import Statements
internal import Workspace

/// `custody redact`: takes the bytes of evidence out of the store; that they were there stays.
enum RedactCommand {
  struct Arguments: Sendable {
    var references: [String] = []
    var name: String?
    var reason: String?
    var authority: String?
    var isAnnouncement = false
    var overridesRetention = false
    var finishes = false
    var write = WriteOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "redact", abstract: "Remove the bytes of evidence for good; its digest and what was said of it stay.",
    discussion: """
      An administrator of the client redacts, and evidence alone. What another party submitted is announced with --announce \
      first, and goes 30 days later at the earliest, so that it can begin a hold. Nothing goes that is under a hold, or that \
      a law or its submitter keeps: 'custody retention' says which, and --override-retention takes that upon you.

      The bytes leave this store. Copies, backups and offers that were sent have them still. A bucket that keeps objects for \
      a time (lock= in the store's address) lets them go no sooner: the redaction is in the log, no reader sees the bytes any \
      more, and the answer names the day through which the bucket has them (status 4); --finish removes them after it. With \
      --override-retention, what is kept in the mode 'governance' goes at once if the credentials have that right.
      """,
    examples: [
      Example(
        "custody redact 12 --name list.csv --reason \"names of patients\" --authority \"privacy officer, 3 May\"",
        "one file of an entry"),
      Example(
        "custody redact 12 --announce --reason \"no longer needed\" --authority \"policy 7\"",
        "tell the other party that it will go"),
      Example("custody redact --finish", "remove bytes whose redaction is in the log, as after 'custody append'"),
    ],
    parameters: [
      .positionals(
        "REF", help: "An object's digest, or an entry for all that it brings.", required: false, into: \.references,
        parse: CommandText.text),
      .option("name", value: "NAME", help: "Which one of an entry's objects.", into: \.name, parse: CommandText.text),
      .option("reason", value: "TEXT", help: "Why; it stays in the log.", into: \.reason, parse: CommandText.text),
      .option(
        "authority", value: "TEXT", help: "By whose word or what law; it stays in the log.", into: \.authority,
        parse: CommandText.text),
      .flag("announce", help: "Say that it is to go; remove nothing yet.", into: \.isAnnouncement),
      .flag(
        "override-retention", help: "Remove it though a law or its submitter keeps it.", into: \.overridesRetention),
      .flag("finish", help: "Remove the bytes of what the log says is redacted.", into: \.finishes),
    ] + WriteOptions.parameters(in: \.write),
    answers: [ExitAnswer(.answerIsNo, "you did not confirm it, and nothing was changed")],
    initial: Arguments.init
  ) { arguments, global, console in
    if arguments.finishes { return try finish(arguments, global, console) }
    guard !arguments.references.isEmpty else {
      throw Failure(
        .usage, "what is to be redacted is not said", hint: "name an object or an entry: custody redact REF")
    }
    guard let reason = arguments.reason, let authority = arguments.authority else {
      throw Failure(.usage, "a redaction says why and by whose word", hint: "add --reason TEXT and --authority TEXT")
    }
    let place = try SigningPlace.open(arguments.write, global, console)
    let objects = try EvidenceObjects.find(arguments.references, name: arguments.name, at: place)
    if !arguments.isAnnouncement, !arguments.overridesRetention, let store = place.store {
      try checkRetention(objects, store)
    }
    let isRemoval = !arguments.isAnnouncement && arguments.write.offer == nil && !arguments.write.isDryRun
    let some = Wording.count(objects.count, "object")
    let it = objects.count == 1 ? "its" : "their"
    let brought = try place.store.map { try entries(bringing: objects, $0) } ?? []
    // One object may be evidence of several entries, whoever named it by one of them.
    if brought.count > 1 { console.say("entries \(FileGathering.some(brought.map { "\($0)" })) bring what goes") }
    if isRemoval {
      let kept = try place.store.map { try BucketWait(objects, $0, arguments.overridesRetention).question ?? "" } ?? ""
      let question = Question("Remove \(some) for good? Nothing brings \(it) bytes back but another copy.\(kept)")
      guard try place.desk.consent.confirm(question) else { throw Failure(.answerNo, "nothing was changed") }
    }
    let redaction = Redaction(
      event: arguments.isAnnouncement ? .announce : .redact, objects: objects, reason: reason, authority: authority)
    let written = try Writing.perform(.redaction(redaction), at: place, arguments.write)
    var done = ObjectRemoval.Done()
    if isRemoval, let store = place.store {
      done = try ObjectRemoval.remove(
        objects, from: store.layout, at: store.desk, overridesRetention: arguments.overridesRetention)
    }
    let what = arguments.isAnnouncement ? "redaction of \(some) announced" : "\(some) redacted"
    try written.tell(what, global, console, done.members)
    if arguments.isAnnouncement {
      if let store = place.store { try tellHolds(objects, store, console) }
      console.say("from \(place.desk.clock.today.adding(days: 30)) on: the same command without --announce")
    }
    return done.tell(console)
  }

  /// The entries whose evidence some objects are, in their order.
  private static func entries(bringing objects: [Digest], _ store: OpenedStore) throws -> [Int] {
    let uses = try store.index.objectUses(of: objects)
    return Set(uses.values.flatMap { $0 }.filter(\.isEvidence).map(\.entry)).sorted()
  }

  /// Holds do not keep anybody from announcing; they keep what was announced from going.
  private static func tellHolds(_ objects: [Digest], _ store: OpenedStore, _ console: Console) throws {
    let reading = try RetentionReading(store, on: store.desk.clock.today)
    let held = try objects.flatMap { try reading.keeping($0) }.filter { $0.fate == .held }
    let holds = Set(held.flatMap(\.why).filter { $0.hasPrefix("hold ") }).sorted(by: ByteOrder.precedes)
    guard !holds.isEmpty else { return }
    console.warn(
      "\(Wording.list(holds)) \(holds.count == 1 ? "stands" : "stand") in the way: nothing that is under a hold goes, "
        + "whenever it was announced")
  }

  /// What a law or its submitter keeps stays, unless somebody takes that upon them.
  private static func checkRetention(_ objects: [Digest], _ store: OpenedStore) throws {
    let reading = try RetentionReading(store, on: store.desk.clock.today)
    for object in objects {
      guard let row = try reading.keeping(object).first(where: { $0.fate == .kept }), let until = row.until else {
        continue
      }
      throw Failure(
        .notEntitled,
        "the object \(object.short) of entry \(row.entry) is to be kept until \(until): \(row.why[0])",
        hint: "'custody retention --all' says what else is; --override-retention removes it nevertheless")
    }
  }

  private static func finish(
    _ arguments: Arguments, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.references.isEmpty, !arguments.isAnnouncement else {
      throw Failure(.usage, "--finish takes no object: it removes all that the log says is redacted")
    }
    let store = try OpenedStore.open(global, console)
    let objects = store.state.redactedObjects.keys.sorted()
    let done = try ObjectRemoval.remove(
      objects, from: store.layout, at: store.desk, overridesRetention: arguments.overridesRetention)
    let removed = done.removed
    if global.format == .json {
      try console.print(.object(done.members))
    } else if !removed.isEmpty || done.hidden.isEmpty {
      try console.print(
        removed.isEmpty ? "nothing was left to remove" : "\(Wording.count(removed.count, "object")) removed")
    }
    return done.tell(console)
  }
}
