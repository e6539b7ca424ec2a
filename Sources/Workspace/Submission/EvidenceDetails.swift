package import Crypto
internal import Findings
package import Statements

/// What a submitter says about evidence, as the command line or a list gives it.
package struct EvidenceDetails: Sendable, Equatable {
  /// As they were written.
  package var controls: [String] = []
  package var description: String?
  package var collected: Instant?
  package var from: Day?
  package var through: Day?
  /// The same two days in one word.
  package var period: Period?
  package var source: String?
  package var query: String?
  package var count: Int?
  package var label: String?
  package var duty: String?
  package var retainUntil: Day?
  /// Entry numbers or statements, as they were written.
  package var replaces: [String] = []

  package init(controls: [String] = []) { self.controls = controls }

  /// How far a clock may be ahead of ours, in milliseconds.
  private static let clockTolerance = 15 * 60_000

  /// Refuses dates that cannot be.
  ///
  /// - Parameter now: What the user's clock says.
  package func checkDates(now: Instant) throws {
    if period != nil, from != nil || through != nil {
      throw Failure(.usage, "--period says the days that --from and --through say", hint: "give one or the other")
    }
    if let from, let through, through < from {
      throw Failure(.usage, "the period ends on \(through), before it begins on \(from)")
    }
    if let collected, collected > now.adding(milliseconds: EvidenceDetails.clockTolerance) {
      throw Failure(
        .usage, "it cannot have been collected at \(collected): that is still to come",
        hint: "instants are in UTC; if this machine's clock is wrong, set it")
    }
  }

  /// The same with the period's days each by itself, so that a list's line can say another.
  package var inDays: EvidenceDetails {
    var details = self
    details.from = from ?? period?.from
    details.through = through ?? period?.through
    details.period = nil
    return details
  }

  /// The predicate.
  package func evidence(controls: [String], duty: String?, replaces: [Digest]) -> Evidence {
    var evidence = Evidence(controls: controls)
    evidence.description = description
    evidence.collected = collected
    evidence.from = inDays.from
    evidence.through = inDays.through
    evidence.source = source
    evidence.query = query
    evidence.count = count
    evidence.label = label
    evidence.duty = duty
    evidence.retainUntil = retainUntil
    evidence.replaces = replaces
    return evidence
  }
}
