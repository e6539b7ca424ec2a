internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// Puts the steering committee's paper together from a store: its log is folded once, for every day that the paper names.
struct SteeringReading {
  let store: OpenedStore
  /// The paper's days; nil for the last whole quarter.
  var period: ReportCommand.Span?
  /// The paper's day; nil for the period's last, or today.
  var asOf: Day?
  var knownAt: KnownAt?
  var frameworks: [String]?

  /// So many ends of periods are looked back on.
  private static let looksBack = 4

  func report() throws -> SteeringReport {
    let (span, day, note) = try days()
    // Only where no day was named: a paper of the period's last day, asked for by name, tells what was so on that day.
    let isOver = period != nil && asOf == nil && span.through < store.desk.clock.today
    let eve = span.from.adding(days: -1)
    let ends = (span.from.adding(months: 1) > span.through ? Trend.Period.month : .quarter)
    let past = ends.ends(before: day, count: SteeringReading.looksBack)
    let size = try end()
    // One walk for all days; nobody knows more on an earlier one than the tree that is known now.
    let days = Set(past + [eve, day]).sorted()
    let sizes = Dictionary(
      uniqueKeysWithValues: zip(days, try store.sizes(atEndOf: days).map { min($0, size) }))
    let stops = Set(past + [eve]).sorted().map { OpenedStore.Stop(size: sizes[$0] ?? 0, day: $0) }
    var points: [Trend.Point] = []
    var start: Snapshot?
    var newest: Snapshot?
    var settled: Snapshot?
    let gaps = GapsReading(store: store)
    let own = [OpenedStore.Stop(size: size, day: day)]
    let after = isOver ? [OpenedStore.Stop(size: size, day: day.adding(days: 1))] : []
    // Of several stops of one size and day none is told twice: the one after those of the past is the paper's own.
    var place = 0
    try store.forEachSnapshot(stops + own + after) { snapshot in
      defer { place += 1 }
      guard place <= stops.count else {
        settled = snapshot
        return
      }
      let isOwn = place == stops.count
      if isOwn { newest = snapshot }
      if !isOwn, snapshot.asOf == eve { start = snapshot }
      guard snapshot.state.size > 0 else { return }
      let report = try gaps.report(snapshot, frameworks: frameworks)
      points.append(Trend.Point(snapshot, frameworks: frameworks, gaps: report))
    }
    guard let snapshot = newest, let start, snapshot.state.size > 0 else {
      throw Failure(.usage, "--as-of \(day): the log begins later")
    }
    try KnownNames.checkAdopted(
      frameworks ?? [], among: snapshot.matrix.frameworks.map(\.id) + snapshot.matrix.unreadable, on: "\(day)")
    let marks = try store.assessments(snapshot)
    let changes = Changes(
      from: start, to: snapshot, activity: try activity(start.state.size..<(sizes[day] ?? size), day, marks),
      frameworks: frameworks)
    let looked = EvidenceCoverage.Span(from: span.from, through: day)
    let evidence = try EvidenceReading(store, snapshot, frameworks: frameworks, controls: nil, period: looked)
      .report(limit: 0)
    let overdue = try RequestShelf(store, at: snapshot).overdue().map { ($0.list.name, $0.states) }
    return try SteeringReport(
      SteeringReport.Input(
        fold: AgendaReport.Fold(
          snapshot, try store.dutyBook(snapshot), marks: marks, overdue: overdue, settled: settled),
        start: start.state.size > 0 ? start : nil, changes: changes,
        trend: Trend(snapshot, points: points, every: ends, frameworks: frameworks), evidence: evidence,
        period: EvidenceCoverage.Span(from: span.from, through: span.through), periodNote: note,
        frameworks: frameworks, firstDay: try store.firstDay()))
  }

  /// The period, the paper's day, and in words which period it is, where nobody asked for one.
  private func days() throws -> (ReportCommand.Span, Day, String?) {
    let today = store.desk.clock.today
    if let period {
      let day = asOf ?? min(period.through, today)
      guard period.from <= day else {
        throw Failure(
          .usage, "the period begins on \(period.from), and the paper would be of \(day)",
          hint: "name a period that has begun by then")
      }
      if let first = try store.firstDay(), day < first {
        throw Failure(
          .usage, "the log begins on \(first), and the paper would be of \(day), when nobody knew anything",
          hint: "name a period that ends later, or a later day with --as-of")
      }
      return (period, day, nil)
    }
    let day = asOf ?? today
    let (year, month, _) = day.components
    let running = Day(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) ?? day
    let past = ReportCommand.Span(from: running.adding(months: -3), through: running.adding(days: -1))
    if let first = try store.firstDay(), first <= past.through {
      return (past, day, "the last whole quarter before \(day)")
    }
    return (
      ReportCommand.Span(from: running, through: running.adding(months: 3).adding(days: -1)), day,
      "the quarter that runs, in which the log begins"
    )
  }

  /// The size of the tree that is known.
  private func end() throws -> Int {
    switch knownAt {
    case nil: return store.checkpoint.size
    case .size(let size)?:
      guard size <= store.checkpoint.size else {
        throw Failure(.usage, "--known-at \(size): the log has \(Wording.entries(store.checkpoint.size))")
      }
      return size
    case .day(let day)?:
      let size = try store.sizes(atEndOf: [day]).first ?? 0
      guard size > 0 else { throw Failure(.usage, "--known-at \(day): the log begins later") }
      return size
    }
  }

  /// What was put in between two trees.
  private func activity(_ range: Range<Int>, _ day: Day, _ marks: [AssessmentBook.Mark]) throws -> LogActivity {
    let deeds = try store.index.deeds(in: range).map { row in
      LogActivity.Deed(
        entry: row.entry, day: row.time?.day ?? day, party: row.party ?? "", member: row.member ?? "",
        type: row.type ?? "", summary: row.summary)
    }
    let counts = try store.index.deedCounts(in: range).map { count in
      LogActivity.Count(type: count.type, party: count.party, member: count.member, count: count.count)
    }
    return LogActivity(deeds: deeds, counts: counts, assessments: marks)
  }
}
