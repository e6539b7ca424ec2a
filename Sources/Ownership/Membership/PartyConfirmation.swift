package import Crypto

/// Whether a reader knows that a party's first key is that party's: the client brings it, and could invent one.
package enum PartyConfirmation {
  /// The key of each party by which it is known: its first, or the one that the client brought last, when nobody of the
  /// party could.
  package static func firstKeys(_ state: LogState) -> [(party: String, key: Membership.Key)] {
    state.membership.parties.compactMap { party in
      let own = state.membership.keys.filter { $0.party == party.id && $0.use == .sign }
      let brought = party.id == state.client ? nil : own.last(where: \.isBroughtByClient)
      return (brought ?? own.first).map { (party.id, $0) }
    }
  }

  /// Parties other than the client and the reader's own whose first key the reader has not confirmed.
  package static func unconfirmed(
    _ state: LogState, confirmed: [String: Digest], ownParty: String?
  ) -> [(party: String, key: Membership.Key)] {
    firstKeys(state).filter { party, key in
      party != state.client && party != ownParty && confirmed[party] != key.keyID
    }
  }
}
