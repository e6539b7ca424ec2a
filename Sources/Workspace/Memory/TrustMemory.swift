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
  /// The path at which that checkpoint was read; empty where it came by mail.
  package var path: String
  /// The first keys of parties that this user has compared, by party.
  package var confirmed: [String: String] = [:]
  /// The verifier keys of those who might sign its checkpoints then, by which one that comes by mail is checked.
  package var verifierKeys: [String]?

  package var rootDigest: Digest? { Digest(hex: root) }
  package var genesisDigest: Digest? { Digest(hex: genesis) }
  package var confirmedKeys: [String: Digest] { confirmed.compactMapValues { Digest(hex: $0) } }
  package var noteKeys: [NoteKey] { (verifierKeys ?? []).compactMap { NoteKey(text: $0) } }

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
    } catch is StorageError {
      record = nil
    }
    guard let record, record.origin == origin else {
      throw Failure(
        .configuration, "what you remember of the store '\(origin)', '\(path)', cannot be read",
        hint: "restore it from a copy; without it custody cannot tell whether the store was cut or replaced")
    }
    return record
  }

  package func remember(_ record: TrustRecord) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let bytes = [UInt8](try encoder.encode(record)) + [0x0a]
    try Home.using(folder) {
      try PrivateFile.makeFolder(folder)
      try PrivateFile.replace(path(record.origin), bytes: bytes)
    }
  }
}
