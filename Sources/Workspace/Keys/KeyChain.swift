package import Crypto
internal import Findings
internal import FoundationEssentials
internal import Statements
internal import Storage

/// A private key of this user, and whom it speaks for in which log.
package struct HeldKey: Sendable {
  /// The member; of a recovery key, the party.
  package let owner: String
  /// The log's origin.
  package let origin: String
  /// `sign`, `witness` or `recovery`.
  package let use: String
  package let publicKey: String
  package let keyID: Digest
  package let path: String
}

/// The private keys under `$CUSTODY_HOME/keys`: a PEM file each, readable by the user alone, and beside it a note that
/// says whose it is.
package struct KeyChain: Sendable {
  let folder: String

  package init(_ home: Home) {
    folder = home.keys
  }

  /// What the note beside a key says.
  private struct Note: Codable {
    let owner: String
    let origin: String
    let use: String
    let publicKey: String
  }

  /// Every key whose note can be read, in order of id.
  ///
  /// - Throws: `configuration` where there are keys and not one note can be read, `ioError` where the disk fails.
  package func all() throws -> [HeldKey] {
    let (keys, damaged) = try look()
    if keys.isEmpty, let note = damaged.first { throw KeyChain.isDamaged(note) }
    return keys
  }

  /// The notes that cannot be read: whose the keys beside them are is not known.
  package func damagedNotes() throws -> [String] { try look().damaged }

  /// What the files of private keys hash to, by which one is known under whatever name.
  package func secretDigests() throws -> Set<Digest> {
    let names = try Home.using(folder) { try PrivateFile.names(in: folder) }
    return try Set(
      names.filter { $0.contains(".pem") }.compactMap { name in
        do {
          return try RegularFile.read("\(folder)/\(name)", limit: 1 << 20).map { SHA256.hash($0) }
        } catch let error as StorageError where error.code != .inputOutput {
          // One that this user cannot read cannot be given away either.
          return nil
        }
      })
  }

  private func look() throws -> (keys: [HeldKey], damaged: [String]) {
    let names = try Home.using(folder) { try PrivateFile.names(in: folder) }
    var keys: [HeldKey] = []
    var damaged: [String] = []
    for name in names where name.hasSuffix(".json") {
      let path = "\(folder)/\(name)"
      if let key = try read(path) { keys.append(key) } else { damaged.append(path) }
    }
    return (keys, damaged)
  }

  /// - Returns: nil for a note that says nothing.
  private func read(_ path: String) throws -> HeldKey? {
    do {
      guard let bytes = try RegularFile.read(path, limit: 1 << 16),
        let note = try? JSONDecoder().decode(Note.self, from: Data(bytes)), let key = Base64.decode(note.publicKey)
      else { return nil }
      return HeldKey(
        owner: note.owner, origin: note.origin, use: note.use, publicKey: note.publicKey, keyID: SHA256.hash(key),
        path: "\(path.dropLast(5)).pem")
    } catch let error as StorageError where error.code != .inputOutput {
      return nil
    }
  }

  private static func isDamaged(_ note: String) -> Failure {
    Failure(
      .configuration, "the note '\(note)' beside a key cannot be read",
      hint: "restore it from a copy, or move it and its key elsewhere")
  }

  /// Keeps a new key.
  package func keep(_ key: SigningKey, owner: String, origin: String, use: String, passphrase: String?) throws {
    let name = key.verificationKey.keyID.hex
    let note = Note(owner: owner, origin: origin, use: use, publicKey: key.verificationKey.base64)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = [UInt8](try encoder.encode(note)) + [0x0a]
    let pem: [UInt8]
    do {
      pem = try key.pem(passphrase: passphrase)
    } catch {
      throw Failure(.bug, "the new key cannot be written: \(error)")
    }
    try makeFolder()
    try Home.using(folder) {
      do {
        try PrivateFile.create("\(folder)/\(name).pem", bytes: pem)
        try PrivateFile.create("\(folder)/\(name).json", bytes: text)
      } catch {
        forget(key.verificationKey.keyID)
        throw error
      }
    }
  }

  /// Removes a key that nothing was signed with and nobody has seen. What cannot be removed stays.
  package func forget(_ key: Digest) {
    // The note first: a key without one is nobody's.
    for ending in ["json", "pem"] { try? PrivateFile.remove(["\(key.hex).\(ending)"], in: folder) }
  }

  /// Makes the folder, so that a key can be kept.
  package func makeFolder() throws {
    try Home.using(folder) { try PrivateFile.makeFolder(folder) }
  }

  /// How often a user may mistype a passphrase.
  private static let attempts = 3

  /// Opens a key that is held.
  ///
  /// - Parameters:
  ///   - passphrase: What was given beforehand.
  ///   - ask: Asks for it where none was given; nil where nobody can be asked.
  package func open(_ key: HeldKey, passphrase: String?, ask: (String) throws -> String?) throws -> SigningKey {
    guard let pem = try RegularFile.read(key.path, limit: 1 << 20) else {
      throw Failure(
        .inputMissing, "the private key '\(key.path)' of \(key.owner) is missing", hint: "restore it from a copy")
    }
    do {
      return try SigningKey(pem: pem)
    } catch CryptoError.passphraseNeeded {
      return try open(key, pem: pem, passphrase: passphrase, ask)
    } catch {
      throw Failure(.configuration, "the private key '\(key.path)' cannot be read: \(error)")
    }
  }

  private func open(
    _ key: HeldKey, pem: [UInt8], passphrase: String?, _ ask: (String) throws -> String?
  ) throws -> SigningKey {
    var fault: any Error = CryptoError.passphraseNeeded
    for attempt in 1...KeyChain.attempts {
      let prompt = (attempt == 1 ? "" : "That is not it. ") + "Passphrase for the key of \(key.owner)"
      guard let given = try passphrase ?? ask(prompt) else { break }
      do {
        return try SigningKey(pem: pem, passphrase: given)
      } catch {
        fault = error
      }
      if passphrase != nil { break }
    }
    throw Failure(
      .configuration, "the private key of \(key.owner) cannot be opened: \(fault)",
      hint: "give its passphrase in CUSTODY_PASSPHRASE, or on a terminal")
  }

  /// The key with which to sign for a log.
  ///
  /// - Parameters:
  ///   - person: `party/id`, or the part after the slash where that is clear; nil for the only one there is.
  ///   - isLive: Whether the log says that the key still speaks.
  package func pick(person: String?, origin: String, isLive: (HeldKey) -> Bool) throws -> HeldKey {
    // A recovery key is used only where it is asked for by its party.
    let held = try all().filter { key in
      key.origin == origin && (key.use == "sign" || (key.use == "recovery" && key.owner == person))
    }
    let named = held.filter { key in
      guard let person else { return true }
      return key.owner == person || key.owner.hasSuffix("/\(person)")
    }
    let live = named.filter(isLive)
    let owners = Set(live.map(\.owner)).sorted()
    if let key = live.last, owners.count == 1 { return key }
    if owners.count > 1 {
      throw Failure(
        .usage, "you hold keys of \(owners.joined(separator: " and ")) for this store",
        hint: "say who signs: --as \(owners[0])")
    }
    let who = person.map { "'\($0)'" } ?? "anybody"
    if named.isEmpty, let note = try damagedNotes().first { throw KeyChain.isDamaged(note) }
    if let stale = named.first {
      throw Failure(
        .notEntitled, "the key of \(stale.owner) does not speak in this store: it is not added yet, or no longer valid",
        hint: "have an administrator of '\(Identifier.party(ofMember: stale.owner))' add it: custody member add FILE")
    }
    throw Failure(
      .notEntitled, "you hold no key of \(who) for the store '\(origin)'",
      hint: "make one with 'custody key new' and have it added, or set CUSTODY_HOME to where it is")
  }
}
