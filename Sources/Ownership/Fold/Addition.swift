internal import Crypto
internal import Statements

/// What a statement adds to what grows with the log.
///
/// Kept apart until the statement counts: rules work on a copy of the state, so that one that is refused halfway leaves no
/// trace, and a list that a copy shares would be copied whole for each new item.
enum Addition {
  case version(LogState.EngagementVersion)
  case end(LogState.EngagementEnd)
  case acceptance(LogState.AcceptanceRecord)
  case staffing(LogState.StaffingRecord)
  case hold(LogState.HoldRecord)
  /// A hold is over: its place, and the entry that says so.
  case endOfHold(Int, entry: Int)
  case redaction(LogState.RedactionRecord)
  /// Objects whose bytes are submitted again.
  case resubmission([Digest])
}

extension LogState {
  mutating func take(_ addition: Addition) {
    switch addition {
    case .version(let version): versions.append(version)
    case .end(let end): ends.append(end)
    case .acceptance(let acceptance): acceptances.append(acceptance)
    case .staffing(let staffing): staffings.append(staffing)
    case .hold(let hold): holds.append(hold)
    case .endOfHold(let place, let entry): holds[place].ended = entry
    case .redaction(let redaction):
      redactions.append(redaction)
      guard !redaction.isAnnouncement else { return }
      for object in redaction.objects { redactedObjects[object] = redaction.day }
    case .resubmission(let objects):
      for object in objects { redactedObjects[object] = nil }
    }
  }
}
