package import Crypto
package import Ownership
package import Statements

/// The evidence that counts, as the index keeps it: what is asked of a unit is counted already.
package struct IndexedEvidence: EvidenceSource {
  private let index: ProjectionIndex
  private let known: Int

  /// - Parameter known: The size of the tree that is known.
  package init(_ index: ProjectionIndex, upTo known: Int) {
    self.index = index
    self.known = known
  }

  package func view(on day: Day, redacted: [Digest: Day], library: ObjectLibrary) throws -> any EvidenceView {
    var gone: [Int: EvidenceRecord] = [:]
    for record in try index.evidence(bringing: redacted.keys) {
      if try record.isRedacted(redacted, on: day, library: library) { gone[record.entry] = record }
    }
    // What is counted is of the newest tree that anybody has followed. Of an earlier one the rows are gone through.
    guard let groups = try index.evidenceGroups(at: known, on: day, without: gone) else {
      return try index.evidenceBook(upTo: known).view(on: day, redacted: redacted, library: library)
    }
    return IndexedEvidenceView(groups, on: day)
  }
}

/// Evidence of one party on the same controls, as of a day.
private struct EvidenceGroup {
  let controls: [String]
  let party: String
  var summary = EvidenceSummary()
}

/// What the groups say of one day.
private struct IndexedEvidenceView: EvidenceView {
  private let groups: [EvidenceGroup]
  /// Where in the groups those are that name a control or unit.
  private let byControl: [String: [Int]]
  private let day: Day

  init(_ groups: [EvidenceGroup], on day: Day) {
    self.groups = groups
    self.day = day
    var byControl: [String: [Int]] = [:]
    for (place, group) in groups.enumerated() {
      for control in Set(group.controls) { byControl[control, default: []].append(place) }
    }
    self.byControl = byControl
  }

  func summary(unit: String, control: String) -> EvidenceSummary {
    var all = EvidenceSummary()
    for place in Set(byControl[unit] ?? []).union(byControl[control] ?? []) {
      let group = groups[place]
      guard let newest = group.summary.newest else { continue }
      all.add(group.summary.count, of: group.party, newest: newest, asOf: day)
    }
    return all
  }
}

extension ProjectionIndex {
  /// Evidence that is not replaced, by group; nil where the index counts that of another tree than the one asked about.
  ///
  /// - Parameter redacted: Evidence that shows nothing any more, by entry.
  fileprivate func evidenceGroups(
    at known: Int, on day: Day, without redacted: [Int: EvidenceRecord]
  ) throws -> [EvidenceGroup]? {
    guard known == size else { return nil }
    let touched = Set(redacted.values.map { EvidenceGroups.Key($0) })
    // In one transaction, so that counts and rows are of one tree.
    return try read { database in
      guard try database.integer("SELECT size FROM projection") == size else { return nil }
      return try database.query("SELECT id, controls, party, shown, latest FROM evidence_group WHERE shown > 0").map {
        var group = EvidenceGroup(controls: EvidenceColumns.split($0.text(1)), party: $0.text(2))
        let (id, count) = ($0.integer(0), $0.integer(3))
        let isCounted =
          Day(daysSinceEpoch: $0.integer(4)) <= day
          && !touched.contains(EvidenceGroups.Key(controls: $0.text(1), party: group.party))
        let sql = """
          SELECT \(EvidenceColumns.names) FROM evidence e WHERE e.collection = ? AND e.shown = 1
          ORDER BY e.age DESC, e.entry DESC \(isCounted ? "LIMIT 1" : "")
          """
        try database.query(sql).forEach([.integer(id)]) { row in
          let record = try EvidenceColumns.record(row)
          if isCounted {
            group.summary.add(count, of: group.party, newest: record, asOf: day)
          } else if record.firstDay <= day, redacted[record.entry] == nil {
            group.summary.add(record, asOf: day)
          }
        }
        return group
      }
    }
  }

  /// Evidence that brings any of some objects, also in a manifest.
  fileprivate func evidence(bringing objects: some Sequence<Digest>) throws -> [EvidenceRecord] {
    let sql = """
      SELECT \(EvidenceColumns.names) FROM evidence e WHERE e.entry < ?2 AND e.entry IN
      (SELECT entry FROM use WHERE digest = ?1 UNION SELECT entry FROM item WHERE digest = ?1)
      """
    var found: [Int: EvidenceRecord] = [:]
    for object in objects {
      try read { database in
        try database.query(sql).forEach([.digest(object), .integer(size)]) { row in
          let record = try EvidenceColumns.record(row)
          found[record.entry] = record
        }
      }
    }
    return Array(found.values)
  }
}
