internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Reports
internal import Statements
internal import TreeLog
internal import Workspace

/// What changed in a store between two of its trees.
struct ChangesReading {
  let store: OpenedStore
  var from: NamedTree?
  var to: NamedTree?
  /// The day for which ownership is resolved at the later end; nil for that end's own.
  var asOf: Day?

  /// So many days are looked at unless stated.
  static let days = 90

  func report(frameworks: [String]?) throws -> Changes {
    var end =
      try to.map { try store.stop($0, option: "--to") }
      ?? OpenedStore.Stop(size: store.checkpoint.size, day: store.desk.clock.today)
    if let asOf { end.day = asOf }
    guard end.size > 0 else { throw Failure(.usage, "--to \(end.day): the log begins later") }
    let start = try store.stop(from ?? .day(end.day.adding(days: -ChangesReading.days)), option: "--from")
    guard start.size <= end.size, start.day <= end.day else {
      throw Failure(.usage, "--from lies behind --to", hint: "name the earlier tree or day with --from")
    }
    var snapshots: [Snapshot] = []
    try store.forEachSnapshot([start, end]) { snapshots.append($0) }
    let (old, new) = (snapshots[0], snapshots[1])
    try KnownNames.checkAdopted(
      frameworks ?? [], among: (old.matrix.frameworks + new.matrix.frameworks).map(\.id) + new.matrix.unreadable,
      on: "\(end.day)")
    let range = start.size..<end.size
    let deeds = try store.index.deeds(in: range).map { row in
      LogActivity.Deed(
        entry: row.entry, day: row.time?.day ?? end.day, party: row.party ?? "", member: row.member ?? "",
        type: row.type ?? "", summary: row.summary)
    }
    let counts = try store.index.deedCounts(in: range).map { count in
      LogActivity.Count(type: count.type, party: count.party, member: count.member, count: count.count)
    }
    var changes = Changes(
      from: old, to: new,
      activity: LogActivity(deeds: deeds, counts: counts, assessments: try store.assessments(new)),
      frameworks: frameworks)
    if case .day? = from { changes.isFromDay = true } else { changes.isFromDay = from == nil }
    return changes
  }
}
