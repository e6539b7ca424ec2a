internal import Statements

extension LogState {
  /// The UTC day on which an end, a leave, an acceptance or a redaction of a party takes effect: that of its entry, but
  /// none before what another party has signed.
  ///
  /// Whoever appends writes the entry's time. Without the second half they could set it back behind what the other side
  /// has signed meanwhile, and leave it without a say in days for which it had one. What another party says of its own
  /// clock counts as no later than its entry's time, so that nobody holds up the others by a date far ahead.
  func effectiveDay(of entryDay: Day, by party: String) -> Day {
    lastSigned.lazy.filter { $0.key != party }.map(\.value.day).reduce(entryDay, max)
  }

  /// Notes when a party signed a statement that counts.
  mutating func noteSigning(_ statement: Statement, by party: String, entryTime: Instant) {
    let signed = min(statement.signedAt, entryTime)
    if signed > lastSigned[party] ?? Instant(millisecondsSinceEpoch: .min) { lastSigned[party] = signed }
  }
}

/// A wait between two statements, by both entries' days and by both `signedAt`: whoever appends writes the ones, whoever
/// signs the others, and where one hand does both, what others have signed in between holds it (`effectiveDay`).
struct WaitingPeriod {
  let days: Int

  /// Whether enough days lie between an earlier statement and this one.
  func isOver(since day: Day, signedAt: Instant, in context: StatementContext) -> Bool {
    context.day >= day.adding(days: days) && context.statement.signedAt.day >= signedAt.day.adding(days: days)
  }
}
