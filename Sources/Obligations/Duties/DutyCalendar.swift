package import Agreements
internal import Catalogs
package import Findings
package import Ownership
package import Statements

/// What parties owe regularly, or once, by the agreements that hold: when it was done last, and when it is due.
package enum DutyCalendar {
  /// A duty that holds, as of a day.
  package struct Entry: Sendable, Equatable {
    package var engagement: String
    package var id: String
    package var title: String
    package var party: String
    /// `every quarter`, `within 90 days`, `hand-over`.
    package var cadence: String
    /// The newest evidence that it was done: the last day that it covers, and its entry.
    package var newest: Done?
    /// The day by which it is due; nil where it was done once and for all, or is owed when something happens.
    package var due: Day?
    /// Whether that day has passed.
    package var isOverdue: Bool
    /// The entry of the version, or of the hand-over list, that says so.
    package var version: Int
    /// The first day of that version's term, or later that from which the duty is promised, or the day of that list:
    /// nothing is owed before it.
    package var termFrom: Day
    /// When it is owed.
    package var when: When
    /// The cadences that it was owed by one after the other, where versions changed it; nil where it is one.
    package var timeline: DutyTimeline?
    /// The last day on which it was promised; nil while it is.
    package var heldThrough: Day?

    /// `acme-onsite/minutes`
    package var name: String { "\(engagement)/\(id)" }
  }

  /// When something is owed.
  package enum When: Sendable, Equatable {
    /// As the agreement says of a duty.
    case agreed(Duty.When)
    /// Once, by a day, since the agreement ends.
    case handover(by: Day)
  }

  /// Evidence that a duty was done.
  package struct Done: Sendable, Equatable {
    package var day: Day
    package var entry: Int

    package init(day: Day, entry: Int) {
      self.day = day
      self.entry = entry
    }
  }

  /// The duties that hold on the snapshot's day: those that are due first stand first, those without a day last.
  ///
  /// - Parameter done: The newest evidence for a duty, by `engagement/duty`.
  package static func list(_ snapshot: Snapshot, done: (String) throws -> Done?) rethrows -> [Entry] {
    let entries = try snapshot.matrix.lines.compactMap { row -> Entry? in
      guard row.key.kind == .duty, let held = row.state.held else { return nil }
      return try entry(row.engagement, row.key.id, held.version, snapshot, done: done)
    }
    return sorted(entries)
  }

  /// A duty as a version has it, on the snapshot's day.
  static func entry(
    _ engagement: String, _ id: String, _ held: Int, _ snapshot: Snapshot, done: (String) throws -> Done?
  ) rethrows -> Entry? {
    let version = snapshot.resolver.input.versions[held]
    guard let document = version.document, let duty = document.duties.first(where: { $0.id == id }) else { return nil }
    let run = run(of: id, engagement, held, snapshot.resolver)
    let start = max(document.termFrom, run.first?.from ?? document.termFrom)
    let timeline = timeline(run, from: start)
    let newest = try done("\(engagement)/\(id)")
    let due: Day?
    switch duty.when {
    case .every(let name):
      let from = max(newest?.day ?? start, start)
      due = timeline.map { $0.due(after: from) } ?? Cadence(rawValue: name)?.due(after: from)
    case .within(let days): due = newest == nil ? start.adding(days: days) : nil
    }
    return Entry(
      engagement: engagement, id: id, title: duty.title, party: duty.party, cadence: duty.when.text,
      newest: newest, due: due, isOverdue: due.map { $0 < snapshot.asOf } ?? false, version: version.entry,
      termFrom: start, when: .agreed(duty.when), timeline: timeline)
  }

  /// When the versions owe a duty that have it one after the other, up to the one that holds: nobody owes what is not
  /// promised yet. A version between them that never held says nothing.
  private static func run(
    of id: String, _ engagement: String, _ held: Int, _ resolver: Resolver
  ) -> [(from: Day, when: Duty.When)] {
    let versions = resolver.input.versions
    var run: [(from: Day, when: Duty.When)] = []
    for index in versions[...held].indices.reversed() where versions[index].engagement == engagement {
      let version = versions[index]
      let held = index == held || holds(index, id, engagement, on: version.effective, resolver)
      guard let duty = version.document?.duties.first(where: { $0.id == id }) else {
        if held { break }
        continue
      }
      if held { run.insert((version.effective, duty.when), at: 0) }
    }
    return run
  }

  /// Whether a version is the one that holds of a duty on the first day for which it speaks.
  private static func holds(
    _ index: Int, _ id: String, _ engagement: String, on day: Day, _ resolver: Resolver
  ) -> Bool {
    resolver.lines(engagement, on: day).first { $0.key.kind == .duty && $0.key.id == id }?.held?.version == index
  }

  private static func timeline(_ run: [(from: Day, when: Duty.When)], from start: Day) -> DutyTimeline? {
    let spans = run.compactMap { from, when -> DutyTimeline.Span? in
      guard case .every(let name) = when, let cadence = Cadence(rawValue: name) else { return nil }
      return DutyTimeline.Span(from: max(from, start), cadence: cadence)
    }
    // One cadence throughout is no timeline, and a duty that was once owed a single time has none either.
    guard spans.count == run.count, Set(spans.map(\.cadence)).count > 1 else { return nil }
    return DutyTimeline(spans)
  }

  static func sorted(_ entries: [Entry]) -> [Entry] {
    entries.enumerated().sorted { left, right in
      switch (left.element.due, right.element.due) {
      case (let first?, let second?) where first != second: first < second
      case (.some, nil): true
      case (nil, .some): false
      case (.some, .some), (nil, nil): left.offset < right.offset
      }
    }.map(\.element)
  }

  /// `overdue`, one for each duty that is late.
  package static func findings(_ entries: [Entry]) -> [Finding] {
    entries.filter(\.isOverdue).map { entry in
      let newest = entry.newest.map { "was done last on \($0.day)" } ?? "was never shown to be done"
      let due = entry.due.map { "\($0)" } ?? ""
      let owed =
        switch entry.when {
        case .agreed:
          entry.heldThrough.map { "'\(entry.party)' owed '\(entry.title)' \(entry.cadence) through \($0)" }
            ?? "'\(entry.party)' owes '\(entry.title)' \(entry.cadence)"
        case .handover:
          "'\(entry.party)' has to \(entry.title), for the hand-over of '\(entry.engagement)'"
        }
      return Finding(
        .overdue, "\(entry.engagement)/duty \(entry.id)", entry: entry.version, expected: due,
        found: entry.newest.map { "\($0.day)" }, "\(owed): it was due on \(due), and \(newest)")
    }
  }
}
