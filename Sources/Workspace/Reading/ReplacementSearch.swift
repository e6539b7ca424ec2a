internal import Crypto
internal import Index
internal import Ownership
internal import Statements

/// Finds the entries that replace a statement.
package enum ReplacementSearch {
  /// In log order; empty where nothing replaces it.
  package static func entries(replacing listed: ListedEntry, _ store: OpenedStore, _ listing: EntryListing) throws
    -> [Int]
  {
    guard let statement = listed.statement, listed.isEffective else { return [] }
    switch statement.predicate {
    case .engagement(let event):
      let later = store.state.versions.first { version in
        version.entry > listed.number && ByteOrder.areEqual(version.engagement, event.id)
      }
      return event.event == .version ? later.map { [$0.entry] } ?? [] : []
    case .evidence(let evidence):
      // The index knows whether; by whom is seldom asked, and mostly said by evidence for the same controls.
      guard let first = statement.subjects.first,
        try store.index.objectUses(first.digest).contains(where: { $0.entry == listed.number && $0.isReplaced })
      else { return [] }
      let near = try store.index.evidence(forControls: evidence.controls).filter {
        $0.evidence.replaces.contains(statement.id)
      }
      return near.isEmpty ? try everywhere(statement.id, listing) : near.map(\.entry)
    default: return []
    }
  }

  private static func everywhere(_ id: Digest, _ listing: EntryListing) throws -> [Int] {
    var filter = EntryListing.Filter()
    filter.type = "evidence"
    filter.newestFirst = false
    var found: [Int] = []
    try listing.forEach(filter) { listed in
      guard listed.isEffective, case .evidence(let evidence)? = listed.statement?.predicate else { return }
      if evidence.replaces.contains(id) { found.append(listed.number) }
    }
    return found
  }
}
