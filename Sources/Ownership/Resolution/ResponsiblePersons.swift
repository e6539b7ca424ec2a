internal import Agreements
internal import Catalogs
internal import Statements

extension Resolver {
  /// Who is responsible by a claim, before any staffing: parties, and persons of each party by the newest version at or
  /// below the one that holds that their own party has accepted.
  ///
  /// Who of a party does the work is that party's word: a version with equal terms takes over without it, and still must
  /// not exchange its people. Where a party has accepted none that names anybody, the party itself stands there.
  func responsible(_ claim: UnitOwnership.Claim, _ unit: UnitFacts, on day: Day, in scope: AdoptedScope) -> [String] {
    guard let held = claim.holding.version else { return claim.answer.responsible }
    let named = claim.answer.responsible
    let parties = Set(claim.answer.terms.responsible)
    let candidates = (versionsByEngagement[claim.engagement] ?? []).filter { index in
      index <= held && !isEnded(claim.engagement, since: input.versions[index].entry, on: day)
    }
    var result = named.filter { !Identifier.isMember($0) }
    for party in parties {
      let accepted = candidates.last { hasNamedItsPeople(party, $0) && answer($0, unit, on: day, in: scope) != nil }
      if accepted == held {
        result += persons(of: party, named)
        continue
      }
      let own =
        accepted.flatMap { answer($0, unit, on: day, in: scope) }.map { persons(of: party, $0.responsible) } ?? []
      result += own.isEmpty && !result.contains(party) ? [party] : own
    }
    return Set(result).sorted(by: ByteOrder.precedes)
  }

  /// Whether a version names a party's people by that party's own word: it accepted the version, or wrote it.
  private func hasNamedItsPeople(_ party: String, _ version: Int) -> Bool {
    input.versions[version].party == party || hasAccepted(party, version)
  }

  private func persons(of party: String, _ names: [String]) -> [String] {
    names.filter { Identifier.isMember($0) && Identifier.party(ofMember: $0) == party }
  }

  /// The contacts of an engagement's versions up to the one that holds: people without a key, who do the work all the
  /// same.
  func contacts(of claim: UnitOwnership.Claim) -> Set<String> {
    let versions = (versionsByEngagement[claim.engagement] ?? []).filter { $0 <= claim.holding.version ?? -1 }
    return Set(versions.flatMap { input.versions[$0].document?.contacts.map(\.id) ?? [] })
  }
}
