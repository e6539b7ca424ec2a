package import Crypto
internal import Statements

/// A file that evidence brought, under the name it was given.
package struct EvidenceFile: Sendable, Hashable {
  package let entry: Int
  package let name: String
  package let digest: Digest

  package init(entry: Int, name: String, digest: Digest) {
    self.entry = entry
    self.name = name
    self.digest = digest
  }
}

extension ProjectionIndex {
  /// Gives every file of evidence that counts, those that manifests list among them, in log order and by name.
  package func forEachEvidenceFile(_ body: (EvidenceFile) throws -> Void) throws {
    try files("", [], body)
  }

  /// The files of some entries.
  package func evidenceFiles(ofEntries entries: [Int]) throws -> [Int: [EvidenceFile]] {
    var found: [Int: [EvidenceFile]] = [:]
    // SQLite takes no end of values in one statement.
    for start in stride(from: 0, to: entries.count, by: 500) {
      let some = entries[start..<min(start + 500, entries.count)]
      try files("AND u.entry IN \(ProjectionIndex.places(some.count))", some.map { .integer($0) }) {
        found[$0.entry, default: []].append($0)
      }
    }
    return found
  }

  private func files(
    _ condition: String, _ values: [SQLValue], _ body: (EvidenceFile) throws -> Void
  ) throws {
    let sql = """
      SELECT u.entry, u.name, u.digest FROM use u JOIN evidence e ON e.entry = u.entry
      WHERE u.entry < ? AND u.media <> ? AND NOT (u.media = ? AND u.name LIKE 'list/%') \(condition)
      UNION ALL SELECT u.entry, u.name, u.digest FROM item u JOIN evidence e ON e.entry = u.entry
      WHERE u.entry < ? \(condition) ORDER BY 1, 2
      """
    let (manifest, list) = (SQLValue.text(MediaType.manifest), SQLValue.text(MediaType.list))
    try read { database in
      let bound = [.integer(size), manifest, list] + values + [.integer(size)] + values
      try database.query(sql).forEach(bound) { row in
        try body(EvidenceFile(entry: row.integer(0), name: row.text(1), digest: try row.digest(2)))
      }
    }
  }

  /// Evidence that names any of some controls and units, in log order, replaced or not.
  package func evidenceEntries(forControls controls: [String]) throws -> [Int] {
    var found: Set<Int> = []
    for start in stride(from: 0, to: controls.count, by: 500) {
      let some = controls[start..<min(start + 500, controls.count)]
      let sql = """
        SELECT c.entry FROM control c CROSS JOIN evidence e ON e.entry = c.entry
        WHERE c.control IN \(ProjectionIndex.places(some.count)) AND c.entry < ?
        """
      try read { database in
        try database.query(sql).forEach(some.map { .text($0) } + [.integer(size)]) { found.insert($0.integer(0)) }
      }
    }
    return found.sorted()
  }

  /// Evidence of a label that counts, in log order, replaced or not.
  package func entries(labelled label: String) throws -> [Int] {
    let sql = "SELECT entry FROM evidence WHERE label = ? AND entry < ? ORDER BY entry"
    return try read { try $0.query(sql).map([.text(label), .integer(size)]) { $0.integer(0) } }
  }
}
