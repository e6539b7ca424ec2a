internal import Index
internal import Obligations
internal import Ownership
internal import Workspace

extension OpenedStore {
  /// What is owed by the agreements that hold, and what shows when it was done last.
  func duties(_ snapshot: Snapshot) throws -> [DutyCalendar.Entry] {
    try DutyCalendar.list(snapshot) { duty in
      try index.newestEvidence(forDuty: duty).map { DutyCalendar.Done(day: $0.ageDay, entry: $0.entry) }
    }
  }
}
