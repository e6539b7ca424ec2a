package import Crypto
package import Ownership
package import Statements

/// Evidence by what else it says of itself than its controls.
extension ProjectionIndex {
  /// All evidence that names a duty and is not replaced, in log order.
  ///
  /// - Parameter known: The size of the tree that is known; nil for all that is remembered.
  package func evidenceForDuties(upTo known: Int? = nil) throws -> [EvidenceRecord] {
    // Of a million entries few name a duty: without the index, all would be read to keep their order.
    let sql = """
      SELECT \(EvidenceColumns.names) FROM evidence e INDEXED BY evidence_duty WHERE e.duty IS NOT NULL AND e.entry < ?
      AND NOT EXISTS (SELECT 1 FROM replacement r WHERE r.statement = e.statement AND r.entry < ?) ORDER BY e.entry
      """
    let size = SQLValue.integer(min(size, known ?? size))
    return try read { database in
      var records: [EvidenceRecord] = []
      try database.query(sql).forEach([size, size]) { records.append(try EvidenceColumns.record($0)) }
      return records
    }
  }

  /// Hand-over lists, and the evidence that items of theirs were done: what is not replaced, in log order.
  ///
  /// - Parameter known: The size of the tree that is known; nil for all that is remembered.
  package func handovers(upTo known: Int? = nil) throws -> (lists: [EvidenceRecord], answers: [EvidenceRecord]) {
    // The labels lie one behind the other: '0' follows '/'. Only what brings such an object is a list, whatever its label.
    let sql = """
      SELECT \(EvidenceColumns.names), EXISTS (SELECT 1 FROM use u WHERE u.entry = e.entry AND u.media = ?)
      FROM evidence e INDEXED BY evidence_label WHERE e.label >= ? AND e.label < ? AND e.entry < ?
      AND NOT EXISTS (SELECT 1 FROM replacement r WHERE r.statement = e.statement AND r.entry < ?) ORDER BY e.entry
      """
    let size = SQLValue.integer(min(size, known ?? size))
    let (first, next) = (HandoverLabel.prefix, "\(HandoverLabel.prefix.dropLast())0")
    return try read { database in
      var (lists, answers): ([EvidenceRecord], [EvidenceRecord]) = ([], [])
      let bound: [SQLValue] = [.text(MediaType.handover), .text(first), .text(next), size, size]
      try database.query(sql).forEach(bound) { row in
        let record = try EvidenceColumns.record(row)
        let label = record.evidence.label ?? ""
        if HandoverLabel.name(label) != nil { answers.append(record) }
        if HandoverLabel.engagement(label) != nil, row.integer(Int32(EvidenceColumns.count)) == 1 {
          lists.append(record)
        }
      }
      return (lists, answers)
    }
  }

  /// Whether later evidence says that it takes a statement's place.
  package func isReplaced(_ statement: Digest) throws -> Bool {
    try read { database in
      try database.query("SELECT 1 FROM replacement WHERE statement = ? AND entry < ? LIMIT 1")
        .first([.digest(statement), .integer(size)]) { _ in true } ?? false
    }
  }

  /// How many submissions are to be kept until some day that is still to come, and the first of these days.
  package func retention(after day: Day) throws -> (count: Int, first: Day)? {
    let sql = "SELECT count(*), min(retain) FROM evidence WHERE retain IS NOT NULL AND retain >= ? AND entry < ?"
    return try read { database in
      try database.query(sql).first([.integer(day.daysSinceEpoch), .integer(size)]) { row in
        row.optionalInteger(1).map { (row.integer(0), Day(daysSinceEpoch: $0)) }
      } ?? nil
    }
  }

  /// Labels, and how many submissions have each, the one used last first.
  package func labels() throws -> [(label: String, count: Int)] {
    let sql = """
      SELECT label, count(*) FROM evidence WHERE label IS NOT NULL AND entry < ? GROUP BY label ORDER BY max(entry) DESC
      """
    return try read { try $0.query(sql).map([.integer(size)]) { ($0.text(0), $0.integer(1)) } }
  }
}
