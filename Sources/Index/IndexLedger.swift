package import Crypto
package import Ownership
package import Statements

/// The ledger of a projection: its tables, and in front of them what was added and is not committed yet.
///
/// A value: a copy of it, and of the fold that holds it, can be gone back to. What was added stays in memory alone until
/// `ProjectionIndex.advance` is given it.
package struct IndexLedger: StatementLedger {
  private let index: ProjectionIndex
  private var overlay: MemoryLedger

  init(_ index: ProjectionIndex) {
    self.index = index
    overlay = MemoryLedger(library: index.library)
  }

  package func record(of statement: Digest) throws -> LedgerRecord? {
    if let added = overlay.record(of: statement) { return added }
    return try index.read { database in
      try database.query(
        "SELECT entry, type, party FROM statement WHERE id = ? AND entry < ? AND party IS NOT NULL ORDER BY entry LIMIT 1"
      ).first([.digest(statement), .integer(index.size)]) { row in
        LedgerRecord(statement: statement, entry: row.integer(0), type: row.text(1), party: row.text(2))
      }
    }
  }

  package func contains(_ statement: Digest) throws -> Bool {
    if overlay.contains(statement) { return true }
    return try index.read { database in
      try database.query("SELECT 1 FROM statement WHERE id = ? AND entry < ? LIMIT 1").first(
        [.digest(statement), .integer(index.size)]) { _ in true } ?? false
    }
  }

  package func uses(of object: Digest) throws -> [ObjectUse] {
    try index.objectUses(object).map {
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
