package import Crypto
internal import Ownership
package import Statements
package import TreeLog

/// What a verification is told beside the store's bytes.
public struct VerificationOptions: Sendable {
  /// Which objects are read and hashed.
  public enum ObjectScope: String, Sendable, CaseIterable {
    /// Every object that a statement names.
    case all
    /// Those that entries from a size on name: the older ones were checked when that tree was.
    case new
    /// None; whether they are there is still checked.
    case none
  }

  /// A tree of this log that somebody has seen before.
  package struct KnownTree: Sendable, Equatable {
    package var size: Int
    package var root: Digest
    /// Who or what says so, for people.
    package var source: String
    /// Whether a shorter log is a loss: where the same store was seen at the same place.
    package var isSamePlace: Bool
    /// Whether the reader was given it for this run, so that they want to hear that it held.
    package var isTold: Bool
    /// The signed note that says so; nil where the reader vouches for it.
    package var note: SignedNote?

    package init(
      size: Int, root: Digest, source: String, isSamePlace: Bool, isTold: Bool = false, note: SignedNote? = nil
    ) {
      self.size = size
      self.root = root
      self.source = source
      self.isSamePlace = isSamePlace
      self.isTold = isTold
      self.note = note
    }
  }

  package var objects = ObjectScope.all
  /// With `new`: the size from which on objects are read.
  package var objectsFrom = 0
  package var knownTrees: [KnownTree] = []
  /// Forks of this log that this reader has caught before.
  package var knownForks: [KnownFork] = []
  /// The leaf hash of the genesis entry that this reader has seen before.
  package var knownGenesis: Digest?
  /// Envelopes that other parties hold: their signers' word on this log's past.
  package var offers: [HeldOffer] = []
  /// Whose word the reader asks for; nil for nobody's.
  package var policy: WitnessPolicy?
  /// Parties whose first key the reader has confirmed, with that key's id.
  package var confirmedParties: [String: Digest] = [:]
  /// First keys that the reader was told apart, by party: their ids, or the first digits; they count before what was
  /// confirmed.
  package var toldKeys: [String: String] = [:]
  /// Whether the client's own first key is one to be confirmed, too: of what somebody sent, all rests on it.
  package var asksForClient = false
  /// The ids of the keys that the reader holds: their own party needs no confirming.
  package var ownKeys: Set<Digest> = []
  /// The certificates by which anchored timestamps are judged; nil to judge none.
  package var timestampRoots: TimestampRoots?
  /// Objects that were left out on purpose, as a pack says: that they are not there is a note.
  package var withheld: Set<Digest> = []
  /// Whether it is asked who answers for what; otherwise nothing is said of it.
  package var resolvesOwnership = true
  /// The day for which ownership is resolved.
  package var asOf: Day
  /// The reader's clock, for warnings about the clocks of others; nil to give none of them that need it.
  package var now: Instant?
  /// Told, now and then, how many entries of how many, and then objects of how many, are done.
  package var progress: @Sendable (_ what: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }

  package init(asOf: Day) {
    self.asOf = asOf
  }

  /// Parties whose first key the reader has not confirmed.
  func unconfirmed(_ state: LogState) -> [(party: String, key: Membership.Key)] {
    var confirmed = confirmedParties
    for (party, key) in PartyConfirmation.firstKeys(state) {
      guard let told = toldKeys[party] else { continue }
      confirmed[party] = key.keyID.hex.hasPrefix(told) ? key.keyID : nil
    }
    return PartyConfirmation.unconfirmed(state, confirmed: confirmed, ownKeys: ownKeys)
  }
}
