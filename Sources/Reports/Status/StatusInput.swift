package import Ownership
internal import TreeLog

/// What a status page is made from; the caller has read and checked it.
package struct StatusInput: Sendable {
  /// What is known of the chain's soundness.
  package enum Chain: Sendable {
    /// A check found nothing wrong; what it looked at: `every entry and object`.
    case sound(String)
    /// A check found what it says.
    case unsound(String)
    /// Nobody has looked.
    case unchecked
  }

  package struct UnconfirmedParty: Sendable {
    package var party: String
    /// Of its first key.
    package var fingerprint: String

    package init(party: String, fingerprint: String) {
      self.party = party
      self.fingerprint = fingerprint
    }
  }

  package var snapshot: Snapshot
  package var chain: Chain
  var checkpoint: Checkpoint { snapshot.checkpoint }
  var matrix: ResponsibilityMatrix { snapshot.matrix }
  var state: LogState { snapshot.state }
  /// Agreements that end soon, the soonest first.
  package var endings: [EngagementEnding]
  package var unconfirmed: [UnconfirmedParty]
  /// What versions that speak from a later day on still wait for.
  package var upcoming: [StatusPage.Waiting]
  /// Files in the inbox.
  package var offersWaiting: Int

  package init(
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
