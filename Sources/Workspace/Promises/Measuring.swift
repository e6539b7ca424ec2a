internal import Agreements
internal import Catalogs
package import Crypto
internal import Findings
internal import Index
package import Obligations
internal import Ownership
package import Statements
internal import Storage

/// Records what a service level had over a period: said by hand, or computed from rows, which are then kept as evidence.
package struct Measuring: Sendable {
  /// `engagement/level`
  package var level: String
  package var period: String?
  package var value: Decimal?
  package var count: Int?
  /// The file of a monitoring or ticket system.
  package var rows: String?
  /// How the value is made of it.
  package var measure: RowMeasure?
  /// The system that the rows came from.
  package var source: String?
  /// What the rows are evidence for; the functions that the level is about unless stated.
  package var controls: [String] = []

  package init(level: String) { self.level = level }

  /// What was recorded.
  package struct Result {
    package var written: Writing.Written
    package var measurement: Measurement
    /// nil where the store is out of reach, so that nobody knows what was promised.
    package var target: String?
    package var unit: String?
    package var isMet: Bool?
    /// What the rows amounted to.
    package var measured: Measured?
    /// How the value was made of the rows, and by which columns.
    package var computed: String?
    /// The digest of the rows.
    package var rows: Digest?

    /// `acme-onsite/uptime 2026-09-01 through 2026-09-30`
    package var name: String {
      "\(measurement.engagement)/\(measurement.level), \(measurement.from) through \(measurement.through)"
    }
  }

  /// Refuses what cannot be meant, before the store is opened.
  package func check() throws {
    switch (value, rows) {
    case (nil, nil):
      throw Failure(
        .usage, "there is nothing to record: give --value NUMBER, or --rows FILE and how it is measured, --compute")
    case (_?, _?): throw Failure(.usage, "--value says what --rows would compute", hint: "give one or the other")
    case (_?, nil):
      guard measure == nil else {
        throw Failure(.usage, "--compute says how rows are measured, and no --rows is given")
      }
    case (nil, _?):
      guard measure != nil else {
        throw Failure(.usage, "--rows needs --compute: uptime, mean, percentile:95 or share")
      }
      guard count == nil else { throw Failure(.usage, "--count is counted from the rows") }
    }
  }

  /// Signs it.
  package func record(at place: SigningPlace, _ write: WriteOptions) throws -> Result {
    try check()
    guard let store = place.store else { return try recordFar(at: place, write) }
    let chosen = try LevelChoice(store).choose(level, period: period)
    guard chosen.level.party == place.signer.party else {
      throw Failure(
        .notEntitled,
        "'\(chosen.name)' is promised by '\(chosen.level.party)', and \(place.signer.member) is not of that party",
        hint: "whoever promises a level measures it; the other side can hold its own figures against it as evidence")
    }
    let target = LevelTarget(chosen.level.target)
    var measurement = Measurement(
      engagement: chosen.engagement, level: chosen.level.id, from: chosen.from, through: chosen.through,
      value: value?.description ?? "0", count: count)
    var measured: Measured?
    var table: RowTable?
    var computed: String?
    if let rows, let measure {
      let read = try RowTable(rows)
      try PrivateKeyGuard(place).check(ArtifactSource(origin: .file(rows), name: rows), read.bytes)
      let found = try measure.measure(
        read, over: Measuring.span(chosen), unit: chosen.level.unit, roundsUp: target?.roundsUp ?? false)
      measurement.value = found.value.description
      measurement.count = found.count
      (measured, table, computed) = (found, read, try measure.told(read))
    }
    try tellEarlier(measurement, store, place)
    let evidence = try table.map { try self.evidence($0, chosen, computed, store, place) }
    let written = try Writing.perform(at: place, write) { sink, signed in
      if signed.isEmpty, let table, let evidence {
        return Draft(predicate: .evidence(evidence), subjects: [try Measuring.keep(table, sink)])
      }
      return signed.count == (table == nil ? 0 : 1) ? Draft(predicate: .measurement(measurement)) : nil
    }
    return Result(
      written: written, measurement: measurement, target: chosen.level.target, unit: chosen.level.unit,
      isMet: Decimal(measurement.value).flatMap { value in target.map { $0.isMet(by: value) } }, measured: measured,
      computed: computed, rows: table.map { SHA256.hash($0.bytes) })
  }

  /// Without the store nobody knows what was promised: what is said is signed as it is.
  private func recordFar(at place: SigningPlace, _ write: WriteOptions) throws -> Result {
    guard let value else {
      throw Failure(
        .usage, "without the store nobody can tell what was promised, so rows cannot be measured",
        hint: "give --value, or measure where the store is at hand")
    }
    let parts = level.split(separator: "/").map { String($0) }
    guard Identifier.isMember(level), parts.count == 2 else {
      throw Failure(.usage, "'\(level)' is not a service level: write ENGAGEMENT/LEVEL, as in acme-onsite/uptime")
    }
    guard let period else { throw Failure(.usage, "--period is missing: which period was measured") }
    let (from, through) = try SpanText.read(period)
    let measurement = Measurement(
      engagement: parts[0], level: parts[1], from: from, through: through, value: value.description, count: count)
    return Result(
      written: try Writing.perform(.measurement(measurement), at: place, write), measurement: measurement)
  }

  private static func span(_ chosen: LevelChoice.Chosen) -> (from: Instant, to: Instant) {
    (
      Instant(millisecondsSinceEpoch: chosen.from.daysSinceEpoch * 86_400_000),
      Instant(millisecondsSinceEpoch: (chosen.through.daysSinceEpoch + 1) * 86_400_000)
    )
  }

  /// Says what a measurement takes the place of.
  private func tellEarlier(_ measurement: Measurement, _ store: OpenedStore, _ place: SigningPlace) throws {
    let earlier = try store.index.promiseBook().measurements.last { record in
      let other = record.measurement
      return record.party == place.signer.party && other.engagement == measurement.engagement
        && other.level == measurement.level && other.from == measurement.from && other.through == measurement.through
    }
    guard let earlier else { return }
    place.desk.notices.say(
      "entry \(earlier.entry) says \(earlier.measurement.value) for the same period; the newer counts, and both stay")
  }

  /// What the rows show: the functions that the level is about.
  private func evidence(
    _ table: RowTable, _ chosen: LevelChoice.Chosen, _ computed: String?, _ store: OpenedStore, _ place: SigningPlace
  ) throws -> Evidence {
    let choice = ControlChoice(place)
    let functions = try chosen.level.domains.map { "\(ControlFinder.functions)/\($0)" }.filter { name in
      guard controls.isEmpty, let id = ControlID(parsing: name) else { return false }
      return try choice.everything().control(id) != nil
    }
    let named = try controls.isEmpty ? functions.sorted(by: ByteOrder.precedes) : choice.resolve(controls)
    guard !named.isEmpty else {
      throw Failure(
        .usage, "the rows are kept as evidence, and no adopted framework has the functions of '\(chosen.name)'",
        hint: "say what they are evidence for: --control ID")
    }
    var evidence = Evidence(controls: named)
    evidence.description = "rows behind \(chosen.name)"
    evidence.label = chosen.name
    evidence.from = chosen.from
    evidence.through = chosen.through
    evidence.source = source
    evidence.query = computed
    evidence.count = table.rows.count
    return evidence
  }

  private static func keep(_ table: RowTable, _ sink: Writing.ObjectSink) throws -> Subject {
    let name = table.path.split(separator: "/").last.map { String($0) } ?? "rows"
    guard Manifest.isValidName(name), !name.utf8.starts(with: "list/".utf8) else {
      throw Failure(.usage, "'\(name)' is a name that cannot stand in a store", hint: "rename it")
    }
    return try sink.keep(table.bytes, name: name, mediaType: MediaTypes.guess(name))
  }
}
