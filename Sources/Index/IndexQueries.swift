package import Findings
package import Crypto
package import Ownership
package import Statements

/// A line of the log.
package struct LogRow: Sendable, Equatable {
  package var entry: Int
  /// The statement's id; nil where the entry holds none that can be read.
  package var statement: Digest?
  package var type: String?
  /// The signer and their party, where the statement counts.
  package var member: String?
  package var party: String?
  package var keyID: Digest?
  /// The entry's time.
  package var time: Instant?
  package var signedAt: Instant?
  package var isEffective: Bool
  /// One line for people.
  package var summary: String
}

/// Which lines of the log are asked for.
package struct LogFilter: Sendable {
  /// Entries, counted from 0.
  package var range: Range<Int>?
  package var type: String?
  /// A member, or a party for all its members.
  package var signer: String?
  /// Any of these controls and units, as statements write them.
  package var controls: [String]?
  package var newestFirst = true
  package var limit: Int?

  package init() {}
}

/// An object that a statement brings, under a name.
package struct NamedUse: Sendable, Equatable {
  package var entry: Int
  package var statement: Digest
  package var party: String
  package var name: String
  /// In bytes; nil for what a manifest lists.
  package var size: Int?
  package var mediaType: String?
  package var isEvidence: Bool
  /// Of evidence, the controls it is about.
  package var controls: [String]
  /// Whether later evidence replaces the statement.
  package var isReplaced: Bool
}

/// What a prefix of a digest leads to.
package enum Reference: Sendable, Hashable {
  case statement(Digest, entry: Int)
  case object(Digest)
}

/// An assessment that counts.
package struct AssessmentRecord: Sendable, Equatable {
  package var entry: Int
  package var statement: Digest
  package var party: String
  package var member: String
  /// The entry's time.
  package var recorded: Instant
  package var assessment: Assessment
}

/// The log.
extension ProjectionIndex {
  private static let logColumns =
    "s.entry, s.id, s.type, s.member, s.party, s.keyid, s.time, s.signed, s.effective, s.summary"

  private static func logRow(_ row: borrowing Row) -> LogRow {
    LogRow(
      entry: row.integer(0), statement: row.optionalDigest(1), type: row.optionalText(2), member: row.optionalText(3),
      party: row.optionalText(4), keyID: row.optionalDigest(5),
      time: row.optionalInteger(6).map { Instant(millisecondsSinceEpoch: $0) },
      signedAt: row.optionalInteger(7).map { Instant(millisecondsSinceEpoch: $0) }, isEffective: row.integer(8) == 1,
      summary: row.text(9))
  }

  /// Lines of the log.
  package func logRows(_ filter: LogFilter = LogFilter()) throws -> [LogRow] {
    var sql = "SELECT \(ProjectionIndex.logColumns) FROM statement s WHERE s.entry >= ? AND s.entry < ?"
    let range = filter.range ?? 0..<size
    var values: [SQLValue] = [.integer(range.lowerBound), .integer(min(range.upperBound, size))]
    if let type = filter.type {
      sql += " AND s.type = ?"
      values.append(.text(type))
    }
    if let signer = filter.signer {
      sql += " AND (s.member = ? OR s.party = ?)"
      values += [.text(signer), .text(signer)]
    }
    if let controls = filter.controls {
      sql += " AND s.entry IN (SELECT entry FROM control WHERE control IN \(ProjectionIndex.places(controls.count)))"
      values += controls.map { .text($0) }
    }
    sql += " ORDER BY s.entry \(filter.newestFirst ? "DESC" : "ASC")"
    if let limit = filter.limit {
      sql += " LIMIT ?"
      values.append(.integer(max(0, limit)))
    }
    return try read { try $0.query(sql).map(values) { ProjectionIndex.logRow($0) } }
  }

  /// Lines of a run of entries that count and that a condition holds for, in log order.
  func deeds(in range: Range<Int>, where condition: String) throws -> [LogRow] {
    let sql = """
      SELECT \(ProjectionIndex.logColumns) FROM statement s
      WHERE s.entry >= ? AND s.entry < ? AND s.effective = 1 AND \(condition) ORDER BY s.entry
      """
    let bound: [SQLValue] = [.integer(range.lowerBound), .integer(min(range.upperBound, size))]
    return try read { try $0.query(sql).map(bound) { ProjectionIndex.logRow($0) } }
  }

