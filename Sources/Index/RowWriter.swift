internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Puts entries into the tables, each with what the fold made of it.
final class RowWriter {
  private let database: Database
  private let contents: any StoreContents
  private let library: ObjectLibrary
  /// How many rows were put in, those for searching aside.
  private(set) var rows = 0
  private var groups: EvidenceGroups
  private var insertions: [String: Query] = [:]

  init(database: Database, contents: any StoreContents, library: ObjectLibrary) {
    self.database = database
    self.contents = contents
    self.library = library
    groups = EvidenceGroups(database)
  }

  private func insert(_ table: String, _ values: SQLValue...) throws {
    try insertion(table, columns: values.count).forEach(values) { _ in }
    rows += 1
  }

  private func insertion(_ table: String, columns: Int) throws -> Query {
    if let known = insertions[table] { return known }
    let places = Array(repeating: "?", count: columns).joined(separator: ", ")
    let query = try database.query("INSERT INTO \(table) VALUES (\(places))")
    insertions[table] = query
    return query
  }

  func write(_ parsed: ParsedEntry, _ outcome: Fold<IndexLedger>.Outcome, sequence: Int) throws {
    for finding in outcome.findings {
      try insert(
        "finding", .integer(sequence), .text(finding.code.rawValue), .text(finding.subject), SQLValue(finding.expected),
        SQLValue(finding.found), .text(finding.message))
    }
    var entry: Entry?
    if case .success(let read) = parsed.entry { entry = read }
    guard let entry, case .success(let statement)? = parsed.statement else {
      try insert(
        "statement", .integer(sequence), .null, .null, .null, .null, SQLValue(entry?.envelope.keyID),
        SQLValue(entry?.time.millisecondsSinceEpoch), .null, .integer(0), .text("malformed"))
      return
    }
    let summary = statement.summary
    try insert(
      "statement", .integer(sequence), .digest(statement.id), .text(statement.predicate.typeName),
      SQLValue(outcome.signer?.name), SQLValue(outcome.signer?.party), .digest(entry.envelope.keyID),
      .integer(entry.time.millisecondsSinceEpoch), .integer(statement.signedAt.millisecondsSinceEpoch),
      .integer(outcome.hasEffect ? 1 : 0), .text(summary))
    var names: [String] = []
    if outcome.awaitsLists {
      for missing in statement.missingLists { try insert("absent", .digest(missing), .integer(sequence)) }
    }
    if let signer = outcome.signer {
      names = try writeObjects(of: statement, signer: signer, sequence: sequence)
      if outcome.hasEffect {
        try writePredicate(of: statement, entry: entry, signer: signer, sequence: sequence)
      }
    }
    try database.query("INSERT INTO search (rowid, names, words) VALUES (?, ?, ?)").run(
      .integer(sequence), .text(names.joined(separator: "\n")),
      .text(words(statement, signer: outcome.signer, summary: summary, sequence: sequence)))
  }

  /// - Returns: The names that they, and what manifests among them list, are found under.
  private func writeObjects(of statement: Statement, signer: Signer, sequence: Int) throws -> [String] {
    for missing in statement.missingLists { try insert("absent", .digest(missing), .integer(sequence)) }
    let record = LedgerRecord(
      statement: statement.id, entry: sequence, type: statement.predicate.typeName, party: signer.party)
    var names: [String] = []
    for (subject, use) in ObjectUse.uses(of: statement, record: record) {
      try insert(
        "use", .digest(subject.digest), .integer(sequence), .text(use.party), .integer(use.isEvidence ? 1 : 0),
        .text(subject.mediaType), .integer(subject.size), .text(subject.name))
      names.append(subject.name)
      if subject.mediaType == MediaType.manifest {
        try writeItems(of: subject.digest, sequence: sequence, &names)
      } else if try isMissing(subject, of: statement.predicate) {
        try insert("absent", .digest(subject.digest), .integer(sequence))
      }
    }
    return names
  }

  /// Whether the fold would have read an object that is not there.
  private func isMissing(_ subject: Subject, of predicate: Predicate) throws -> Bool {
    switch predicate {
    case .framework, .engagement, .acceptance: try contents.objectSize(subject.digest) == nil
    default: false
    }
  }

  private func writeItems(of manifest: Digest, sequence: Int, _ names: inout [String]) throws {
    var reader = ManifestReader()
    let query = try database.query("INSERT OR IGNORE INTO item VALUES (?, ?, ?)")
    do {
      let size = try unsafe contents.readObject(manifest) { chunk in
        try unsafe reader.feed(chunk) { item in
          try query.run(.digest(item.digest), .integer(sequence), .text(item.name))
          rows += database.changes
          names.append(item.name)
        }
      }
      if size == nil { try insert("absent", .digest(manifest), .integer(sequence)) }
    } catch is Manifest.SyntaxError {
      // What stands before the fault counts, as it does for the fold in memory.
    }
  }

