package import Ownership
package import Statements

/// Evidence by the duty that it names, `engagement/duty`.
package struct DutyBook: Sendable {
  private var done: [String: [DutyCalendar.Done]] = [:]

  /// - Parameter records: Evidence that counts and is not replaced, in log order.
  package init(_ records: [EvidenceRecord] = []) {
    for record in records {
      guard let duty = record.evidence.duty else { continue }
      done[duty, default: []].append(DutyCalendar.Done(day: record.ageDay, entry: record.entry))
    }
    for name in done.keys { done[name]?.sort { ($0.day, $0.entry) < ($1.day, $1.entry) } }
  }

  /// When a duty was done, the earliest first; of one day, in log order.
  package func all(_ duty: String) -> [DutyCalendar.Done] { done[duty] ?? [] }

  /// When it was done last, as of a day: what was done later is not known on it.
  package func newest(_ duty: String, on day: Day) -> DutyCalendar.Done? { done[duty]?.last { $0.day <= day } }
}

extension DutyCalendar {
  /// The duties that hold on the snapshot's day, with the evidence of a book.
  package static func list(_ snapshot: Snapshot, done book: DutyBook) -> [Entry] {
    list(snapshot) { book.newest($0, on: snapshot.asOf) }
  }
}
