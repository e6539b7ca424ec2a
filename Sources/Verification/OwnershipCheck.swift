internal import Crypto
internal import Ownership
internal import Statements

/// Who answers for what, as the entries of this log say, and which parties the reader has not confirmed.
enum OwnershipCheck {
  /// What was made of the entries; no matrix before there is a genesis.
  struct Resolved: Sendable {
    fileprivate var matrix: ResponsibilityMatrix?
    fileprivate var findings: [Finding] = []
  }

  /// Begins to resolve who answers for what.
  static func start(
    _ walk: LogWalk, _ options: VerificationOptions, _ library: ObjectLibrary
  ) -> Ahead<Result<Resolved, any Error>> {
    let (standing, evidence) = (walk.fold.standing, walk.evidence)
    return Ahead {
      Result {
        guard !standing.store.isEmpty else { return Resolved() }
        let matrix = try ResponsibilityMatrix(standing, evidence: evidence, asOf: options.asOf, library: library)
        return Resolved(
          matrix: matrix, findings: matrix.ownershipFindings(standing) + unconfirmed(standing, options))
      }
    }
  }

  /// Takes over what was found.
  static func finish(
    _ resolving: Ahead<Result<Resolved, any Error>>, _ findings: inout FindingList
  ) throws -> ResponsibilityMatrix? {
    let resolved = try resolving.value.get()
    for finding in resolved.findings { findings.add(.ownership, finding) }
    return resolved.matrix
  }

  /// Parties whose first key the client brought and the reader has not compared.
  private static func unconfirmed(_ standing: Standing, _ options: VerificationOptions) -> [Finding] {
    PartyConfirmation.unconfirmed(
      standing, confirmed: options.confirmedParties, ownParty: options.ownParty
    ).map { party, key in
      let accepted = standing.acceptances.filter { $0.party == party && $0.accepts }.map { "\($0.entry)" }
      let claims =
        accepted.isEmpty
        ? "has accepted nothing yet"
        : "accepted with \(accepted.count == 1 ? "entry" : "entries") \(Wording.list(accepted))"
      return Finding(
        .partyUnconfirmed, party, entry: key.introduced, found: key.keyID.hex,
        "'\(party)' \(claims), and you have not confirmed that its first key is its own: compare \(key.keyID.hex) by "
          + "telephone, then run 'custody party confirm \(party) \(key.keyID.hex)'")
    }
  }
}
