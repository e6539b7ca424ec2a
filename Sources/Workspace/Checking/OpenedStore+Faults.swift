public import Findings
internal import FoundationEssentials
package import Ownership
internal import TreeLog
internal import Storage
public import Verification

/// Whether a store is sound, and how much of it was looked at to say so.
public struct Soundness: Sendable {
  /// What keeps it from being sound; empty where nothing does.
  public let faults: [Finding]
  /// What an earlier look found sound and was not looked at again; nil where all was looked at.
  public let taken: VerificationReport.Taken?
  /// How many entries were looked at.
  public let looked: Int

  /// What was looked at, for people.
  public var scope: String {
    guard let taken else { return "every entry, and that every object is there" }
    guard looked > 0 else { return "all of it, as checked on \(taken.on)" }
    return "the first \(Wording.entries(taken.size)), as checked on \(taken.on); the newest \(looked) now"
  }
}

extension OpenedStore {
  /// A log of so many entries is looked at as a whole each time: it is done at once.
  static let wholeLimit = 1024

  /// What keeps the store from being sound, as far as it shows without reading what objects hold.
  public func faults() throws -> [Finding] { try soundness().faults }

  /// Whether the store is sound, as far as it shows without reading what objects hold.
  ///
  /// A long log, and one that lies elsewhere, is looked at from where this user's last look ended.
  public func soundness() throws -> Soundness {
    var options = VerificationOptions(asOf: desk.clock.today)
    options.objects = .none
    options.resolvesOwnership = false
    options.now = desk.clock.now()
    let isElsewhere = layout.address != nil
    if isElsewhere, let known = knownSoundness() { return known }
    let isLong = isElsewhere || checkpoint.size > OpenedStore.wholeLimit
    let since = SinceVerified(desk: desk, contents: contents, origin: origin, depth: .presence)
    let known = isLong ? since.run(index, state: state, options) : nil
    let report = try known ?? Verifier(contents, options: options).verify()
    if isLong, report.checkpoint == checkpoint, report.taken?.size != checkpoint.size, contents.isCheckpointDurable() {
      Afterwards.remember(verified: report, of: origin, .none, at: desk)
    }
    return Soundness(
      faults: report.findings.filter { $0.code.isIntegrityError }, taken: report.taken,
      looked: (report.checkpoint?.size ?? 0) - (report.taken?.size ?? 0))
  }

  /// What this user's last look at this very tree said; nil where there was none, or something was wrong.
  private func knownSoundness() -> Soundness? {
    guard let past = VerifiedMemory(desk.home).past(of: origin, depth: .presence), past.size == checkpoint.size,
      past.root == checkpoint.root
    else { return nil }
    return Soundness(faults: [], taken: VerificationReport.Taken(past), looked: 0)
  }

  /// Parties whose first key this user has not compared.
  package func unconfirmedParties() -> [(party: String, key: Membership.Key)] {
    PartyConfirmation.unconfirmed(state, confirmed: trust?.confirmedKeys ?? [:], ownKeys: ownKeys())
  }

  /// How many files wait in the inbox.
  public var offersWaiting: Int { InboxFolder(layout).names().count }
}
