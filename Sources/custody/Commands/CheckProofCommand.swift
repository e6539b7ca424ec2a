internal import CommandLine
internal import Crypto
internal import Findings
internal import Rendering
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// `custody check-proof`: what a proof shows, by itself and by the keys that were told.
enum CheckProofCommand {
  struct Arguments: Sendable {
    var path: String?
    var keys: [NoteKey] = []
    var entry: String?
    var parties: [(id: String, fingerprint: String)] = []
    var policy: String?
  }

  static let spec = CommandSpec<Arguments>(
    name: "check-proof",
    abstract: "Check a proof: of an entry, of several with their artifacts, or of a fork; needs no store.",
    discussion: """
      A proof of an entry holds if the hashes lead from the entry to the checkpoint's root, and a key that you give has \
      signed that checkpoint. Give keys that were told to you by other ways than the proof. Without --key it holds only for \
      the very tree that you have seen last.

      A zip file of proofs shows by itself how each key came into the log, from the first administrator's on: then it is \
      enough that you were told that first key, --party acme=FINGERPRINT. Every artifact in it has to be what its entry \
      names. Nothing is unpacked.

      With --policy the checkpoint's cosignatures are judged as well: which quorum is met, and by whom. The keys of logs that \
      the policy names are keys that you give.

      A fork proof holds if whoever has one key signed two trees of which neither extends the other.

      That an entry stands in the log does not say that it counts: what is not proven is said with each.
      """,
    examples: [
      Example(
        "custody check-proof january.tlog-proof --key acme/fd110d30+cf52a912+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "with a key of the log, as 'custody key list' prints it"),
      Example(
        "custody check-proof january.zip --party acme=fd110d3012ab34cd", "with the first key, as it was told to you"),
      Example("custody check-proof january.tlog-proof --policy mine.policy", "have enough witnesses seen that tree"),
      Example("custody check-proof acme.fork", "whether somebody signed two histories"),
      Example("custody check-proof other.tlog-proof --entry leaf.bin", "a proof without the entry in it"),
    ],
    parameters: [
      .positional("FILE", help: "The proof.", completion: .file, into: \.path, parse: CommandText.text),
      .repeatable(
        "key", value: "VERIFIERKEY", help: "A key that may sign this log's checkpoints, or a witness's.", into: \.keys,
        parse: CommandText.noteKey),
      .repeatable(
        "party", value: "ID=HEX", help: "A party's first key, as it was told to you; of a zip file.", into: \.parties,
        parse: VerifyCommand.fingerprint),
      .option(
        "policy", value: "FILE",
        help: "Whose cosignatures you ask for (c2sp.org/tlog-policy), and the keys of the logs that you know.",
        completion: .file, into: \.policy, parse: CommandText.text),
      .option(
        "entry", value: "FILE", help: "The entry's bytes, where they are not in the proof.", completion: .file,
        into: \.entry, parse: CommandText.text),
    ],
    answers: [
      ExitAnswer(
        .success,
        "all that it says is in the tree, signed by a key that you gave or is known to you; or it convicts a key, or shows that "
          + "the log forked between keys that you gave or are known to you"),
      ExitAnswer(.answerIsNo, "one of these does not hold, or could not be checked"),
      ExitAnswer(.findings, "all of that holds, and the policy's quorum has not cosigned the checkpoint"),
    ],
    initial: Arguments.init
  ) { arguments, global, console in
    let path = arguments.path ?? ""
    let kind = try ProofKind(path)
    guard kind == .entry || arguments.entry == nil else {
      throw Failure(.usage, "--entry is for a proof without its entry, and '\(path)' is none")
    }
    guard kind != .fork || arguments.policy == nil else {
      throw Failure(.usage, "--policy judges one checkpoint, and '\(path)' shows two: leave it out")
    }
    let policy = try arguments.policy.map { try PolicyFile.read($0) }
    let keys = arguments.keys + (policy?.keys ?? []).filter { !arguments.keys.contains($0) }
    if kind == .fork {
      let proof = try ForkProof.read(path)
      // Whoever checks a proof may have no place of their own for what they remember.
      let trust = try (try? Home { Environment.process[$0] }).flatMap {
        try TrustMemory($0).record(of: proof.earlier.origin)
      }
      let holds = try proof.tell(
        told: arguments.keys, remembered: trust?.noteKeys ?? [], as: global.format, console)
      return holds ? .success : .answerIsNo
    }
    guard kind == .package || arguments.parties.isEmpty else {
      throw Failure(
        .usage, "--party is for a zip file, which shows whose the keys are, and '\(path)' is none",
        hint: "give the key itself with --key")
    }
    // Whoever checks a proof may have no place of their own for what they remember.
    let home = try? Home { Environment.process[$0] }
    if kind == .package {
      let told = Dictionary(arguments.parties.map { ($0.id, $0.fingerprint) }, uniquingKeysWith: { $1 })
      let check = try ProofFileCheck.read(path, keys: keys, parties: told, home: home)
      let verdict = policy.map { PolicyVerdict($0, check.checkpoint.note) }
      if global.format == .json {
        try console.print(.object(check.members + (verdict?.members ?? [])))
      } else {
        try check.tell(console, verdict)
      }
      return status(check.holds, verdict)
    }
    let check = try ProofCheck.read(path, entry: arguments.entry, keys: keys, home: home)
    let verdict = policy.map { PolicyVerdict($0, check.bundle.checkpoint.note) }
    if global.format == .json {
      try console.print(.object(members(check) + (verdict?.members ?? [])))
    } else {
      try print(check, verdict, console)
    }
    return status(check.holds, verdict)
  }

  /// What does not hold is told before what too few have seen, as `verify` does.
  private static func status(_ holds: Bool, _ verdict: PolicyVerdict?) -> ExitStatus {
    guard holds else { return .answerIsNo }
    return verdict.map(\.isMet) ?? true ? .success : .findings
  }

  private static func print(_ check: ProofCheck, _ verdict: PolicyVerdict?, _ console: Console) throws {
    let checkpoint = check.bundle.checkpoint
    try console.print(headline(check), style: check.holds ? .green : .red)
    var lines = DetailLines()
    lines.add("log", checkpoint.origin)
    lines.add("tree", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    lines.add("entry", "\(check.bundle.index), leaf \(MerkleHash.leaf(check.bytes).hex)")
    lines.add("inclusion", inclusion(check))
    lines.add("checkpoint", vouching(check))
    for (key, time) in check.cosignatures {
      lines.add("cosigned", "by \(key.name), \(Instant(clampingSeconds: time)), a key that you gave")
    }
    for key in check.brokenCosigners {
      lines.add("cosignature", "does not hold: the line of '\(key.name)', whose key you gave, is not that key's")
    }
    lines.add("policy", verdict?.sentence)
    if let entry = check.entry {
      lines.add("type", check.statement?.predicate.typeName ?? "a statement that cannot be read")
      lines.add("recorded", "\(entry.time), as whoever appended it says")
      let state =
        check.isSigned.map { $0 ? "its signature holds" : "its signature does not hold" }
        ?? "not checked, as that key was not given"
      lines.add("statement of", "key \(entry.envelope.keyID.hex): \(state)")
      lines.add("statement", check.statement?.id.hex)
      for (name, text) in StatementTopic.lines(check.statement) { lines.add(name, text) }
    }
    for subject in check.statement?.subjects ?? [] {
      lines.add("object", "\(subject.digest.hex), \(Wording.bytes(subject.size)), \(subject.name)")
    }
    try lines.print(to: console)
    try ProofLimits.print(limits(check), to: console)
  }

  private static func limits(_ check: ProofCheck) -> [String] {
    ProofLimits.sentences(
      compared: [], isKeyTold: check.vouching.isSigned, witnesses: check.cosignatures.map(\.key.name))
  }

  private static func headline(_ check: ProofCheck) -> String {
    if check.holds { return "the proof holds" }
    if case .unchecked = check.vouching, check.isIncluded, check.isSigned != false, check.brokenCosigners.isEmpty {
      return "the proof cannot be judged: nobody vouches yet for the tree that it leads to"
    }
    return "the proof does not hold"
  }

  private static func inclusion(_ check: ProofCheck) -> String {
    if check.isIncluded { return "holds" }
    if let entry = check.entry, entry.sequence != check.bundle.index {
      return "does not hold: the entry says that it is number \(entry.sequence)"
    }
    return "does not hold: the hashes do not lead from this entry to the root"
  }

  private static func vouching(_ check: ProofCheck) -> String {
    switch check.vouching {
    case .signed(let keys): "signed by \(keys.map(\.text).joined(separator: ", "))"
    case .remembered: "not checked by a key, but this is the tree that you have seen last"
    case .forked: "does not hold: you have verified another tree of \(Wording.entries(check.bundle.checkpoint.size))"
    case .forged: "does not hold: a signature in the name of a key that you gave is not that key's"
    case .unknownSigner: "does not hold: none of the keys that you gave has signed it"
    case .unchecked: "signature not checked: give a key of the log with --key"
    }
  }

  private static func members(_ check: ProofCheck) -> [(String, JSONOutput)] {
    let checkpoint = check.bundle.checkpoint
    let vouching: (state: String, keys: [String]) =
      switch check.vouching {
      case .signed(let keys): ("signed", keys.map(\.text))
      case .remembered: ("remembered", [])
      case .forked: ("forked", [])
      case .forged: ("forged", [])
      case .unknownSigner: ("unknown-signer", [])
      case .unchecked: ("unchecked", [])
      }
    return [
      ("kind", "entry"), ("holds", .bool(check.holds)),
      (
        "checkpoint",
        CheckpointOutput.json(checkpoint.tree)
      ),
      ("entry", .integer(check.bundle.index)), ("leafHash", .string(MerkleHash.leaf(check.bytes).hex)),
      ("included", .bool(check.isIncluded)), ("vouching", .string(vouching.state)),
      ("signers", .strings(vouching.keys)),
      (
        "cosignatures",
        .array(
          check.cosignatures.map { ["verifierKey": .string($0.key.text), "time": .integer($0.time)] })
      ),
      ("brokenCosigners", .strings(check.brokenCosigners.map(\.text))), ("about", StatementTopic.json(check.statement)),
      ("time", .optional(check.entry?.time.description)), ("type", .optional(check.statement?.predicate.typeName)),
      ("statement", .optional(check.statement?.id.hex)), ("keyid", .optional(check.entry?.envelope.keyID.hex)),
      ("statementSigned", check.isSigned.map { .bool($0) } ?? .null),
      ("subjects", .array((check.statement?.subjects ?? []).map { .object(EntryLine.members($0)) })),
      ("notProven", .strings(limits(check))),
    ]
  }
}

extension PolicyVerdict {
  /// `"policy":{"met","quorum","demand","witnesses","reason"},"findings":[…]`
  fileprivate var members: [(String, JSONOutput)] {
    [
      (
        "policy",
        .object([
          ("met", .bool(isMet)), ("quorum", .string(quorum)), ("demand", .string(demand)),
          ("witnesses", .strings(witnesses)), ("reason", .optional(reason)),
        ])
      ),
      ("findings", .array(findings.map(\.json))),
    ]
  }
}
