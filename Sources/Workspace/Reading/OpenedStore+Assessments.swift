internal import Crypto
internal import Index
package import Obligations
package import Ownership
internal import Statements

extension OpenedStore {
  /// The assessments that count and that a snapshot knows, in log order, with what became of what they rest on.
  package func assessments(_ snapshot: Snapshot) throws -> [AssessmentBook.Mark] {
    let known = snapshot.state.size
    var states: [Digest: AssessmentBook.Outdated?] = [:]
    return try index.assessments().filter { $0.entry < known && $0.recorded.day <= snapshot.asOf }.map { record in
      var mark = AssessmentBook.Mark(
        entry: record.entry, day: record.recorded.day, party: record.party, member: record.member,
        assessment: record.assessment)
      guard let object = record.assessment.evidence else { return mark }
      if let state = states[object] {
        mark.outdated = state
        return mark
      }
      if let day = snapshot.state.redactedObjects[object], day <= snapshot.asOf {
        mark.outdated = .redacted
      } else if try index.isReplaced(object: object, upTo: known) {
        mark.outdated = .replaced
      }
      states[object] = .some(mark.outdated)
      return mark
    }
  }
}
