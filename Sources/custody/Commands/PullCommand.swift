internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody pull`: a full copy of a store, extended by what was verified.
enum PullCommand {
  struct Arguments: Sendable {
    var source: String?
    var copy: String?
    var isToKeep = false
    var options = PullOptions()
  }

  static let spec = CommandSpec<Arguments>(
    name: "pull", abstract: "Keep a full copy of a store, extended only by what was verified.",
    discussion: """
      Fetches what the store has and the copy lacks, verifies all of it, and only then takes it over; a fork shows, and \
      changes nothing. A pull that was broken off goes on where it stopped, and one of a store that is written \
      meanwhile takes over a whole append or none of it. Nobody appends to a copy: what is signed beside it goes into a file, with --offer.

      What was verified before is not read again each time: each pull looks whether all of it is there, with its size, and \
      fetches what is missing, and says so; --all reads everything of the copy anew, holds it against the tree, and fetches what \
      went bad. Nothing is removed: what the log redacts stays in a copy that had it, and is counted.
      """,
    examples: [
      Example("custody pull /mnt/share/acme acme-copy", "begin a copy, or bring it up to date"),
      Example("custody pull", "in the copy: from where it was first pulled"),
      Example("custody pull --keep", "the store is lost: this copy is the store from now on"),
    ],
    parameters: [
      .positional(
        "STORE",
        help: "The store's folder, or a pack of everything; where the copy was first pulled from unless stated.",
        required: false, completion: .file, into: \.source, parse: CommandText.text),
      .positional(
        "COPY", help: "The copy's folder; else --store, CUSTODY_STORE or the nearest.", required: false,
        completion: .folder, into: \.copy, parse: CommandText.text),
      .flag(
        "all", help: "Read everything of the copy anew, log and objects, and fetch again what went bad.",
        into: \.options.readsAll),
      .flag(
        "keep", help: "Make the copy the store that is appended to; nobody must append to the other any more.",
        into: \.isToKeep),
      .flag("dry-run", help: "Say what would be taken over; take nothing.", into: \.options.isDryRun),
      .option(
        "wait", value: "SECONDS", help: "How long to wait while another pull is running; 3 unless stated.",
        replacing: \.options.patience, parse: CommandText.count),
      .flag(
        "network-store", help: "The copy lies on a network file system, whose locks and renames you rely on.",
        into: \.options.allowsNetworkStore),
    ],
    answers: [
      ExitAnswer(.success, "the copy has all that the store shows"),
      ExitAnswer(
        .answerIsNo,
        "the store is not sound, shows another log, or fewer entries than it has before, or the copy lacks what the store lacks "
          + "too; the copy has the tree that it had"),
      ExitAnswer(ExitStatus(.inputMissing), "there is no store, or it is a pack that leaves something out"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let desk = try Desk(global, console)
    let copy = arguments.copy ?? global.store
    if arguments.isToKeep { return try keep(copy, arguments, desk, global, console) }
    return try pull(arguments, into: copy, desk, global, console)
  }

  static func pull(
    _ source: String, into copy: String, _ desk: Desk, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    var arguments = Arguments()
    arguments.source = source
    return try pull(arguments, into: copy, desk, global, console)
  }

  private static func pull(
    _ arguments: Arguments, into copy: String?, _ desk: Desk, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    var options = arguments.options
    if let folder = Environment.process["TMPDIR"], folder.hasPrefix("/") { options.temporaryFolder = folder }
    let pulled = try desk.pull(from: arguments.source, into: copy, options)
    if global.format == .json {
      try console.print(json(pulled, arguments))
    } else {
      try tell(pulled, arguments, console)
    }
    return .success
  }

  private static func keep(
    _ copy: String?, _ arguments: Arguments, _ desk: Desk, _ global: GlobalArguments, _ console: Console
  ) throws -> ExitStatus {
    guard arguments.source == nil || arguments.copy == nil, !arguments.options.readsAll, !arguments.options.isDryRun
    else {
      throw Failure(.usage, "--keep pulls nothing: give it the copy's folder alone")
    }
    let question =
      "From now on this copy is the store. Whoever appends to the other one makes a second log of the same name, and each "
      + "shows the other to be forged. Is nobody going to?"
    guard try console.confirm(question, assumesYes: global.assumesYes) else {
      throw Failure(.answerNo, "nothing was changed")
    }
    let path = try desk.keepCopy(copy ?? arguments.source)
    if global.format == .json {
      try console.print(.object([("store", .string(path)), ("isCopy", .bool(false))]))
    } else {
      try console.print(wrapped: "'\(path)' is the store from now on")
    }
    return .success
  }

  private static func tell(_ pulled: Pulled, _ arguments: Arguments, _ console: Console) throws {
    let checkpoint = pulled.checkpoint
    let isPreview = arguments.options.isDryRun
    if pulled.entries.isEmpty {
      try console.print(
        wrapped: pulled.isSourceOlder
          ? "nothing new: '\(pulled.source)' shows an older tree than the copy has"
          : "nothing new: the copy has all \(Wording.entries(checkpoint.size)) of '\(pulled.source)'")
    } else {
      let objects =
        isPreview ? "" : ", with \(Wording.count(pulled.objects, "object")) of \(Wording.bytes(pulled.bytes))"
      let range =
        pulled.entries.count == 1
        ? "entry \(pulled.before)" : "entries \(pulled.before) to \(pulled.entries.upperBound - 1)"
      try console.print(
        wrapped: "\(range)\(objects) \(isPreview ? "would be" : "") taken over".replacing("  ", with: " "))
    }
    if pulled.mended > 0 {
      try console.print(
        wrapped:
          "\(Wording.count(pulled.mended, "file")) of the copy mended: missing or changed there, fetched anew from "
          + "'\(pulled.source)' and held against the tree")
      for path in pulled.mendedPaths.prefix(10) { try console.print("  \(path)") }
      if pulled.mendedPaths.count > 10 { try console.print("  and \(pulled.mendedPaths.count - 10) more") }
    }
    guard !isPreview else { return }
    try console.print("copy \(pulled.copy)")
    try console.print("log \(checkpoint.origin), \(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    try console.print(wrapped: looked(pulled))
    if pulled.redacted > 0 {
      console.say(
        "\(Wording.count(pulled.redacted, "object")) that the log redacts still \(pulled.redacted == 1 ? "lies" : "lie") in "
          + "this copy: remove what has to go by hand")
    }
  }

  /// What was looked at, and what was not.
  private static func looked(_ pulled: Pulled) -> String {
    switch pulled.look {
    case .everything: return "sound: everything was read"
    case .log: return "sound: the whole log was read, and what is new; --all reads the older objects anew, too"
    case .new(let size, let day):
      return
        "sound: what is new was read; the first \(Wording.entries(size)) are unchanged since they were verified on "
        + "\(day); --all reads everything anew"
    case .presence:
      let since =
        pulled.verifiedOn.map { "unchanged since it was verified on \($0)" } ?? "unchanged since the last pull"
      return "the tree is \(since); \(Wording.count(pulled.present.files, "file")) of the log and "
        + "\(Wording.count(pulled.present.objects, "object")) are there, and were not read; --all reads everything anew"
    }
  }

  private static func json(_ pulled: Pulled, _ arguments: Arguments) -> JSONOutput {
    .object([
      ("checkpoint", CheckpointOutput.json(pulled.checkpoint)), ("copy", .string(pulled.copy)),
      ("source", .string(pulled.source)), ("entries", .array(pulled.entries.map { .integer($0) })),
      ("objects", .integer(pulled.objects)), ("bytes", .integer(pulled.bytes)), ("mended", .integer(pulled.mended)),
      ("redacted", .integer(pulled.redacted)), ("sourceIsOlder", .bool(pulled.isSourceOlder)),
      ("dryRun", .bool(arguments.options.isDryRun)), ("mendedFiles", .strings(pulled.mendedPaths)),
      ("looked", arguments.options.isDryRun ? .null : .string(word(pulled.look))),
      ("verifiedOn", .optional(pulled.verifiedOn.map { "\($0)" })),
    ])
  }

  private static func word(_ look: Pulled.Look) -> String {
    switch look {
    case .everything: "everything"
    case .log: "log"
    case .new: "new"
    case .presence: "presence"
    }
  }
}
