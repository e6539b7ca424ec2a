internal import Crypto
internal import Findings
internal import Index
package import Obligations
internal import Ownership
internal import Spreadsheets
internal import Statements

/// The request lists that stand in a store: of each name the newest.
///
/// A list is evidence with the label `requests`: the auditor's file as it came.
package struct RequestShelf {
  /// The label by which lists are known.
  package static let label = "requests"

  /// A list as it stands.
  package struct List {
    /// Its file's name.
    package let name: String
    /// The newest entry that brought it.
    package let entry: Int
    package let digest: String
    package let reading: RequestReading
    package let table: RequestTable
    /// The table's requests, with the entries with which they came in.
    package let requests: [AuditRequest]
  }

  /// In byte order of their names.
  package private(set) var lists: [List] = []
  private let store: OpenedStore

  /// Reads what the log has. A list that cannot be read is told, and left out.
  package init(_ store: OpenedStore) throws {
    self.store = store
    let choice = ControlChoice(store)
    let entries = try store.index.entries(labelled: RequestShelf.label)
    let records = try store.index.evidence(ofEntries: entries).filter { $0.replaced == nil }.map(\.record)
    let files = try store.index.evidenceFiles(ofEntries: records.map(\.entry))
    var names: [String: [(record: EvidenceRecord, file: EvidenceFile)]] = [:]
    for record in records {
      for file in files[record.entry] ?? [] { names[file.name, default: []].append((record, file)) }
    }
    for name in names.keys.sorted(by: ByteOrder.precedes) {
      do {
        if let list = try read(names[name] ?? [], name, choice) { lists.append(list) }
      } catch {
        store.desk.notices.warn("the request list '\(name)' is left out: \(Failure(describing: error).message)")
      }
    }
  }

  private func read(
    _ versions: [(record: EvidenceRecord, file: EvidenceFile)], _ name: String, _ choice: ControlChoice
  ) throws -> List? {
    var came: [String: Int] = [:]
    var newest: (table: RequestTable, reading: RequestReading)?
    for (record, file) in versions {
      let isNewest = record.entry == versions.last?.record.entry
      let reading = RequestReading(query: record.evidence.query)
      do {
        guard let bytes = try store.library.bytes(of: file.digest, limit: Workbook.fileLimit) else {
          throw Failure(.inputMissing, "its bytes are not in the store: entry \(record.entry) brought them")
        }
        let table = try RequestTable(bytes, title: "'\(name)'", reading, choice)
        for request in table.requests {
          let number = RequestLabel.folded(request.number)
          came[number] = min(came[number] ?? record.entry, record.entry)
        }
        newest = (table, reading)
      } catch  where !isNewest {
        // Of an older one that is gone only the day is lost on which its requests came in.
        continue
      }
    }
    guard let newest, let last = versions.last else { return nil }
    let requests = newest.table.requests.map { request in
      var request = request
      request.came = came[RequestLabel.folded(request.number)]
      return request
    }
    return List(
      name: name, entry: last.record.entry, digest: last.file.digest.hex, reading: newest.reading, table: newest.table,
      requests: requests)
  }

  /// The lists that a user means: that of a name, or all, which may be none.
  package func lists(named name: String?) throws -> [List] {
    guard let name else { return lists }
    let found = lists.filter { ByteOrder.areEqual($0.name, name) }
    guard !found.isEmpty else {
      throw Failure(
        .inputMissing, "no request list '\(name)' is in this store",
        hint: lists.isEmpty
          ? "custody requests import FILE takes one in" : "there are \(Wording.list(lists.map { "'\($0.name)'" }))")
    }
    return found
  }

  /// How the requests of a list stand.
  package func states(_ list: List) throws -> [RequestRules.State] {
    RequestRules.states(list.requests, try evidence())
  }

  /// The evidence that counts today: not replaced, not redacted, and no request list itself.
  private func evidence() throws -> [EvidenceRecord] {
    var found: [EvidenceRecord] = []
    let (redacted, today) = (store.state.redactedObjects, store.desk.clock.today)
    try store.index.forEachEvidence { record, replaced in
      let label = record.evidence.label ?? ""
      guard replaced == nil, ![RequestShelf.label, "restored"].contains(label), HandoverLabel.engagement(label) == nil,
        try !record.isRedacted(redacted, on: today, library: store.library)
      else { return }
      found.append(record)
    }
    return found
  }

  /// The files of the entries that answer, or nearly.
  package func files(of states: [RequestRules.State]) throws -> [Int: [RequestFile]] {
    let entries = Set(states.flatMap { $0.answers.map(\.record.entry) + $0.misses.map(\.record.entry) }).sorted()
    return try store.index.evidenceFiles(ofEntries: entries).mapValues { files in
      files.map { RequestFile(name: $0.name, digest: $0.digest.hex) }
    }
  }
}
