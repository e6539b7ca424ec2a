package import Crypto
package import Statements
internal import TreeLog

/// Writes a signed log in memory: who says what, in whose hand, on which day; right or wrong, as the test wants it.
///
/// People's keys come from their names, so that the same log comes out every time. The clock is the builder's own and
/// goes on by a second with every statement.
package final class LogBuilder {
  /// What is not as usual about a statement.
  package struct Twist {
    /// How many entries the signer says they had seen; all that there are where absent.
    package var seenSize: Int?
    package var seenRoot: Digest?
    package var signedAt: Instant?
    package var store: String?
    /// Who appends; the first administrator where absent.
    package var appender: String?
    /// The entry's time, where it is not the clock's.
    package var time: Instant?
    /// Whose key makes the signature, where it is not the one that the envelope names.
    package var forger: String?
    /// Changes the finished payload.
    package var payload: (([UInt8]) -> [UInt8])?
    /// Changes the finished entry.
    package var entry: ((inout Entry) -> Void)?

    package init() {}
  }

  package static let defaultOrigin = "acme/test"

  package let store = MemoryStore()
  package let origin: String
  /// The clock, in UTC.
  package var clock: Instant
  /// The entries so far, as the log has them.
  package private(set) var entries: [[UInt8]] = []
  /// The ids of the statements in them.
  package private(set) var statements: [Digest] = []
  /// The root of each size, from 0 on.
  package private(set) var roots: [Digest] = [MerkleHash.empty]
  /// Who appends where nothing else is said.
  package var appender = "acme/bo"

  private var range = CompactRange()
  private var sealed = 0

  package init(origin: String = LogBuilder.defaultOrigin, on day: String = "2026-01-01") {
    self.origin = origin
    clock = Instant("\(day)T09:00:00.000Z") ?? Instant(millisecondsSinceEpoch: 0)
    store["custody.json"] = Array("{\"format\":1,\"origin\":\"\(origin)\"}\n".utf8)
  }

  /// How many entries there are.
  package var size: Int { entries.count }

  package var root: Digest { range.root }

  /// The id of the newest statement.
  package var last: Digest { statements.last ?? .zero }

  /// Sets the clock to nine in the morning of a day.
  package func on(_ day: String) {
    clock = Instant("\(day)T09:00:00.000Z") ?? clock
  }

  /// The key of a person, a robot or a safe; any name has one.
  package static func key(_ name: String) throws -> SigningKey {
    try SigningKey(ed25519Seed: SHA256.hash("key of \(name)").bytes)
  }

  package static func keyID(_ name: String) throws -> Digest { try key(name).verificationKey.keyID }

  /// The proof that the holder of a key is to own it.
  package func proof(_ keyName: String, owner: String) throws -> [UInt8] {
    try KeyProof.make(owner: owner, store: origin, key: LogBuilder.key(keyName))
  }

  /// Puts an object into the store.
  package func object(_ name: String, _ bytes: [UInt8], _ mediaType: String = "text/plain") -> Subject {
    let digest = SHA256.hash(bytes)
    store[ObjectPath.path(digest)] = bytes
    return Subject(name: name, digest: digest, size: bytes.count, mediaType: mediaType)
  }

  package func object(_ name: String, _ text: String, _ mediaType: String = "text/plain") -> Subject {
    object(name, Array(text.utf8), mediaType)
  }

  /// A statement's payload, signed by nobody yet.
  package func payload(
    _ predicate: Predicate, _ subjects: [Subject] = [], by signer: String, _ twist: Twist = Twist()
  ) throws -> [UInt8] {
    clock = clock.adding(milliseconds: 1000)
    var seen: Statement.Seen?
    var placeholder = try LogBuilder.keyID(signer)
    if case .genesis = predicate {
    } else {
      let seenSize = twist.seenSize ?? max(size, 1)
      let root = twist.seenRoot ?? (seenSize < roots.count ? roots[seenSize] : SHA256.hash("no tree yet"))
      seen = Statement.Seen(root: root, size: seenSize)
      placeholder = root
    }
    let payload = Statement.payload(
      predicate, store: twist.store ?? origin, signedAt: twist.signedAt ?? clock, seen: seen, subjects: subjects,
      placeholder: placeholder)
    return twist.payload?(payload) ?? payload
  }

  /// Signs a statement and appends it, whether it counts or not.
  ///
  /// - Returns: The entry's sequence number.
  @discardableResult
  package func add(
    _ predicate: Predicate, _ subjects: [Subject] = [], by signer: String, _ twist: Twist = Twist()
  ) throws -> Int {
    try add(payload: payload(predicate, subjects, by: signer, twist), by: signer, twist)
  }

  /// Signs a finished payload and appends it.
  @discardableResult
  package func add(payload: [UInt8], by signer: String, _ twist: Twist = Twist()) throws -> Int {
    var envelope = try Envelope(signing: payload, with: LogBuilder.key(twist.forger ?? signer))
    envelope.keyID = try LogBuilder.keyID(signer)
    var entry = Entry(
      by: try LogBuilder.keyID(twist.appender ?? appender), envelope: envelope,
      previous: entries.last.map { MerkleHash.leaf($0) } ?? .zero, sequence: size, time: twist.time ?? clock)
    twist.entry?(&entry)
    return add(raw: entry.bytes, statement: SHA256.hash(payload))
  }

  /// Appends bytes that may be anything.
  @discardableResult
  package func add(raw bytes: [UInt8], statement: Digest = .zero) -> Int {
    entries.append(bytes)
    statements.append(statement)
    range.append(MerkleHash.leaf(bytes))
    roots.append(range.root)
    return size - 1
  }

  /// Writes what is new as tiles and bundles, with a checkpoint of the last appender's, or of somebody else's.
  package func seal(by signer: String? = nil) throws {
    try store.grow(from: sealed, root: roots[sealed], Array(entries[sealed...]))
    sealed = size
    store["checkpoint"] = try checkpoint(by: signer ?? appender)
  }

  /// A signed checkpoint of the log at a size.
  package func checkpoint(size: Int? = nil, root: Digest? = nil, by signer: String) throws -> [UInt8] {
    let size = size ?? self.size
    let text = Checkpoint(origin: origin, size: size, root: root ?? roots[size]).text
    return try SignedNote.sign(text, name: origin, with: LogBuilder.key(signer)).bytes
  }
}
