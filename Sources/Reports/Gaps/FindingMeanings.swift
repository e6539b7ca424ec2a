package import Ownership

extension FindingCode {
  /// What such a finding says, in a few words.
  package var meaning: String {
    switch self {
    case .storeMalformed: "a file or path is not what the layout allows"
    case .entryMalformed: "an entry cannot be read"
    case .chainBroken: "an entry does not follow the one before it"
    case .tileMismatch: "a tile or bundle does not hold what the entries give"
    case .rootMismatch: "the entries do not give the checkpoint's root"
    case .checkpointUnsigned: "no signature on the checkpoint holds"
    case .signatureInvalid: "a signature does not hold"
    case .notEntitled: "a statement was signed by somebody who may not say that"
    case .replayed: "a statement stands where it was not made for"
    case .objectMissing: "an object is gone"
    case .objectCorrupt: "an object is not what was submitted"
    case .historyForked: "another history was shown before"
    case .historyTruncated: "entries were cut off"
    case .anchorInvalid: "a cosignature or timestamp does not hold"
    case .statementUnknown: "a statement is of a type that this version does not know"
    case .clockDisorder: "an entry is dated before the one before it"
    case .objectUnreferenced: "an object belongs to no statement"
    case .strayFile: "a file lies where the layout has none"
    case .olderThanSeen: "this copy is older than one seen before"
    case .objectWithheld: "an object was left out on purpose"
    case .witnessUnknown: "a cosignature is of a witness that nobody here knows"
    case .undecided: "the catalog or the agreement cannot be read"
    case .undelegable: "a duty that stays with the client is given away"
    case .contested: "several parties are accountable at once"
    case .declined: "a party is named, and said no"
    case .unaccepted: "a party is named, and not everybody has accepted"
    case .lapsed: "the last agreement that covered this has ended"
    case .unowned: "nobody is accountable"
    case .pending: "a newer version waits for an acceptance"
    case .backdated: "recorded after the date from which it claims to hold"
    case .unstaffed: "somebody is accountable, and nobody does it"
    case .noEvidence: "owned, and nothing submitted yet"
    case .staleEvidence: "the newest evidence is too old"
    case .outsiderEvidence: "evidence comes only from outsiders"
    case .disputed: "rests on a statement of a key under suspicion"
    case .partyUnconfirmed: "a party's first key is not confirmed"
    case .singlePoint: "one person does more than half of a party's controls"
    }
  }
}
