package import Crypto

/// Whether a reader knows that a party's first key is that party's: the client brings it, and could invent one.
package enum PartyConfirmation {
  /// The first key of each party.
  package static func firstKeys(_ state: LogState) -> [(party: String, key: Membership.Key)] {
    state.membership.parties.compactMap { party in
      state.membership.keys.first { $0.party == party.id && $0.use == .sign }.map { (party.id, $0) }
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
