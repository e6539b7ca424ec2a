internal import Crypto
internal import Findings
package import Ownership
internal import Storage
internal import TreeLog

extension OpenedStore {
  /// Remembers that this user has compared a party's first key.
  ///
  /// - Parameter fingerprint: The key id that the party read out, whole or its first 16 digits at least.
  /// - Throws: `answerNo` where the store has another key as the party's first.
  package func confirm(_ id: String, fingerprint: String) throws -> Membership.Key {
    let digits = fingerprint.lowercased().filter { $0.isHexDigit }
    guard digits.utf8.count >= 16 else {
      throw Failure(
        .usage, "a fingerprint of \(digits.utf8.count) digits is too short to compare",
        hint: "ask for at least 16 digits")
    }
    guard let key = PartyConfirmation.firstKeys(state).first(where: { $0.party == id })?.key else {
      guard state.membership.party(id) != nil else { throw KnownNames.noParty(id, in: state.membership) }
      throw Failure(
        .inputMissing, "the party '\(id)' has no key yet that could be compared",
        hint: "its first member brings it: custody member add CARD")
    }
    guard key.keyID.hex.hasPrefix(digits) else {
      throw Failure(
        .answerNo, "the first key of '\(id)' in this store is \(key.keyID.hex), not \(digits)",
        hint:
          "either one was misread, or the client has invented the key: accept nothing in its name before that is clear")
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
