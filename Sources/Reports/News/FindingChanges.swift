internal import Findings

/// What became of findings between two days, by what each is about.
struct FindingChanges {
  private struct Key: Hashable {
    var code: FindingCode
    var subject: String

    init(_ finding: Finding) { (code, subject) = (finding.code, finding.subject) }

    /// Nobody answers for it, for one of the seven reasons.
    var isOwnershipError: Bool { FindingCode.ownershipErrors.contains(code) }
  }

  private struct Turn: Hashable {
    var before: FindingCode
    var after: FindingCode
  }

  let appeared: [News.Group]
  let closed: [News.Group]
  let changed: [News.Turn]

  /// - Parameters:
  ///   - before: Each of one matter: not of a run of periods.
  ///   - after: The same of the later day.
  ///   - past: What was found of periods long over, and holds though it is told no more.
  init(from before: [Finding], to after: [Finding], past: [Finding]) {
    let (old, new) = (FindingChanges.once(before), FindingChanges.once(after))
    let (was, now, still) = (Set(old), Set(new), Set(past.map(Key.init)))
    var fresh = new.filter { !was.contains($0) }
    var gone = old.filter { !now.contains($0) && !still.contains($0) }
    // What nobody answered for before and nobody answers for now is the same gap, for another reason.
    let errorsBefore = Dictionary(grouping: old.filter(\.isOwnershipError), by: \.subject)
    let errorsAfter = Dictionary(grouping: new.filter(\.isOwnershipError), by: \.subject)
    var turns: [Turn: [String]] = [:]
    var paired: Set<Key> = []
    fresh.removeAll { key in
      guard key.isOwnershipError, let before = errorsBefore[key.subject] else { return false }
      guard let match = before.first(where: { !now.contains($0) && !paired.contains($0) }) ?? before.first
      else { return false }
      paired.insert(match)
      turns[Turn(before: match.code, after: key.code), default: []].append(key.subject)
      return true
    }
    gone.removeAll { key in
      guard key.isOwnershipError, let after = errorsAfter[key.subject]?.first else { return false }
      if !paired.contains(key) { turns[Turn(before: key.code, after: after.code), default: []].append(key.subject) }
      return true
    }
    appeared = FindingChanges.groups(fresh)
    closed = FindingChanges.groups(gone)
    changed = turns.map { News.Turn(before: $0.before, after: $0.after, subjects: $1) }.sorted { left, right in
      left.after == right.after ? left.before.precedes(right.before) : left.after.precedes(right.after)
    }
  }

  private static func once(_ findings: [Finding]) -> [Key] {
    var seen: Set<Key> = []
    return findings.map(Key.init).filter { seen.insert($0).inserted }
  }

  private static func groups(_ keys: [Key]) -> [News.Group] {
    var groups: [FindingCode: [String]] = [:]
    for key in keys { groups[key.code, default: []].append(key.subject) }
    return groups.sorted { $0.key.precedes($1.key) }.map { News.Group(code: $0.key, subjects: $0.value) }
  }
}
