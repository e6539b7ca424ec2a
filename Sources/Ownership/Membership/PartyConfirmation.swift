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
  ///
  /// - Parameter ownKeys: The keys that the reader holds. Their party is the reader's own as far as that key was brought
  ///   with its first one or after it: of whom the client brought later, a former member knows no more than anybody.
  package static func unconfirmed(
    _ state: LogState, confirmed: [String: Digest], ownKeys: Set<Digest>
  ) -> [(party: String, key: Membership.Key)] {
    let own = state.membership.keys.filter { $0.use == .sign && ownKeys.contains($0.keyID) }
    let ownParty = Set(own.map(\.party)).count == 1 ? own.first?.party : nil
    return firstKeys(state).filter { party, key in
      if party == state.client || confirmed[party] == key.keyID { return false }
      return party != ownParty || !own.contains { $0.introduced >= key.introduced }
    }
  }
}
