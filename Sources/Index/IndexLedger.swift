package import Crypto
package import Ownership
package import Statements

/// The ledger of a projection: its tables, and in front of them what was added and is not committed yet.
///
/// A value: a copy of it, and of the fold that holds it, can be gone back to. What was added stays in memory alone until
/// `ProjectionIndex.advance` is given it.
package struct IndexLedger: StatementLedger {
  private let index: ProjectionIndex
  /// How many entries it knows; nil for all that the index has followed.
  private let known: Int?
  private var overlay: MemoryLedger

  /// - Parameter known: How many entries it knows; nil for all that the index has followed.
  package init(_ index: ProjectionIndex, upTo known: Int? = nil) {
    self.index = index
    self.known = known
    overlay = MemoryLedger(library: index.library)
  }

  private var size: Int { min(known ?? index.size, index.size) }

  package func record(of statement: Digest) throws -> LedgerRecord? {
    if let added = overlay.record(of: statement) { return added }
    return try index.read { database in
      try database.query(
        "SELECT entry, type, party FROM statement WHERE id = ? AND entry < ? AND party IS NOT NULL ORDER BY entry LIMIT 1"
      ).first([.digest(statement), .integer(size)]) { row in
        LedgerRecord(statement: statement, entry: row.integer(0), type: row.text(1), party: row.text(2))
      }
    }
  }

  package func contains(_ statement: Digest) throws -> Bool {
    if overlay.contains(statement) { return true }
    return try index.read { database in
      try database.query("SELECT 1 FROM statement WHERE id = ? AND entry < ? LIMIT 1").first(
        [.digest(statement), .integer(size)]) { _ in true } ?? false
    }
  }

  package func uses(of object: Digest) throws -> [ObjectUse] {
    try index.objectUses(object, upTo: size).map {
      ObjectUse(entry: $0.entry, party: $0.party, isEvidence: $0.isEvidence, controls: $0.controls)
    } + overlay.uses(of: object)
  }

  package mutating func add(_ statement: Statement, record: LedgerRecord?) {
    overlay.add(statement, record: record)
  }

  /// Forgets what was added, once the tables have it.
  mutating func clearOverlay() {
    overlay = MemoryLedger(library: index.library)
  }
}
