package import Crypto
package import Statements

/// How many statements of a type somebody has made.
package struct DeedCount: Sendable, Equatable {
  package var type: String
  package var party: String
  package var member: String
  package var count: Int
}

/// What was put into the log between two sizes.
extension ProjectionIndex {
  /// What there is without end where machines submit: it is counted, not listed.
  private static let counted = "('evidence', 'measurement', 'usage', 'anchor')"

  /// Statements that count, in log order, but evidence, measurements, hours and anchors.
  package func deeds(in range: Range<Int>) throws -> [LogRow] {
    try deeds(in: range, where: "s.type NOT IN \(ProjectionIndex.counted)")
  }

  /// When each key last signed something that counts, whatever it is about: as the statement says, but no later than its
  /// entry's time.
  ///
  /// - Parameter known: How many entries are known.
  package func lastSignatures(upTo known: Int) throws -> [Digest: Instant] {
    let sql = """
      SELECT keyid, max(min(signed, coalesce(time, signed))) FROM statement
      WHERE entry < ? AND effective = 1 AND keyid IS NOT NULL AND signed IS NOT NULL GROUP BY keyid
      """
    return try read { database in
      let rows = try database.query(sql).map([.integer(min(size, known))]) { row in
        (try row.digest(0), Instant(millisecondsSinceEpoch: row.integer(1)))
      }
      return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
  }

  /// How many of all else that counts there are, by type, party and member.
  package func deedCounts(in range: Range<Int>) throws -> [DeedCount] {
    let sql = """
      SELECT s.type, s.party, s.member, count(*) FROM statement s WHERE s.entry >= ? AND s.entry < ? AND s.effective = 1
      AND s.party IS NOT NULL AND s.type IN \(ProjectionIndex.counted) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """
    let bound: [SQLValue] = [.integer(range.lowerBound), .integer(min(range.upperBound, size))]
    return try read { database in
      try database.query(sql).map(bound) { row in
        DeedCount(type: row.text(0), party: row.text(1), member: row.text(2), count: row.integer(3))
      }
    }
  }
}
