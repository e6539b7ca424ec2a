package import Crypto
package import Ownership
package import Statements
package import TreeLog
package final class ProjectionIndex {
  private var folding: LogFolding?
  package init() {}
  package static func open(folder: String, origin: String) throws -> ProjectionIndex { ProjectionIndex() }
  package func follow(
    _ contents: any StoreContents, to checkpoint: Checkpoint, library: ObjectLibrary, progress: (Int, Int) -> Void
  ) throws -> Standing {
    var f = LogFolding(library: library)
    try f.run(
      LogReader(contents: contents, size: checkpoint.size, root: checkpoint.root), to: checkpoint.size,
      progress: progress)
    folding = f
    ledger = IndexLedger(base: f.fold.ledger)
    return f.fold.standing
  }
  package private(set) var ledger = IndexLedger(base: MemoryLedger(library: ObjectLibrary { _, _ in nil }))
  package func advance(
    _ entries: [(entry: ParsedEntry, outcome: Fold<IndexLedger>.Outcome)], standing: Standing, checkpoint: Checkpoint
  ) throws {}
  package func evidenceBook() throws -> EvidenceBook { folding?.evidence ?? EvidenceBook() }
}
package struct IndexLedger: StatementLedger {
  var base: MemoryLedger
  package func record(of statement: Digest) throws -> LedgerRecord? { base.record(of: statement) }
  package func contains(_ statement: Digest) throws -> Bool { base.contains(statement) }
  package func uses(of object: Digest) throws -> [ObjectUse] { try base.uses(of: object) }
  package mutating func add(_ statement: Statement, record: LedgerRecord?) throws {
    base.add(statement, record: record)
  }
}