  /// The line of an entry, counted from 0.
  package func statement(entry: Int) throws -> LogRow? {
    var filter = LogFilter()
    guard entry >= 0, entry < size else { return nil }
    filter.range = entry..<(entry + 1)
    return try logRows(filter).first
  }

  /// Lines that hold all words of a text, each as the beginning of a word or of several in a row; the best first.
  ///
  /// Looked through are entry numbers, types, members, controls, descriptions, sources, labels, commands, and the names
  /// of objects, those that manifests list among them.
  package func search(_ text: String, limit: Int = 100) throws -> [LogRow] {
    // Within quotes nothing has a meaning to FTS5 but a quote, which is doubled.
    let terms = text.split(whereSeparator: \.isWhitespace).map { word in
      "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"*"
    }
    // A term without a letter or digit has no tokens, and would match nothing.
    let found = terms.filter { term in
      term.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    guard !found.isEmpty else { return [] }
    let sql = """
      SELECT \(ProjectionIndex.logColumns) FROM search JOIN statement s ON s.entry = search.rowid
      WHERE search MATCH ? AND s.entry < ? ORDER BY search.rank, s.entry DESC LIMIT ?
      """
    return try read { database in
      try database.query(sql).map(
        [.text(found.joined(separator: " ")), .integer(size), .integer(max(0, limit))]
      ) { ProjectionIndex.logRow($0) }
    }
  }

  /// Why entries do not count, and what else the fold found, in log order.
  package func rejected() throws -> [Finding] {
    let sql = "SELECT entry, code, subject, expected, found, message FROM finding WHERE entry < ? ORDER BY rowid"
    return try read { database in
      try database.query(sql).map([.integer(size)]) { row -> Finding? in
        guard let code = FindingCode(rawValue: row.text(1)) else { return nil }
        return Finding(
          code, row.text(2), entry: row.integer(0), expected: row.optionalText(3), found: row.optionalText(4),
          row.text(5))
      }.compactMap { $0 }
    }
  }

  static func places(_ count: Int) -> String {
    "(" + Array(repeating: "?", count: count).joined(separator: ", ") + ")"
  }
}

/// Digests.
extension ProjectionIndex {
  /// The statements and objects whose digests begin so, statements first.
  ///
  /// - Parameter prefix: Lower-case hexadecimal digits, at least one.
  package func find(prefix: String, limit: Int = 20) throws -> [Reference] {
    let count = prefix.utf8.count
    guard (1...64).contains(count), let low = Digest(hex: prefix + String(repeating: "0", count: 64 - count)),
      let high = Digest(hex: prefix + String(repeating: "f", count: 64 - count))
    else { return [] }
    let values: [SQLValue] = [.digest(low), .digest(high), .integer(size), .integer(max(0, limit))]
    return try read { database in
      var found = try database.query(
        "SELECT id, min(entry) FROM statement WHERE id BETWEEN ? AND ? AND entry < ? GROUP BY id LIMIT ?"
      ).map(values) { Reference.statement(try $0.digest(0), entry: $0.integer(1)) }
      for table in ["use", "item"] {
        found += try database.query(
          "SELECT DISTINCT digest FROM \(table) WHERE digest BETWEEN ? AND ? AND entry < ? LIMIT ?"
        ).map(values) { Reference.object(try $0.digest(0)) }
      }
      var seen: Set<Reference> = []
      return Array(found.filter { seen.insert($0).inserted }.prefix(max(0, limit)))
    }
  }

  /// The statements that bring an object, in log order, those among them that list it in a manifest.
  ///
  /// - Parameter known: How many entries are known; nil for all.
  package func objectUses(_ digest: Digest, upTo known: Int? = nil) throws -> [NamedUse] {
    let tail = """
      s.id, e.controls, EXISTS (SELECT 1 FROM replacement r WHERE r.statement = s.id AND r.entry < ?2)
      """
    let sql = """
      SELECT u.entry, u.party, u.name, u.size, u.media, u.evidence, \(tail)
      FROM use u JOIN statement s ON s.entry = u.entry LEFT JOIN evidence e ON e.entry = u.entry
      WHERE u.digest = ?1 AND u.entry < ?2
      UNION ALL SELECT i.entry, s.party, i.name, NULL, NULL, 1, \(tail)
      FROM item i JOIN statement s ON s.entry = i.entry LEFT JOIN evidence e ON e.entry = i.entry
      WHERE i.digest = ?1 AND i.entry < ?2 ORDER BY 1
      """
    return try read { database in
      try database.query(sql).map([.digest(digest), .integer(known ?? size)]) { row in
        NamedUse(
          entry: row.integer(0), statement: try row.digest(6), party: row.text(1), name: row.text(2),
          size: row.optionalInteger(3), mediaType: row.optionalText(4), isEvidence: row.integer(5) == 1,
          controls: EvidenceColumns.split(row.text(7)), isReplaced: row.integer(8) == 1)
      }
    }
  }

