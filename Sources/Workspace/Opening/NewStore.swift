internal import Catalogs
public import Crypto
internal import Findings
public import Statements
internal import Storage
public import TreeLog
internal import Verification

/// A store that is to be made: its client, its first administrator, and the name of its log.
public struct NewStore: Sendable {
  /// The client's id, as in `acme`.
  public var client: String
  /// The client's name, for people.
  public var organization: String
  /// The administrator's id within the client, as in `bo`.
  public var person: String
  /// The administrator's name, for people; the id where it is nil.
  public var name: String?
  /// The log's name, for ever; nil for the client's id, a slash, and eight digits of the key.
  public var origin: String?
  /// The kind of key.
  public var algorithm = KeyAlgorithm.ed25519
  /// The key card of an offline key that may bring new members if all else is lost.
  public var recoveryCard: String?
  /// The file that such a key is written to, to be printed and kept elsewhere; nil to make none.
  public var recoverySheet: String?
  /// The day from which the IT functions are adopted; nil for today.
  public var effective: Day?
  /// Whether a network file system's locks and renames can be relied on.
  public var allowsNetworkStore = false
  /// The provider that is to keep the store; nil where it stays here.
  public var keeper: StoreKeeper?

  /// A store with the defaults of everything else.
  public init(client: String, organization: String, person: String) {
    self.client = client
    self.organization = organization
    self.person = person
  }

  /// `acme/bo`.
  public var member: String { "\(client)/\(person)" }
}

/// A store that was made.
public struct MadeStore: Sendable {
  /// The folder, from the root on, or the address.
  public internal(set) var path: String
  /// The tree of its first entries.
  public package(set) var checkpoint: Checkpoint
  /// The administrator.
  public let member: String
  /// The administrator's key.
  package let key: VerificationKey
  /// The id of the recovery key that was made with it.
  public let recoveryKeyID: Digest?
  /// The provider's first member, who may append from now on; nil where the store stays here.
  public internal(set) var keeper: (member: String, keyID: Digest)?

  /// The id of the administrator's key.
  public var keyID: Digest { key.keyID }

  /// The text with which tile-log clients check the log's checkpoints.
  public var verifierKey: String { NoteKey(log: key, name: checkpoint.origin).text }
}

extension Desk {
  /// Makes a store, with its genesis entry and the catalog of IT functions, and a key for its administrator.
  ///
  /// - Parameter folder: Not there yet, or empty, in a folder that is.
  public func make(_ new: NewStore, at folder: String) throws -> MadeStore {
    guard Identifier.isValid(new.client) else {
      throw Failure(
        .usage, "'\(new.client)' is not an id: 1 to 32 of a-z, 0-9 and hyphens", hint: "say the client's id with --id")
    }
    guard Identifier.isValid(new.person) else {
      throw Failure(
        .usage, "'\(new.person)' is not an id: 1 to 32 of a-z, 0-9 and hyphens",
        hint: "say who you are: --as \(new.client)/NAME")
    }
    if let address = StoreAddress(folder) { return try make(new, in: address) }
    let path = try StoreLocation.absolute(folder)
    var new = new
    // The provider made its card before there was a store, for an origin that both have agreed on.
    if let card = try new.keeper?.checkedCard(of: new) { new.origin = card.store }
    return try KeyChain(home).whileLocked {
      let left = try leftFromBefore(new)
      var made = try resume(left, at: path) ?? make(new, at: path, goingOnWith: left)
      if let keeper = new.keeper { try handOver(&made, to: keeper, new) }
      try endFounding(made.keyID)
      return made
    }
  }

