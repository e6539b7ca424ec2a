internal import Agreements
package import Ownership
internal import Statements

extension DutyCalendar {
  /// Duties that held on some day and hold no more: what was owed while they did, and never done, is not settled by an
  /// agreement that ends.
  ///
  /// A time counts if it was due by the last day on which the duty held, or was done by then; what is done afterwards
  /// closes it, late. `due` is the day of the time that is still owed, if any. It is overdue for a year where the term
  /// ran out or an end was declared, and its party is still there: a version that both have accepted without the duty
  /// asks nobody for it any more.
  ///
  /// - Returns: In the order of the agreements, and of the duties in their documents; none that was never owed.
  package static func ended(_ snapshot: Snapshot, done book: DutyBook) -> [Entry] {
    let held = HeldLines(snapshot)
    let oldest = snapshot.asOf.adding(months: -12)
    return held.engagements.flatMap { engagement in
      held.duties(engagement).compactMap { id -> Entry? in
        guard held.duty(engagement, id, on: snapshot.asOf) == nil,
          let last = held.lastDay(ofDuty: id, engagement, before: snapshot.asOf),
          let version = held.duty(engagement, id, on: last),
          var entry = entry(
            engagement, id, version, snapshot, done: { book.newest($0, on: snapshot.asOf) })
        else { return nil }
        entry.heldThrough = last
        let terms = DutyHistory(entry, done: book.all(entry.name), asOf: snapshot.asOf).terms
        guard let newest = terms.last else { return nil }
        entry.due = newest.state == .missed ? newest.due : nil
        entry.isOverdue =
          entry.due != nil && last >= oldest && hasRunOut(engagement, version, after: last, snapshot)
          && !snapshot.resolver.hasLeft(entry.party, on: snapshot.asOf)
        return entry
      }
    }
  }

  /// The duties that hold, and what is still owed by those that have ended; the first due first.
  package static func owed(_ snapshot: Snapshot, done book: DutyBook) -> [Entry] {
    sorted(list(snapshot, done: book) + ended(snapshot, done: book).filter(\.isOverdue))
  }

  /// Whether an agreement ended on a day, by its term or by somebody's word.
  private static func hasRunOut(_ engagement: String, _ version: Int, after last: Day, _ snapshot: Snapshot) -> Bool {
    let input = snapshot.resolver.input
    if input.versions[version].document?.termThrough == last { return true }
    return input.ends.contains { $0.engagement == engagement && $0.on == last.adding(days: 1) }
  }
}
