package import Crypto
public import Statements
package import TreeLog

/// Statements of a key under suspicion, and who speaks for them: whoever else had seen them, and when.
///
/// That somebody had seen a statement on a day does not show whose hand wrote it; it shows that whoever took the key later
/// did not.
public struct Dispute: Sendable, Equatable {
  /// The first of these statements' entries.
  public var from: Int
  /// The last of them.
  public var through: Int
  /// How many there are between them.
  public var count: Int
  /// Whose key it is.
  public var member: String
  package var keyID: Digest
  /// The tree size from which on the key is under suspicion.
  public var suspectSince: Int
  /// The entry that revoked it first; nil where it is not revoked.
  public var revokedBy: Int?
  /// In the order in which they came to speak; nobody where it is empty.
  public var speakers: [Speaker]

  /// Somebody who had seen them.
  public struct Speaker: Sendable, Equatable {
    /// The ways to say so.
    public enum Kind: String, Sendable {
      /// A later statement of another party names a tree with them in it.
      case party
      /// A witness has cosigned such a tree.
      case cosignature
      /// An authority has given a token over such a tree.
      case timestamp
    }

    /// How they say so.
    public var kind: Kind
    /// The party, the witness or the authority.
    public var name: String
    /// The size of the tree that they had seen.
    public var size: Int
    /// When, by their own clock.
    public var time: Instant
    /// The entry that says it.
    public var entry: Int
    /// Whether a reader's own roots vouch for an authority's token; nil where nobody has judged it, and of others.
    public var isTrusted: Bool?
  }
}

extension Dispute {
  /// Looks for disputed statements in a log, and for who speaks for them.
  ///
  /// - Parameters:
  ///   - state: What all entries amount to.
  ///   - refused: Entries that do not count.
  ///   - policy: Witnesses whom the reader knows beside those of the log; nil for none.
  package static func find(
    in reader: LogReader, state: LogState, library: ObjectLibrary, refused: Set<Int>, policy: WitnessPolicy? = nil
  ) throws -> [Dispute] {
    let suspects = state.membership.keys.filter { $0.suspectSince != nil }
    guard let first = suspects.compactMap(\.suspectSince).min(), first < reader.size else { return [] }
    var search = DisputeSearch(
      reader: reader, state: state, library: library, policy: policy,
      suspects: Dictionary(suspects.map { ($0.keyID, $0) }, uniquingKeysWith: { known, _ in known }))
    try reader.entries(in: first..<reader.size, authenticating: true) { number, bytes in
      guard !refused.contains(number) else { return }
      try search.take(number, ParsedEntry(Array(bytes), library: library))
    }
    return search.disputes()
  }
}

/// One search for disputed statements.
private struct DisputeSearch {
  let reader: LogReader
  let state: LogState
  let library: ObjectLibrary
  let policy: WitnessPolicy?
  let suspects: [Digest: Membership.Key]
  private var disputed: [(entry: Int, key: Digest)] = []
  /// Of each who speaks, the statements by which they had seen more than before.
  private var voices: [[Dispute.Speaker]] = []
  private var places: [String: Int] = [:]

  init(
    reader: LogReader, state: LogState, library: ObjectLibrary, policy: WitnessPolicy?,
    suspects: [Digest: Membership.Key]
  ) {
    self.reader = reader
    self.state = state
    self.library = library
    self.policy = policy
    self.suspects = suspects
  }

  mutating func take(_ number: Int, _ parsed: ParsedEntry) throws {
    guard case .success(let entry) = parsed.entry, case .success(let statement)? = parsed.statement,
      let key = state.membership.key(entry.envelope.keyID)
    else { return }
    if let since = suspects[key.keyID]?.suspectSince, number >= since { disputed.append((number, key.keyID)) }
    // Nobody speaks with a key that is under suspicion itself by then.
    let isSuspect = suspects[key.keyID]?.suspectSince.map { number >= $0 } ?? false
    if let seen = statement.seen, !isSuspect {
      hear(
        Dispute.Speaker(kind: .party, name: key.party, size: seen.size, time: statement.signedAt, entry: number))
    }
    if case .anchor(let anchor) = statement.predicate { try hear(anchor, statement, number) }
  }

  private mutating func hear(_ speaker: Dispute.Speaker) {
    let name = "\(speaker.kind.rawValue) \(speaker.name)"
    let place = places[name] ?? voices.count
    if place == voices.count {
      voices.append([])
      places[name] = place
    }
    guard speaker.size > voices[place].last?.size ?? 0 else { return }
    voices[place].append(speaker)
  }

  private mutating func hear(_ anchor: Anchor, _ statement: Statement, _ number: Int) throws {
    guard anchor.size <= reader.size, let subject = statement.subjects.first,
      let object = try library.bytes(of: subject.digest, limit: TimestampToken.sizeLimit)
    else { return }
    let verdict = AnchorCheck.verdict(
      anchor, object: object, origin: statement.store, root: try reader.root(at: anchor.size),
      membership: state.membership)
    let hasOwnWitness: Bool
    switch verdict {
    case .holds: hasOwnWitness = true
    // The tree is the log's, and whose line it is a reader's policy may say.
    case .unknownWitness: hasOwnWitness = false
    case .invalid: return
    }
    switch anchor.kind {
    case .timestamp:
      guard let token = TimestampReply(parsing: object)?.token else { return }
      hear(
        Dispute.Speaker(
          kind: .timestamp, name: token.authority ?? "an authority", size: anchor.size,
          time: Instant(millisecondsSinceEpoch: token.time), entry: number))
    case .cosignature:
      let own = hasOwnWitness ? AnchorCheck.witnesses(object, membership: state.membership) : []
      for (name, time) in own + namedByPolicy(object, statement.store) {
        hear(
          Dispute.Speaker(kind: .cosignature, name: name, size: anchor.size, time: time, entry: number))
      }
    }
  }

  /// The witnesses of the reader's policy that have cosigned a checkpoint; none where a line in the name of one does not
  /// hold.
  private func namedByPolicy(_ object: [UInt8], _ origin: String) -> [(name: String, time: Instant)] {
    guard let policy, let note = try? SignedNote(parsing: object) else { return [] }
    let (signers, broken) = policy.signers(of: note, origin: origin)
    guard broken == nil else { return [] }
    return signers.witnesses.sorted().compactMap { place in
      guard let key = policy.witnesses[place].key, let time = signers.times[place] else { return nil }
      return (key.name, Instant(clampingSeconds: time))
    }
  }

  func disputes() -> [Dispute] {
    var next = [Int](repeating: 0, count: voices.count)
    var found: [Dispute] = []
    for (entry, keyID) in disputed {
      guard let key = suspects[keyID], let since = key.suspectSince else { continue }
      var speakers: [Dispute.Speaker] = []
      for index in voices.indices {
        while next[index] < voices[index].count, voices[index][next[index]].size <= entry { next[index] += 1 }
        guard next[index] < voices[index].count else { continue }
        let speaker = voices[index][next[index]]
        // A party does not speak for itself.
        if speaker.kind != .party || speaker.name != key.party { speakers.append(speaker) }
      }
      speakers.sort { ($0.entry, $0.name) < ($1.entry, $1.name) }
      if let last = found.indices.last, found[last].keyID == keyID, found[last].speakers == speakers {
        found[last].through = entry
        found[last].count += 1
      } else {
        found.append(
          Dispute(
            from: entry, through: entry, count: 1, member: key.owner, keyID: keyID, suspectSince: since,
            revokedBy: key.revoked, speakers: speakers))
      }
    }
    return found
  }
}
