package import Crypto
internal import Findings
internal import Index
internal import Ownership
package import Statements
package import Storage
internal import TreeLog

/// What the rules ask of a store whose bucket keeps things from being deleted, beside what the bucket does.
package struct BucketKeeping {
  package let lock: ObjectLock
  package let terms: RetentionTerms
  private let contents: BucketContents
  private let index: ProjectionIndex
  private let redacted: Set<Digest>
  private let mark: CopyMark?

  /// - Returns: nil for a store whose place keeps nothing.
  package init?(_ store: OpenedStore, on day: Day) throws {
    guard let lock = try store.objectLock(), let contents = store.contents as? BucketContents else { return nil }
    self.lock = lock
    self.contents = contents
    index = store.index
    redacted = Set(store.state.redactedObjects.keys)
    mark = store.layout.address.flatMap { StoreAddress($0) }?.mark
    terms = try store.retentionTerms(on: day)
  }

  /// In what the bucket keeps something otherwise than the rules ask. To be kept for longer is no harm to the evidence, and
  /// nobody can undo it.
  package enum Difference: String, Sendable, CaseIterable {
    /// It is not there, so that nothing can keep it.
    case missing
    /// Anybody who may write can delete it.
    case unkept = "not-kept"
    /// It is kept, and not for so long.
    case shorter
    /// A hold is on it, and no legal hold of the bucket's.
    case holdMissing = "hold-missing"
    /// A legal hold is on it for which there is no hold any more.
    case holdLeft = "hold-left"
  }

  package static func differences(_ term: KeepingTerm, _ kept: ObjectLock.Kept?) -> [Difference] {
    guard let kept else { return [.missing] }
    var found: [Difference] = []
    if let until = term.until, until > kept.until ?? .min { found.append(kept.until == nil ? .unkept : .shorter) }
    if term.isHeld, !kept.isHeld { found.append(.holdMissing) }
    if !term.isHeld, kept.isHeld { found.append(.holdLeft) }
    return found
  }

  /// How objects are kept; an object that is not there is not among them.
  package func look(_ objects: [Digest]) throws -> [Digest: ObjectLock.Kept] {
    let found = try lock.look(objects.map { ObjectPath.path($0) })
    return zip(objects, found).reduce(into: [:]) { all, pair in all[pair.0] = pair.1 }
  }

  /// The names of all that is no evidence and is kept for the log's sake. An object that no statement names is not: it may
  /// have been somebody's mistake.
  package func logFiles() throws -> [String] {
    var names: [String] = ["custody.json"]
    var objects: [Digest] = []
    try contents.forEachPath { path in
      if let digest = ObjectPath.digest(path.path) {
        if terms.evidence[digest] == nil, !redacted.contains(digest) { objects.append(digest) }
      } else if path.path.hasPrefix("tile/") {
        names.append(path.path)
      }
    }
    let named = try index.objectUses(of: objects)
    return names + objects.filter { named[$0]?.isEmpty == false }.map { ObjectPath.path($0) }
  }

  /// How many objects have a legal hold for which there is no hold any more.
  package func heldForNothing() throws -> Int {
    let free = terms.evidence.filter { !$0.value.isHeld }.map(\.key).sorted()
    return try lock.look(free.map { ObjectPath.path($0) }).count { $0?.isHeld == true }
  }

  /// Has the bucket keep what the rules ask: lengthens, sets legal holds and lifts them; shortens nothing.
  ///
  /// - Parameter lifts: Whether legal holds go for which there is no hold any more. One that somebody has set by hand, at the
  ///   bucket, looks the same.
  package func apply(lifts: Bool) throws -> ObjectLock.Changes {
    // Whoever writes without 'lock=' from now on is told.
    if let mark { try contents.write(mark) }
    // A catalog or agreement is under no hold: a legal hold on it is somebody else's.
    var changes = try lock.keep(logFiles().map { ($0, KeepingTerm(until: terms.log)) }, lifts: false)
    changes += try lock.keep(
      terms.evidence.sorted { $0.key < $1.key }.map { (ObjectPath.path($0.key), $0.value) }, lifts: lifts)
    return changes
  }
}

extension OpenedStore {
  /// Where it is, for people.
  package var name: String { layout.name }

  /// The bucket's own lock; nil for a store whose place keeps nothing.
  package func objectLock() throws -> ObjectLock? {
    guard let address = layout.address.flatMap({ StoreAddress($0) }), let mode = address.lock else { return nil }
    return ObjectLock(try desk.hosts.host(of: address.text), mode: mode)
  }

  /// What the rules ask of all that the store holds, as of a day.
  package func retentionTerms(on day: Day) throws -> RetentionTerms {
    let rules = try KeepingRules(state, library, on: day)
    let assessed = try index.assessedDays()
    var terms = RetentionTerms(log: rules.log?.endInSeconds)
    try index.forEachEvidence { record, replaced in
      try rules.add(record, until: rules.until(record, replaced: replaced, assessed: assessed), to: &terms)
    }
    return terms
  }

  /// Sets and lifts legal holds in the bucket for what some holds are on, begun or ended.
  package func followHolds(_ ids: Set<String>) throws -> ObjectLock.Changes {
    guard let lock = try objectLock() else { return ObjectLock.Changes() }
    let rules = try KeepingRules(state, library, on: desk.clock.today)
    let holds = state.holds.filter { ids.contains($0.id) }
    var terms = RetentionTerms()
    var touched: Set<Digest> = []
    try index.forEachEvidence { record, _ in
      var own = RetentionTerms()
      try rules.add(record, until: nil, to: &own)
      for (object, term) in own.evidence {
        terms.evidence[object] = terms.evidence[object]?.joined(term) ?? term
      }
      let controls = record.evidence.controls
      for (object, _) in own.evidence where holds.contains(where: { rules.covers($0, object, controls) }) {
        touched.insert(object)
      }
    }
    return try lock.keep(
      touched.sorted().map { (ObjectPath.path($0), KeepingTerm(isHeld: terms.evidence[$0]?.isHeld ?? false)) },
      lifts: true)
  }
}
