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
  /// Where its log was to be made with it; nil for a key whose log is there and remembered, or was there before it.
  package var founding: FoundingPlace?
  /// The name under which a witness key cosigns; nil for other keys, and for those that were kept without it.
  package var keyName: String?

  /// The text with which tile-log clients check what it signs: checkpoints of its log, or cosignatures.
  package var verifierKey: String? {
    guard let key = try? VerificationKey(base64: publicKey) else { return nil }
    switch use {
    case "sign": return NoteKey(log: key, name: origin).text
    case "witness": return keyName.flatMap { NoteKey(witness: key, name: $0)?.text }
    default: return nil
    }
  }
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
    /// Where the key's log was to be made with it, which may not have come to be.
    var founding: FoundingPlace?
    /// Of a witness key.
    var keyName: String?

    var bytes: [UInt8] {
      get throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self)) + [0x0a]
      }
    }
  }

  /// Every key that is held, in order of id.
  ///
  /// A note that cannot be read hides its own key and no other: ``damagedNotes()`` names it.
  package func all() throws -> [HeldKey] { try notes().compactMap { try? $0.get() } }

  /// The notes that cannot be read.
  package func damagedNotes() throws -> [String] {
    try notes().compactMap { if case .failure(let error) = $0 { error.path } else { nil } }
  }

  private struct DamagedNote: Error { let path: String }

  private func notes() throws -> [Result<HeldKey, DamagedNote>] {
    let names = try Home.using(folder) { try PrivateFile.names(in: folder) }
    return try names.filter { $0.hasSuffix(".json") }.map { name in
      let path = "\(folder)/\(name)"
      return try read(path).map { .success($0) } ?? .failure(DamagedNote(path: path))
    }
  }

  /// - Returns: nil for a note that says nothing.
  /// - Throws: Where the disk fails, and not the note.
  private func read(_ path: String) throws -> HeldKey? {
    do {
      guard let bytes = try RegularFile.read(path, limit: 1 << 16),
        let note = try? JSONDecoder().decode(Note.self, from: Data(bytes)), let key = Base64.decode(note.publicKey)
      else { return nil }
      return HeldKey(
        owner: note.owner, origin: note.origin, use: note.use, publicKey: note.publicKey, keyID: SHA256.hash(key),
        path: "\(path.dropLast(5)).pem", founding: note.founding, keyName: note.keyName)
    } catch let error as StorageError where error.code != .inputOutput {
      return nil
    }
  }

  /// Keeps a new key.
  ///
  /// - Parameters:
  ///   - founding: Where its log is being made with it.
  ///   - keyName: The name under which a witness key cosigns.
  package func keep(
    _ key: SigningKey, owner: String, origin: String, use: String, founding: FoundingPlace? = nil,
    keyName: String? = nil, passphrase: String?
  ) throws {
    let name = key.verificationKey.keyID.hex
    let note = Note(
      owner: owner, origin: origin, use: use, publicKey: key.verificationKey.base64, founding: founding,
      keyName: keyName)
    let pem: [UInt8]
    do {
      pem = try key.pem(passphrase: passphrase)
    } catch {
      throw Failure(.bug, "the new key cannot be written: \(error)")
    }
    try makeFolder()
    try Home.using(folder) {
      try PrivateFile.create("\(folder)/\(name).pem", bytes: pem)
      try PrivateFile.create("\(folder)/\(name).json", bytes: note.bytes)
    }
  }

  /// Notes that a key's log is there and remembered, or, given a place, where it is to be made now.
  func note(_ key: HeldKey, founding: FoundingPlace?) throws {
    let note = Note(
      owner: key.owner, origin: key.origin, use: key.use, publicKey: key.publicKey, founding: founding,
      keyName: key.keyName)
    try Home.using(folder) { try PrivateFile.replace("\(folder)/\(key.keyID.hex).json", bytes: note.bytes) }
  }

  /// Removes a key that is of no use after all; one that cannot be removed stays.
  package func discard(_ id: Digest) {
    for ending in ["json", "pem"] { PrivateFile.remove("\(folder)/\(id.hex).\(ending)") }
  }

  /// Makes the folder, so that a key can be kept.
  package func makeFolder() throws {
    try Home.using(folder) { try PrivateFile.makeFolder(folder) }
  }

  /// Whether a passphrase stands before a key, by its file's first line: the key itself is not read.
  ///
  /// - Returns: nil where the file is missing, or is none that says so.
  package func isProtected(_ key: HeldKey) -> Bool? {
    guard let pem = try? RegularFile.read(key.path, limit: 1 << 16) else { return nil }
    if pem.starts(with: "-----BEGIN ENCRYPTED PRIVATE KEY-----".utf8) { return true }
    return pem.starts(with: "-----BEGIN PRIVATE KEY-----".utf8) ? false : nil
  }

  /// Opens a key that is held.
  package func open(_ key: HeldKey, passphrase: () throws -> String?) throws -> SigningKey {
    guard let pem = try RegularFile.read(key.path, limit: 1 << 16) else {
      throw Failure(
        .inputMissing, "the private key '\(key.path)' of \(key.owner) is missing", hint: "restore it from a copy")
    }
    do {
      return try SigningKey(pem: pem)
    } catch CryptoError.passphraseNeeded {
      do {
        return try SigningKey(pem: pem, passphrase: try passphrase())
      } catch let error as CryptoError {
        throw Failure(
          .configuration, "the private key of \(key.owner) cannot be opened: \(error)",
          hint: "give its passphrase at the terminal, or in CUSTODY_PASSPHRASE")
      }
    } catch {
      throw Failure(.configuration, "the private key '\(key.path)' cannot be read: \(error)")
    }
  }

  /// Writes a private key anew, under another passphrase or none; a power cut leaves the old file or the new one.
  ///
  /// - Parameters:
  ///   - passphrase: What opens it now.
  ///   - new: What is to open it from now on; nil for nothing.
  package func encrypt(_ key: HeldKey, passphrase: () throws -> String?, new: String?) throws {
    let opened = try open(key, passphrase: passphrase)
    let pem: [UInt8]
    do {
      pem = try opened.pem(passphrase: new)
    } catch {
      throw Failure(.usage, "the key of \(key.owner) cannot be written under that passphrase: \(error)")
    }
    // Under the lock, what a power cut left of an earlier try goes: a draft of a key is a key.
    try whileLocked { try Home.using(folder) { try PrivateFile.replace(key.path, bytes: pem) } }
  }

  /// The key with which to sign for a log.
  ///
  /// - Parameters:
  ///   - person: `party/id`, or the part after the slash where that is clear; nil for the only one there is.
  ///   - isLive: Whether the log says that the key still speaks.
  ///   - why: Why it does not, as the log says; nil where it knows nothing of the key.
  ///   - newer: What its owner signs with instead, as the log says; nil for nothing.
  ///   - joined: The entry that brought it, as the log says; of several that speak the one that came last signs.
  ///   - stranger: What to do where the log knows nothing of somebody; nil where it knows them, or cannot be asked.
  package func pick(
    person: String?, origin: String, isLive: (HeldKey) -> Bool, why: (HeldKey) -> String? = { _ in nil },
    newer: (HeldKey) -> String? = { _ in nil }, joined: (HeldKey) -> Int? = { _ in nil },
    stranger: (String) -> String? = { _ in nil }
  ) throws -> HeldKey {
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
    // The newest that was brought: an older one is kept for a while after it was replaced, and signs no more by itself.
    let newest = live.map { (key: $0, joined: joined($0) ?? -1) }.enumerated().max {
      ($0.element.joined, $0.offset) < ($1.element.joined, $1.offset)
    }
    if let key = newest?.element.key, owners.count == 1 { return key }
    if owners.count > 1 {
      throw Failure(
        .usage, "you hold keys of \(owners.joined(separator: " and ")) for this store",
        hint: "say who signs: --as \(owners[0])")
    }
    let who = person.map { "'\($0)'" } ?? "anybody"
    // One that nobody knows yet may still be added; of others the log says why they are silent.
    if let stale = named.last(where: { why($0) == nil }) ?? named.last {
      let party = Identifier.party(ofMember: stale.owner)
      if why(stale) != nil {
        let reasons = Set(named.compactMap(why)).sorted().joined(separator: "; ")
        let which =
          named.count == 1
          ? "the key \(stale.keyID.short) of \(stale.owner) signs" : "none of your keys of \(stale.owner) signs"
        throw Failure(
          .notEntitled, "\(which) \(named.count == 1 ? "nothing" : "anything") any more in this store: \(reasons)",
          hint: reasons.contains("has left") ? nil : newer(stale) ?? KeyChain.rescue)
      }
      guard stale.use != "recovery" else {
        throw Failure(
          .notEntitled,
          "the recovery key \(stale.keyID.short) of '\(party)' is not the one that this store knows: it was mistyped, or is "
            + "of another store",
          hint: "compare it with the page, letter by letter, and take it in anew: custody key import FILE")
      }
      throw Failure(
        .notEntitled, "the key \(stale.keyID.short) of \(stale.owner) is not added to this store yet",
        hint: stranger(stale.owner)
          ?? "have an administrator of '\(party)' add it with 'custody member add FILE'; \(KeyChain.rescue)")
    }
    if let damaged = try damagedNotes().first {
      throw Failure(
        .configuration,
        "you hold no key of \(who) for the store '\(origin)' that can be used: the note '\(damaged)' beside a "
          + "key cannot be read", hint: "restore it from a copy, or move it and its key elsewhere")
    }
    throw Failure(
      .notEntitled, "you hold no key of \(who) for the store '\(origin)'",
      hint: person.flatMap(stranger)
        ?? "set CUSTODY_HOME to where it is, or make one with 'custody key new' and have an administrator add it; "
        + KeyChain.rescue)
  }

  /// What is left where nobody can add a key any more.
  private static let rescue =
    "where every administrator's key is lost, 'custody key import PAGE' takes the recovery page in, and without one "
    + "'custody init NEW --organization NAME --successor-of OLD' begins a store that goes on from this one"
}
