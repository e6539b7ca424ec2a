internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
package import TreeLog

/// Answers the six questions about a store from its bytes alone, and goes on after a failure.
///
/// Trusts the bytes as far as they check out, and the keys that it derives from the genesis entry; no index, no file
/// time, no environment.
package struct Verifier {
  private let contents: any StoreContents
  private let options: VerificationOptions

  package init(_ contents: any StoreContents, options: VerificationOptions) {
    self.contents = contents
    self.options = options
  }

  /// - Throws: Where no answer can be had: the store, or an object of one that is sound otherwise, cannot be read. What is
  ///   wrong with it is no error.
  package func verify() throws -> VerificationReport {
    var findings = FindingList()
    let library = ObjectLibrary(contents)
    let origin = try ConfigurationCheck.run(contents, &findings)
    let head = try HeadCheck.read(contents, origin: origin, &findings)
    var walk = LogWalk(contents: contents, library: library, options: options, size: head?.size ?? 0)
    try walk.run(&findings)
    // Objects are read, and ownership is resolved, beside all that follows.
    let (looks, reading) = ObjectCheck.start(&walk.references, options)
    let resolving = OwnershipCheck.start(walk, head, options, library)

    try walk.finishTiles(head, &findings)
    HeadCheck.check(head, walk: walk, configuredOrigin: origin, &findings)
    let extended = try HistoryCheck.run(walk, head, options, &findings)
    let offers = head == nil ? [] : try OfferCheck.run(walk, &findings)
    let judgement = TimestampJudgement(walk.tokens, times: walk.entryTimes, roots: options.timestampRoots)
    for finding in judgement.findings { findings.add(.history, finding) }
    let vouched = PolicyCheck.run(walk, head, options.policy, &findings)
    var paths = PathCheck(walk: walk, size: head?.size ?? 0)
    try contents.forEachPath { try paths.take($0, &findings) }
    paths.finish(&findings)
    let snapshot = try OwnershipCheck.finish(resolving.value.get(), &findings)
    walk.references.finish(reading.value, of: looks)
    let objects = try ObjectCheck.finish(walk.references, paths, &findings)

    return report(
      walk, head, snapshot, walk.dutyEvidence, objects, extended, offers, judgement.judged, findings, vouched)
  }

  /// Answers the six questions about what has come since an earlier verification, whose answers are taken over.
  ///
  /// What was verified is bound to its root: the log of now has to extend that tree, and the new entries are held
  /// against what the old ones amounted to. Neither the old entries nor their objects are read again, nor is it looked
  /// for files that have no place in the store.
  ///
  /// - Throws: `PastMismatch`, `LogReadError` and the like where the earlier verification is of no use. Of a store that
  ///   is not sound the report is not complete either: `verify()` says what is wrong with it.
  package func verify(after past: VerifiedPast, _ tables: VerifiedTables) throws -> VerificationReport {
    var findings = FindingList()
    let library = ObjectLibrary(contents)
    let origin = try ConfigurationCheck.run(contents, &findings)
    guard let head = try HeadCheck.read(contents, origin: origin, &findings) else { throw PastMismatch.otherTree }
    var walk = try LogWalk(
      contents: contents, library: library, options: options, head: head, after: past, tables)
    for finding in past.findings where finding.code != .clockAhead { findings.add(.statements, finding) }
    if let now = options.now {
      for finding in EntryClock.ahead(in: past.state, now: now) { findings.add(.chain, finding) }
    }
    try walk.run(&findings)
    let (looks, reading) = ObjectCheck.start(&walk.references, options)
    try walk.finishTiles(head, &findings)
    HeadCheck.check(head, walk: walk, configuredOrigin: origin, &findings)
    let extended = try HistoryCheck.run(walk, head, options, &findings)
    let offers = try OfferCheck.run(walk, &findings)
    let judgement = TimestampJudgement(walk.tokens, times: [], roots: nil)
    let resolved = try OwnershipCheck.resolve(
      walk.fold.state, tables.evidence, tables.promises, head, options, library)
    let snapshot = OwnershipCheck.finish(resolved, &findings)
    walk.references.finish(reading.value, of: looks)
    let objects = try ObjectCheck.finish(walk.references, nil, &findings)
    return report(
      walk, head, snapshot, tables.dutyEvidence, objects, extended, offers, judgement.judged, findings)
  }

  private func report(
    _ walk: LogWalk, _ head: Head?, _ snapshot: Snapshot?, _ dutyEvidence: [EvidenceRecord],
    _ objects: ObjectCheck.Tally,
    _ extended: [VerificationOptions.KnownTree], _ offers: [JudgedOffer], _ timestamps: [JudgedTimestamp],
    _ findings: FindingList, _ vouched: PolicyCheck.Reach? = nil
  ) -> VerificationReport {
    var report = VerificationReport(
      checkpoint: head?.claimed.tree, checks: [], findings: findings.sorted, state: walk.fold.state,
      snapshot: snapshot, genesis: walk.genesis)
    report.dutyEvidence = dutyEvidence
    report.timestamps = timestamps
    report.offers = offers
    report.checks = CheckSummary.make(
      walk: walk, head: head, objects: objects, matrix: snapshot?.matrix, findings: findings,
      extended: extended.filter(\.isTold), timestamps: timestamps, vouched: vouched)
    if let vouched, let index = report.checks.firstIndex(where: { $0.name == .history }) {
      report.checks[index].summary += "; \(vouched.summary)"
      report.checks[index].figures += [("vouched", vouched.size), ("unvouched", vouched.rest)]
    }
    report.taken = walk.past.map { VerificationReport.Taken($0) }
    report.past = past(walk, report, findings)
    if report.isSound, let head {
      let reader = LogReader(contents: contents, size: head.size, root: head.root)
      report.succession = (try? Succession.find(in: reader, library: walk.library)) ?? nil
      let refused = report.findings.filter { $0.code == .statementUnknown }.compactMap(\.entry)
      report.disputes =
        (try? Dispute.find(
          in: reader, state: walk.fold.state, library: walk.library, refused: Set(refused), policy: options.policy))
        ?? []
      let judged = Dictionary(
        timestamps.compactMap { stamp in stamp.isTrusted.map { (stamp.entry, $0) } },
        uniquingKeysWith: { first, _ in first })
      for place in report.disputes.indices {
        for index in report.disputes[place].speakers.indices
        where report.disputes[place].speakers[index].kind == .timestamp {
          report.disputes[place].speakers[index].isTrusted = judged[report.disputes[place].speakers[index].entry]
        }
      }
    }
    return report
  }

  /// What a later run may go on from; nil where this one found the store unsound, or had to do without an object.
  private func past(_ walk: LogWalk, _ report: VerificationReport, _ findings: FindingList) -> VerifiedPast? {
    guard report.isSound, !walk.hasUnreadable, let genesis = walk.genesis, let tree = report.checkpoint,
      walk.fold.state.size == tree.size, let now = options.now
    else { return nil }
    // What is about no entry is found anew each time, as is what is about who owns what.
    let kept = findings.ofEntries
    guard kept.count <= VerifiedPast.findingLimit else { return nil }
    return VerifiedPast(
      size: tree.size, root: tree.root, genesis: genesis, on: now.day, state: walk.fold.state,
      appenders: walk.appenders.sorted(), lastAppenders: walk.appendersOfLastEntry.map(\.keyID).sorted(), findings: kept
    )
  }
}
