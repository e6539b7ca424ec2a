internal import Findings
internal import Index
internal import Obligations
internal import Ownership
internal import Rendering
internal import Reports
internal import Statements
internal import Storage
internal import TreeLog
internal import Workspace

/// What a store has to tell a listener: what is new, that it is not sound, or that it listens from now on.
struct NewsReading: Sendable {
  /// What is told of a store.
  enum Message: Sendable {
    case news(News)
    /// There is nothing to compare with yet.
    case first(organization: String, entries: Int, folder: String)
    /// Nothing of it is to be relied on.
    case unsound(name: String, what: String, folder: String)
    /// Nothing can be said of it.
    case unreadable(name: String, why: String, folder: String)
  }

  /// What became of a look at a store.
  struct Look: Sendable {
    /// nil where there is nothing to tell.
    var message: Message?
    /// What is to be remembered once the message was written; nil where nothing is.
    var mark: ReadMarks.Move?
  }

  let home: Home
  let clock: WallClock
  /// Whose mark it is.
  var name = NewsReading.standardMark
  /// From which tree on; nil for that of the mark.
  var since: NamedTree?

  static let standardMark = "notify"

  /// - Throws: What keeps the store from being read; of one that is cut or forked it is told as a message.
  func look(_ store: OpenedStore) throws -> Look {
    let key = ReadMarks.Key(store, name: name)
    let today = clock.today
    let found = try ReadMarks(home).find(key, in: store)
    if let fault = found?.fault {
      return Look(message: .unsound(name: organization(store), what: fault, folder: key.path))
    }
    let fault: String? = if case .unsound(let what) = try StatusReading(store: store).chain() { what } else { nil }
    let start: OpenedStore.Stop
    if let since {
      start = try store.stop(since, option: "--since")
    } else if let mark = found?.record.latest {
      start = OpenedStore.Stop(size: mark.size, day: min(mark.day, today))
    } else if let fault {
      return Look(message: .unsound(name: organization(store), what: fault, folder: key.path))
    } else {
      return Look(
        message: .first(organization: organization(store), entries: store.checkpoint.size, folder: key.path),
        mark: ReadMarks.Move(key, to: ReadMarks.Mark(store.checkpoint, day: today), after: nil))
    }
    let news = try news(store, from: start, fault: fault, folder: key.path)
    // A store that is not sound is told of until it is.
    let isTold = fault == nil && since == nil
    let mark = ReadMarks.Move(key, to: ReadMarks.Mark(store.checkpoint, day: today), after: found)
    return Look(message: news.isEmpty ? nil : .news(news), mark: isTold ? mark : nil)
  }

  private func news(
    _ store: OpenedStore, from start: OpenedStore.Stop, fault: String?, folder: String
  ) throws -> News {
    let end = OpenedStore.Stop(size: store.checkpoint.size, day: clock.today)
    var folds: [News.Fold] = []
    var newest: Snapshot?
    try store.forEachSnapshot([start, end]) { snapshot in
      let fold = try AgendaCommand.fold(snapshot, store)
      var input = StatusInput(snapshot, chain: .unchecked, endings: try EngagementEnding.list(snapshot))
      input.duties = DutyCalendar.owed(snapshot, done: fold.book)
      input.lateActions = ActionItem.list(snapshot, marks: fold.marks).filter(\.isLate)
      input.overdueRequests = fold.overdue
      folds.append(News.Fold(fold, StatusPage(input)))
      newest = snapshot
    }
    guard folds.count == 2, let newest else { throw Failure(.bug, "two folds of one log were asked for") }
    let range = start.size..<end.size
    let deeds = try store.index.deeds(in: range).map { row in
      LogActivity.Deed(
        entry: row.entry, day: row.time?.day ?? end.day, party: row.party ?? "", member: row.member ?? "",
        type: row.type ?? "", summary: row.summary)
    }
    let counts = try store.index.deedCounts(in: range).map { count in
      LogActivity.Count(type: count.type, party: count.party, member: count.member, count: count.count)
    }
    return News(
      from: folds[0], to: folds[1],
      activity: LogActivity(deeds: deeds, counts: counts, assessments: try store.assessments(newest)), fault: fault,
      folder: folder)
  }

  private func organization(_ store: OpenedStore) -> String {
    store.state.membership.parties.first?.name ?? store.state.client
  }
}

extension NewsReading.Message {
  /// Whether the store is not to be relied on, or cannot be read.
  var isTrouble: Bool {
    switch self {
    case .news(let news): news.fault != nil
    case .first: false
    case .unsound, .unreadable: true
    }
  }

  /// One line, without a line's end.
  var subject: String {
    switch self {
    case .news(let news): news.subject
    case .first(let organization, let entries, _):
      "\(organization): news is told from now on (\(Wording.entries(entries)))"
    case .unsound(let name, _, _): "\(name): NOT SOUND"
    case .unreadable(let name, _, _): "\(name): cannot be read"
    }
  }

  /// What stands below it.
  func blocks(width: Int) -> [Block] {
    switch self {
    case .news(let news): news.blocks(width: width)
    case .first(_, _, let folder):
      [
        .paragraph("Nothing was told of this folder before. Whatever is new from now on will be; how it stands says:"),
        .command("custody status --store \(ShellWord.quoted(folder))", lead: "  "),
      ]
    case .unsound(let name, let what, let folder):
      [
        .verdict("NOT SOUND: \(what)", .bad), .paragraph("Nothing else is told of \(name) before this is understood:"),
        .command("custody verify \(ShellWord.quoted(folder))", lead: "  "),
      ]
    case .unreadable(_, let why, let folder): [.verdict("cannot be read: \(why)", .bad), .fact("folder", folder)]
    }
  }

  /// For machines.
  var json: JSONOutput {
    switch self {
    case .news(let news): return news.value
    case .first(let organization, let entries, let folder):
      return [
        "first": true, "organization": .string(organization), "subject": .string(subject), "sound": true,
        "knownAt": .integer(entries), "folder": .string(folder),
      ]
    case .unsound(_, let what, let folder):
      return ["subject": .string(subject), "sound": false, "fault": .string(what), "folder": .string(folder)]
    case .unreadable(_, let why, let folder):
      return ["subject": .string(subject), "sound": .null, "fault": .string(why), "folder": .string(folder)]
    }
  }
}
