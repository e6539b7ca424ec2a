internal import Findings
internal import Crypto
internal import Statements

/// Who signed a statement, as far as the log knew at its entry.
package struct Signer: Sendable, Equatable {
  package let key: Membership.Key
  /// nil for a party's recovery key.
  package let member: Membership.Member?
  package let party: String
  package let partyKind: Membership.PartyKind

  /// Whether the signer is an administrator of the party.
  package func isAdministrator(of party: String) -> Bool {
    self.party == party && member?.role == .administrator
  }

  /// The member's id, or the party's of a recovery key.
  package var name: String { member?.id ?? "\(party)'s recovery key" }

  func verificationKey() throws -> VerificationKey {
    do {
      return try VerificationKey(base64: key.publicKey)
    } catch {
      throw Refusal(.signatureInvalid, "the key \(key.keyID.short) cannot be read: \(error)")
    }
  }

  /// The member that a key speaks for at an entry.
  ///
  /// - Throws: `not-entitled` where there is none.
  static func find(_ context: StatementContext, in state: LogState) throws(Refusal) -> Signer {
    let membership = state.membership
    if let (key, member) = membership.speakingKey(context.keyID), let party = membership.party(key.party) {
      return Signer(key: key, member: member, party: party.id, partyKind: party.kind)
    }
    guard let key = membership.key(context.keyID) else {
      throw Refusal(.notEntitled, "the key \(context.keyID.short) that signed it belongs to no member")
    }
    if let revoked = key.revoked {
      throw Refusal(.notEntitled, "the key \(key.keyID.short) of \(key.owner) was revoked by entry \(revoked)")
    }
    if key.use == .witness {
      throw Refusal(
        .notEntitled, "the key \(key.keyID.short) of \(key.owner) is a witness key, which signs no statements")
    }
    throw Refusal(.notEntitled, "\(key.owner) had left")
  }
}
