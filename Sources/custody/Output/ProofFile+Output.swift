internal import CommandLine
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog
internal import Workspace

extension ProofFileCheck {
  // MARK: For people

  func tell(_ console: Console, _ verdict: PolicyVerdict? = nil) throws {
    try console.print(wrapped: headline, style: holds ? .green : .red)
    for fault in faults { try console.print(wrapped: fault, after: "- ", style: .red) }
    for remark in remarks { try console.print(wrapped: remark, after: "! ", style: .yellow) }
    var lines = DetailLines()
    lines.add("log", checkpoint.origin)
    lines.add("tree", "\(Wording.entries(checkpoint.size)), root \(checkpoint.root.hex)")
    lines.add("checkpoint", vouchingText)
    for line in cosignatureTexts { lines.add("cosigned", line) }
    lines.add("policy", verdict?.sentence)
    if !timestampSizes.isEmpty { lines.add("time stamps", timestampText) }
    for item in chosen { add(item, to: &lines) }
    if let genesis = lineage.genesis {
      let rest =
        compared.contains(genesis.party)
        ? ", the one that you were told" : ": compare it with \(genesis.owner), on which all others rest"
      lines.add(
        "genesis key",
        "\(genesis.key.keyID.hex) of \(genesis.owner)\(rest)"
      )
    }
    for known in clientsWord where !compared.contains(known.party) {
      lines.add(
        "key of \(known.party)",
        "\(known.key.keyID.hex), brought by the client: compare it with \(known.party), or a client may have invented it"
      )
    }
    lines.add(
      "not checked",
      strangers.isEmpty
        ? "README.txt, which says what others may read of it: believe what stands here"
        : "README.txt, and what custody does not write: " + FileGathering.some(strangers, limit: 6))
    try lines.print(to: console)
    try ProofLimits.print(notProven, to: console)
  }

  private var headline: String {
    if holds { return "the proof holds" }
    guard isConsistent else { return "the proof does not hold" }
    switch vouching {
    case .introduced(let owner):
      return
        "all of it fits together, and rests on a genesis key that nobody has compared: '\(owner)' has signed the tree. "
        + "Give --party \(lineage.client?.id ?? "CLIENT")=FINGERPRINT as it was told to you, or --key"
    case .direct(.unchecked): return "the proof cannot be judged: nobody vouches yet for the tree that it leads to"
    case .direct, .chained, .otherLog: return "the proof does not hold"
    }
  }

  private var vouchingText: String {
    switch vouching {
    case .direct(.signed(let keys)): "signed by \(keys.map(\.text).joined(separator: ", "))"
    case .direct(.remembered): "not checked by a key, but this is the tree that you have seen last"
    case .direct(.forked):
      "does not hold: you have verified another tree of \(Wording.entries(checkpoint.size))"
    case .direct(.forged): "does not hold: a signature in the name of a key that you gave is not that key's"
    case .direct(.unknownSigner): "does not hold: none of the keys that you gave has signed it"
    case .direct(.unchecked): "signature not checked: give a key of the log with --key"
    case .chained(let owner): "signed by \(owner), whose key goes back to the genesis key that you know"
    case .introduced(let owner): "signed by \(owner), as the proven entries show"
    case .otherLog: "does not hold: it is of another log than the one that you know"
    }
  }

  private var cosignatureTexts: [String] {
    cosignatures.map { key, time, isTold in
      "by \(key.name), \(Instant(clampingSeconds: time)), \(isTold ? "a key that you gave" : "a key that the log itself registered")"
    }
  }

  /// `2, over this checkpoint and the tree of 9 entries that it goes on from, which has entry 3`.
  private var timestampText: String {
    let places = Set(timestampSizes).sorted().map { size in
      guard size < checkpoint.size else { return "this checkpoint" }
      let has = chosen.map(\.number).filter { $0 < size }
      let all = has.count == chosen.count ? "all that is proven" : "\(has.count) of the \(chosen.count) entries proven"
      return "the tree of \(Wording.entries(size)), from which this one goes on and which has \(all)"
    }
    return
      "\(timestampSizes.count) over \(Wording.list(places)), of authorities that are not judged here: 'openssl ts -reply' "
      + "shows the time"
  }

