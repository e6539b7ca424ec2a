internal import Crypto
internal import Ownership
internal import Statements

/// Who answers for what, as the entries of this log say, and which parties the reader has not confirmed.
enum OwnershipCheck {
  static func run(
    _ walk: LogWalk, _ options: VerificationOptions, _ library: ObjectLibrary, _ findings: inout FindingList
  ) throws -> ResponsibilityMatrix? {
    let standing = walk.fold.standing
    guard !standing.store.isEmpty else { return nil }
    let matrix = try ResponsibilityMatrix(standing, evidence: walk.evidence, asOf: options.asOf, library: library)
    for finding in matrix.ownershipFindings(standing) { findings.add(.ownership, finding) }
    for finding in unconfirmed(standing, options) { findings.add(.ownership, finding) }
    return matrix
  }

  /// Parties whose first key the client brought and the reader has not compared.
  private static func unconfirmed(_ standing: Standing, _ options: VerificationOptions) -> [Finding] {
    PartyConfirmation.unconfirmed(
      standing, confirmed: options.confirmedParties, ownParty: options.ownParty
    ).map { party, key in
      let accepted = standing.acceptances.filter { $0.party == party && $0.accepts }.map { "\($0.entry)" }
      let claims =
        accepted.isEmpty ? "has accepted nothing yet" : "accepted with entries \(accepted.joined(separator: ", "))"
      return Finding(
        .partyUnconfirmed, party, entry: key.introduced, found: key.keyID.hex,
        "'\(party)' \(claims), and you have not confirmed that its first key is its own: compare \(key.keyID.hex) by "
          + "telephone, then run 'custody party confirm \(party) \(key.keyID.hex)'")
    }
  }
}
