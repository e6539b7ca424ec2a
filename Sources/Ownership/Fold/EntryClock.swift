internal import Crypto
package import Findings
package import Statements

/// What the times of entries say of the clocks that they come from. They warn, and never make an entry count or not.
///
/// An entry is held against the one before it and no other, so that one wrong clock spoils one entry: after one that was
/// set back, the next is not held against those before. One that lies ahead of the reader's own clock is passed over, so
/// that it is blamed itself and not the honest entry that follows.
package enum EntryClock {
  /// By how much clocks may differ, in milliseconds.
  static let tolerance = 15 * 60_000
  /// How many entries are remembered: so many in a row may be dated ahead.
  private static let memory = 4

  static func note(_ entry: Entry, sequence: Int, in state: inout LogState) {
    if state.recentEntries.count >= memory { state.recentEntries.removeFirst() }
    state.recentEntries.append(LogState.EntryTime(entry: sequence, time: entry.time, by: entry.by))
  }

  /// What an entry's time is at odds with: the reader's clock, the entry before, its own statement.
  ///
  /// - Parameters:
  ///   - state: Before the entry is noted.
  ///   - now: The reader's clock; nil to ask nothing of it.
  static func findings(
    _ entry: Entry, _ statement: Statement?, sequence: Int, in state: LogState, now: Instant?
  ) -> [Finding] {
    var findings: [Finding] = []
    let subject = "entry \(sequence)"
    func owner(_ key: Digest) -> String { state.membership.key(key)?.owner ?? "the unknown key \(key.short)" }

    let latest = now?.adding(milliseconds: tolerance)
    if let now {
      findings += ahead(LogState.EntryTime(entry: sequence, time: entry.time, by: entry.by), in: state, now: now)
    }
    let before = state.recentEntries.last { known in latest.map { known.time <= $0 } ?? true }
    if let before, entry.time < before.time {
      findings.append(
        Finding(
          .clockDisorder, subject, entry: sequence, expected: "not before \(before.time)",
          found: entry.time.description,
          "entry \(sequence), appended by \(owner(entry.by)), is dated before entry \(before.entry), appended by "
            + owner(before.by)))
    }
    if let statement, entry.time.adding(milliseconds: tolerance) < statement.signedAt {
      findings.append(
        Finding(
          .clockDisorder, subject, entry: sequence, expected: "not before \(statement.signedAt)",
          found: entry.time.description,
          "entry \(sequence), appended by \(owner(entry.by)), is dated before \(owner(entry.envelope.keyID)) signed its "
            + "statement, by the signer's clock"))
    }
    return findings
  }

  /// The newest entries of a log that are dated ahead of the reader's clock: what a reader says who has not folded the
  /// log just now.
  package static func ahead(in state: LogState, now: Instant) -> [Finding] {
    state.recentEntries.flatMap { ahead($0, in: state, now: now) }
  }

  private static func ahead(_ known: LogState.EntryTime, in state: LogState, now: Instant) -> [Finding] {
    guard known.time > now.adding(milliseconds: tolerance) else { return [] }
    let appender = state.membership.key(known.by)?.owner ?? "the unknown key \(known.by.short)"
    return [
      Finding(
        .clockAhead, "entry \(known.entry)", entry: known.entry, expected: "not after \(now)",
        found: known.time.description,
        "entry \(known.entry), appended by \(appender), is dated \(known.time), and it is \(now) here: compare the "
          + "clocks of this machine and theirs")
    ]
  }
}
