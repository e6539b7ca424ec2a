internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// One pass over the entries in order: the chain, the tree's hashes, the fold, and what each statement rests on.
struct LogWalk {
  let contents: any StoreContents
  let library: ObjectLibrary
  let options: VerificationOptions
  /// As the checkpoint says; how far the walk got is `fold.state.size`.
  let size: Int

  /// What was verified before and is gone on from.
  let past: VerifiedPast?

  private(set) var fold: Fold<WalkLedger>
  private(set) var tiles: TileCheck
  private(set) var roots: RootHistory
  private(set) var evidence: PackedEvidence
  /// Values of service levels, and hours.
  private(set) var promises = PromiseBook()
  /// Who of a reader's policy has cosigned, by the size of the tree.
  private(set) var cosigners: [Int: WitnessPolicy.Signers] = [:]
  /// Evidence that names a duty and is not replaced, in log order.
  private(set) var dutyEvidence: [EvidenceRecord] = []
  /// What became of the offers that others hold.
  private(set) var watch: OfferWatch
  var references: ObjectReferences
  /// What statements say that their signers had seen.
  private(set) var seenCount = 0
  private(set) var effectiveCount = 0
  private(set) var statementCount = 0
  private(set) var genesis: Digest?
  private(set) var lastBy: Digest?
  /// Trees that signers had seen and that are not those of the entries.
  private(set) var otherTrees: [HistoryCheck.OtherTree] = []
  /// Every key that this log has ever let append.
  private(set) var appenders: Set<Digest> = []
  /// Those who may append before or after the last entry.
  private(set) var appendersOfLastEntry: [VerificationKey] = []
  /// Time-stamp tokens that hold.
  private(set) var tokens: [TimestampJudgement.Token] = []
  /// When each entry says that it was recorded, in milliseconds since 1970; kept where tokens are judged. One that cannot
  /// be read has the time of the one before.
  private(set) var entryTimes: [Int] = []
  /// Whether a statement had to be weighed without an object that it keeps a list in.
  private(set) var hasUnreadable = false
  private var previous: Digest? = .zero
  private var keys: [Digest: VerificationKey] = [:]
  private var nextBundle = 0
  private var missingInARow = 0
  private var isCutShort = false

  init(contents: any StoreContents, library: ObjectLibrary, options: VerificationOptions, size: Int) {
    self.contents = contents
    self.library = library
    self.options = options
    self.size = size
    past = nil
    let ledger = WalkLedger(past: nil, contents: contents, library: library, range: 0..<size)
    fold = Fold(ledger: ledger, library: library, now: options.now)
    evidence = PackedEvidence(asOf: options.asOf)
    references = ObjectReferences(contents: contents, options: options)
    watch = OfferWatch(options.offers, library: library)
    tiles = TileCheck(contents: contents, size: size)
    roots = RootHistory(contents: contents)
  }

  /// Begins where an earlier verification ended.
  ///
  /// - Throws: Where the tree that it looked at is not there any more.
  init(
    contents: any StoreContents, library: ObjectLibrary, options: VerificationOptions, head: Head,
    after past: VerifiedPast, _ tables: VerifiedTables
  ) throws {
    self.contents = contents
    self.library = library
    self.options = options
    self.past = past
    size = head.size
    // Of the past nothing is read that the verified root does not vouch for.
    let earlier = LogReader(contents: contents, size: past.size, root: past.root)
    guard past.size > 0, past.size <= head.size, past.state.size == past.size,
      try earlier.leafHash(0) == past.genesis
    else { throw PastMismatch.otherTree }
    let ledger = WalkLedger(
      past: tables.ledger, contents: contents, library: library, range: past.size..<head.size)
    fold = Fold(state: past.state, ledger: ledger, library: library, now: options.now)
    evidence = PackedEvidence(asOf: options.asOf)
    references = ObjectReferences(contents: contents, options: options)
    watch = OfferWatch(options.offers, library: library)
    tiles = TileCheck(contents: contents, size: size, from: past.size, edge: try earlier.edge())
    roots = try RootHistory(contents: contents, after: earlier)
    for known in past.state.membership.keys { keys[known.keyID] = try? VerificationKey(base64: known.publicKey) }
    appenders = Set(past.appenders)
    appendersOfLastEntry = past.lastAppenders.compactMap { keys[$0] }
    lastBy = past.state.lastBy
    genesis = past.genesis
    previous = try earlier.leafHash(past.size - 1)
    nextBundle = past.size / 256
  }

  /// Who a key belongs to, for people.
  func owner(of key: Digest) -> String {
    fold.state.membership.key(key)?.owner ?? "the unknown key \(key.short)"
  }

