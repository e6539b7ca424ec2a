internal import Catalogs
internal import Findings
internal import Index
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Workspace

/// The evidence of a store that somebody asks for, gone through without keeping all of it.
struct EvidenceReading {
  let store: OpenedStore
  let snapshot: Snapshot
  var order = EvidenceReport.Order.control
  private let frameworks: [String]?
  /// Controls and units that are asked for, as statements write them; nil for all.
  private let controls: Set<String>?
  var isStaleOnly = false
  /// Whether a first or last day was asked for: then only what speaks of the period is listed and counted. The days of a
  /// control are covered by what came before as well, for as long as it was current.
  var isPeriodAsked = false
  let period: EvidenceCoverage.Span

  /// - Parameters:
  ///   - frameworks: Those whose controls are asked for; nil for all.
  ///   - asked: Controls and units, as statements write them; nil for all.
  init(
    _ store: OpenedStore, _ snapshot: Snapshot, frameworks: [String]?, controls asked: [String]?,
    period: EvidenceCoverage.Span
  ) {
    self.store = store
    self.snapshot = snapshot
    self.frameworks = frameworks
    self.period = period
    // Evidence for a control that is another's under another name speaks of the other.
    let covered = frameworks.map { frameworks in
      snapshot.matrix.only(frameworks).frameworks.flatMap(\.controls).flatMap { row in
        [row.control.id.description] + row.units.flatMap { [$0.id.description, $0.control.description] }
      }
    }
    switch (asked, covered) {
    case (let asked?, let covered?): controls = Set(asked).intersection(covered)
    case (let asked?, nil): controls = Set(asked)
    case (nil, let covered?): controls = Set(covered)
    case (nil, nil): controls = nil
    }
  }

  /// So many submissions are listed on a page, and so many in a value for machines.
  static let listed = (page: 100, value: 10_000)
  /// So many are looked at together.
  private static let pageSize = 512

  /// - Parameter limit: How many submissions to list: the newest.
  func report(limit: Int) throws -> EvidenceReport {
    var tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    var newest: [Int] = []
    try forEachRecord { record, replaced, isRedacted in
      let isAsked = isAsked(record)
      tally.add(
        record, replaced: replaced, isRedacted: isRedacted,
        isPartlyRedacted: try record.isPartlyRedacted(
          snapshot.state.redactedObjects, on: snapshot.asOf, library: store.library), isAsked: isAsked)
      if isStaleOnly || limit == 0 || !isAsked { return }
      newest.append(record.entry)
      // Twice as many as are wanted are kept at most.
      if newest.count >= limit * 2 { newest.removeFirst(newest.count - limit) }
    }
    let matrix = frameworks.map { snapshot.matrix.only($0) } ?? snapshot.matrix
    var lines = tally.lines(matrix) { row in
      guard let controls else { return true }
      return controls.contains(row.control.id.description)
        || row.units.contains { controls.contains($0.id.description) }
    }
    if isStaleOnly { lines.removeAll { !$0.isStale(on: snapshot.asOf) && $0.holes.isEmpty } }
    // Of what is stale, the newest of each is what there is to look at.
    if isStaleOnly { newest = Set(lines.compactMap(\.newest?.entry)).sorted() }
    var rows: [EvidenceReport.Row] = []
    let entries = Array(newest.suffix(limit))
    for start in stride(from: 0, to: entries.count, by: EvidenceReading.pageSize) {
      rows += try self.rows(Array(entries[start..<min(start + EvidenceReading.pageSize, entries.count)]))
    }
    if order == .age { rows.sort { ($0.record.ageDay, $0.record.entry) < ($1.record.ageDay, $1.record.entry) } }
    if order == .submitter { rows.sort { ($0.record.member, $0.record.entry) < ($1.record.member, $1.record.entry) } }
    return EvidenceReport(
      ReportStamp(snapshot), order: order, period: period, lines: lines, submitters: tally.submittersInOrder(),
      ages: tally.ages(), rows: rows, total: isStaleOnly ? newest.count : tally.total)
  }

  /// Gives every submission that is asked for as rows of comma-separated values, under their titles.
  ///
  /// What is stale is told by controls: what is missing has no submission.
  ///
  /// - Returns: How many rows there were.
  func writeRows(_ write: (String) throws -> Void) throws -> Int {
    let stamp = ReportStamp(snapshot)
    if isStaleOnly {
      let controls = try report(limit: 0).controlTable
      try write(CSVRenderer.render(stamp.cover().around(controls)))
      return controls.rows.count
    }
    let titles = stamp.cover().around(EvidenceReport.table([], stamp))
    try write(CSVRenderer.render(titles))
    var page: [Int] = []
    func flush() throws {
      var output = CSVOutput(untitled: titles.columns.count)
      for case .cells(let cells) in stamp.cover().around(EvidenceReport.table(try rows(page), stamp)).rows {
        output.add(cells.map { $0.text(separator: " ") })
      }
      try write(output.text)
      page.removeAll(keepingCapacity: true)
    }
    // Rows are looked up between the pages: the index is read by one statement at a time.
    var entries: [Int] = []
    try forEachRecord { record, _, _ in if isAsked(record) { entries.append(record.entry) } }
    for entry in entries {
      page.append(entry)
      if page.count == EvidenceReading.pageSize { try flush() }
    }
    try flush()
    return entries.count
  }

  private func rows(_ entries: [Int]) throws -> [EvidenceReport.Row] {
    let files = try store.index.evidenceFiles(ofEntries: entries)
    return try store.index.evidence(ofEntries: entries, upTo: snapshot.state.size).map { record, replaced in
      let own = files[record.entry] ?? []
      let redacted = snapshot.state.redactedObjects
      let gone = own.filter { file in redacted[file.digest].map { $0 <= snapshot.asOf } ?? false }
      return EvidenceReport.Row(
        record: record, files: own.prefix(20).map(\.name), fileCount: own.count,
        replaced: replaced.flatMap { $0 <= snapshot.asOf ? $0 : nil }, isRedacted: try isRedacted(record),
        redactedFiles: gone.prefix(20).map(\.name))
    }
  }

  private func isRedacted(_ record: EvidenceRecord) throws -> Bool {
    let redacted = snapshot.state.redactedObjects
    guard !redacted.isEmpty else { return false }
    return try record.isRedacted(redacted, on: snapshot.asOf, library: store.library)
  }

  /// Whether it speaks of the period, where one was asked for.
  private func isAsked(_ record: EvidenceRecord) -> Bool {
    guard isPeriodAsked else { return true }
    return record.firstDay <= period.through && record.ageDay(asOf: snapshot.asOf) >= period.from
  }

  private func forEachRecord(_ body: (EvidenceRecord, _ replaced: Day?, _ isRedacted: Bool) throws -> Void) throws {
    let day = snapshot.asOf
    func take(_ record: EvidenceRecord, _ replaced: Day?) throws {
      guard record.recorded.day <= day else { return }
      try body(record, replaced.flatMap { $0 <= day ? $0 : nil }, try isRedacted(record))
    }
    guard let controls else { return try store.index.forEachEvidence(upTo: snapshot.state.size, take) }
    let entries = try store.index.evidenceEntries(forControls: controls.sorted())
    for start in stride(from: 0, to: entries.count, by: EvidenceReading.pageSize) {
      let some = Array(entries[start..<min(start + EvidenceReading.pageSize, entries.count)])
      for (record, replaced) in try store.index.evidence(ofEntries: some, upTo: snapshot.state.size) {
        try take(record, replaced)
      }
    }
  }
}
