/// All that is the same for every finding of one kind.
public struct FindingRow: Sendable, Equatable {
  /// What the finding is about.
  public enum Group: Sendable, CaseIterable {
    /// The bytes of the store, its entries and objects, and what others have seen of it.
    case store
    /// Who answers for what, by which word, on what evidence.
    case ownership
    /// What was promised and is owed.
    case obligations
  }

  /// What it is about.
  public let group: Group
  /// How much it matters.
  public let severity: Severity
  /// Whether a store with such a finding is unsound.
  public let makesUnsound: Bool
  /// What it says, in a few words and without a full stop.
  public let meaning: String
  /// What to do about it, in the imperative and without a full stop.
  public let remedy: String

  private init(_ group: Group, _ severity: Severity, unsound: Bool = false, _ meaning: String, _ remedy: String) {
    self.group = group
    self.severity = severity
    makesUnsound = unsound
    self.meaning = meaning
    self.remedy = remedy
  }

  /// The store is not sound.
  static func unsound(_ meaning: String, _ remedy: String) -> FindingRow {
    FindingRow(.store, .error, unsound: true, meaning, remedy)
  }

  /// About a store that may be sound all the same.
  static func store(_ severity: Severity, _ meaning: String, _ remedy: String) -> FindingRow {
    FindingRow(.store, severity, meaning, remedy)
  }

  static func ownership(_ severity: Severity, _ meaning: String, _ remedy: String) -> FindingRow {
    FindingRow(.ownership, severity, meaning, remedy)
  }

  static func obligations(_ severity: Severity, _ meaning: String, _ remedy: String) -> FindingRow {
    FindingRow(.obligations, severity, meaning, remedy)
  }
}

extension FindingCode {
  private static let restore = "restore it from a copy of the store"
  private static let ask = "ask whoever signed it, and whoever appended it"
  private static let compare = "keep this copy, and compare checkpoints with the other party"

