internal import Crypto
internal import Ownership
internal import Statements
internal import Synchronization
internal import TreeLog

/// Finds the statements that bring an object which a redaction names.
///
/// Redactions are few and come late, so that nothing is kept for them while the log is read: with the first one the log is
/// read twice more, for what redactions name and for who brings that.
final class RedactedUses: Sendable {
  /// A statement that brings an object, whether it counts or not.
  struct Bringing: Sendable {
    let statement: Digest
    /// Of nobody's party yet.
    let use: ObjectUse
  }

  private let contents: any StoreContents
  private let library: ObjectLibrary
  private let range: Range<Int>
  private let found = Mutex<[Digest: [Bringing]]?>(nil)

  /// - Parameter range: The entries that are looked through.
  init(contents: any StoreContents, library: ObjectLibrary, range: Range<Int>) {
    self.contents = contents
    self.library = library
    self.range = range
  }

  /// The statements that bring an object, in log order, those that list it in a manifest behind the others.
  func uses(of object: Digest) throws -> [Bringing] {
    try found.withLock { found in
      if let found { return found[object] ?? [] }
      let all = try search()
      found = all
      return all[object] ?? []
    }
  }

  private func search() throws -> [Digest: [Bringing]] {
    var named: Set<Digest> = []
    try forEachStatement { _, statement in
      if case .redaction(let redaction) = statement.predicate { named.formUnion(redaction.objects) }
    }
    var direct: [Digest: [Bringing]] = [:]
    var listed: [Digest: [Bringing]] = [:]
    guard !named.isEmpty else { return [:] }
    try forEachStatement { entry, statement in
      let record = LedgerRecord(
        statement: statement.id, entry: entry, type: statement.predicate.typeName, party: "")
      for (subject, use) in ObjectUse.uses(of: statement, record: record) {
        if named.contains(subject.digest) {
          direct[subject.digest, default: []].append(Bringing(statement: statement.id, use: use))
        }
        guard subject.mediaType == MediaType.manifest else { continue }
        var items: Set<Digest> = []
        try library.forEachItem(of: subject.digest) { if named.contains($0) { items.insert($0) } }
        var evidence = use
        evidence.isEvidence = true
        for item in items { listed[item, default: []].append(Bringing(statement: statement.id, use: evidence)) }
      }
    }
    return direct.merging(listed) { $0 + $1 }
  }

  private func forEachStatement(_ body: (Int, Statement) throws -> Void) throws {
    let library = library
    var ignored = FindingList()
    var missingInARow = 0
    for bundle in range.lowerBound / 256..<(range.upperBound + 255) / 256 {
      let width = min(256, range.upperBound - bundle * 256)
      let coordinate = TileCoordinate(kind: .entries, index: bundle, width: width)
      guard let entries = try BundleReading.entries(contents, coordinate, &ignored) else {
        // As for the walk itself: a checkpoint can claim any size.
        missingInARow += 1
        if missingInARow >= LogWalk.missingLimit { return }
        continue
      }
      missingInARow = 0
      let parsed = Parallel.map(entries) { ParsedEntry($0, library: library).statement }
      for (offset, statement) in parsed.enumerated() where bundle * 256 + offset >= range.lowerBound {
        if case .success(let statement)? = statement { try body(bundle * 256 + offset, statement) }
      }
    }
  }
}
