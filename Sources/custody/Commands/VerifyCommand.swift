internal import CommandLine
internal import Findings
internal import Crypto
internal import FoundationEssentials
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification

/// `custody verify`: answers six questions about a store from its bytes alone.
enum VerifyCommand {
  struct Arguments: Sendable {
    var path: String?
    var objects = Objects.all
    var trust: [String] = []
    var parties: [(id: String, fingerprint: String)] = []
    var offers: [String] = []
    var failOn = FailOn.error
    var asOf: Day?
  }

  enum Objects: String, Choice {
    case all, new, none
  }

  enum FailOn: String, Choice {
    case error, warning, note, never

    var severity: Severity? { Severity(rawValue: rawValue) }
  }

  static let spec = CommandSpec<Arguments>(
    name: "verify", abstract: "Check the whole store: chain, tree, statements, objects, history, ownership.",
    discussion: """
      Trusts nothing but the bytes and the keys that it derives from the genesis entry. It goes on after a failure, so \
      that one run shows everything, and says how far another party's word reaches. What a sound run has seen is \
      remembered, so that a later cut or fork shows.
      """,
    examples: [
      Example("custody verify", "the store at hand, before an audit"),
      Example(
        "custody verify --trust mailed-checkpoint.txt --party onsite=47dea58ea00fae94",
        "as an auditor, with what was told to you apart"),
      Example("custody verify --format json --fail-on warning", "from a monitor"),
    ],
    parameters: [
      .positional(
        "STORE", help: "Its folder; else --store, CUSTODY_STORE or the nearest.", required: false, completion: .folder,
        into: \.path, parse: CommandText.text),
      .option(
        "objects", value: "all|new|none",
        help: "Which objects are read: all, those since the tree you last verified, or none.",
        completion: .words(Objects.words), replacing: \.objects, parse: { try Objects.parse($0) }),
      .repeatable(
        "trust", value: "CHECKPOINT",
        help: "File with a checkpoint of this log, from elsewhere: the log must extend it.", completion: .file,
        into: \.trust, parse: CommandText.text),
      .repeatable(
        "party", value: "ID=HEX", help: "A party's first key, as it was told to you.", into: \.parties,
        parse: fingerprint),
      .repeatable(
        "with", value: "OFFER", help: "Offers that others hold: what their signers had seen must be of this log.",
        completion: .file, into: \.offers, parse: CommandText.text),
      .option(
        "fail-on", value: FailOn.words.joined(separator: "|"),
        help: "The severity from which on findings give status 3; error unless said.",
        completion: .words(FailOn.words), replacing: \.failOn, parse: { try FailOn.parse($0) }),
      .option(
        "as-of", value: "DAY", help: "The day for which ownership is resolved; today unless said.", into: \.asOf,
        parse: CommandText.day),
    ],
    answers: [
      ExitAnswer(.success, "the store is sound, and nothing at or above --fail-on was found"),
      ExitAnswer(.answerIsNo, "tampering or corruption was found"),
      ExitAnswer(.findings, "the store is sound, and there are findings at or above --fail-on"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    var global = global
    if let path = arguments.path { global.store = path }
    return try run(arguments, global, console)
  }

  private static let fingerprint: @Sendable (String) throws -> (id: String, fingerprint: String) = { text in
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, Identifier.isValid(parts[0]), parts[1].utf8.count >= 16, parts[1].allSatisfy(\.isHexDigit)
    else {
      throw InvalidValue("'\(text)' is not PARTY=HEX with 16 digits at least")
    }
    return (String(parts[0]), parts[1].lowercased())
  }

  private static func run(_ arguments: Arguments, _ global: GlobalArguments, _ console: Console) throws -> ExitStatus {
    let layout = try location(global)
    let home = try Home(environment: .process)
    let contents = try DirectoryContents(layout: layout)
    try refuseNoStore(contents, layout)
    var options = VerificationOptions(asOf: arguments.asOf ?? Clock.now().day)
    options.objects = VerificationOptions.ObjectScope(rawValue: arguments.objects.rawValue) ?? .all
    let origin = try contents.configuration().flatMap { StoreConfiguration(parsing: $0) }?.origin
    let trust = try origin.flatMap { try TrustMemory(home).record(of: $0) }
    try take(trust, layout, into: &options)
    for path in arguments.trust { options.knownTrees.append(try knownTree(path, origin: origin)) }
    options.offers = try arguments.offers.flatMap { try OfferFile.read($0) }
    options.ownParty = ownParty(global, home: home, origin: origin)

    let progress = ProgressRelay(console)
    options.progress = progress.report
    options.toldKeys = Dictionary(arguments.parties.map { ($0.id, $0.fingerprint) }, uniquingKeysWith: { $1 })
    let report = try Verifier(contents, options: options).verify()
    progress.finish()
    if report.isSound, let checkpoint = report.checkpoint { try? remember(checkpoint, report, trust, layout, home) }
    try VerificationOutput.print(report, global, console)
    return status(report, failOn: arguments.failOn.severity)
  }

  static func status(_ report: VerificationReport, failOn: Severity?) -> ExitStatus {
    guard report.isSound else { return .answerIsNo }
    if let failOn, report.findings.contains(where: { $0.severity >= failOn }) { return .findings }
    return .success
  }

  /// A folder that is named is looked at even where it has lost its `custody.json`.
  private static func location(_ global: GlobalArguments) throws -> StoreLayout {
    guard let named = global.store else { return try StoreLocation.find(global) }
    return StoreLayout(root: StoreLocation.absolute(named))
  }

  /// A folder with nothing of a store in it is no store that was tampered with.
  private static func refuseNoStore(_ contents: DirectoryContents, _ layout: StoreLayout) throws {
    guard try contents.configuration() == nil, try contents.checkpoint() == nil else { return }
    guard ![layout.tiles, layout.objects].contains(where: { FileManager.default.fileExists(atPath: $0) }) else {
      return
    }
    throw Failure(
      .inputMissing,
      "there is no store at '\(layout.root)': neither 'custody.json' nor 'checkpoint' nor a folder of one",
      hint: "name the store's own folder")
  }

  private static func take(_ trust: TrustRecord?, _ layout: StoreLayout, into options: inout VerificationOptions) throws
  {
    guard let trust, let root = trust.rootDigest else { return }
    options.knownGenesis = trust.genesisDigest
    options.knownTrees.append(
      .init(size: trust.size, root: root, source: "this user", isSamePlace: trust.path == layout.root))
    options.confirmedParties = trust.confirmedKeys
    options.objectsFrom = trust.size
  }

  /// A checkpoint from elsewhere: a signed note, or its three lines alone.
  private static func knownTree(_ path: String, origin: String?) throws -> VerificationOptions.KnownTree {
    let bytes = try InputFile.read(path, limit: 1 << 16)
    let checkpoint = CheckpointFile.read(bytes)
    guard let checkpoint else {
      throw Failure(
        .malformedInput, "'\(path)' is no checkpoint", hint: "a checkpoint is three lines: origin, size, root")
    }
    if let origin, !ByteOrder.areEqual(checkpoint.origin, origin) {
      throw Failure(.malformedInput, "'\(path)' is of the log '\(checkpoint.origin)', and this is '\(origin)'")
    }
    return .init(
      size: checkpoint.size, root: checkpoint.root, source: "the checkpoint '\(path)'", isSamePlace: true, isTold: true)
  }

  private static func ownParty(_ global: GlobalArguments, home: Home, origin: String?) -> String? {
    let held = (try? KeyChain(home).all()) ?? []
    let own = held.filter { $0.origin == origin && (global.person == nil || $0.owner == global.person) }
    let parties = Set(own.map { Identifier.party(ofMember: $0.owner) })
    return parties.count == 1 ? parties.first : nil
  }

  private static func remember(
    _ checkpoint: Checkpoint, _ report: VerificationReport, _ trust: TrustRecord?, _ layout: StoreLayout, _ home: Home
  ) throws {
    guard let genesis = report.genesis else { return }
    if let trust, trust.size > checkpoint.size { return }
    var record =
      trust ?? TrustRecord(origin: checkpoint.origin, genesis: genesis.hex, size: 0, root: "", path: layout.root)
    record.size = checkpoint.size
    record.root = checkpoint.root.hex
    record.note(report.state.membership)
    // A pack or a copy that is looked at does not become the place where the store is.
    if record.path.isEmpty || trust?.path == layout.root { record.path = layout.root }
    try TrustMemory(home).remember(record)
  }
}

/// Shows how far a verification has come, told from any thread.
private final class ProgressRelay: @unchecked Sendable {
  // Sendable because the console is touched from the thread that made the relay only: other threads' reports are dropped.
  private let console: Console
  private var progress: (what: String, line: Progress)?
  private let owner = ThreadIdentity.current

  init(_ console: Console) {
    self.console = console
  }

  var report: @Sendable (String, Int, Int) -> Void {
    { what, done, total in
      guard ThreadIdentity.current == self.owner else { return }
      if self.progress?.what != what {
        self.progress?.line.finish()
        self.progress = (what, self.console.progress("checking \(what)", total: total))
      }
      guard let line = self.progress?.line, done > line.count else { return }
      line.advance(by: done - line.count)
    }
  }

  func finish() { progress?.line.finish() }
}