  /// What is the same for every finding of this kind.
  public var row: FindingRow {
    switch self {
    case .storeMalformed: .unsound("a file or path is not what the layout allows", "move it elsewhere, or restore it")
    case .entryMalformed: .unsound("an entry or its statement cannot be read", FindingCode.ask)
    case .chainBroken: .unsound("an entry does not follow from the one before it", FindingCode.restore)
    case .tileMismatch: .unsound("a tile or bundle does not hold what the entries give", FindingCode.restore)
    case .rootMismatch: .unsound("the entries do not give the checkpoint's root", FindingCode.restore)
    case .checkpointUnsigned: .unsound("no signature on the checkpoint holds", "restore the newest one from a copy")
    case .signatureInvalid: .unsound("a signature does not hold", FindingCode.ask)
    case .notEntitled: .unsound("somebody signed a statement who may not make it", FindingCode.ask)
    case .replayed: .unsound("a statement stands where it was not made for", FindingCode.ask)
    case .objectMissing: .unsound("an object is missing", FindingCode.restore)
    case .objectCorrupt: .unsound("an object is not what was submitted", FindingCode.restore)
    case .historyForked: .unsound("another history was shown before", FindingCode.compare)
    case .historyTruncated: .unsound("entries were cut off", FindingCode.compare)
    case .anchorInvalid: .unsound("a cosignature or timestamp does not hold", "ask whoever anchored it")
    case .packMismatch:
      .unsound("a file of a pack is not what its log gives", "have the pack sent again, and ask who changed it")
    case .statementUnknown: .store(.error, "a statement's type is unknown to this version", "use a newer version")
    case .clockAhead:
      .store(.error, "an entry is dated later than now", "compare the clocks of this machine and theirs")
    case .quorumUnmet:
      .store(
        .error, "too few witnesses of a policy have cosigned it", "have it cosigned, and append what they give back")
    case .clockDisorder: .store(.warning, "an entry's date does not fit its place", "ask whose clock was wrong")
    case .olderThanSeen: .store(.warning, "this copy is older than one seen before", "use the newest copy")
    case .offerWithheld: .store(.warning, "an offer is not in the log", "append it, or ask why it was left out")
    case .offerRefused:
      .store(.note, "an offer is not in the log, and its signer might not have said it", "have it signed by who may")
    case .timestampUntrusted:
      .store(.warning, "nobody whom the reader trusts vouches for a timestamp", "ask for the authority's certificates")
    case .objectUnreferenced: .store(.note, "no statement names an object", "'custody verify --tidy' removes it")
    case .strayFile:
      .store(
        .note, "a file lies beyond the checkpoint",
        "nobody believes it; in a store the next append overwrites it")
    case .objectWithheld: .store(.note, "an object was left out on purpose", "ask for it if it is needed")
    case .witnessUnknown:
      .store(
        .note, "nobody here knows a witness",
        "name it in a policy for 'custody verify --policy FILE', or let a member's witness key join")

    case .undecided: .ownership(.error, "the catalog or the agreement cannot be read", "restore the object from a copy")
    case .undelegable: .ownership(.error, "a duty that stays with the client is given away", "change the line")
    case .contested: .ownership(.error, "several parties are accountable at once", "agree on one")
    case .declined: .ownership(.error, "a party is named and declined", "agree anew")
    case .unaccepted:
      .ownership(.error, "a party is named, and an acceptance that counts is missing", "have it accepted")
    case .lapsed: .ownership(.error, "the last agreement that covered this has ended", "renew the agreement")
    case .unowned: .ownership(.error, "nobody is accountable", "name a party in an agreement")
    case .pending: .ownership(.warning, "a newer version awaits acceptance", "have it accepted")
    case .backdated: .ownership(.warning, "recorded after the date from which it claims to hold", "explain it")
    case .unstaffed: .ownership(.warning, "somebody is accountable, and nobody does it", "name who does it")
    case .noEvidence: .ownership(.warning, "owned, and nothing submitted yet", "submit what shows it")
    case .staleEvidence: .ownership(.warning, "the newest evidence is too old", "submit what shows it today")
    case .outsiderEvidence: .ownership(.warning, "evidence comes only from outsiders", "have an insider submit some")
    case .futureDated: .ownership(.warning, "evidence claims a day after it was signed", "submit it again, dated right")
    case .disputed: .ownership(.warning, "it rests on a statement of a key under suspicion", "sign it again")
    case .partyUnconfirmed:
      .ownership(.warning, "a party's first key is not confirmed", "compare its key id by telephone")
    case .noAdministrator: .ownership(.warning, "a party has no administrator whose key speaks", "bring one in")
    case .catalogForeign:
      .ownership(.warning, "a built-in catalog's id stands for other bytes", "adopt the built-in one")
    case .unitsWithdrawn:
      .ownership(.warning, "an adoption took units away", "adopt a catalog with them, or say why not")

    case .levelOutsideScope:
      .obligations(
        .warning, "a level covers a domain its party is not accountable for", "change the level or the scope")
    case .levelMissed: .obligations(.warning, "a measurement misses its target", "explain it")
    case .levelUnmeasured: .obligations(.warning, "a period has no measurement", "measure it")
    case .doubleWork:
      .obligations(
        .warning, "two parties worked in one domain in the same month", "say in the scope whose work it is")
    case .assessmentOutdated:
      .obligations(.warning, "an assessment rests on what was replaced or redacted", "assess it anew")
    case .noBusinessAssociateAgreement:
      .obligations(
        .warning, "others hold HIPAA units without a business associate agreement in force",
        "put it among the agreement's papers, and have both sides accept")
    case .noResponsibilityMatrix:
      .obligations(
        .warning, "others hold CMMC units without a responsibility matrix in force",
        "put it among the agreement's papers, and have both sides accept")
    case .handoverUnreadable:
      .obligations(.warning, "a hand-over list cannot be read", "restore it from a copy, or keep the list anew")
    case .overdue: .obligations(.warning, "a duty is late", "do it, and submit what shows it")
    case .actionLate:
      .obligations(.warning, "an item of a plan of action is late", "close it, and assess it anew; or say a new day")
    case .requestOverdue:
      .obligations(.warning, "an auditor's request is not answered in time", "submit what it asks for, with its label")
    case .singlePoint: .ownership(.note, "one person does more than half of a party's controls", "name a second person")
    }
  }
}
