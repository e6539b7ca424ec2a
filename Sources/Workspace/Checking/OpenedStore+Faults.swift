public import Findings
internal import FoundationEssentials
package import Ownership
internal import Storage
internal import Verification

extension OpenedStore {
  /// What keeps the store from being sound, as far as it shows without reading what objects hold.
  public func faults() throws -> [Finding] {
    var options = VerificationOptions(asOf: desk.clock.today)
    options.objects = .none
    options.now = desk.clock.now()
    return try Verifier(contents, options: options).verify().findings.filter { $0.code.isIntegrityError }
  }

  /// Parties whose first key this user has not compared.
  package func unconfirmedParties() -> [(party: String, key: Membership.Key)] {
    PartyConfirmation.unconfirmed(state, confirmed: trust?.confirmedKeys ?? [:], ownKeys: ownKeys())
  }

  /// How many files lie in the inbox that somebody put there.
  public var offersWaiting: Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.inbox)) ?? []
    return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".objects") }.count
  }
}