  /// How many bundles are read and checked together: enough for every core to be busy.
  private static let batch = max(2, Parallel.width)
  /// So many bytes end a run before that: entries may be long.
  private static let byteLimit = 4 << 20
  /// So many bundles in a row that are missing end the walk: a checkpoint can claim any size.
  static let missingLimit = 4

  mutating func run(_ findings: inout FindingList) throws {
    var next = try nextRun(&findings).map { begin($0) }
    while let run = next {
      // While a run's signatures are checked, the next one is read, and the one before is folded, which only one core
      // can do.
      let following = try nextRun(&findings)
      let read = run.value
      keys = read.keys
      next = following.map { begin($0) }
      for (entry, isSigned) in read.entries { try take(entry, isSigned: isSigned, &findings) }
      options.progress("entries", min(size, fold.state.size), size)
    }
    guard isCutShort else { return }
    findings.add(
      .chain,
      Finding(
        .tileMismatch, "tile/entries", entry: fold.state.size, expected: Wording.entries(size),
        "the entries from \(fold.state.size) on are missing: restore the store from a copy"))
  }

  /// Entries that were read, and every key that was brought until then.
  private struct ReadRun: Sendable {
    let entries: [(entry: ParsedEntry?, isSigned: Bool?)]
    let keys: [Digest: VerificationKey]
  }

  /// The next entries' bytes, each nil where it is not to be had; nil where there are no more, or too many bundles in a
  /// row are missing.
  private mutating func nextRun(_ findings: inout FindingList) throws -> [[UInt8]?]? {
    let count = size / 256 + (size % 256 == 0 ? 0 : 1)
    guard nextBundle < count, !isCutShort else { return nil }
    var raw: [[UInt8]?] = []
    var byteCount = 0
    let end = min(count, nextBundle + LogWalk.batch)
    while nextBundle < end, byteCount < LogWalk.byteLimit, !isCutShort {
      let width = min(256, size - nextBundle * 256)
      let entries = try BundleReading.entries(
        contents, TileCoordinate(kind: .entries, index: nextBundle, width: width), &findings)
      missingInARow = entries == nil ? missingInARow + 1 : 0
      let known = max(0, min(width, (past?.size ?? 0) - nextBundle * 256))
      if known > 0, let entries { try compare(entries.prefix(known), bundle: nextBundle) }
      raw += entries?.dropFirst(known).map { $0 } ?? Array(repeating: nil, count: width - known)
      byteCount += entries?.reduce(0) { $0 + $1.count } ?? 0
      isCutShort = missingInARow >= LogWalk.missingLimit
      nextBundle += 1
    }
    return raw
  }

  /// Holds the entries of a bundle that were verified before against the hashes of then.
  private func compare(_ entries: ArraySlice<[UInt8]>, bundle: Int) throws {
    guard entries.map({ MerkleHash.leaf($0) }) == tiles.edgeHashes else {
      throw PastMismatch.changed(path: TileCoordinate(kind: .entries, index: bundle, width: entries.count).path)
    }
  }

  /// Begins to parse entries and to check their signatures.
  private func begin(_ raw: [[UInt8]?]) -> Ahead<ReadRun> {
    let (known, library) = (keys, library)
    return Ahead {
      var keys = known
      let entries = EntryBatch.read(raw, library: library, keys: &keys)
      return ReadRun(entries: entries, keys: keys)
    }
  }

  /// Compares the hash tiles on the right edge, and the root.
  mutating func finishTiles(_ head: Head?, _ findings: inout FindingList) throws {
    try tiles.finishEdge(&findings)
    tiles.finish(head, entries: fold.state.size, &findings)
  }

  /// Takes in an entry; nil for one whose bytes are not to be had.
  private mutating func take(_ parsed: ParsedEntry?, isSigned: Bool?, _ findings: inout FindingList) throws {
    let sequence = fold.state.size
    if options.timestampRoots != nil {
      let entry = parsed.flatMap { try? $0.entry.get() }
      entryTimes.append(entry?.time.millisecondsSinceEpoch ?? entryTimes.last ?? 0)
    }
    if sequence == size - 1 { appendersOfLastEntry = appenders(of: [fold.state.membership]) }
    guard let parsed else {
      // Nothing can be said of an entry that is not there: the bundle's finding stands for it.
      _ = try fold.apply(
        .failure(StatementSyntaxError(path: "", reason: "it is missing")), nil)
      previous = nil
      tiles.skip()
      roots.skip()
      return
    }
    if sequence == 0 { genesis = parsed.leafHash }
    if case .success(let entry) = parsed.entry { checkChain(entry, sequence, &findings) }
    previous = parsed.leafHash
    try tiles.append(parsed.leafHash, &findings)

    let isLast = sequence == size - 1
    let before = isLast ? fold.state.membership : nil
    let outcome = try fold.apply(
      parsed.entry, parsed.statement, isSigned: isSigned)
    let isEntry = if case .success = parsed.entry { true } else { false }
    for finding in outcome.findings {
      findings.add(LogWalk.check(of: finding, isEntry: isEntry), finding)
    }
    if isLast, let before, case .success(let entry) = parsed.entry {
      lastBy = entry.by
      appendersOfLastEntry = appenders(of: [before, fold.state.membership])
    }
    try note(parsed, outcome, sequence, &findings)
    try watch(parsed, outcome, sequence)
    if !tiles.hasGap { roots.append(tiles.range) }
  }

