package import Crypto
internal import Findings
public import Statements

/// What a submitter says about evidence, as the command line or a list gives it.
public struct EvidenceDetails: Sendable, Equatable {
  /// As they were written.
  public var controls: [String] = []
  /// What it shows.
  public var description: String?
  /// When it was taken from its source; nil where that is not said.
  public var collected: Instant?
  /// The first day that it covers.
  public var from: Day?
  /// The last day that it covers.
  public var through: Day?
  /// The same two days in one word.
  public var period: Period?
  /// The system that it came from.
  public var source: String?
  /// The query or filter that made it.
  public var query: String?
  /// How many rows or items it has.
  public var count: Int?
  /// An auditor's request id, or any other label.
  public var label: String?
  /// The duty, or the item of a hand-over list, that it fulfils, as `engagement/duty`; controls are not needed then.
  public var duty: String?
  /// The day until which it has to be kept.
  public var retainUntil: Day?
  /// Entry numbers or statements, as they were written.
  public var replaces: [String] = []

  /// What is said of controls, in any spelling that the adopted catalogs know.
  public init(controls: [String] = []) { self.controls = controls }

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
    if let through = inDays.through, through > now.day {
      throw Failure(
        .usage, "evidence cannot cover days until \(through): that is still to come",
        hint:
          "write the last day that it covers, at most \(now.day); for a period that goes on, submit it again when it ends"
      )
    }
    for (what, day) in [
      ("cover days from", inDays.from), ("cover days until", inDays.through),
      ("have been collected on", collected?.day),
    ] {
      // Computers keep no time before that: such a year is a slip of the pen.
      if let day, day.components.year < 1970 {
        throw Failure(
          .usage, "evidence cannot \(what) \(day): no evidence is that old", hint: "look at the year, and write it anew"
        )
      }
    }
    if let retainUntil, retainUntil < now.day {
      throw Failure(
        .usage, "it would have to be kept until \(retainUntil), which is over",
        hint: "write the last day on which it must still be there, or leave that out: what a law asks counts without it"
      )
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
  ///
  /// A duty that no agreement has would make a statement that no verifier accepts: an item of a hand-over list is named by
  /// the label.
  ///
  /// - Throws: `usage` where the label is needed for the item, and says something else.
  package func evidence(
    controls: [String], duty: EarlierStatement.Fulfilled?, replaces: [Digest]
  ) throws -> Evidence {
    var controls = controls
    var (label, named) = (label, String?.none)
    switch duty {
    case .duty(let name)?: named = name
    case .handover(let name, let control)?:
      let own = HandoverLabel.item(name)
      guard label == nil || label == own else {
        throw Failure(
          .usage, "what is handed over is named by its label, '\(own)', and --label says another",
          hint: "leave --label out; what it is goes into --description")
      }
      label = own
      if controls.isEmpty { controls = [control] }
    case nil: break
    }
    var evidence = Evidence(controls: controls)
    evidence.description = description
    evidence.collected = collected
    evidence.from = inDays.from
    evidence.through = inDays.through
    evidence.source = source
    evidence.query = query
    evidence.count = count
    evidence.label = label
    evidence.duty = named
    evidence.retainUntil = retainUntil
    evidence.replaces = replaces
    return evidence
  }
}
