public import Crypto
internal import Findings
internal import Statements
internal import Storage

/// A key that is to be made.
public struct NewKey: Sendable {
  /// What a key is for.
  public enum Use: String, Sendable, CaseIterable {
    /// A member signs with it.
    case sign
    /// A witness cosigns checkpoints with it.
    case witness
    /// It is kept offline, and brings new members if all else is lost.
    case recovery
  }

  /// The member; of a recovery key, the party.
  public var owner: String
  /// The log's origin.
  public var origin: String
  /// The person's name, for people.
  public var name: String?
  /// The kind of key.
  public var algorithm: KeyAlgorithm
  /// What it is for.
  public var use: Use
  /// The name under which a witness key cosigns.
  public var keyName: String?

  /// A key for a member, or a party, of a log.
  public init(
    owner: String, origin: String, name: String? = nil, algorithm: KeyAlgorithm = .ed25519, use: Use = .sign,
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
  /// Whether a file is the card of a key of that owner that was never kept: its making was broken off, and is taken up.
  package func isCardOfNoKey(_ path: String, owner: String, origin: String) throws -> Bool {
    guard let card = try? KeyCard.read(path, origin: origin), ByteOrder.areEqual(card.member, owner),
      let key = Base64.decode(card.publicKey)
    else { return false }
    return try !KeyChain(home).all().contains { $0.keyID == SHA256.hash(key) }
  }

  /// Makes a key, and the card with which it joins a store.
  ///
  /// - Parameter output: The file that the card goes to.
  /// - Returns: The key's id, to be compared by telephone.
  public func make(_ new: NewKey, card output: String) throws -> Digest {
    let key = try SigningKey.generate(new.algorithm)
    let card = try KeyCard.make(
      key, owner: new.owner, name: new.name, store: new.origin, use: new.use == .sign ? nil : new.use.rawValue,
      keyName: new.keyName)
    let chain = KeyChain(home)
    // The card last: one that is there has its key, and a key whose card cannot be written is given up.
    return try chain.whileLocked {
      try chain.keep(
        key, owner: new.owner, origin: new.origin, use: new.use.rawValue, keyName: new.keyName, passphrase: passphrase)
      do {
        try OutputFile.write(output, try card.bytes)
      } catch {
        // The card may be there all the same, if only the last wait failed.
        let isThere = try? RegularFile.read(output, limit: 1 << 16) == card.bytes
        if isThere != true { chain.discard(key.verificationKey.keyID) }
        throw error
      }
      return key.verificationKey.keyID
    }
  }
}

extension Desk {
  /// Makes a recovery key that is written on a page and kept nowhere else, and the card with which it joins a store.
  ///
  /// - Returns: The key's id.
  package func makePage(_ new: NewKey, card output: String, page: String) throws -> Digest {
    let key = try SigningKey.generate(new.algorithm)
    let card = try KeyCard.make(
      key, owner: new.owner, name: nil, store: new.origin, use: new.use.rawValue, keyName: nil)
    try OutputFile.check(output)
    let sheet = KeySheet(owner: new.owner, origin: new.origin, use: new.use, pem: try key.pem())
    // The card last: one that is there has its page.
    try OutputFile.createPrivate(
      page, Array(sheet.text(keyID: key.verificationKey.keyID, day: clock.today).utf8))
    try OutputFile.write(output, try card.bytes)
    return key.verificationKey.keyID
  }
}

extension Desk {
  /// Makes a witness key that belongs to no store's member: whoever holds it cosigns checkpoints of any log, under a name of
  /// its own.
  ///
  /// - Parameter output: The file that its verifier key goes to, which readers are told.
  /// - Returns: The verifier key.
  package func makeWitness(named name: String, output: String) throws -> NoteKey {
    guard SignedNote.isValidName(name) else {
      throw Failure(.usage, "'\(name)' cannot be a witness's name: it is empty, or has white space or a plus sign")
    }
    let key = try SigningKey.generate(.ed25519)
    guard let witness = NoteKey(witness: key.verificationKey, name: name) else {
      throw Failure(.bug, "the new witness key cannot cosign")
    }
    let chain = KeyChain(home)
    return try chain.whileLocked {
      try OutputFile.check(output)
      // The file last: one that is there has its key.
      try chain.keep(key, owner: name, origin: "", use: "witness", keyName: name, passphrase: passphrase)
      try OutputFile.write(output, Array("\(witness.text)\n".utf8))
      return witness
    }
  }
}
