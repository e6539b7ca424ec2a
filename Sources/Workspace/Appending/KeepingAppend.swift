internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
internal import Statements
internal import Storage
internal import TreeLog

/// For how long what an append brings has to stay, where the store's place keeps things from being deleted.
struct KeepingAppend {
  private var evidence: [Digest: KeepingTerm] = [:]
  /// The holds that begin or end with it.
  private var holds: Set<String> = []
  /// What was brought for the statement that comes next.
  private var brought: [Digest] = []
  private var rules: (adoptions: Int, holds: Int, day: Day, rules: KeepingRules)?

  mutating func bring(_ objects: [Digest]) { brought += objects }

  /// Takes in a statement that counts.
  mutating func take(_ statement: Statement, _ entry: Entry, _ state: LogState, _ library: ObjectLibrary) throws {
    let own = brought
    brought = []
    if case .hold(let hold) = statement.predicate { holds.insert(hold.id) }
    guard case .evidence(let made) = statement.predicate else { return }
    let (artifacts, manifest) = EvidenceRecord.objects(of: statement)
    let lists = Set(statement.subjects.map(\.digest)).subtracting(artifacts)
    // Who says it makes no difference to for how long it is kept.
    let record = EvidenceRecord(
      entry: entry.sequence, statement: statement.id, party: "", member: "", keyID: entry.by, recorded: entry.time,
      evidence: made, artifacts: artifacts, manifest: manifest)
    let rules = try rules(state, library, on: entry.time.day)
    var terms = RetentionTerms(evidence: evidence)
    try rules.add(record, until: rules.until(record), listing: own.filter { !lists.contains($0) }, to: &terms)
    evidence = terms.evidence
  }

  /// What the writer is told.
  mutating func terms(_ state: LogState, _ library: ObjectLibrary, on day: Day) throws -> RetentionTerms {
    RetentionTerms(log: try rules(state, library, on: day).log?.endInSeconds, evidence: evidence)
  }

  /// They are looked up again only where something came that changes them.
  private mutating func rules(_ state: LogState, _ library: ObjectLibrary, on day: Day) throws -> KeepingRules {
    let ended = state.holds.count { $0.ended != nil }
    let key = (state.adoptions.count, state.holds.count + ended)
    if let rules, (rules.adoptions, rules.holds) == key, rules.day == day { return rules.rules }
    let fresh = try KeepingRules(state, library, on: day)
    rules = (key.0, key.1, day, fresh)
    return fresh
  }

  /// After the commit: what was there before is kept for longer where it has to be, and holds that began or ended are followed. The
  /// statements are in the log by now, so that what fails here is told, and made good for later.
  ///
  /// - Parameter published: What was kept as it was written.
  func follow(_ before: OpenedStore, published: Set<Digest>) {
    let others = evidence.filter { !published.contains($0.key) }
    guard !others.isEmpty || !holds.isEmpty else { return }
    do {
      let store = try OpenedStore.open(before.layout, at: before.desk)
      guard let lock = try store.objectLock() else { return }
      var changes = try lock.keep(
        others.sorted { $0.key < $1.key }.map { (ObjectPath.path($0.key), $0.value) }, lifts: false)
      if !holds.isEmpty { changes += try store.followHolds(holds) }
      if let first = changes.refused.first { warn(before, "'\(first.name)': \(first.reason)") }
      if changes.holdsSet + changes.holdsLifted > 0 {
        before.desk.notices.detail(
          "legal holds in the bucket: \(changes.holdsSet) set, \(changes.holdsLifted) lifted")
      }
    } catch {
      warn(before, Failure(describing: error).message)
    }
  }

  private func warn(_ store: OpenedStore, _ reason: String) {
    store.desk.notices.warn(
      "the bucket does not keep all that it has to: \(reason); 'custody retention' says what, and 'custody retention "
        + "--apply' tries again")
  }
}
