internal import Findings
internal import Crypto
internal import Index
internal import Ownership
internal import Statements
internal import TreeLog

/// Lists entries of the log, a page at a time, so that a long log takes no more memory than a short one.
///
/// Which entries are meant, and which count, is the index's word; what is shown of each comes out of the log itself,
/// compared with the checkpoint.
struct EntryListing {
  private let session: Session
  private let reader: LogReader
  private let findings: [Int: [Finding]]

  /// How many entries the index is asked about at a time.
  private static let page = 8192

  init(_ session: Session) throws {
    self.session = session
    reader = LogReader(contents: session.contents, size: session.checkpoint.size, root: session.checkpoint.root)
    findings = Dictionary(grouping: try session.index.rejected()) { $0.entry ?? -1 }
  }

  /// Which entries are asked for.
  struct Filter {
    var type: String?
    /// A member, or a party for all its members.
    var signer: String?
    /// Any of these controls and units.
    var controls: [String]?
    /// UTC days on which they were recorded, both included.
    var since: Day?
    var until: Day?
    var limit: Int?
    var newestFirst = true
  }

  /// Gives the entries that pass a filter to a closure, in order.
  func forEach(_ filter: Filter, _ body: (ListedEntry) throws -> Void) throws {
    var left = filter.limit ?? .max
    for range in pages(newestFirst: filter.newestFirst) where left > 0 {
      var asked = LogFilter()
      asked.range = range
      asked.type = filter.type
      asked.controls = filter.controls
      asked.newestFirst = filter.newestFirst
      let rows = try session.index.logRows(asked).filter { passes($0, filter) }
      try visit(rows.prefix(left), body)
      left -= min(left, rows.count)
    }
  }

  /// Gives the entries in which all words of a text occur to a closure, the best first.
  ///
  /// - Returns: How many there were.
  func search(_ text: String, limit: Int, _ body: (ListedEntry) throws -> Void) throws -> Int {
    let rows = try session.index.search(text, limit: limit)
    try visit(rows[...], body)
    return rows.count
  }

  /// One entry.
  ///
  /// - Precondition: It is one of the tree.
  func entry(_ number: Int) throws -> ListedEntry {
    listed(number, try reader.entry(at: number), isEffective: try session.index.statement(entry: number)?.isEffective)
  }

  private func pages(newestFirst: Bool) -> [Range<Int>] {
    let starts = stride(from: 0, to: reader.size, by: EntryListing.page)
    let ranges = starts.map { $0..<min($0 + EntryListing.page, reader.size) }
    return newestFirst ? ranges.reversed() : ranges
  }

  private func passes(_ row: LogRow, _ filter: Filter) -> Bool {
    if let asked = filter.signer {
      guard let signer = row.member ?? owner(row.keyID) else { return false }
      guard ByteOrder.areEqual(signer, asked) || ByteOrder.areEqual(Identifier.party(ofMember: signer), asked) else {
        return false
      }
    }
    guard filter.since != nil || filter.until != nil else { return true }
    guard let day = row.time?.day else { return false }
    return filter.since.map { day >= $0 } ?? true && filter.until.map { day <= $0 } ?? true
  }

  private func owner(_ key: Digest?) -> String? { key.flatMap { session.state.membership.key($0)?.owner } }

  /// Reads the entries of rows; those of one bundle that follow each other are read at once.
  private func visit(_ rows: ArraySlice<LogRow>, _ body: (ListedEntry) throws -> Void) throws {
    var rest = rows
    while let first = rest.first {
      let group = rest.prefix { $0.entry >> 8 == first.entry >> 8 }
      rest = rest.dropFirst(group.count)
      let wanted = Set(group.map(\.entry))
      let low = wanted.min() ?? first.entry
      let high = wanted.max() ?? first.entry
      var bytes: [Int: [UInt8]] = [:]
      try reader.entries(in: low..<(high + 1), authenticating: true) { number, entry in
        if wanted.contains(number) { bytes[number] = Array(entry) }
      }
      for row in group {
        try body(listed(row.entry, bytes[row.entry] ?? [], isEffective: row.isEffective))
      }
    }
  }

  private func listed(_ number: Int, _ bytes: [UInt8], isEffective: Bool?) -> ListedEntry {
    let parsed = ParsedEntry(bytes, library: session.library)
    var entry: Entry?
    var statement: Statement?
    if case .success(let value) = parsed.entry { entry = value }
    if case .success(let value)? = parsed.statement { statement = value }
    return ListedEntry(
      number: number, bytes: bytes, entry: entry, statement: statement, isEffective: isEffective ?? false,
      signer: owner(entry?.envelope.keyID), findings: findings[number] ?? [])
  }
}
