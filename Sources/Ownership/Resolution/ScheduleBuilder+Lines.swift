package import Catalogs
package import Statements

extension ScheduleBuilder {
  /// What a version changes about something that is no unit, over a span of days.
  package struct LineChange: Sendable, Equatable {
    package var key: Schedule.LineKey
    package var from: Day
    package var through: Day
    /// The lines that hold as long as the version has not taken over, as they are written; none where nothing does.
    package var old: [String]
    /// The version's own; none where it has no such line.
    package var new: [String]
    /// The parties that either names, beside the client.
    package var parties: [String]

    package init(
      key: Schedule.LineKey, from: Day, through: Day, old: [String], new: [String], parties: [String]
    ) {
      self.key = key
      self.from = from
      self.through = through
      self.old = old
      self.new = new
      self.parties = parties
    }

    package var isGained: Bool { old.isEmpty }
    package var isLost: Bool { new.isEmpty }
  }

  /// Every line about no unit that is not the one that holds, in the order of a schedule.
  package func lineChanges() -> [LineChange] {
    var changes: [LineChange] = []
    /// The last change of each line: its place.
    var last: [Schedule.LineKey: Int] = [:]
    for segment in segments() {
      guard let new = resolver.documentLines(index, on: segment.from) else { continue }
      let held = Dictionary(
        prior.lines(version.engagement, on: segment.from).map { ($0.key, $0.held) },
        uniquingKeysWith: { first, _ in first })
      for key in Set(new.keys).union(held.keys) {
        let old = held[key] ?? nil
        let texts = (new[key]?.texts ?? []).sorted(by: ByteOrder.precedes)
        guard texts != old?.texts ?? [] else { continue }
        let parties = Set((new[key]?.parties ?? []) + (old?.parties ?? [])).subtracting([resolver.input.client])
        let change = LineChange(
          key: key, from: segment.from, through: segment.through, old: old?.texts ?? [], new: texts,
          parties: parties.sorted(by: ByteOrder.precedes))
        if let place = last[key], changes[place].isContinued(by: change) {
          changes[place].through = change.through
        } else {
          last[key] = changes.count
          changes.append(change)
        }
      }
    }
    return changes.sorted { left, right in
      left.key == right.key ? left.from < right.from : Schedule.LineKey.precedes(left.key, right.key)
    }
  }

  /// The lines about no unit that lack a party's word for the version's to hold: new ones, others, and ones that go.
  package func pendingLines(for party: String) -> [Schedule.LineKey] {
    var keys: Set<Schedule.LineKey> = []
    for segment in segments() {
      for state in resolver.lines(version.engagement, on: segment.from)
      where state.waiting?.version == index && state.missing.contains(party) {
        keys.insert(state.key)
      }
    }
    return keys.sorted(by: Schedule.LineKey.precedes)
  }

  /// The units that lack a party's word for the version to hold, on some day for which no newer version speaks.
  package func pendingUnits(for party: String) -> Set<ControlID> {
    var pending: Set<ControlID> = []
    for segment in segments() {
      let scope = resolver.scope(on: segment.from)
      for unit in scope.units where scope.applies(unit) == true && !pending.contains(unit.id) {
        let starts = resolver.starts(version.engagement, unit, from: segment.from, through: segment.through)
        let isPending = starts.contains { from in
          let state = resolver.holding(version.engagement, unit, on: from, in: scope)
          return state.waiting == index && state.missing.contains(party)
        }
        if isPending { pending.insert(unit.id) }
      }
    }
    return pending
  }

  /// Whether the version gives a party something, takes something from it, or waits for its word: a line that goes is in
  /// no schedule, so that there may be something to accept where the schedule is empty.
  package func concerns(_ party: String) -> Bool {
    !schedule(for: party).isEmpty || !pendingLines(for: party).isEmpty
  }
}

extension ScheduleBuilder.LineChange {
  fileprivate func isContinued(by next: Self) -> Bool {
    key == next.key && old == next.old && new == next.new && through.adding(days: 1) == next.from
  }
}
