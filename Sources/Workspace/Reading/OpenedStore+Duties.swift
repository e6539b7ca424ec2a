internal import Index
package import Obligations
package import Ownership
package import Statements

extension OpenedStore {
  /// What is owed by the agreements that hold, and what shows when it was done last, as far as the snapshot knows.
  package func duties(_ snapshot: Snapshot) throws -> [DutyCalendar.Entry] {
    try DutyCalendar.list(snapshot, done: dutyBook(snapshot))
  }

  /// The evidence that names a duty, and the hand-over lists, as far as the snapshot knows.
  package func dutyBook(_ snapshot: Snapshot) throws -> DutyBook {
    DutyBook(
      try index.evidenceForDuties(upTo: snapshot.state.size), handovers: try handovers(snapshot.state, snapshot.asOf),
      of: snapshot)
  }

  /// What is to be handed over by an agreement, and what of it was done.
  package func handedOver(of engagement: String) throws -> [DutyCalendar.Entry] {
    // Mostly there is no list, and no snapshot is needed to tell.
    guard try handovers(state, desk.clock.today).items.contains(where: { $0.engagement == engagement }) else {
      return []
    }
    return try duties(snapshot()).filter { duty in
      if case .handover = duty.when { return duty.engagement == engagement }
      return false
    }
  }

  /// The hand-over lists that a state knows of.
  package func handovers(_ state: LogState, _ day: Day) throws -> HandoverBook {
    let found = try index.handovers(upTo: state.size)
    guard !found.lists.isEmpty else { return HandoverBook() }
    return try HandoverBook(lists: found.lists, answers: found.answers, state, library: library, asOf: day)
  }
}
