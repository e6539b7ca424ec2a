/// Every kind of finding. Codes are stable: what a machine reads never changes its meaning.
package enum FindingCode: String, Sendable, CaseIterable, Codable {
  // Integrity: the store is not what it was, or says what nobody entitled said.
  case storeMalformed = "store-malformed"
  case entryMalformed = "entry-malformed"
  case chainBroken = "chain-broken"
  case tileMismatch = "tile-mismatch"
  case rootMismatch = "root-mismatch"
  case checkpointUnsigned = "checkpoint-unsigned"
  case signatureInvalid = "signature-invalid"
  case notEntitled = "not-entitled"
  case replayed
  case objectMissing = "object-missing"
  case objectCorrupt = "object-corrupt"
  case historyForked = "history-forked"
  case historyTruncated = "history-truncated"
  case anchorInvalid = "anchor-invalid"
  case statementUnknown = "statement-unknown"
  case clockDisorder = "clock-disorder"
  case objectUnreferenced = "object-unreferenced"
  case strayFile = "stray-file"
  case olderThanSeen = "older-than-seen"
  case objectWithheld = "object-withheld"
  case witnessUnknown = "witness-unknown"

  // Ownership: nobody answers, or not everybody has agreed.
  case undecided, undelegable, contested, declined, unaccepted, lapsed, unowned
  case pending, backdated, unstaffed
  case noEvidence = "no-evidence"
  case staleEvidence = "stale-evidence"
  case outsiderEvidence = "outsider-evidence"
  case disputed
  case partyUnconfirmed = "party-unconfirmed"
  case singlePoint = "single-point"

  /// How much a finding of this kind matters.
  package var severity: Severity {
    switch self {
    case .storeMalformed, .entryMalformed, .chainBroken, .tileMismatch, .rootMismatch, .checkpointUnsigned,
      .signatureInvalid, .notEntitled, .replayed, .objectMissing, .objectCorrupt, .historyForked, .historyTruncated,
      .anchorInvalid, .statementUnknown:
      .error
    case .undecided, .undelegable, .contested, .declined, .unaccepted, .lapsed, .unowned: .error
    case .clockDisorder, .pending, .backdated, .unstaffed, .noEvidence, .staleEvidence, .outsiderEvidence, .disputed,
      .partyUnconfirmed:
      .warning
    case .objectUnreferenced, .strayFile, .olderThanSeen, .objectWithheld, .witnessUnknown, .singlePoint: .note
    }
  }

  /// Whether such a finding makes the store unsound: tampering, corruption, or statements that do not count.
  package var isIntegrityError: Bool {
    switch self {
    case .storeMalformed, .entryMalformed, .chainBroken, .tileMismatch, .rootMismatch, .checkpointUnsigned,
      .signatureInvalid, .notEntitled, .replayed, .objectMissing, .objectCorrupt, .historyForked, .historyTruncated,
      .anchorInvalid:
      true
    default: false
    }
  }

  /// The seven kinds of nobody answering, the first in order counting: undecided, undelegable, contested, declined,
  /// unaccepted, lapsed, unowned.
  package static let ownershipErrors: [FindingCode] = [
    .undecided, .undelegable, .contested, .declined, .unaccepted, .lapsed, .unowned,
  ]
}
