package import Crypto
internal import Index
internal import Ownership
package import Statements
internal import Storage
internal import TreeLog

/// Tells what the store has already: the same bytes, for the same controls, by the same party.
package final class EarlierEvidence {
  private let store: OpenedStore
  private let party: String
  private let log: LogReader
  private let uses: [Digest: [NamedUse]]
  /// What entries say, once they were read; nil for one that is no evidence.
  private var read: [Int: (evidence: Evidence, names: Set<String>)?] = [:]

  /// - Parameter digests: What will be asked for.
  package init(_ store: OpenedStore, party: String, of digests: [Digest]) throws {
    self.store = store
    self.party = party
    log = store.reader
    // Most of what is submitted is new, which the index tells without a look at the disk.
    uses = try store.index.objectUses(of: digests)
  }

  /// Whether the log does not know the bytes, and the entry that brought them for all of the same controls and days.
  ///
  /// Evidence that was replaced does not count, nor one whose bytes are gone. Another period is another matter: a policy
  /// that did not change covers a new year only once somebody says so.
  package func look(up artifact: Artifact, for evidence: Evidence) throws -> (isNew: Bool, entry: Int?) {
    guard let uses = uses[artifact.digest], let size = try store.contents.objectSize(artifact.digest) else {
      return (true, nil)
    }
    guard size == artifact.size else { return (false, nil) }
    let wanted = Set(evidence.controls)
    for use in uses where use.isEvidence && !use.isReplaced && use.party == party && wanted.isSubset(of: use.controls) {
      guard let (earlier, names) = try statement(ofEntry: use.entry), EarlierEvidence.says(earlier, atLeast: evidence)
      else { continue }
      // Nothing is the same everywhere: an empty file is told from another by its name.
      if artifact.size == 0, !names.contains(artifact.name) { continue }
      return (false, use.entry)
    }
    return (false, nil)
  }

  private func statement(ofEntry entry: Int) throws -> (evidence: Evidence, names: Set<String>)? {
    if let known = read[entry] { return known }
    var evidence: (evidence: Evidence, names: Set<String>)?
    if case .success(let statement)? = ParsedEntry(try log.entry(at: entry), library: store.library).statement,
      case .evidence(let found) = statement.predicate
    {
      evidence = (found, Set(statement.subjects.map(\.name)))
    }
    read[entry] = .some(evidence)
    return evidence
  }

  private static func says(_ earlier: Evidence, atLeast evidence: Evidence) -> Bool {
    // What a command printed is a new finding each time, even where it is the same.
    evidence.run == nil
      && (evidence.from == nil || evidence.from == earlier.from)
      && (evidence.through == nil || evidence.through == earlier.through)
      && (evidence.collected == nil || evidence.collected == earlier.collected)
      && (evidence.duty == nil || evidence.duty == earlier.duty)
      && (evidence.label == nil || evidence.label == earlier.label)
  }
}
