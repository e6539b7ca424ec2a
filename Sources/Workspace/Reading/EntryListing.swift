internal import Crypto
internal import Findings
internal import Index
internal import Ownership
package import Statements
internal import TreeLog

/// Lists entries of the log, a page at a time, so that a long log takes no more memory than a short one.
///
/// Which entries are meant, and which count, is the index's word; what is shown of each comes out of the log itself,
/// compared with the checkpoint.
package struct EntryListing {
  private let store: OpenedStore
  private let reader: LogReader
  private let findings: [Int: [Finding]]

  /// How many entries the index is asked about at a time.
  private static let page = 8192

  package init(_ store: OpenedStore) throws {
    self.store = store
    reader = store.reader
    findings = Dictionary(grouping: try store.index.rejected()) { $0.entry ?? -1 }
  }

  /// Which entries are asked for.
  package struct Filter {
    package var type: String?
    /// A member, or a party for all its members.
    package var signer: String?
    /// Any of these controls and units.
    package var controls: [String]?
    /// UTC days on which they were recorded, both included.
    package var since: Day?
    package var until: Day?
    /// The label of evidence.
    package var label: String?
    package var limit: Int?
    package var newestFirst = true

    package init() {}
  }

  /// Gives the entries that pass a filter to a closure, in order.
  package func forEach(_ filter: Filter, _ body: (ListedEntry) throws -> Void) throws {
    var left = filter.limit ?? .max
    for range in pages(newestFirst: filter.newestFirst) where left > 0 {
      var asked = LogFilter()
      asked.range = range
      asked.type = filter.label == nil ? filter.type : filter.type ?? "evidence"
      asked.controls = filter.controls
      asked.newestFirst = filter.newestFirst
      let rows = try store.index.logRows(asked).filter { passes($0, filter) }
      guard let label = filter.label else {
        try visit(rows.prefix(left), body)
        left -= min(left, rows.count)
        continue
      }
      // What a label is only the statement says.
      try visit(rows[...]) { listed in
        guard left > 0, case .evidence(let evidence)? = listed.statement?.predicate,
          evidence.label.map({ ByteOrder.areEqual($0, label) }) == true
        else { return }
        left -= 1
        try body(listed)
      }
    }
  }

  /// Gives the entries in which all words of a text occur to a closure, the best first.
  ///
  /// - Returns: How many there were.
  package func search(_ text: String, limit: Int, _ body: (ListedEntry) throws -> Void) throws -> Int {
    let rows = try store.index.search(text, limit: limit)
    try visit(rows[...], body)
    return rows.count
  }

  /// One entry.
  ///
  /// - Precondition: It is one of the tree.
  package func entry(_ number: Int) throws -> ListedEntry {
    listed(number, try reader.entry(at: number), isEffective: try store.index.statement(entry: number)?.isEffective)
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

  private func owner(_ key: Digest?) -> String? { key.flatMap { store.state.membership.key($0)?.owner } }

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
    let parsed = ParsedEntry(bytes, library: store.library)
    var entry: Entry?
    var statement: Statement?
    if case .success(let value) = parsed.entry { entry = value }
    if case .success(let value)? = parsed.statement { statement = value }
    return ListedEntry(
      number: number, bytes: bytes, entry: entry, statement: statement, isEffective: isEffective ?? false,
      signer: owner(entry?.envelope.keyID), findings: findings[number] ?? [])
  }
}
