internal import Spreadsheets
internal import Catalogs
internal import Crypto
internal import Findings
internal import Statements

/// A table of evidence, a line a file: how a month's worth is submitted in one step.
///
///     file,controls,description,collected,from,through,source
///     review.pdf,3.1.1;3.1.2,Access review,2026-10-02,2026-07-01,2026-09-30,directory
package struct EvidenceList {
  private static let sizeLimit = 16 << 20
  private static let columns = [
    "file", "controls", "description", "collected", "from", "through", "period", "source", "query", "count", "label",
    "duty", "retain-until",
  ]

  /// The first line of a list.
  package static var header: String { columns.joined(separator: ",") }

  package let path: String
  /// What holds where a line says nothing.
  package let defaults: EvidenceDetails
  package let choice: ControlChoice
  package let earlier: EarlierStatement
  private let now: Instant
  /// How days are written; nil where only the year may come first.
  private var dates: DateOrder?

  /// Whether an id of it ends in a zero that a spreadsheet would have cut off, had it taken ids for numbers.
  private var keepsZeros = false

  private var faults: [(line: Int, reason: String)] = []
  /// How many of them are files that are not there.
  private var missingCount = 0

  package init(
    path: String, dates: DateOrder? = nil, defaults: EvidenceDetails, choice: ControlChoice, earlier: EarlierStatement
  ) {
    self.dates = dates
    self.path = path
    self.defaults = defaults
    self.choice = choice
    self.earlier = earlier
    now = earlier.place.desk.clock.now()
  }

  /// The statements that the lines amount to: those of which all but the file is the same share one.
  ///
  /// - Throws: All faults at once, by line.
  package mutating func read(_ gathering: inout FileGathering) throws -> [EvidenceBatch] {
    let bytes = try InputFile.read(path, limit: EvidenceList.sizeLimit)
    try ListKind.check(path, bytes, wanted: "a list of evidence", columns: "file and controls")
    let read = ListFile(bytes, columns: Set(EvidenceList.columns))
    faults = read.faults
    if let dates, let own = read.dates, dates != own {
      throw Failure(
        .usage, "--dates \(dates.rawValue) contradicts the list's own line, dates=\(own.rawValue)",
        hint: "leave --dates out, or mend that line of '\(path)'")
    }
    dates = dates ?? read.dates
    if let last = read.titles.last {
      let lines = read.titles.count == 1 ? "line \(last)" : "\(read.titles.count) lines down to line \(last)"
      earlier.place.desk.notices.warn("passed over as a title: \(lines) of '\(path)'")
    }
    guard let header = read.records.first else {
      guard faults.isEmpty else { throw lineFaults }
      throw Failure(.malformedInput, "the list '\(path)' is empty", hint: "its first line names the columns")
    }
    let places = try columnPlaces(header)
    guard read.records.count > 1 || !faults.isEmpty else {
      throw Failure(.malformedInput, "the list '\(path)' has no line below its header")
    }
    keepsZeros = EvidenceList.keepsZeros(
      read.records.dropFirst().compactMap { record in
        places["controls"].flatMap { $0 < record.fields.count ? record.fields[$0] : nil }
      })
    var batches: [EvidenceBatch] = []
    var known: [[String]: Int] = [:]
    let replaces = try earlier.evidence(defaults.replaces)
    for record in read.records.dropFirst() {
      guard let record = EvidenceList.fitted(record, to: header) else {
        faults.append(
          (
            record.line,
            "it has \(Wording.count(record.fields.count, "field")), and the header names \(header.fields.count)"
          ))
        continue
      }
      let row = Row(record: record, places: places)
      let sources = files(row, &gathering)
      guard let evidence = evidence(row, replaces), let sources else { continue }
      let key = EvidenceList.key(evidence)
      if let index = known[key] {
        batches[index].sources += sources
      } else {
        known[key] = batches.count
        batches.append(EvidenceBatch(evidence: evidence, sources: sources))
      }
    }
    for batch in batches {
      do {
        try FileGathering.checkClashes(batch.sources)
      } catch let error as Failure {
        faults.append((Int.max, error.message))
      }
    }
    guard faults.isEmpty else { throw lineFaults }
    return batches
  }

  /// A record with as many fields as the header: spreadsheets add empty ones at the end, and leave them out.
  private static func fitted(_ record: CSVRecords.Record, to header: CSVRecords.Record) -> CSVRecords.Record? {
    let (count, wanted) = (record.fields.count, header.fields.count)
    if count == wanted { return record }
    if count > wanted {
      guard record.fields[wanted...].allSatisfy({ trimmed($0).isEmpty }) else { return nil }
      return CSVRecords.Record(line: record.line, fields: Array(record.fields[..<wanted]))
    }
    guard header.fields[count...].allSatisfy({ trimmed($0).isEmpty }) else { return nil }
    return CSVRecords.Record(
      line: record.line, fields: record.fields + Array(repeating: "", count: wanted - count))
  }

  private var lineFaults: Failure {
    var found = LineFaults(path: path, byLine: faults)
    found.areMissing = missingCount == faults.count
    return found.failure
  }

  private struct Row {
    let record: CSVRecords.Record
    let places: [String: Int]

    /// What a column says; nil where it says nothing.
    subscript(column: String) -> String? {
      guard let place = places[column] else { return nil }
      let text = EvidenceList.trimmed(record.fields[place])
      return text.isEmpty ? nil : text
    }
  }

  private func columnPlaces(_ header: CSVRecords.Record) throws -> [String: Int] {
    var places: [String: Int] = [:]
    var wrong: [String] = []
    var aside: [String] = []
    for (index, field) in header.fields.enumerated() {
      let written = EvidenceList.trimmed(field)
      // Spreadsheets keep columns that somebody emptied.
      if written.isEmpty { continue }
      if let name = ListColumn.known(written, Set(EvidenceList.columns)) {
        if let before = places.updateValue(index, forKey: name) {
          let other = EvidenceList.trimmed(header.fields[before])
          wrong.append(
            "the column '\(name)' is there twice"
              + (other == written ? "" : ", as '\(other)' and as '\(written)': rename one"))
        }
      } else if let near = Spelling.nearest(to: written.lowercased(), among: EvidenceList.columns) {
        wrong.append("there is no column '\(written)': did you mean '\(near)'")
      } else {
        aside.append(written)
      }
    }
    if places["file"] == nil { wrong.append("the column 'file' is missing") }
    if places["controls"] == nil, places["duty"] == nil, defaults.controls.isEmpty, defaults.duty == nil {
      wrong.append("the column 'controls' is missing, and no --control is given")
    }
    guard wrong.isEmpty else {
      throw Failure(
        .malformedInput, "line \(header.line) of '\(path)': \(wrong.joined(separator: "; "))",
        hint: "columns are \(EvidenceList.columns.joined(separator: ", ")), separated by commas, semicolons or tabs")
    }
    if !aside.isEmpty {
      earlier.place.desk.notices.warn(
        "left aside: the \(aside.count == 1 ? "column" : "columns") \(Wording.list(aside.map { "'\($0)'" })), of which "
          + "custody has no use")
    }
    return places
  }

  /// The files that a line names, relative to the list's folder; nil where there is a fault.
  private mutating func files(_ row: Row, _ gathering: inout FileGathering) -> [ArtifactSource]? {
    guard let written = row["file"] else {
      faults.append((row.record.line, "it names no file"))
      return nil
    }
    // Nobody says what an absolute path of Windows hashes to: it has to end in that of one file here.
    var plain = written
    if written.contains("\\") || ListedPaths.isOfWindows(written) {
      switch ListedPaths([], below: ManifestList.folder(of: path)).placeUnhashed(written) {
      case .here(let name): plain = name
      case .nowhere:
        faults.append(
          (row.record.line, "'\(written)' is a path of another machine, and nothing beside the list lies at its end"))
        return nil
      case .several(let names):
        faults.append(
          (row.record.line, "'\(written)' may be \(Wording.list(names.map { "'\($0)'" }, "or")): write which"))
        return nil
      }
    }
    plain = ManifestList.plain(plain)
    let isInside = plain.utf8.first != UInt8(ascii: "/") && Manifest.isValidName(plain)
    let place = plain.utf8.first == UInt8(ascii: "/") ? plain : ManifestList.folder(of: path) + plain
    let before = gathering.files.count
    let badBefore = gathering.badNames.count
    do {
      try gathering.add(place, name: isInside ? plain : nil)
    } catch {
      let failure = Failure(describing: error)
      if failure.code == .inputMissing { missingCount += 1 }
      faults.append((row.record.line, failure.message))
      return nil
    }
    guard gathering.badNames.count == badBefore else {
      faults.append(
        (row.record.line, "'\(gathering.badNames[badBefore])' is a name that cannot stand in a store: rename it"))
      return nil
    }
    let found = Array(gathering.files[before...])
    if found.isEmpty { faults.append((row.record.line, "the folder '\(written)' holds no files")) }
    return found.isEmpty ? nil : found
  }

  /// What a line says about its file; nil where there is a fault.
  private mutating func evidence(_ row: Row, _ replaces: [Digest]) -> Evidence? {
    let count = faults.count
    var details = defaults.inDays
    take(row, "controls", into: &details.controls) { [choice] text in
      ControlField.texts(text) { choice.knows($0) }
    }
    if row["controls"] != nil { checkZeros(details.controls, row) }
    take(row, "description", into: &details.description, ListText.words)
    take(row, "source", into: &details.source, ListText.words)
    take(row, "query", into: &details.query, ListText.words)
    take(row, "label", into: &details.label, ListText.words)
    let dates = dates
    let (notices, line) = (earlier.place.desk.notices, row.record.line)
    let told = { (text: String) in notices.warn("line \(line): \(text)") }
    take(row, "collected", into: &details.collected) { try ListText.instant($0, dates, told: told) }
    take(row, "from", into: &details.from) { try ListText.day($0, dates, told: told) }
    take(row, "through", into: &details.through) { try ListText.day($0, dates, told: told) }
    take(row, "period", into: &details.period, ListText.period)
    if row["period"] != nil {
      // What the options say of days gives way to the line's own.
      if row["from"] == nil { details.from = nil }
      if row["through"] == nil { details.through = nil }
    }
    take(row, "count", into: &details.count, ListText.count)
    take(row, "retain-until", into: &details.retainUntil) { try ListText.day($0, dates, told: told) }
    take(row, "duty", into: &details.duty, ListText.words)
    var fulfilled: EarlierStatement.Fulfilled?
    if let duty = details.duty { attempt(row) { [earlier] in fulfilled = try earlier.duty(duty) } }
    var controls: Set<ControlID> = []
    for text in details.controls {
      attempt(row) { [choice] in controls.formUnion(try choice.resolve(text)) }
    }
    attempt(row) { [now] in try details.checkDates(now: now) }
    guard faults.count == count else { return nil }
    guard !controls.isEmpty || details.duty != nil else {
      faults.append((row.record.line, "it names no control"))
      return nil
    }
    var evidence: Evidence?
    attempt(row) {
      evidence = try details.evidence(
        controls: controls.map(\.description).sorted(by: ByteOrder.precedes), duty: fulfilled, replaces: replaces)
    }
    return evidence
  }

  /// Refuses what a spreadsheet may have made of another id, unless the list shows that none did.
  private mutating func checkZeros(_ texts: [String], _ row: Row) {
    guard !keepsZeros else { return }
    for text in texts where SpreadsheetSlip.isNumber(text) {
      attempt(row) { [choice] in
        guard SpreadsheetSlip.mayLackZero(text, try choice.everything()) else { return }
        let ids = try choice.resolve([text])
        throw Failure(
          .usage, "'\(text)' is what a spreadsheet makes of '\(text)0' too, and there are both",
          hint: "show the column as text, or write \(Wording.list(ids))")
      }
    }
  }

  private static func keepsZeros(_ fields: [String]) -> Bool {
    fields.contains { field in
      ControlField.texts(field) { _ in false }.contains { SpreadsheetSlip.isNumber($0) && $0.hasSuffix("0") }
    }
  }

  private mutating func take<Value>(
    _ row: Row, _ column: String, into value: inout Value, _ parse: (String) throws -> Value
  ) {
    guard let text = row[column] else { return }
    do {
      value = try parse(text)
    } catch {
      faults.append((row.record.line, "\(column): \(EvidenceList.reason(error))"))
    }
  }

  private mutating func take<Value>(
    _ row: Row, _ column: String, into value: inout Value?, _ parse: (String) throws -> Value
  ) {
    guard let text = row[column] else { return }
    do {
      value = try parse(text)
    } catch {
      faults.append((row.record.line, "\(column): \(EvidenceList.reason(error))"))
    }
  }

  private mutating func attempt(_ row: Row, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      faults.append((row.record.line, EvidenceList.reason(error)))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let told = Failure(describing: error)
    return told.hint.map { "\(told.message) (\($0))" } ?? told.message
  }

  /// All that statements are told apart by.
  private static func key(_ evidence: Evidence) -> [String] {
    let texts: [String?] = [
      evidence.controls.joined(separator: " "), evidence.description, evidence.collected?.description,
      evidence.from?.description, evidence.through?.description, evidence.source, evidence.query,
      evidence.count.map { String($0) }, evidence.label, evidence.duty, evidence.retainUntil?.description,
    ]
    return texts.map { $0 ?? "" }
  }

  /// The text without white space at its ends.
  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    var end = start
    while end.last?.isWhitespace == true { end.removeLast() }
    return String(end)
  }
}
