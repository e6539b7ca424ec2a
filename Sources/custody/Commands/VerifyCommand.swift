internal import CommandLine
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Verification
internal import Workspace

/// `custody verify`: answers six questions about a store from its bytes alone.
enum VerifyCommand {
  struct Arguments: Sendable {
    var path: String?
    var objects = Objects.all
    var trust: [String] = []
    var parties: [(id: String, fingerprint: String)] = []
    var offers: [String] = []
    var timestampRoots: String?
    var policy: String?
    var failOn = FailOn.error
    var sinceVerified = false
    var all = false
    var asOf: Day?
    var tidies = false
    var forkProof: String?
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

      Of each offer that --with names it says which entry it became, or that it never went in: left out, or never one \
      that could have gone in, as its signer was not entitled when they signed it nor at any time since. Of a signer who has left, or whose \
      key was revoked, it says so.

      A pack, as 'custody pack' writes it, is checked in the same way as it came: a zip or tar.gz file, which is unpacked \
      for that time into a folder of your own in TMPDIR, or the folder that it was unpacked to. Everything beside its log \
      is made again from the log and compared, so that no page, index or list says other than the log.
      """,
    examples: [
      Example("custody verify", "the store at hand, before an audit"),
      Example(
        "custody verify --trust mailed-checkpoint.txt --party onsite=47dea58ea00fae94",
        "as an auditor, with what was told to you apart"),
      Example("custody verify --with sent/", "as a party that kept its offers: did each of them go in"),
      Example("custody verify --timestamp-roots tsa.pem", "by when it was there, as an authority says"),
      Example("custody verify evidence-2026.zip", "a pack, as it came"),
      Example("custody verify --since-verified", "each night: what has come since the last time"),
      Example("custody verify --format json --fail-on warning", "from a monitor"),
    ],
    parameters: [
      .positional(
        "STORE", help: "Its folder, or a pack; else --store, CUSTODY_STORE or the nearest.", required: false,
        completion: .file,
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
        "party", value: "ID=HEX", help: "A party's first key, as it was told to you: 16 digits of its id, or more.",
        into: \.parties,
        parse: fingerprint),
      .repeatable(
        "with", value: "OFFER",
        help: "Offers that are held, in files, folders or patterns: which entry each became, or why it is none.",
        completion: .file, into: \.offers, parse: CommandText.text),
      .option(
        "timestamp-roots", value: "PEM",
        help: "Judge anchored timestamps by these certificates, and revocation lists: by when was the log there.",
        completion: .file, into: \.timestampRoots, parse: CommandText.text),
      .option(
        "policy", value: "FILE",
        help: "Whose cosignatures you ask for (c2sp.org/tlog-policy): says how far their quorum vouches.",
        completion: .file, into: \.policy, parse: CommandText.text),
      .option(
        "fail-on", value: FailOn.words.joined(separator: "|"),
        help: "The severity from which on findings give status 3; error unless stated.",
        completion: .words(FailOn.words), replacing: \.failOn, parse: { try FailOn.parse($0) }),
      .flag(
        "since-verified",
        help: "Take as verified what your last sound run looked at, and look at what is newer; says which.",
        into: \.sinceVerified),
      .flag("all", help: "Look at everything anew, which it does unless told otherwise.", into: \.all),
      .option(
        "as-of", value: "DAY", help: "The day for which ownership is resolved; today unless stated.", into: \.asOf,
        parse: CommandText.day),
      .option(
        "fork-proof", value: "FILE",
        help: "Where what shows a fork goes, if one is found; else into your own folder.", completion: .file,
        into: \.forkProof, parse: CommandText.text),
      .flag(
        "tidy",
        help:
          "If it is sound, remove what killed commands left: staged files, tiles beyond the checkpoint, objects that "
          + "no statement names.",
        into: \.tidies),
    ],
    formats: [.text, .csv, .json],
    answers: [
      ExitAnswer(.success, "the store is sound, and nothing at or above --fail-on was found"),
      ExitAnswer(.answerIsNo, "tampering or corruption was found"),
      ExitAnswer(
        .findings,
        "the store is sound, and there are findings at or above --fail-on, or a --trust or --timestamp-roots proves nothing"
      ),
    ],
    pages: true,
    initial: Arguments.init
  ) { arguments, global, console in
    if let path = arguments.path, !arguments.offers.isEmpty, path.hasSuffix(".offer") {
      throw Failure(
        .usage, "'\(path)' looks like an offer, and stands where the store is named",
        hint: "give each offer with its own --with, or a folder of them, or a pattern in quotes: --with '*.offer'")
    }
    var asked = CheckOptions()
    asked.objects = VerificationOptions.ObjectScope(rawValue: arguments.objects.rawValue) ?? .all
    asked.checkpoints = arguments.trust
    asked.toldKeys = Dictionary(arguments.parties.map { ($0.id, $0.fingerprint) }, uniquingKeysWith: { $1 })
    asked.offers = arguments.offers
    asked.timestampRoots = arguments.timestampRoots
    if arguments.timestampRoots != nil, arguments.sinceVerified {
      console.say("timestamps are held against the times of all entries: all is looked at")
    }
    if !arguments.offers.isEmpty, arguments.sinceVerified {
      console.say("offers are held against all entries: all is looked at")
    }
    asked.policy = arguments.policy
    if arguments.sinceVerified, arguments.all {
      throw Failure(.usage, "--since-verified and --all cannot both be meant: choose one")
    }
    asked.sinceVerified = arguments.sinceVerified
    asked.asOf = arguments.asOf
    if let folder = Environment.process["TMPDIR"], folder.hasPrefix("/") { asked.temporaryFolder = folder }
    if arguments.tidies, let path = arguments.path, try Desk.isPack(path) {
      throw Failure(.usage, "--tidy is for stores, and '\(path)' is a pack", hint: "leave it out")
    }
    if let path = arguments.forkProof { try OutputFile.check(path) }
    asked.forkProof = arguments.forkProof
    let report = try Desk(global, console).verify(arguments.path ?? global.store, asked)
    let obligations = report.isSound ? report.snapshot.map { owed($0, report.dutyEvidence) } ?? [] : []
    let format = ReportFormat(rawValue: global.format.rawValue) ?? .text
    let page = try VerificationPage(report, obligations: obligations).rendered(
      as: format, width: console.columns, usesColour: console.usesColour)
    try console.write((page ?? "").utf8)
    if global.format == .text, !report.isSound {
      // What lies there beside the store takes nothing away from it.
      let broken = report.findings.filter(\.code.isIntegrityError)
      let isBeside = broken.allSatisfy {
        $0.code == .storeMalformed && !["custody.json", "checkpoint"].contains($0.subject)
      }
      let isPack = report.checks.contains { $0.name == .pack }
      let isToldWrong = !broken.isEmpty && broken.allSatisfy { asked.toldKeys[$0.subject] != nil && $0.expected != nil }
      console.say(
        isToldWrong
          ? "next: look whether the key was typed right, and have the party read it to you again; until it fits, rely on nothing "
            + "that is said in its name"
          : isPack
            ? "next: rely on nothing in it; keep it as it is, have it sent again, and ask who changed it"
            : isBeside
              ? "next: take what has no place there out of the folder, and verify it anew"
              : "next: change nothing in this store, and append nothing to it; ask whoever else holds a copy for theirs, verify that, "
                + "and compare: custody verify COPY")
    } else if global.format == .text,
      report.findings.contains(where: { !$0.code.isIntegrityError && $0.severity == .error })
    {
      let path = arguments.path ?? global.store
      if report.checks.contains(where: { $0.name == .pack }) {
        // A copy holds all that the log names, which a pack of some of it does not bring.
        let isPartial = report.checks.contains { $0.figures.contains { $0.name == "withheld" && $0.value > 0 } }
        console.say(
          "who answers for what stands in ownership.csv; "
            + (isPartial
              ? "reports take a pack of everything, made with: custody pack --output FILE.zip"
              : "for reports: custody pull \(ShellWord.quoted(path ?? "PACK")) COPY"))
      } else {
        console.say("next: custody report gaps" + (path.map { " --store \(ShellWord.quoted($0))" } ?? ""))
      }
    }
    if arguments.tidies {
      let removed = try Desk(global, console).tidy(arguments.path ?? global.store, after: report)
      for path in removed { console.detail("removed '\(path)'") }
      console.say("removed \(Wording.count(removed.count, "file")) that killed commands had left")
    }
    // What was given to judge by must not pass for a check where it vouches for nothing.
    if arguments.timestampRoots != nil, report.isSound, !report.timestamps.contains(where: { $0.isTrusted == true }) {
      return .findings
    }
    // Nor one that is newer than what was looked at.
    if !arguments.trust.isEmpty, report.isSound, report.findings.contains(where: { $0.code == .olderThanSeen }) {
      return .findings
    }
    return status(report, further: obligations, failOn: arguments.failOn.severity)
  }

  /// What was promised and is owed.
  private static func owed(_ snapshot: Snapshot, _ duties: [EvidenceRecord]) -> [Finding] {
    Obligations.findings(snapshot)
      + DutyCalendar.findings(DutyCalendar.owed(snapshot, done: DutyBook(duties, of: snapshot)))
  }

  static let fingerprint: @Sendable (String) throws -> (id: String, fingerprint: String) = { text in
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else {
      throw InvalidValue("'\(text)' is not PARTY=HEX: a party's id, an equals sign, and its first key's id")
    }
    guard Identifier.isValid(parts[0]) else {
      throw InvalidValue("'\(parts[0])' is no party's id: those are in lower case, as in acme")
    }
    do {
      return (String(parts[0]), try Fingerprint(reading: String(parts[1])).digits)
    } catch let failure as Failure {
      throw InvalidValue(failure.message)
    }
  }

  static func status(
    _ report: VerificationReport, further: [Finding] = [], failOn: Severity?
  ) -> ExitStatus {
    guard report.isSound else { return .answerIsNo }
    // What was given to be checked against and proves nothing must not pass for a check, and is no entry of the log's.
    if report.findings.contains(where: { $0.code == .witnessUnknown && $0.entry == nil }) { return .findings }
    if let failOn, (report.findings + further).contains(where: { $0.severity >= failOn }) { return .findings }
    return .success
  }
}
