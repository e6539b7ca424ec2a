internal import Catalogs
internal import Crypto
internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import Workspace

/// What the log says of one control or unit.
struct TimelineReading {
  let store: OpenedStore
  let snapshot: Snapshot

  /// So much evidence is listed: the newest.
  static let listed = 1000

  /// - Parameter text: A control or unit in any spelling; one that no catalog of today has, as its id.
  func report(_ text: String) throws -> TimelineReport {
    let id = try resolve(text)
    let finder = try store.finder()
    let targets = finder.control(id).map { $0.sameAs.isEmpty ? [id] : $0.sameAs } ?? [id]
    let units = targets.flatMap(units(of:))
    let control = finder.control(id) ?? finder.unit(id).flatMap { finder.control($0.control) }
    guard !units.isEmpty else {
      throw Failure(
        .inputMissing, "no catalog that was ever adopted here has '\(id)'",
        hint: "'custody framework list' names those that are adopted")
    }
    let unit = finder.unit(id).flatMap { $0.id == $0.control ? nil : $0.prose }
    return TimelineReport(
      snapshot, control: id, title: unit ?? control?.title ?? "", units: units,
      facts: try facts(Set([id] + targets + units.flatMap { [$0.id, $0.control] })))
  }

  private func resolve(_ text: String) throws -> ControlID {
    let choice = ControlChoice(store)
    // The log may speak of a control that no catalog of today has.
    if !choice.knows(text), let id = ControlID(parsing: text), !units(of: id).isEmpty { return id }
    let ids = try choice.resolve(text)
    if ids.count == 1, let id = ids.first { return id }
    // What is the same as several others keeps its own name.
    let finder = try store.finder()
    let own = finder.catalogs.flatMap(\.controls).filter { Set($0.sameAs) == Set(ids) }
    guard let id = own.first?.id else {
      throw Failure(
        .usage, "'\(text)' is \(Wording.list(ids.map(\.description), "or"))", hint: "write one of them")
    }
    return id
  }

  /// A unit, or the units of a control, as the newest catalog says that has them.
  private func units(of id: ControlID) -> [UnitFacts] {
    for adoption in snapshot.resolver.input.adoptions.reversed() where adoption.framework == id.framework {
      let found = (adoption.units ?? []).filter { $0.id == id || $0.control == id }
      if !found.isEmpty { return found }
    }
    return []
  }

  private func facts(_ ids: Set<ControlID>) throws -> TimelineReport.Facts {
    var facts = TimelineReport.Facts()
    let day = snapshot.asOf
    let size = snapshot.state.size
    let entries = try store.index.evidenceEntries(forControls: ids.map(\.description).sorted()).filter { $0 < size }
    facts.evidenceLeftOut = max(0, entries.count - TimelineReading.listed)
    facts.evidence = try store.index.evidence(
      ofEntries: Array(entries.suffix(TimelineReading.listed)), upTo: size
    ).filter { $0.record.recorded.day <= day }
    facts.assessments = try store.assessments(snapshot)
    // Of the few that are no evidence all are known by name and day.
    for row in try store.index.deeds(in: 0..<size) {
      facts.signers[row.entry] = row.member
      facts.days[row.entry] = row.time?.day
    }
    return facts
  }
}
