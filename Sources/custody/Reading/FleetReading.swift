internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Storage
internal import TreeLog
internal import Verification
internal import Workspace

/// How many stores stand: each is looked at as `custody status` does, at a desk of its own.
struct FleetReading: Sendable {
  /// The name of the marks that say when each store was looked at last.
  static let mark = "fleet report"

  /// What becomes of a look at a store.
  struct Look: Sendable {
    var line: FleetLine
    /// What is to be remembered of it, once the report was written.
    var mark: ReadMarks.Move?
  }

  let desk: FleetDesk
  /// The day for which ownership is resolved; nil for today.
  var asOf: Day?
  /// From which day's end on changes are counted; nil for that of the user's last look.
  var since: Day?
  /// Whether every object is read as well.
  var verifies = false
  /// Where each client's own report goes; nil for nowhere.
  var pages: FleetPages?

  /// A store's line; whatever is wrong with it is the line's.
  func look(_ place: FleetPlaces.Place) -> Look {
    var look = outcome(of: place)
    look.line.origin = look.line.origin ?? desk.claimedOrigin(place)
    return look
  }

  private func outcome(of place: FleetPlaces.Place) -> Look {
    let page = pages?.name(of: place)
    do {
      if let trouble = place.trouble { throw Failure(.inputMissing, trouble) }
      return try read(place, page)
    } catch {
      return Look(line: failed(place, error, page))
    }
  }

  private func read(_ place: FleetPlaces.Place, _ page: String?) throws -> Look {
    let desk = self.desk.desk()
    let store = try open(place, desk)
    let reading = StatusReading(store: store)
    let own = try reading.page(try chain(place, reading, desk), asOf: asOf)
    let key = ReadMarks.Key(store, name: FleetReading.mark)
    // A memory that cannot be read says nothing against the store.
    let found = try? ReadMarks(desk.home).find(key, in: store)
    let news = try news(store, found)
    var facts = FleetLine.Facts(own, newest: try store.lastDay(), notice: store.verificationNotice, news: news)
    if let asOf, let first = try store.firstDay(), first > asOf { facts.begins = first }
    var look = Look(line: FleetLine(name: place.name, path: place.path, .read(facts), page: page))
    if let page, let pages {
      let text =
        try look.line.begins == nil ? ownReport(store) : pages.page(of: look.line, on: asOf ?? desk.clock.today)
      try pages.write(page, text)
    }
    if facts.fault == nil {
      look.mark = ReadMarks.Move(key, to: ReadMarks.Mark(store.checkpoint, day: desk.clock.today), after: found)
    }
    return look
  }

  private func open(_ place: FleetPlaces.Place, _ desk: Desk) throws -> OpenedStore {
    do {
      return try desk.open(place.path)
    } catch let error as Failure where error.code == .inputMissing && StoreAddress(place.path) == nil {
      throw Failure(.inputMissing, "it is not a store's folder")
    }
  }

  private func chain(
    _ place: FleetPlaces.Place, _ reading: StatusReading, _ desk: Desk
  ) throws -> StatusInput.Chain {
    guard verifies else { return try reading.chain() }
    let report = try desk.verify(place.path)
    let fault = report.findings.first { $0.code.isIntegrityError }
    return fault.map { .unsound($0.message) } ?? .sound("every entry, and every object")
  }

  /// What came since the day that was asked about, else since the user's last look on an earlier day.
  private func news(_ store: OpenedStore, _ found: ReadMarks.Found?) throws -> FleetLine.News? {
    let today = asOf ?? desk.clock.today
    let start: OpenedStore.Stop
    if let since {
      start = OpenedStore.Stop(size: try store.sizes(atEndOf: [since]).first ?? 0, day: since)
    } else {
      if let fault = found?.fault { throw Failure(.answerNo, fault) }
      guard let mark = found?.record.mark(before: desk.clock.today) else { return nil }
      start = OpenedStore.Stop(size: mark.size, day: mark.day)
    }
    var snapshots: [Snapshot] = []
    let end = OpenedStore.Stop(size: store.checkpoint.size, day: max(today, start.day))
    try store.forEachSnapshot([start, end]) { snapshots.append($0) }
    guard snapshots.count == 2 else { return nil }
    let changes = Changes(from: snapshots[0], to: snapshots[1], activity: LogActivity())
    return FleetLine.News(
      day: start.day, size: start.size, entries: end.size - start.size, moved: changes.handedOver)
  }

  /// The client's own page of ownership, made of its own store and nothing else.
  private func ownReport(_ store: OpenedStore) throws -> String {
    let snapshot = try store.snapshot(asOf: asOf)
    var report = try OwnershipReport(snapshot)
    report.assessments = AssessmentBook(try store.assessments(snapshot), client: snapshot.state.client)
    try ReportCommand.addPast(to: &report, store, snapshot, nil)
    return try report.rendered(as: .html, cover: report.cover) ?? ""
  }

  private func failed(_ place: FleetPlaces.Place, _ error: any Error, _ page: String?) -> FleetLine {
    let failure = Failure(describing: error)
    var line = FleetLine(
      name: place.name, path: place.path,
      failure.code == .answerNo ? .unsound(failure.message) : .unreadable(failure.message), page: page)
    guard let page, let pages else { return line }
    // An earlier page would be taken for one of today.
    do {
      try pages.write(page, pages.page(of: line, on: asOf ?? desk.clock.today))
    } catch {
      line.page = nil
    }
    return line
  }
}

extension FleetReading {
  /// Remembers as far as which trees the user was told; a mark that cannot be kept is told as a warning.
  static func remember(_ marks: [ReadMarks.Move], at desk: Desk) {
    let memory = ReadMarks(desk.home)
    Afterwards.telling(desk) { for mark in marks { try memory.move(mark) } }
  }
}
