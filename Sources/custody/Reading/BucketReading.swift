internal import Crypto
internal import Ownership
internal import Reports
internal import Statements
internal import Storage
internal import Workspace

/// How a store's bucket keeps evidence, looked up for many submissions at once.
struct BucketReading {
  private let keeping: BucketKeeping
  private let store: OpenedStore
  private var counts: [BucketKeeping.Difference: Int] = [:]
  private var submissions = 0

  /// - Returns: nil for a store whose place keeps nothing.
  init?(_ store: OpenedStore, on day: Day) throws {
    guard let keeping = try BucketKeeping(store, on: day) else { return nil }
    self.keeping = keeping
    self.store = store
  }

  /// What the bucket does for some submissions, in their order.
  mutating func look(_ records: [EvidenceRecord]) throws -> [BucketKept?] {
    let redacted = store.state.redactedObjects
    var objects: [[Digest]] = []
    for record in records {
      var own = record.artifacts + [record.manifest].compactMap(\.self)
      if let manifest = record.manifest { try store.library.forEachItem(of: manifest) { own.append($0) } }
      objects.append(own.filter { redacted[$0] == nil })
    }
    let found = try keeping.look(Set(objects.joined()).sorted())
    return objects.map { own in
      guard !own.isEmpty else { return nil }
      submissions += 1
      let kept = own.map { found[$0] }
      let differences = Set(
        zip(own, kept).flatMap { BucketKeeping.differences(keeping.terms.term(of: $0), $1) })
      for difference in differences { counts[difference, default: 0] += 1 }
      let until = kept.map { $0?.until }
      return BucketKept(
        until: until.contains(nil) ? nil : until.compactMap(\.self).min().map { Day(lastBefore: $0) },
        modes: Set(kept.compactMap { $0?.mode?.rawValue }).sorted(), isHeld: kept.allSatisfy { $0?.isHeld == true },
        differences: BucketKeeping.Difference.allCases.filter(differences.contains).map(\.rawValue))
    }
  }

  /// All in all, once every submission was looked at.
  func summary() throws -> BucketSummary {
    let files = try keeping.logFiles()
    let wanted = keeping.terms.log
    let kept = try keeping.lock.look(files).map { $0?.until }
    let short = wanted.map { wanted in kept.filter { $0 ?? .min < wanted } } ?? []
    return BucketSummary(
      mode: keeping.lock.mode.rawValue, submissions: submissions,
      differing: BucketKeeping.Difference.allCases.compactMap { difference in
        counts[difference].map { (difference.rawValue, $0) }
      },
      log: (
        files.count, wanted.map { Day(lastBefore: $0) }, short.count,
        short.contains(nil) ? nil : short.compactMap(\.self).min().map { Day(lastBefore: $0) }
      ))
  }
}