  private func writePredicate(of statement: Statement, entry: Entry, signer: Signer, sequence: Int) throws {
    let recorded = SQLValue.integer(entry.time.millisecondsSinceEpoch)
    switch statement.predicate {
    case .evidence(let evidence):
      let record = EvidenceRecord(entry: sequence, statement, by: signer, recorded: entry.time, evidence: evidence)
      let isShown = try !groups.isReplaced(statement.id)
      let group = try groups.note(record, isShown: isShown, &rows)
      let objects = EvidenceRecord.objects(of: statement)
      try insert(
        "evidence", .integer(sequence), .digest(statement.id), .text(signer.party), .text(signer.name),
        .digest(signer.key.keyID), recorded, .text(EvidenceColumns.join(evidence.controls)),
        SQLValue(evidence.description), SQLValue(evidence.from?.daysSinceEpoch),
        SQLValue(evidence.through?.daysSinceEpoch), SQLValue(evidence.collected?.millisecondsSinceEpoch),
        SQLValue(evidence.source), SQLValue(evidence.query), SQLValue(evidence.count), SQLValue(evidence.label),
        SQLValue(evidence.duty), SQLValue(evidence.retainUntil?.daysSinceEpoch),
        .blob(evidence.replaces.flatMap(\.bytes)), EvidenceColumns.run(evidence.run),
        .blob(objects.artifacts.flatMap(\.bytes)), SQLValue(objects.manifest), .integer(group),
        .integer(record.ageDay.daysSinceEpoch), .integer(isShown ? 1 : 0))
      try writeControls(evidence.controls, sequence: sequence)
      for replaced in evidence.replaces {
        try database.query("INSERT OR IGNORE INTO replacement VALUES (?, ?)").run(.digest(replaced), .integer(sequence))
        rows += database.changes
        try groups.replace(replaced)
      }
    case .assessment(let assessment):
      try insert(
        "assessment", .integer(sequence), .digest(statement.id), .text(signer.party), .text(signer.name), recorded,
        .text(EvidenceColumns.join(assessment.units)), .text(assessment.status.rawValue),
        SQLValue(assessment.evidence), SQLValue(assessment.note), SQLValue(assessment.from?.daysSinceEpoch),
        SQLValue(assessment.through?.daysSinceEpoch))
      try writeControls(assessment.units, sequence: sequence)
    case .measurement(let measurement):
      try insert(
        "measurement", .integer(sequence), .text(signer.party), .text(signer.name), recorded,
        .text(measurement.engagement), .text(measurement.level), .integer(measurement.from.daysSinceEpoch),
        .integer(measurement.through.daysSinceEpoch), .text(measurement.value), SQLValue(measurement.count))
    case .usage(let usage):
      try insert(
        "usage", .integer(sequence), .text(signer.party), .text(signer.name), recorded, .text(usage.engagement),
        SQLValue(usage.block), .text(EvidenceColumns.join(usage.domains)), .integer(usage.from.daysSinceEpoch),
        .integer(usage.through.daysSinceEpoch), .text(usage.hours), .text(EvidenceColumns.join(usage.units)),
        SQLValue(usage.member), SQLValue(usage.note))
      try writeControls(usage.units, sequence: sequence)
    default: break
    }
  }

  private func writeControls(_ controls: [String], sequence: Int) throws {
    // Two spellings that Swift takes for one are two here, as they are in the table.
    var seen: Set<[UInt8]> = []
    for control in controls where seen.insert(Array(control.utf8)).inserted {
      try insert("control", .text(control), .integer(sequence))
    }
  }

  /// What a statement is found by, beside the names of its objects.
  private func words(_ statement: Statement, signer: Signer?, summary: String, sequence: Int) -> String {
    var words = ["\(sequence)", statement.predicate.typeName, summary]
    if let signer { words += [signer.name, signer.member?.name ?? ""] }
    switch statement.predicate {
    case .evidence(let evidence):
      words += evidence.controls
      words += [evidence.description, evidence.source, evidence.query, evidence.label, evidence.duty].compactMap { $0 }
      words += evidence.run?.arguments ?? []
    case .assessment(let assessment):
      words += assessment.units
      words += [assessment.note].compactMap { $0 }
    case .usage(let usage):
      words += usage.domains + usage.units + [usage.member, usage.note].compactMap { $0 }
    default: break
    }
    return words.joined(separator: "\n")
  }
}