  /// Keys of other parties that rest on the client's word.
  private var clientsWord: [KeyLineage.Known] {
    lineage.keys.values.filter(\.isOfClientsWord).sorted { ($0.entry, $0.owner) < ($1.entry, $1.owner) }
  }

  private func add(_ item: Item, to lines: inout DetailLines) {
    let leaf = MerkleHash.leaf(item.check.bytes).hex
    lines.add(
      "entry \(item.number)", item.isIncluded ? "stands in the tree, leaf \(leaf)" : "is not shown to stand there")
    guard item.isIncluded, let entry = item.check.entry else { return }
    lines.add("  type", item.check.statement?.predicate.typeName ?? "a statement that cannot be read")
    for (name, text) in StatementTopic.lines(item.check.statement) { lines.add("  \(name)", text) }
    lines.add("  statement", item.check.statement?.id.hex)
    lines.add("  signed by", signature(of: item, entry))
    let by = item.appender?.owner ?? "the key \(entry.by.short)"
    lines.add("  recorded", "\(entry.time), as \(by), who is said to have appended it, says")
    for object in objects where object.entry == item.number {
      if case .named(let name) = object.state {
        lines.add("  artifact", "\(object.digest.hex), \(Wording.bytes(object.size)), \(name)")
      }
    }
    let missing = absent.filter { $0.entry == item.number }
    for artifact in missing.prefix(20) {
      lines.add("  not in here", "\(artifact.digest.hex), \(artifact.name)")
    }
    if missing.count > 20 { lines.add("  not in here", "and \(missing.count - 20) more") }
  }

  /// `onsite/jane, whose key entry 4 brought, signed by acme/bo, the first administrator`.
  private func signature(of item: Item, _ entry: Entry) -> String {
    guard item.isSigned == true else {
      return item.isSigned == nil
        ? "the key \(entry.envelope.keyID.short), of nobody knows whom" : "nobody: it does not hold"
    }
    guard let signer = item.signer else { return "the key \(entry.envelope.keyID.hex), which you gave" }
    return ProofFileCheck.story(lineage.chain(of: signer))
  }

  static func story(_ chain: [KeyLineage.Known]) -> String {
    guard let first = chain.first else { return "" }
    guard first.broughtBy != nil else {
      return "\(first.owner), the first administrator, by the key that the log begins with"
    }
    // What a key that is kept for the day when all others are lost has signed is to be looked at twice.
    let limit = "which can sign for members of that party and nothing else"
    var text = first.use == .recovery ? "\(name(first)), \(limit)" : first.owner
    for (known, next) in zip(chain, chain.dropFirst()) {
      let what =
        known.use == .recovery
        ? "; entry \(known.entry) brought it, signed by " : ", whose key entry \(known.entry) brought, signed by "
      text += what + name(next)
    }
    return text + (chain.last?.broughtBy == nil ? ", the first administrator" : "")
  }

  /// Whose key it is, for people: a party has no other key than its recovery key.
  private static func name(_ known: KeyLineage.Known) -> String {
    known.use == .recovery ? "the recovery key of '\(known.owner)'" : known.owner
  }

  var notProven: [String] {
    let isKeyTold = if case .direct(let direct) = vouching { direct.isSigned } else { false }
    return ProofLimits.sentences(
      compared: compared, isKeyTold: isKeyTold, witnesses: cosignatures.map(\.key.name))
  }

  // MARK: For a machine

