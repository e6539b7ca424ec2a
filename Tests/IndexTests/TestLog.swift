import Findings
import Catalogs
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// A log that a test writes: Acme Manufacturing's, with one administrator and the catalog of IT functions.
final class TestLog {
  static let origin = "acme/test"

  let store: MemoryStore
  let key: SigningKey
  private(set) var size = 0
  private(set) var root = MerkleHash.empty
  private var waiting: [[UInt8]] = []
  private var previous = Digest.zero
  private var time = Instant(millisecondsSinceEpoch: 1_767_600_000_000)

  /// A log with genesis and framework.
  init() throws {
    store = MemoryStore()
    key = try SigningKey(ed25519Seed: Array(repeating: 1, count: 32))
    try add(
      .genesis(
        Genesis(
          clientID: "acme", clientName: "Acme Manufacturing", administratorID: "bo", administratorName: "Bo",
          publicKey: key.verificationKey.base64)))
    try commit()
    let catalog = try #require(BundledCatalogs.bytes(of: "it-functions"))
    try add(
      .framework(FrameworkAdoption(id: "it-functions", catalog: SHA256.hash(catalog), effective: time.day)),
      [object("catalog", catalog, MediaType.catalog)])
    try commit()
  }

  /// The same log, to be continued another way.
  init(copying other: TestLog) {
    store = MemoryStore(
      Dictionary(uniqueKeysWithValues: other.store.paths.map { ($0, other.store[$0] ?? []) }))
    key = other.key
    (size, root, previous, time) = (other.size, other.root, other.previous, other.time)
  }

  var checkpoint: Checkpoint { Checkpoint(origin: TestLog.origin, size: size, root: root) }

  var library: ObjectLibrary { ObjectLibrary(store) }

  func object(_ name: String, _ bytes: [UInt8], _ mediaType: String = "text/plain") -> Subject {
    let digest = SHA256.hash(bytes)
    store[ObjectPath.path(digest)] = bytes
    return Subject(name: name, digest: digest, size: bytes.count, mediaType: mediaType)
  }

  func payload(_ predicate: Predicate, _ subjects: [Subject] = []) -> [UInt8] {
    time = time.adding(milliseconds: 1000)
    let isGenesis = size == 0
    return Statement.payload(
      predicate, store: TestLog.origin, signedAt: time,
      seen: isGenesis ? nil : Statement.Seen(root: root, size: size), subjects: subjects,
      placeholder: isGenesis ? key.verificationKey.keyID : root)
  }

  /// Makes the next entry; it is in the log once `commit` is called.
  @discardableResult
  func add(payload: [UInt8]) throws -> [UInt8] { try add(envelope: Envelope(signing: payload, with: key)) }

  @discardableResult
  func add(envelope: Envelope) throws -> [UInt8] {
    let entry = Entry(
      by: key.verificationKey.keyID, envelope: envelope, previous: previous, sequence: size + waiting.count, time: time)
    waiting.append(entry.bytes)
    previous = MerkleHash.leaf(entry.bytes)
    return entry.bytes
  }

  @discardableResult
  func add(_ predicate: Predicate, _ subjects: [Subject] = []) throws -> [UInt8] {
    try add(payload: payload(predicate, subjects))
  }

  @discardableResult
  func addEvidence(
    _ name: String, _ text: String, control: String = "it-functions/patch-management", description: String? = nil,
    replaces: [Digest] = []
  ) throws -> [UInt8] {
    var evidence = Evidence(controls: [control])
    evidence.description = description
    evidence.through = time.day
    evidence.replaces = replaces
    return try add(.evidence(evidence), [object(name, Array(text.utf8))])
  }

  func commit() throws {
    root = try store.grow(from: size, root: root, waiting)
    size += waiting.count
    waiting = []
  }

  /// What the fold in memory makes of the whole log.
  func folded() throws -> (state: LogState, ledger: MemoryLedger, findings: [Finding]) {
    var fold = Fold(ledger: MemoryLedger(library: library), library: library)
    var findings: [Finding] = []
    try LogReader(contents: store, size: size, root: root).entries(in: 0..<size) { _, bytes in
      let parsed = ParsedEntry(Array(bytes), library: library)
      findings += try fold.apply(parsed.entry, parsed.statement).findings
    }
    return (fold.state, fold.ledger, findings)
  }
}

extension Digest {
  /// Of a text.
  init(of text: String) { self = SHA256.hash(text) }
}