  /// The question that a finding on an entry answers: a statement that cannot be read stands in an entry that can.
  private static func check(of finding: Finding, isEntry: Bool) -> CheckResult.Name {
    let isOfEntry = finding.code == .clockDisorder || finding.code == .clockAhead
    return isOfEntry || (finding.code == .entryMalformed && !isEntry) ? .chain : .statements
  }

  /// The keys that may append by any of these memberships.
  private func appenders(of memberships: [Membership]) -> [VerificationKey] {
    LogWalk.appenders(of: memberships).compactMap { keys[$0] }
  }

  private static func appenders(of memberships: [Membership]) -> Set<Digest> {
    memberships.reduce(into: []) { ids, membership in
      ids.formUnion(membership.keys.map(\.keyID).filter { membership.mayAppend($0) })
    }
  }

  /// The keys that this log has ever let append, as they sign its checkpoints.
  func noteKeys(origin: String) -> [NoteKey] {
    appenders.compactMap { keys[$0] }.map { NoteKey(log: $0, name: origin) }
  }

  private func checkChain(_ entry: Entry, _ sequence: Int, _ findings: inout FindingList) {
    if entry.sequence != sequence {
      findings.add(
        .chain,
        Finding(
          .chainBroken, "entry \(sequence)", entry: sequence, expected: "\(sequence)", found: "\(entry.sequence)",
          "entry \(sequence) says that it is entry \(entry.sequence): entries were moved, put in or taken out"))
    }
    if let previous, entry.previous != previous {
      findings.add(
        .chain,
        Finding(
          .chainBroken, "entry \(sequence)", entry: sequence, expected: previous.hex, found: entry.previous.hex,
          "entry \(sequence) does not follow from entry \(sequence - 1): one of them was changed"))
    }
  }

  /// Holds the offers of others against an entry, and against what may be said from now on.
  private mutating func watch(_ parsed: ParsedEntry, _ outcome: Fold<WalkLedger>.Outcome, _ sequence: Int) throws {
    guard !options.offers.isEmpty else { return }
    let statement = try? parsed.statement?.get()
    if let statement, case .success(let entry) = parsed.entry {
      watch.note(statement.id, sequence: sequence, time: entry.time, counts: outcome.hasEffect)
    }
    try watch.look(fold, after: outcome.hasEffect ? statement?.predicate : nil)
  }

  /// Notes what a statement rests on: trees, objects, evidence.
  private mutating func note(
    _ parsed: ParsedEntry, _ outcome: Fold<WalkLedger>.Outcome, _ sequence: Int, _ findings: inout FindingList
  ) throws {
    guard case .success(let statement)? = parsed.statement, case .success(let entry) = parsed.entry else { return }
    statementCount += 1
    if let seen = statement.seen {
      seenCount += 1
      let other = try HistoryCheck.check(
        seen, sequence: sequence, roots: &roots, owner: owner(of: entry.envelope.keyID), &findings)
      if let other { otherTrees.append(other) }
    }
    if outcome.awaitsLists || !statement.missingLists.isEmpty { hasUnreadable = true }
    for subject in statement.subjects {
      references.add(subject.digest, size: subject.size, entry: sequence)
      if subject.mediaType == MediaType.manifest {
        try references.add(
          manifest: subject.digest, size: subject.size, entry: sequence, &findings)
      }
    }
    // Behind the subjects, which say how long they are.
    for missing in statement.missingLists { references.add(missing, size: nil, entry: sequence) }
    guard outcome.hasEffect, let signer = outcome.signer else { return }
    effectiveCount += 1
    switch statement.predicate {
    case .genesis, .party, .member: appenders.formUnion(LogWalk.appenders(of: [fold.state.membership]))
    case .keyRevocation, .framework, .engagement, .acceptance, .staffing, .evidence, .assessment, .measurement, .usage,
      .redaction, .hold, .anchor, .unknown:
      break
    }
    // Where an earlier verification is gone on from, all evidence is in the index.
    if case .evidence(let predicate) = statement.predicate, past == nil {
      evidence.add(
        predicate, entry: sequence, recorded: entry.time,
        replacing: predicate.replaces.compactMap { fold.ledger.added.entry(of: $0) })
    }
    if past == nil { notePromise(statement, by: signer, entry, sequence) }
    if case .anchor(let anchor) = statement.predicate { try check(anchor, of: statement, sequence, &findings) }
    if case .redaction(let redaction) = statement.predicate, redaction.event == .redact {
      for object in redaction.objects { references.redact(object) }
    }
  }