  var members: [(String, JSONOutput)] {
    let (state, signers) = vouchingState
    return [
      ("kind", "package"), ("holds", .bool(holds)), ("consistent", .bool(isConsistent)),
      ("checkpoint", CheckpointOutput.json(checkpoint.tree)), ("vouching", .string(state)),
      ("signers", .strings(signers)),
      (
        "cosignatures",
        .array(
          cosignatures.map {
            ["verifierKey": .string($0.key.text), "time": .integer($0.time), "told": .bool($0.isTold)]
          })
      ),
      ("timestamps", .integer(timestampSizes.count)),
      ("timestampSizes", .array(timestampSizes.map { .integer($0) })), ("faults", .strings(faults)),
      ("remarks", .strings(remarks)),
      ("entries", .array(items.map(json))),
      ("artifacts", .array(objects.map(json))),
      (
        "missing",
        .array(
          absent.map {
            .object([
              ("entry", .integer($0.entry)), ("name", .string($0.name)), ("sha256", .string($0.digest.hex)),
            ])
          })
      ),
      ("keys", .array(lineage.keys.values.sorted { ($0.entry, $0.key.keyID) < ($1.entry, $1.key.keyID) }.map(json))),
      ("genesisKey", .optional(lineage.genesis?.key.keyID.hex)), ("compared", .strings(compared)),
      ("passedOver", .strings(strangers)), ("notProven", .strings(notProven)),
    ]
  }

  private var vouchingState: (String, [String]) {
    switch vouching {
    case .direct(.signed(let keys)): ("signed", keys.map(\.text))
    case .direct(.remembered): ("remembered", [])
    case .direct(.forked): ("forked", [])
    case .direct(.forged): ("forged", [])
    case .direct(.unknownSigner): ("unknown-signer", [])
    case .direct(.unchecked): ("unchecked", [])
    case .chained(let owner): ("chained", [owner])
    case .introduced(let owner): ("introduced", [owner])
    case .otherLog: ("other-log", [])
    }
  }

  private func json(_ item: Item) -> JSONOutput {
    let entry = item.check.entry
    let statement = item.check.statement
    return .object([
      ("entry", .integer(item.number)), ("role", .string(item.isIntroduction ? "key" : "proven")),
      ("leafHash", .string(MerkleHash.leaf(item.check.bytes).hex)), ("included", .bool(item.isIncluded)),
      ("time", .optional(entry?.time.description)), ("type", .optional(statement?.predicate.typeName)),
      ("about", StatementTopic.json(statement)),
      ("statement", .optional(statement?.id.hex)), ("keyid", .optional(entry?.envelope.keyID.hex)),
      ("statementSigned", item.isSigned.map { .bool($0) } ?? .null), ("signer", .optional(item.signer?.owner)),
      ("signerStory", .optional(item.signer.map { ProofFileCheck.story(lineage.chain(of: $0)) })),
      ("appender", .optional(item.appender?.owner)), ("by", .optional(entry?.by.hex)),
      ("subjects", .array((statement?.subjects ?? []).map { .object(EntryLine.members($0)) })),
    ])
  }

  private func json(_ object: Object) -> JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("path", .string(object.path)), ("entry", .integer(object.entry)), ("sha256", .string(object.digest.hex)),
      ("size", .integer(object.size)),
    ]
    switch object.state {
    case .named(let name): members += [("holds", true), ("name", .string(name))]
    case .changed(let name, let expected):
      members += [("holds", false), ("name", .string(name)), ("expected", .string(expected.hex))]
    case .renamed(let name): members += [("holds", false), ("name", .string(name))]
    case .foreign: members += [("holds", false), ("name", .null)]
    }
    return .object(members)
  }

  private func json(_ known: KeyLineage.Known) -> JSONOutput {
    .object([
      ("keyid", .string(known.key.keyID.hex)), ("owner", .string(known.owner)), ("use", .string(known.use.rawValue)),
      ("entry", .integer(known.entry)), ("broughtBy", .optional(known.broughtBy)),
      ("broughtByKey", .optional(known.broughtByKey?.hex)), ("clientsWord", .bool(known.isOfClientsWord)),
    ])
  }
}
