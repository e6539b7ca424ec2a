internal import Index
internal import Obligations
internal import Ownership
internal import Workspace

extension OpenedStore {
  /// What is owed by the agreements that hold, and what shows when it was done last, as far as the snapshot knows.
  func duties(_ snapshot: Snapshot) throws -> [DutyCalendar.Entry] {
    try DutyCalendar.list(snapshot, done: dutyBook(snapshot))
  }

  /// The evidence that names a duty, as far as the snapshot knows.
  func dutyBook(_ snapshot: Snapshot) throws -> DutyBook {
    DutyBook(try index.evidenceForDuties(upTo: snapshot.state.size))
  }
}
