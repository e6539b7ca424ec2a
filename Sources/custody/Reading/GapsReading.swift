internal import Findings
internal import Obligations
internal import Ownership
internal import Reports
internal import Workspace

/// All that somebody has to act on in a store, as far as a snapshot knows: what agreements, duties, assessments, actions and
/// requests leave open.
struct GapsReading {
  let store: OpenedStore

  func report(_ snapshot: Snapshot, frameworks: [String]?, atLeast severity: Severity = .note) throws -> GapsReport {
    let marks = try store.assessments(snapshot)
    let late = try RequestShelf(store, at: snapshot).overdue().flatMap { list, states in
      RequestRules.findings(states, of: list.name, on: snapshot.asOf)
    }
    return GapsReport(
      snapshot, frameworks: frameworks, atLeast: severity,
      owed: DutyCalendar.findings(snapshot, done: try store.dutyBook(snapshot))
        + AssessmentFindings.findings(snapshot.matrix, AssessmentBook(marks, client: snapshot.state.client))
        + ActionItem.findings(ActionItem.list(snapshot, marks: marks)) + late)
  }
}
