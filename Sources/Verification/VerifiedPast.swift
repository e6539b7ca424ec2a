package import Crypto
package import Findings
package import Ownership
package import Statements
internal import TreeLog

/// What an earlier verification of the same log found sound: enough to go on from there, bound to the tree it looked at.
package struct VerifiedPast: Sendable {
  /// The tree that was verified.
  package var size: Int
  package var root: Digest
  /// The leaf hash of the genesis entry.
  package var genesis: Digest
  /// The UTC day of the verification.
  package var on: Day
  /// What the entries of that tree amount to.
  package var state: LogState
  /// Every key that the log had ever let append, and those that might append before or after its last entry.
  package var appenders: [Digest]
  package var lastAppenders: [Digest]
  /// What was to be said of its entries, and keeps nothing from being sound.
  package var findings: [Finding]

  /// A log of which more is to be said is looked at as a whole each time.
  static let findingLimit = 1000

  package init(
    size: Int, root: Digest, genesis: Digest, on: Day, state: LogState, appenders: [Digest], lastAppenders: [Digest],
    findings: [Finding]
  ) {
    self.size = size
    self.root = root
    self.genesis = genesis
    self.on = on
    self.state = state
    self.appenders = appenders
    self.lastAppenders = lastAppenders
    self.findings = findings
  }
}

/// What a reader has at hand of the statements that were verified before: tables that were made from the entries of this
/// very log, each held against the tree.
package struct VerifiedTables {
  /// Finds statements of the tree that was verified, and none that came later.
  package var ledger: any StatementLedger
  /// All evidence, as of the checkpoint that is looked at now.
  package var evidence: any EvidenceSource
  /// Values of service levels and hours, as of that checkpoint.
  package var promises: PromiseBook
  /// Evidence that names a duty and is not replaced, in log order.
  package var dutyEvidence: [EvidenceRecord]

  package init(
    ledger: any StatementLedger, evidence: any EvidenceSource, promises: PromiseBook = PromiseBook(),
    dutyEvidence: [EvidenceRecord] = []
  ) {
    self.ledger = ledger
    self.evidence = evidence
    self.promises = promises
    self.dutyEvidence = dutyEvidence
  }
}

/// Why what was verified before cannot be gone on from: all is to be looked at.
package enum PastMismatch: Error, Sendable, Equatable {
  /// The log of now does not begin with the tree that was verified.
  case otherTree
  /// A file holds entries that were verified before, and does not hold them any more.
  case changed(path: String)
}
