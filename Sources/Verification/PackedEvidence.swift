internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// All evidence that counts, at eight bytes for each control that a statement is about, and what is asked of it about one
/// day.
struct PackedEvidence: Sendable {
  /// An entry, and the day that its age runs from.
  struct Mention: Sendable {
    private let packed: UInt64

    init(entry: Int, day: Day) {
      packed = UInt64(UInt32(entry)) << 32 | UInt64(UInt32(bitPattern: Int32(clamping: day.daysSinceEpoch)))
    }

    var entry: Int { Int(packed >> 32) }
    var day: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: packed)) }
  }

  /// Those of one control, in pieces: a long list that grows would have room for as many again.
  private struct Mentions: Sendable {
    private static let pieceSize = 1024

    private var full: [[Mention]] = []
    private var last: [Mention] = []

    mutating func append(_ mention: Mention) {
      last.append(mention)
      guard last.count == Mentions.pieceSize else { return }
      full.append(last)
      last = []
    }

    var all: [Mention] { full.flatMap { $0 } + last }
  }

  private var byControl: [String: Mentions] = [:]
  /// Entries whose evidence was replaced.
  private(set) var replaced: Set<Int> = []
  let day: Day

  /// - Parameter day: The one that will be asked about.
  init(asOf day: Day) { self.day = day }

  /// Takes in evidence, in log order.
  ///
  /// - Parameter replaced: The entries of what it replaces.
  mutating func add(_ evidence: Evidence, entry: Int, recorded: Instant, replacing replaced: [Int]) {
    self.replaced.formUnion(replaced)
    let record = EvidenceRecord(
      entry: entry, statement: .zero, party: "", member: "", keyID: .zero, recorded: recorded, evidence: evidence)
    // What says something about later days alone shows nothing on this one.
    guard record.firstDay <= day else { return }
    let mention = Mention(entry: entry, day: record.ageDay(asOf: day))
    for control in evidence.controls { byControl[control, default: Mentions()].append(mention) }
  }

  /// What there is on a unit or its control, in log order, each once, without what was replaced.
  func mentions(unit: String, control: String) -> [Mention] {
    let own = byControl[unit]?.all ?? []
    let all = unit == control ? own : PackedEvidence.merge(own, byControl[control]?.all ?? [])
    return replaced.isEmpty ? all : all.filter { !replaced.contains($0.entry) }
  }

  private static func merge(_ left: [Mention], _ right: [Mention]) -> [Mention] {
    if left.isEmpty || right.isEmpty { return left.isEmpty ? right : left }
    var merged: [Mention] = []
    var (one, other) = (left[...], right[...])
    while let first = one.first, let second = other.first {
      merged.append(first.entry <= second.entry ? first : second)
      if first.entry <= second.entry { one.removeFirst() }
      if second.entry <= first.entry { other.removeFirst() }
    }
    return merged + one + other
  }
}

/// Evidence as the matrix asks for it: what was packed, with who said it and what is gone, once the log is read.
struct WalkedEvidence: EvidenceSource, Sendable {
  let packed: PackedEvidence
  let ledger: PackedLedger
  let redactedUses: RedactedUses
  let membership: Membership
  let contents: any StoreContents
  /// How many entries the log has.
  let size: Int

  func view(on day: Day, redacted: [Digest: Day], library: ObjectLibrary) throws -> any EvidenceView {
    precondition(day == packed.day, "what was packed is as of another day")
    var gone: Set<Int> = []
    for object in redacted.keys {
      for bringing in try redactedUses.uses(of: object) where !gone.contains(bringing.use.entry) {
        guard let record = try record(ofEntry: bringing.use.entry, library) else { continue }
        if try record.isRedacted(redacted, on: day, library: library) { gone.insert(record.entry) }
      }
    }
    return View(evidence: self, library: library, gone: gone)
  }

  private struct View: EvidenceView {
    let evidence: WalkedEvidence
    let library: ObjectLibrary
    /// Evidence that shows nothing any more.
    let gone: Set<Int>

    func summary(unit: String, control: String) throws -> EvidenceSummary {
      var summary = EvidenceSummary()
      var newest: PackedEvidence.Mention?
      for mention in evidence.packed.mentions(unit: unit, control: control) where !gone.contains(mention.entry) {
        summary.count += 1
        if let party = evidence.ledger.party(ofEntry: mention.entry) { summary.parties.insert(party) }
        if newest.map({ $0.day <= mention.day }) ?? true { newest = mention }
      }
      summary.newest = try newest.flatMap { try evidence.record(ofEntry: $0.entry, library) }
      return summary
    }
  }

  /// The evidence that an entry brings, read again.
  private func record(ofEntry sequence: Int, _ library: ObjectLibrary) throws -> EvidenceRecord? {
    let coordinate = TileCoordinate(
      kind: .entries, index: sequence / 256, width: min(256, size - sequence / 256 * 256))
    guard let file = try contents.tileFile(coordinate),
      let entries = try? EntryBundle.decode(file, width: coordinate.width),
      sequence % 256 < entries.count
    else { throw LogReadError.missing(path: coordinate.path) }
    let parsed = ParsedEntry(Array(entries[sequence % 256]), library: library)
    guard case .success(let statement)? = parsed.statement, case .success(let entry) = parsed.entry,
      case .evidence(let evidence) = statement.predicate, ledger.entry(of: statement.id) == sequence,
      let key = membership.key(entry.envelope.keyID)
    else { return nil }
    let brought = EvidenceRecord.objects(of: statement)
    return EvidenceRecord(
      entry: sequence, statement: statement.id, party: key.party, member: key.owner, keyID: key.keyID,
      recorded: entry.time, evidence: evidence, artifacts: brought.artifacts, manifest: brought.manifest)
  }
}
