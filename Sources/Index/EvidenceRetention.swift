package import Ownership
package import Statements

extension ProjectionIndex {
  /// Gives all evidence that counts, in log order, with the day on which other evidence first took its place.
  ///
  /// - Parameter known: The size of the tree that is known; nil for all that is remembered.
  package func forEachEvidence(
    upTo known: Int? = nil, _ body: (EvidenceRecord, _ replaced: Day?) throws -> Void
  ) throws {
    try select("", [], upTo: known, body)
  }

  /// The evidence of some entries, as `forEachEvidence` gives it.
  ///
  /// - Parameters:
  ///   - entries: In log order.
  ///   - known: The size of the tree that is known; nil for all that is remembered.
  package func evidence(
    ofEntries entries: [Int], upTo known: Int? = nil
  ) throws -> [(record: EvidenceRecord, replaced: Day?)] {
    var found: [(record: EvidenceRecord, replaced: Day?)] = []
    // SQLite takes no end of values in one statement.
    for start in stride(from: 0, to: entries.count, by: 500) {
      let some = entries[start..<min(start + 500, entries.count)]
      let places = ProjectionIndex.places(some.count)
      try select("AND e.entry IN \(places)", some.map { .integer($0) }, upTo: known) { found.append(($0, $1)) }
    }
    return found
  }

  private func select(
    _ condition: String, _ values: [SQLValue], upTo known: Int? = nil, _ body: (EvidenceRecord, Day?) throws -> Void
  ) throws {
    let replaced = """
      (SELECT s.time FROM replacement r JOIN statement s ON s.entry = r.entry WHERE r.statement = e.statement
      AND r.entry < ? ORDER BY r.entry LIMIT 1)
      """
    let end = SQLValue.integer(min(size, known ?? size))
    let sql =
      "SELECT \(EvidenceColumns.names), \(replaced) FROM evidence e WHERE e.entry < ? \(condition) ORDER BY e.entry"
    let place = Int32(EvidenceColumns.count)
    try read { database in
      try database.query(sql).forEach([end, end] + values) { row in
        let time = row.optionalInteger(place).map { Instant(millisecondsSinceEpoch: $0) }
        try body(try EvidenceColumns.record(row), time?.day)
      }
    }
  }

  /// The day of the newest assessment of each control and unit that was assessed.
  package func assessedDays() throws -> [String: Day] {
    let sql = """
      SELECT c.control, MAX(s.time) FROM control c JOIN assessment a ON a.entry = c.entry JOIN statement s
      ON s.entry = c.entry WHERE c.entry < ? GROUP BY c.control
      """
    var days: [String: Day] = [:]
    try read { database in
      try database.query(sql).forEach([.integer(size)]) { row in
        days[row.text(0)] = Instant(millisecondsSinceEpoch: row.integer(1)).day
      }
    }
    return days
  }
}
