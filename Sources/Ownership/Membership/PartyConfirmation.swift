package import Crypto

/// Whether a reader knows that a party's first key is that party's: the client brings it, and could invent one.
package enum PartyConfirmation {
  /// The first key of each party.
  package static func firstKeys(_ standing: Standing) -> [(party: String, key: Membership.Key)] {
    standing.membership.parties.compactMap { party in
      standing.membership.keys.first { $0.party == party.id && $0.use == .sign }.map { (party.id, $0) }
    }
  }

  /// Parties other than the client and the reader's own whose first key the reader has not confirmed.
  package static func unconfirmed(
    _ standing: Standing, confirmed: [String: Digest], ownParty: String?
  ) -> [(party: String, key: Membership.Key)] {
    firstKeys(standing).filter { party, key in
      party != standing.client && party != ownParty && confirmed[party] != key.keyID
    }
  }
}
