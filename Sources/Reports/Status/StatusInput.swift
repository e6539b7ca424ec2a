package import Findings
package import Obligations
public import Ownership
package import Statements
internal import TreeLog

/// What a status page is made from; the caller has read and checked it.
public struct StatusInput: Sendable {
  /// What is known of the chain's soundness.
  public enum Chain: Sendable {
    /// A check found nothing wrong; what it looked at: `every entry and object`.
    case sound(String)
    /// A check found what it says.
    case unsound(String)
    /// Nobody has looked.
    case unchecked
  }

  /// A party whose first key the reader has not compared.
  public struct UnconfirmedParty: Sendable {
    /// Its id.
    public var party: String
    /// Of its first key.
    public var fingerprint: String

    /// A party, and the id of its first key.
    public init(party: String, fingerprint: String) {
      self.party = party
      self.fingerprint = fingerprint
    }
  }

  /// Who answers for what, on what evidence.
  public var snapshot: Snapshot
  /// Whether the chain is sound.
  public var chain: Chain
  var checkpoint: Checkpoint { snapshot.checkpoint }
  var matrix: ResponsibilityMatrix { snapshot.matrix }
  var state: LogState { snapshot.state }
  /// Agreements that end soon, the soonest first.
  public var endings: [EngagementEnding]
  /// Parties whose first key the reader has not compared.
  public var unconfirmed: [UnconfirmedParty]
  /// What versions that speak from a later day on still wait for.
  public var upcoming: [StatusPage.Waiting]
  /// Files in the inbox.
  public var offersWaiting: Int

  /// What is owed by the agreements that hold, the soonest due first.
  package var duties: [DutyCalendar.Entry] = []
  /// Hand-over lists that cannot be read.
  package var unreadableHandovers: [Finding] = []
  /// Assessments that count, in log order.
  package var assessments: [AssessmentBook.Mark] = []
  /// Items of plans of action that are late, in the matrix's order.
  package var lateActions: [ActionItem] = []
  /// Requests of auditors that were due and are not answered, by the names of their lists.
  package var overdueRequests: [(list: String, states: [RequestRules.State])] = []
  /// Labels of evidence, and how many submissions have each, the one used last first.
  package var labels: [(label: String, count: Int)] = []
  /// The older log that this one goes on from, as it says.
  package var succession: Succession?
  /// How many submissions are to be kept until a day that is still to come, and the first of these days.
  package var retention: (count: Int, first: Day)?

  /// What is known; what is left out is empty.
  public init(
    _ snapshot: Snapshot, chain: Chain, endings: [EngagementEnding] = [], unconfirmed: [UnconfirmedParty] = [],
    upcoming: [StatusPage.Waiting] = [], offersWaiting: Int = 0
  ) {
    self.snapshot = snapshot
    self.chain = chain
    self.endings = endings
    self.unconfirmed = unconfirmed
    self.upcoming = upcoming
    self.offersWaiting = offersWaiting
  }
}
