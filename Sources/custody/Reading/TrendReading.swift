internal import Findings
internal import Ownership
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// How a store stood at several days' ends.
struct TrendReading {
  let store: OpenedStore

  /// - Parameters:
  ///   - day: The last day that is asked about; nil for today.
  ///   - known: Entries behind that tree are left aside; nil for none.
  func report(
    every: Trend.Period, last: Int, through day: Day?, knownAt known: KnownAt? = nil, frameworks: [String]?
  ) throws -> Trend {
    let today = store.desk.clock.today
    let end = day ?? today
    let ends = every.ends(before: end, count: last)
    // By the last day all is known that there is, whatever the clocks of those who appended say.
    let knowsAll = end >= today || known != nil
    let all = try known.map { try store.size($0) } ?? store.checkpoint.size
    var sizes = try store.sizes(atEndOf: knowsAll ? ends : ends + [end]).map { min($0, all) }
    if knowsAll { sizes.append(all) }
    let stops = zip(sizes, ends + [end]).filter { $0.0 > 0 }.map { OpenedStore.Stop(size: $0.0, day: $0.1) }
    guard !stops.isEmpty else { throw Failure(.usage, "--as-of \(end): the log begins later") }
    let gaps = GapsReading(store: store)
    var points: [Trend.Point] = []
    var newest: Snapshot?
    var adopted: Set<String> = []
    try store.forEachSnapshot(stops) { snapshot in
      adopted.formUnion(snapshot.matrix.frameworks.map(\.id) + snapshot.matrix.unreadable)
      points.append(
        Trend.Point(
          snapshot, frameworks: frameworks, gaps: try gaps.report(snapshot, frameworks: frameworks)))
      newest = snapshot
    }
    try KnownNames.checkAdopted(frameworks ?? [], among: adopted.sorted(), on: "\(end)")
    guard let newest else { throw Failure(.usage, "--as-of \(end): the log begins later") }
    return Trend(newest, points: points, every: every, frameworks: frameworks)
  }
}
