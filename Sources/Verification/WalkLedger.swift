internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Finds earlier statements: those of this run, and those that were verified before it.
struct WalkLedger: StatementLedger {
  private let past: (any StatementLedger)?
  private(set) var added: PackedLedger
  /// Who brings what is redacted, among the entries of this run.
  let redacted: RedactedUses

  /// - Parameter range: The entries of this run.
  init(past: (any StatementLedger)?, contents: any StoreContents, library: ObjectLibrary, range: Range<Int>) {
    self.past = past
    added = PackedLedger()
    redacted = RedactedUses(contents: contents, library: library, range: range)
  }

  func record(of statement: Digest) throws -> LedgerRecord? {
    try added.record(of: statement) ?? past?.record(of: statement)
  }

  func contains(_ statement: Digest) throws -> Bool {
    try added.contains(statement) || past?.contains(statement) ?? false
  }

  func uses(of object: Digest) throws -> [ObjectUse] {
    let own = try redacted.uses(of: object).compactMap { bringing -> ObjectUse? in
      // What stands later in the log, or does not count, brings nothing.
      guard added.entry(of: bringing.statement) == bringing.use.entry,
        let party = added.party(ofEntry: bringing.use.entry)
      else { return nil }
      var use = bringing.use
      use.party = party
      return use
    }
    return try (past?.uses(of: object) ?? []) + own
  }

  mutating func add(_ statement: Statement, record: LedgerRecord?) {
    added.add(statement.id, record: record)
  }
}
