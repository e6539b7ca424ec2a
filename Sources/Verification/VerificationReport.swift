package import Findings
package import Crypto
package import Ownership
package import TreeLog

/// One of the six questions, and how it was answered.
package struct CheckResult: Sendable, Equatable {
  package enum Name: String, Sendable, CaseIterable {
    case chain, tree, statements, objects, history, ownership
  }

  package var name: Name
  /// Whether no finding of an error is about it.
  package var isOK: Bool
  /// Entries, tiles, statements, objects, trees seen, units.
  package var count: Int
  /// Further figures, by name.
  package var figures: [(name: String, value: Int)]
  /// One line for people.
  package var summary: String

  package static func == (left: CheckResult, right: CheckResult) -> Bool {
    left.name == right.name && left.isOK == right.isOK && left.count == right.count && left.summary == right.summary
  }
}

/// What a verification found.
package struct VerificationReport: Sendable {
  /// What the store's checkpoint says; nil where it says nothing that could be read.
  package var checkpoint: Checkpoint?
  /// In the order of the six questions.
  package var checks: [CheckResult]
  /// Integrity first, then ownership; within each, the worst first.
  package var findings: [Finding]
  package var state: LogState
  /// Who answers for what, as the verified entries say; nil where there is no genesis.
  package var snapshot: Snapshot?
  /// The leaf hash of the genesis entry.
  package var genesis: Digest?

  /// Whether the store is what was written, by those entitled, and nothing is lost.
  package var isSound: Bool {
    checkpoint != nil && !findings.contains { $0.code.isIntegrityError }
  }
}