  /// Notes what was measured, worked and done of what was promised.
  private mutating func notePromise(
    _ statement: Statement, by signer: Signer, _ entry: Entry, _ sequence: Int
  ) {
    switch statement.predicate {
    case .evidence(let predicate):
      if !predicate.replaces.isEmpty, !dutyEvidence.isEmpty {
        dutyEvidence.removeAll { predicate.replaces.contains($0.statement) }
      }
      let mayBeRows = predicate.label != nil && predicate.from != nil && predicate.through != nil
      guard predicate.duty != nil || mayBeRows else { return }
      let record = EvidenceRecord(entry: sequence, statement, by: signer, recorded: entry.time, evidence: predicate)
      promises.add(record)
      if predicate.duty != nil { dutyEvidence.append(record) }
    case .measurement(let predicate):
      promises.add(predicate, entry: sequence, by: signer, recorded: entry.time)
    case .usage(let predicate):
      promises.add(predicate, entry: sequence, by: signer, recorded: entry.time)
    case .genesis, .party, .member, .keyRevocation, .framework, .engagement, .acceptance, .staffing, .assessment,
      .redaction, .hold, .anchor, .unknown:
      break
    }
  }

  /// Notes who of a reader's policy has cosigned a tree of this log.
  ///
  /// - Returns: What the policy's keys make of it: whoever brings a key can tell more of a line than the log alone.
  private mutating func note(
    cosigners object: [UInt8], of anchor: Anchor, _ verdict: AnchorCheck.Verdict
  ) -> AnchorCheck.Verdict {
    guard let policy = options.policy, anchor.kind == .cosignature, let note = try? SignedNote(parsing: object)
    else { return verdict }
    if case .invalid = verdict { return verdict }
    let (signers, broken) = policy.signers(of: note, origin: fold.state.store)
    if let broken { return .invalid("the line of '\(broken)', whose key the policy gives, does not hold") }
    cosigners[anchor.size, default: WitnessPolicy.Signers()].add(signers)
    if case .unknownWitness = verdict, !signers.witnesses.isEmpty { return .holds }
    return verdict
  }

  /// Holds a cosignature or token against the tree that it is about. One that is missing is the objects' finding.
  private mutating func check(
    _ anchor: Anchor, of statement: Statement, _ sequence: Int, _ findings: inout FindingList
  ) throws {
    guard let subject = statement.subjects.first, let root = try roots.root(at: anchor.size) else { return }
    var verdict: AnchorCheck.Verdict
    var held: [UInt8] = []
    if subject.size > TimestampToken.sizeLimit {
      verdict = .invalid("it has \(Wording.bytes(subject.size)), and at most \(TimestampToken.sizeLimit) are read")
    } else {
      guard let object = try library.bytes(of: subject.digest, limit: TimestampToken.sizeLimit) else { return }
      held = object
      verdict = AnchorCheck.verdict(
        anchor, object: object, origin: statement.store, root: root, membership: fold.state.membership)
    }
    verdict = note(cosigners: held, of: anchor, verdict)
    switch verdict {
    case .holds:
      if anchor.kind == .timestamp {
        tokens.append(TimestampJudgement.Token(entry: sequence, size: anchor.size, object: held))
      }
    case .unknownWitness(let name):
      findings.add(
        .history,
        Finding(
          .witnessUnknown, "entry \(sequence)", entry: sequence, found: name,
          "the witness '\(name)' of entry \(sequence) has no key in this log that speaks: what it says counts by a policy that "
            + "names it, or once its key joins as a member's"
        ))
    case .invalid(let reason):
      findings.add(
        .history,
        Finding(
          .anchorInvalid, "entry \(sequence)", entry: sequence, expected: "root \(root.hex) of \(anchor.size)",
          found: reason, "the \(anchor.kind.rawValue) that entry \(sequence) anchors does not hold: \(reason)"))
    }
  }
}
