package import Crypto
internal import Findings
internal import FoundationEssentials
package import Ownership
internal import Storage

/// What this user remembers of a log: where it began, the newest checkpoint verified, where it was read, and which
/// parties' keys were confirmed.
package struct TrustRecord: Codable, Sendable, Equatable {
  package var origin: String
  /// The leaf hash of the genesis entry.
  package var genesis: String
  package var size: Int
  package var root: String
  /// That checkpoint with its signatures; absent where it was not kept.
  package var checkpoint: String?
  /// The path at which that checkpoint was read; empty where it came by mail.
  package var path: String
  /// The first keys of parties that this user has compared, by party.
  package var confirmed: [String: String] = [:]
  /// The verifier keys of those who might sign its checkpoints then, by which one that comes by mail is checked.
  package var verifierKeys: [String]?
  /// What the last verification looked at: how many entries, and on which UTC day.
  package var verifiedSize: Int?
  package var verifiedOn: String?
  /// Whether the last verification at ``path`` found the store unsound.
  package var isUnsound: Bool?
  /// Other places at which a copy of the log was found unsound by the last verification there.
  package var unsoundPaths: [String]?
  /// The verifier keys of witnesses that the user was told, and that have cosigned what was anchored.
  package var witnesses: [String]?
  /// The party that keeps the store, where that is not this user's: what lies here is a copy, and not appended to.
  package var keptBy: String?
  /// The roots that this log has, by the size, where a fork of it that this user has caught begins.
  package var forkRoots: [String: String]?

  package var rootDigest: Digest? { Digest(hex: root) }
  package var genesisDigest: Digest? { Digest(hex: genesis) }
  package var confirmedKeys: [String: Digest] { confirmed.compactMapValues { Digest(hex: $0) } }
  package var noteKeys: [NoteKey] { (verifierKeys ?? []).compactMap { NoteKey(text: $0) } }

  /// So many other places are kept in mind.
  private static let placeLimit = 64

  /// Whether the last verification of what lies at a path found it unsound.
  package func isUnsound(at place: String) -> Bool {
    (path == place && isUnsound == true) || unsoundPaths?.contains(place) == true
  }

  /// Takes over what a verification of what lies at a path has found.
  package mutating func note(isSound: Bool, at place: String) {
    var others = (unsoundPaths ?? []).filter { $0 != place }
    if path == place || path.isEmpty {
      isUnsound = isSound ? nil : true
    } else if !isSound {
      others = others.suffix(TrustRecord.placeLimit - 1) + [place]
    }
    unsoundPaths = others.isEmpty ? nil : others
  }

  /// Takes over who may append to the log, as its entries say.
  package mutating func note(_ membership: Membership) {
    let keys = membership.keys.filter { $0.use == .sign && membership.mayAppend($0.keyID) }
    verifierKeys = keys.compactMap { try? VerificationKey(base64: $0.publicKey) }.map {
      NoteKey(log: $0, name: origin).text
    }.sorted()
  }
}

/// `$CUSTODY_HOME/trust`: a file a log.
package struct TrustMemory: Sendable {
  private let folder: String

  package init(_ home: Home) {
    folder = home.trust
  }

  private func path(_ origin: String) -> String { "\(folder)/\(SHA256.hash(origin).hex).json" }

  /// What is remembered; nil where this log was never seen.
  package func record(of origin: String) throws -> TrustRecord? {
    let path = path(origin)
    let record: TrustRecord?
    do {
      // One that is there and cannot be opened is not taken for none.
      guard let bytes = try RegularFile.read(path, limit: 1 << 20) else { return nil }
      record = try? JSONDecoder().decode(TrustRecord.self, from: Data(bytes))
    } catch let error as StorageError where error.code != .inputOutput {
      record = nil
    }
    guard let record, record.origin == origin else {
      throw Failure(
        .configuration, "what you remember of the store '\(origin)', '\(path)', cannot be read",
        hint: "restore it from a copy; without it custody cannot tell whether the store was cut or replaced")
    }
    return record
  }

  /// Changes what is remembered of a log: reads it, lets it be changed, and puts it back, under a lock, so that of two
  /// commands neither forgets what the other has seen.
  ///
  /// - Parameters:
  ///   - mayShrink: Whether a smaller tree may take the place of a larger one; otherwise the larger stays.
  ///   - change: Told what is remembered now, nil for nothing; gives what is to be, nil for no change.
  /// - Throws: `configuration` where what is remembered cannot be read: it is never overwritten then.
  package func update(
    _ origin: String, mayShrink: Bool = false, _ change: (TrustRecord?) throws -> TrustRecord?
  ) throws {
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try FileLock("\(folder)/lock").whileHeld {
        PrivateFile.removeDrafts(in: folder)
        try apply(change, to: origin, mayShrink: mayShrink)
      }
    }
  }

  private func apply(
    _ change: (TrustRecord?) throws -> TrustRecord?, to origin: String, mayShrink: Bool
  ) throws {
    let known = try record(of: origin)
    guard var record = try change(known) else {
      // What is there already may be another's who died before it was on the disk.
      if known != nil { try PrivateFile.wait(for: path(origin)) }
      return
    }
    if let known, !mayShrink, known.size > record.size {
      (record.size, record.root, record.path) = (known.size, known.root, known.path)
      (record.verifierKeys, record.checkpoint) = (known.verifierKeys, known.checkpoint)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try PrivateFile.replace(path(origin), bytes: [UInt8](try encoder.encode(record)) + [0x0a])
  }
}
