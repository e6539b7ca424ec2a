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
      let version = snapshot.resolver.input.versions[held.version]
      guard let document = version.document, let duty = document.duties.first(where: { $0.id == row.key.id }) else {
        return nil
      }
      let start = start(of: duty.id, document, held.version, snapshot.resolver.input.versions)
      let newest = try done("\(row.engagement)/\(duty.id)")
      let due: Day?
      switch duty.when {
      case .every(let name): due = Cadence(rawValue: name)?.due(after: max(newest?.day ?? start, start))
      case .within(let days): due = newest == nil ? start.adding(days: days) : nil
      }
      return Entry(
        engagement: row.engagement, id: duty.id, title: duty.title, party: duty.party, cadence: duty.when.text,
        newest: newest, due: due, isOverdue: due.map { $0 < snapshot.asOf } ?? false, version: version.entry,
        termFrom: start, when: .agreed(duty.when))
    }
    return sorted(entries)
  }

  /// The day from which a duty counts: the term's first, or that from which the first version with it speaks, of those
  /// that have it one after the other up to the one that holds. Nobody owes what is not promised yet.
  private static func start(
    of id: String, _ document: EngagementDocument, _ held: Int, _ versions: [ResolutionInput.Version]
  ) -> Day {
    var first = versions[held].effective
    for version in versions[...held].reversed() where version.engagement == versions[held].engagement {
      guard version.document?.duties.contains(where: { $0.id == id }) == true else { break }
      first = version.effective
    }
    return max(document.termFrom, first)
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
        case .agreed: "'\(entry.party)' owes '\(entry.title)' \(entry.cadence)"
        case .handover:
          "'\(entry.party)' has to \(entry.title), for the hand-over of '\(entry.engagement)'"
        }
      return Finding(
        .overdue, "\(entry.engagement)/duty \(entry.id)", entry: entry.version, expected: due,
        found: entry.newest.map { "\($0.day)" }, "\(owed): it was due on \(due), and \(newest)")
    }
  }
}
