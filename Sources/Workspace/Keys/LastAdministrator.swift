package import Crypto
package import Ownership
internal import Statements

extension Membership {
  /// The party that would be left without an administrator whose key speaks, if these keys spoke no more; nil for none.
  ///
  /// - Parameter keys: Those of a member who leaves, or one that is revoked.
  package func partyLosingLastAdministrator(without keys: Set<Digest>) -> String? {
    let administrators = self.keys.filter { key in
      key.use == .sign && speakingKey(key.keyID)?.member?.role == .administrator
    }
    guard let lost = administrators.first(where: { keys.contains($0.keyID) }) else { return nil }
    let remains = administrators.contains { $0.party == lost.party && !keys.contains($0.keyID) }
    return remains ? nil : lost.party
  }
}

extension SigningPlace {
  /// Warns before a party loses its last administrator, and says what that means.
  package func warnOfLastAdministrator(without keys: Set<Digest>) {
    guard let membership, let party = membership.partyLosingLastAdministrator(without: keys) else { return }
    let hasRecovery = membership.keys.contains {
      $0.use == .recovery && $0.party == party && membership.speakingKey($0.keyID) != nil
    }
    let rescue =
      switch (party == membership.client, hasRecovery) {
      case (true, true): "only its recovery key can bring another"
      case (true, false): "it has no recovery key that could bring another"
      case (false, true): "its recovery key, or an administrator of '\(membership.client)', can bring another"
      case (false, false): "only an administrator of '\(membership.client)' can bring another"
      }
    desk.notices.warn(
      "this is the last administrator of '\(party)': nothing can be accepted or changed in its name any more; \(rescue)"
    )
  }
}
