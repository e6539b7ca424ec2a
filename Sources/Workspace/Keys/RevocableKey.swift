package import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// A key that might be revoked; far from the store its owner may not be known.
package struct RevocableKey {
  package let keyID: Digest
  package let owner: String?
}

extension SigningPlace {
  /// The keys that a text may mean: far from the store, any by its whole id, and one's own.
  ///
  /// - Parameter isRevokedAgain: Whether those that are revoked already count.
  package func keys(named text: String, isRevokedAgain: Bool) throws -> [RevocableKey] {
    if let store {
      return try store.keys(named: text).filter { $0.revoked == nil || isRevokedAgain }.map {
        RevocableKey(keyID: $0.keyID, owner: $0.owner)
      }
    }
    let lower = Fingerprint.folded(text)
    // Whose keys there are, only the log knows: of a person's keys, the one held here may be the very one that is to stay.
    if Identifier.isMember(text) {
      throw Failure(
        .usage, "which of the keys of '\(text)' is meant cannot be told without the store",
        hint: "name the key by its id, as 'custody key list' prints it where the store is, or ask whoever keeps it")
    }
    let own = try KeyChain(desk.home).all().filter { key in
      key.origin == origin && (key.owner == text || (lower.utf8.count >= 4 && key.keyID.hex.hasPrefix(lower)))
    }
    guard own.isEmpty, let id = Digest(hex: lower) else {
      return own.map { RevocableKey(keyID: $0.keyID, owner: $0.owner) }
    }
    return [RevocableKey(keyID: id, owner: nil)]
  }
}
