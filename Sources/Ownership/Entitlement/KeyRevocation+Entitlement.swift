internal import Findings
internal import Crypto
internal import Statements

extension EntitlementRules {
  /// An administrator of that party, or the key itself. It acts from its own entry on.
  mutating func take(_ revocation: KeyRevocation) throws(Refusal) {
    guard let index = state.membership.keys.firstIndex(where: { $0.keyID == revocation.keyID }) else {
      throw notEntitled("no key \(revocation.keyID.short) is in this log")
    }
    let key = state.membership.keys[index]
    guard signer.isAdministrator(of: key.party) || signer.key.keyID == key.keyID else {
      throw notEntitled("\(signer.name) is no administrator of '\(key.party)', and does not sign with the key itself")
    }
    if let since = revocation.suspectSince, since > sequence {
      throw malformed("'suspectSince' is a tree of \(Wording.entries(since)), which the log did not have yet")
    }
    if key.revoked == nil {
      state.membership.keys[index].revoked = sequence
      state.membership.keys[index].revocationReason = revocation.reason.rawValue
    }
    if let since = revocation.suspectSince {
      state.membership.keys[index].suspectSince = min(since, key.suspectSince ?? since)
    }
  }
}
