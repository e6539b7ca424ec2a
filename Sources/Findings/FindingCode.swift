/// Every kind of finding. Codes are stable: what a machine reads never changes its meaning.
///
/// A new kind is a case here, a row in ``row``, and whoever raises it. The order of the cases is the order in which
/// findings of one severity are listed.
public enum FindingCode: String, Sendable, CaseIterable, Codable {
  // The store is not what it was, or says what nobody entitled said.
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
  case packMismatch = "pack-mismatch"
  case statementUnknown = "statement-unknown"
  case clockAhead = "clock-ahead"
  case quorumUnmet = "quorum-unmet"
  case clockDisorder = "clock-disorder"
  case olderThanSeen = "older-than-seen"
  case offerWithheld = "offer-withheld"
  case offerRefused = "offer-refused"
  case timestampUntrusted = "timestamp-untrusted"
  case objectUnreferenced = "object-unreferenced"
  case strayFile = "stray-file"
  case objectWithheld = "object-withheld"
  case witnessUnknown = "witness-unknown"

  // Nobody answers, or not everybody has agreed.
  case undecided, undelegable, contested, declined, unaccepted, lapsed, unowned
  case pending, backdated, unstaffed
  case noEvidence = "no-evidence"
  case staleEvidence = "stale-evidence"
  case outsiderEvidence = "outsider-evidence"
  case futureDated = "future-dated"
  case disputed
  case partyUnconfirmed = "party-unconfirmed"
  case noAdministrator = "no-administrator"
  case catalogForeign = "catalog-foreign"
  case unitsWithdrawn = "units-withdrawn"

  // What was promised, and whether it was kept.
  case levelOutsideScope = "sla-outside-scope"
  case levelMissed = "sla-missed"
  case levelUnmeasured = "sla-unmeasured"
  case doubleWork = "double-work"
  case assessmentOutdated = "assessment-outdated"
  case noBusinessAssociateAgreement = "no-baa"
  case noResponsibilityMatrix = "no-matrix"
  case handoverUnreadable = "handover-unreadable"
  case overdue
  case actionLate = "action-late"
  case requestOverdue = "request-overdue"
  case singlePoint = "single-point"

  /// How much a finding of this kind matters.
  public var severity: Severity { row.severity }

  /// Whether such a finding makes the store unsound: tampering, corruption, or statements that do not count.
  public var isIntegrityError: Bool { row.makesUnsound }

  /// What such a finding says, in a few words: `nobody is accountable`.
  public var meaning: String { row.meaning }

  /// The seven kinds of nobody answering, the first in order counting: undecided, undelegable, contested, declined,
  /// unaccepted, lapsed, unowned.
  public static let ownershipErrors: [FindingCode] = [
    .undecided, .undelegable, .contested, .declined, .unaccepted, .lapsed, .unowned,
  ]

  /// Whether it weighs more than another, or stands earlier among those that weigh the same.
  public func precedes(_ other: FindingCode) -> Bool {
    if severity != other.severity { return severity > other.severity }
    let order = FindingCode.allCases
    return order.firstIndex(of: self) ?? 0 < order.firstIndex(of: other) ?? 0
  }
}