  /// Where many objects are named, found in one reading.
  ///
  /// - Returns: Those that are named anywhere.
  package func objectUses(of digests: [Digest]) throws -> [Digest: [NamedUse]] {
    try read { _ in
      var found: [Digest: [NamedUse]] = [:]
      for digest in digests {
        let uses = try objectUses(digest)
        if !uses.isEmpty { found[digest] = uses }
      }
      return found
    }
  }

  /// Every object that a statement brings or a manifest lists, some of them twice, with the size that a statement gives it; a
  /// manifest gives none.
  package func forEachObject(_ body: (Digest, _ size: Int?) throws -> Void) throws {
    try read { database in
      let sql = """
        SELECT digest, MIN(size) FROM use WHERE entry < ?1 GROUP BY digest
        UNION ALL SELECT DISTINCT digest, NULL FROM item WHERE entry < ?1
        """
      try database.query(sql).forEach([.integer(size)]) { try body($0.digest(0), $0.optionalInteger(1)) }
    }
  }

  /// The objects that a statement brings, without what its manifest lists.
  package func objects(ofEntry entry: Int) throws -> [(digest: Digest, name: String, size: Int, mediaType: String)] {
    try read { database in
      try database.query("SELECT digest, name, size, media FROM use WHERE entry = ? ORDER BY rowid").map(
        [.integer(entry)]
      ) { (try $0.digest(0), $0.text(1), $0.integer(2), $0.text(3)) }
    }
  }
}

/// Evidence and assessments.
extension ProjectionIndex {
  /// All evidence that counts.
  ///
  /// - Parameter known: The size of the tree that is known; nil for all that is remembered.
  package func evidenceBook(upTo known: Int? = nil) throws -> EvidenceBook {
    var book = EvidenceBook()
    let sql = "SELECT \(EvidenceColumns.names) FROM evidence e WHERE e.entry < ? ORDER BY e.entry"
    try read { database in
      try database.query(sql).forEach([.integer(min(size, known ?? size))]) { book.add(try EvidenceColumns.record($0)) }
    }
    return book
  }

  /// Evidence that names any of some controls and units, replaced evidence among it, in log order.
  package func evidence(forControls controls: [String]) throws -> [EvidenceRecord] {
    let sql = """
      SELECT \(EvidenceColumns.names) FROM evidence e WHERE e.entry < ? AND e.entry IN
      (SELECT entry FROM control WHERE control IN \(ProjectionIndex.places(controls.count))) ORDER BY e.entry
      """
    return try read { database in
      try database.query(sql).map([.integer(size)] + controls.map { .text($0) }) { try EvidenceColumns.record($0) }
    }
  }

  /// All assessments that count, in log order.
  package func assessments() throws -> [AssessmentRecord] {
    let sql = """
      SELECT entry, statement, party, member, recorded, units, status, evidence, note, first, last FROM assessment
      WHERE entry < ? ORDER BY entry
      """
    return try read { database in
      try database.query(sql).map([.integer(size)]) { row -> AssessmentRecord? in
        guard let status = Assessment.Status(rawValue: row.text(6)) else { return nil }
        var assessment = Assessment(
          units: EvidenceColumns.split(row.text(5)), status: status, evidence: row.optionalDigest(7),
          note: row.optionalText(8))
        assessment.from = row.optionalInteger(9).map { Day(daysSinceEpoch: $0) }
        assessment.through = row.optionalInteger(10).map { Day(daysSinceEpoch: $0) }
        return AssessmentRecord(
          entry: row.integer(0), statement: try row.digest(1), party: row.text(2), member: row.text(3),
          recorded: Instant(millisecondsSinceEpoch: row.integer(4)), assessment: assessment)
      }.compactMap { $0 }
    }
  }
}