  private func make(_ new: NewStore, at path: String, goingOnWith left: HeldKey?) throws -> MadeStore {
    let chain = KeyChain(home)
    let key = try left.map { key in try chain.open(key) { try passphrase(for: key.owner) } } ?? .generate(new.algorithm)
    let keyID = key.verificationKey.keyID
    let origin = new.origin ?? left?.origin ?? "\(new.client)/\(keyID.short)"
    let printed = try left.flatMap { _ in try new.recoverySheet.flatMap { try sheet(at: $0, of: new.client, origin) } }
    let offline = try printed ?? new.recoverySheet.map { _ in try SigningKey.generate(new.algorithm) }
    let recovery =
      try new.recoveryCard.map { path in
        let card = try KeyCard.read(path, origin: origin)
        return RecoveryKey(publicKey: card.publicKey, proof: Base64.decode(card.proof) ?? [])
      }
      ?? offline.map { key in
        RecoveryKey(
          publicKey: key.verificationKey.base64, proof: try KeyProof.make(owner: new.client, store: origin, key: key))
      }
    let genesis = Genesis(
      clientID: new.client, clientName: new.organization, administratorID: new.person,
      administratorName: new.name ?? new.person, publicKey: key.verificationKey.base64, recovery: recovery)
    try OutputFile.checkParent(of: path)
    if let sheet = new.recoverySheet { try OutputFile.checkParent(of: sheet) }
    let founding = Founding(origin: origin, key: key, now: clock.now(), genesis: genesis, effective: new.effective)
    var made: (checkpoint: Checkpoint, genesis: Digest)?
    var kept = Kept()
    var isThere = false
    do {
      try StoreCreation.create(
        at: path, configuration: StoreConfiguration(origin: origin).bytes, allowsNetworkStore: new.allowsNetworkStore,
        willCommit: notices.willCommit,
        didCommit: {
          isThere = true
          notices.recorded(0...1)
        }
      ) { writer in
        made = try founding.write(writer)
        // The key is kept before the store has its name: a store without its key would be of no use.
        let place = FoundingPlace(path: path)
        if let left {
          try chain.note(left, founding: place)
        } else {
          kept.key = keyID
          try chain.keep(
            key, owner: new.member, origin: origin, use: "sign", founding: place, passphrase: passphrase)
        }
        // After the key, whose note says that a page which is there is gone on with.
        if let sheet = new.recoverySheet, let offline, printed == nil {
          let page = KeySheet(owner: new.client, origin: origin, use: .recovery, pem: try offline.pem())
          try OutputFile.createPrivate(
            sheet, Array(page.text(keyID: offline.verificationKey.keyID, day: founding.now.day).utf8))
          kept.sheet = sheet
        }
      }
    } catch {
      if !isThere {
        notices.didNotCommit()
        if let id = kept.key { chain.discard(id) }
        if let sheet = kept.sheet { PrivateFile.remove(sheet) }
      }
      throw error
    }
    guard let made else { throw Failure(.bug, "the store has no checkpoint") }
    try TrustMemory(home).update(origin) { _ in
      TrustRecord(
        origin: origin, genesis: made.genesis.hex, size: made.checkpoint.size, root: made.checkpoint.root.hex,
        path: path)
    }
    return MadeStore(
      path: path, checkpoint: made.checkpoint, member: new.member, key: key.verificationKey,
      recoveryKeyID: offline?.verificationKey.keyID)
  }

  /// What has to be taken back where no store comes of it.
  private struct Kept {
    var key: Digest?
    var sheet: String?
  }
}

/// The first two entries of a log.
private struct Founding {
  let origin: String
  let key: SigningKey
  let now: Instant
  let genesis: Genesis
  let effective: Day?

  private var keyID: Digest { key.verificationKey.keyID }

  /// - Returns: The checkpoint, and the leaf hash of the genesis entry.
  func write(_ writer: borrowing LogWriter) throws -> (checkpoint: Checkpoint, genesis: Digest) {
    guard let catalog = BundledCatalogs.bytes(of: "it-functions") else {
      throw Failure(.bug, "the catalog of IT functions is missing from this program")
    }
    let payload = Statement.payload(
      .genesis(genesis), store: origin, signedAt: now, seen: nil, subjects: [], placeholder: keyID)
    let first = try entry(payload, sequence: 0, previous: .zero)
    let leaf = MerkleHash.leaf(first)
    try writer.append([first], to: nil, makeCheckpoint: sign)

    let seen = Statement.Seen(root: leaf, size: 1)
    let stored = try writer.objects.publish([writer.objects.stage(bytes: catalog)])
    let adoption = FrameworkAdoption(
      id: "it-functions", catalog: SHA256.hash(catalog), effective: effective ?? now.day)
    let subject = Subject(
      name: "catalog", digest: adoption.catalog, size: catalog.count, mediaType: MediaType.catalog)
    let adopting = Statement.payload(
      .framework(adoption), store: origin, signedAt: now, seen: seen, subjects: [subject], placeholder: seen.root)
    let (size, root) = try writer.append(
      [try entry(adopting, sequence: 1, previous: leaf)], to: Checkpoint(origin: origin, size: 1, root: leaf),
      bringing: stored, makeCheckpoint: sign)
    return (Checkpoint(origin: origin, size: size, root: root), leaf)
  }

  private func entry(_ payload: [UInt8], sequence: Int, previous: Digest) throws -> [UInt8] {
    Entry(
      by: keyID, envelope: try Envelope(signing: payload, with: key), previous: previous, sequence: sequence, time: now
    ).bytes
  }

  private func sign(_ size: Int, _ root: Digest) throws -> [UInt8] {
    try SignedNote.sign(Checkpoint(origin: origin, size: size, root: root).text, name: origin, with: key).bytes
  }
}
