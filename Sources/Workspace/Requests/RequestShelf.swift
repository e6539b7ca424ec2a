internal import Crypto
internal import Findings
internal import Index
package import Obligations
package import Ownership
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
  /// What is known, and the day as of which it is looked at.
  private let known: Known

  private struct Known {
    var state: LogState
    var size: Int?
    var day: Day
    /// Whether what was recorded after the day is left out; today all is known, whatever somebody's clock says.
    var isPast: Bool

    /// What stands: recorded by the day, and not replaced by then.
    func standing(_ found: [(record: EvidenceRecord, replaced: Day?)]) -> [EvidenceRecord] {
      found.filter { record, replaced in
        guard isPast else { return replaced == nil }
        return record.recorded.day <= day && (replaced.map { $0 > day } ?? true)
      }.map(\.record)
    }
  }

  /// Reads what the log has. A list that cannot be read is told, and left out.
  ///
  /// - Parameter snapshot: What is known, as of which day; nil for all of it, as of today.
  package init(_ store: OpenedStore, at snapshot: Snapshot? = nil) throws {
    self.store = store
    known = Known(
      state: snapshot?.state ?? store.state, size: snapshot?.state.size, day: snapshot?.asOf ?? store.desk.clock.today,
      isPast: snapshot.map { $0.asOf < store.desk.clock.today } ?? false)
    let entries = try store.index.entries(labelled: RequestShelf.label)
    let records = known.standing(try store.index.evidence(ofEntries: entries, upTo: known.size))
    // Most stores have no list: nothing else is looked at then.
    guard !records.isEmpty else { return }
    let choice = ControlChoice(store)
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
    var returned: [String: Int] = [:]
    var newest: (table: RequestTable, reading: RequestReading)?
    for (record, file) in versions {
      let isNewest = record.entry == versions.last?.record.entry
      let reading = RequestReading(query: record.evidence.query)
      do {
        // A copy may have it still, and shows it to nobody.
        if let entry = store.redaction(of: file.digest) {
          throw Failure(.inputMissing, "it was redacted by entry \(entry)")
        }
        guard let bytes = try store.library.bytes(of: file.digest, limit: Workbook.fileLimit) else {
          throw Failure(.inputMissing, "its bytes are not in the store: entry \(record.entry) brought them")
        }
        let table = try RequestTable(bytes, title: "'\(name)'", reading, choice)
        for request in table.requests {
          let number = RequestLabel.folded(request.number)
          came[number] = min(came[number] ?? record.entry, record.entry)
          // A list that says so once more says nothing of what came in between.
          returned[number] = request.verdict == .returned ? returned[number] ?? record.entry : nil
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
      request.returned = returned[RequestLabel.folded(request.number)]
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
    RequestRules.states(list.requests, of: list.name, try evidence(for: list.requests, of: list.name))
  }

  /// Those that were due before the day and are not answered, of each list that has any.
  package func overdue() throws -> [(list: List, states: [RequestRules.State])] {
    try lists.compactMap { list in
      // What is not due yet cannot be late, whatever answers it.
      let due = list.requests.filter { $0.due.map { $0 < known.day } ?? false }
      guard !due.isEmpty else { return nil }
      let late = RequestRules.states(due, of: list.name, try evidence(for: due, of: list.name)).filter {
        $0.isOverdue(on: known.day)
      }
      return late.isEmpty ? nil : (list, late)
    }
  }

  /// The evidence that counts for requests: for their controls or with their numbers, not replaced, not redacted, and no
  /// request list itself.
  private func evidence(for requests: [AuditRequest], of list: String) throws -> [EvidenceRecord] {
    let numbers = requests.reduce(into: Set<String>()) { $0.formUnion(RequestLabel.names($1.number, of: list)) }
    var entries = Set(
      try store.index.evidenceEntries(forControls: Set(requests.flatMap { $0.targets.flatMap(\.reach) }).sorted()))
    for (label, _) in try store.index.labels() where !RequestLabel.numbers(label).isDisjoint(with: numbers) {
      entries.formUnion(try store.index.entries(labelled: label))
    }
    return try known.standing(try store.index.evidence(ofEntries: entries.sorted(), upTo: known.size)).filter {
      record in
      let label = record.evidence.label ?? ""
      return try ![RequestShelf.label, "restored"].contains(label) && HandoverLabel.engagement(label) == nil
        && !record.isRedacted(known.state.redactedObjects, on: known.day, library: store.library)
    }
  }

  /// The files of the entries that answer, or nearly.
  package func files(of states: [RequestRules.State]) throws -> [Int: [RequestFile]] {
    let entries = Set(states.flatMap { $0.answers.map(\.record.entry) + $0.misses.map(\.record.entry) }).sorted()
    return try store.index.evidenceFiles(ofEntries: entries).mapValues { files in
      files.map { RequestFile(name: $0.name, digest: $0.digest.hex) }
    }
  }
}
