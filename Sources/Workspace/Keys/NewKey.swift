package import Crypto

/// A key that is to be made.
package struct NewKey: Sendable {
  /// The member; of a recovery key, the party.
  package var owner: String
  /// The log's origin.
  package var origin: String
  /// The person's name, for people.
  package var name: String?
  package var algorithm: KeyAlgorithm
  /// `sign`, `witness` or `recovery`.
  package var use: String
  /// The name under which a witness key cosigns.
  package var keyName: String?

  package init(
    owner: String, origin: String, name: String? = nil, algorithm: KeyAlgorithm = .ed25519, use: String = "sign",
    keyName: String? = nil
  ) {
    self.owner = owner
    self.origin = origin
    self.name = name
    self.algorithm = algorithm
    self.use = use
    self.keyName = keyName
  }
}

extension Desk {
  /// Makes a key, and the card with which it joins a store.
  ///
  /// - Parameter output: The file that the card goes to.
  package func make(_ new: NewKey, card output: String) throws -> VerificationKey {
    let key = try SigningKey.generate(new.algorithm)
    let card = try KeyCard.make(
      key, owner: new.owner, name: new.name, store: new.origin, use: new.use == "sign" ? nil : new.use,
      keyName: new.keyName)
    // The card first: a key without one would stay behind if it cannot be written.
    try KeyChain(home).makeFolder()
    try OutputFile.write(output, try card.bytes)
    try KeyChain(home).keep(key, owner: new.owner, origin: new.origin, use: new.use, passphrase: passphrase)
    return key.verificationKey
  }
}
