internal import Crypto
internal import Findings
package import Ownership
internal import Storage
internal import TreeLog

extension OpenedStore {
  /// Remembers that this user has compared a party's first key.
  ///
  /// - Parameter text: The key id that the party read out, as a ``Fingerprint``.
  /// - Throws: `answerNo` where the store has another key as the party's first.
  package func confirm(_ id: String, fingerprint text: String) throws -> Membership.Key {
    let fingerprint = try Fingerprint(reading: text)
    guard let key = PartyConfirmation.firstKeys(state).first(where: { $0.party == id })?.key else {
      guard state.membership.party(id) != nil else { throw KnownNames.noParty(id, in: state.membership) }
      throw Failure(
        .inputMissing, "the party '\(id)' has no key yet that could be compared",
        hint: "its first member brings it: custody member add CARD")
    }
    guard fingerprint.matches(key.keyID) else {
      throw Failure(
        .answerNo, "the first key of '\(id)' in this store is \(key.keyID.hex), not \(fingerprint.digits)",
        hint:
          "look first whether it was mistyped or misread; if not, somebody has invented the key: accept nothing in its "
          + "name before that is clear")
    }
    let genesis = try self.genesis()
    try contents.waitForCheckpoint()
    try TrustMemory(desk.home).update(origin) { known in
      var record = known ?? seen(genesis: genesis)
      record.confirmed[id] = key.keyID.hex
      return record
    }
    return key
  }
}
