internal import Crypto
internal import Ownership
internal import Statements

/// Counts evidence as it comes in, by the controls that it names and the party that submitted it, so that how a unit
/// stands can be said without going through all of it.
struct EvidenceGroups {
  private let database: Database
  /// The groups met last, by controls and party.
  private var known: [Key: Int] = [:]

  /// Controls and party, by their bytes.
  struct Key: Hashable {
    let controls: [UInt8]
    let party: [UInt8]

    /// - Parameter controls: As the columns join them.
    init(controls: String, party: String) {
      self.controls = Array(controls.utf8)
      self.party = Array(party.utf8)
    }

    init(_ record: EvidenceRecord) {
      self.init(controls: EvidenceColumns.join(record.evidence.controls), party: record.party)
    }
  }

  /// So many are kept at hand.
  private static let limit = 4096

  init(_ database: Database) {
    self.database = database
  }

  /// Whether earlier evidence says that it takes this one's place.
  func isReplaced(_ statement: Digest) throws -> Bool {
    try database.query("SELECT 1 FROM replacement WHERE statement = ? LIMIT 1").first([.digest(statement)]) { _ in
      true
    } ?? false
  }

  /// Counts evidence into its group, and makes that where it is the first.
  ///
  /// - Parameter rows: Told of a row that was put in.
  mutating func note(_ record: EvidenceRecord, isShown: Bool, _ rows: inout Int) throws -> Int {
    let controls = EvidenceColumns.join(record.evidence.controls)
    let latest = max(record.firstDay, record.ageDay).daysSinceEpoch
    let key = Key(record)
    let group: Int
    if let id = try known[key] ?? find(controls, record.party) {
      group = id
      try database.query("UPDATE evidence_group SET shown = shown + ?, latest = max(latest, ?) WHERE id = ?").run(
        .integer(isShown ? 1 : 0), .integer(latest), .integer(id))
    } else {
      try database.query("INSERT INTO evidence_group (controls, party, shown, latest) VALUES (?, ?, ?, ?)").run(
        .text(controls), .text(record.party), .integer(isShown ? 1 : 0), .integer(latest))
      rows += 1
      group = try find(controls, record.party) ?? 0
    }
    if known.count >= EvidenceGroups.limit { known.removeAll(keepingCapacity: true) }
    known[key] = group
    return group
  }

  /// Takes evidence out of its group, once, where later evidence takes its place.
  func replace(_ statement: Digest) throws {
    let found = try database.query(
      "SELECT e.entry, e.collection FROM statement s JOIN evidence e ON e.entry = s.entry WHERE s.id = ? AND e.shown = 1"
    ).map([.digest(statement)]) { ($0.integer(0), $0.integer(1)) }
    for (entry, group) in found {
      try database.query("UPDATE evidence SET shown = 0 WHERE entry = ?").run(.integer(entry))
      try database.query("UPDATE evidence_group SET shown = shown - 1 WHERE id = ?").run(.integer(group))
    }
  }

  private func find(_ controls: String, _ party: String) throws -> Int? {
    try database.query("SELECT id FROM evidence_group WHERE controls = ? AND party = ?").first(
      [.text(controls), .text(party)]) { $0.integer(0) }
  }
}
