package import Findings

extension LogState {
  /// Parties that are there, had members, and have no administrator whose key speaks. Auditors need none: they accept
  /// nothing.
  package var partiesWithoutAdministrator: [String] {
    membership.parties.filter { party in
      party.kind != .auditor && membership.isPresent(party: party.id)
        && membership.members.contains { $0.party == party.id } && !membership.hasAdministrator(party.id)
    }.map(\.id)
  }
}

/// What has to be said of parties and their people.
package enum MembershipFindings {
  /// A finding for each party that nobody can speak for.
  package static func findings(_ state: LogState) -> [Finding] {
    state.partiesWithoutAdministrator.map { party in
      Finding(
        .noAdministrator, party,
        "'\(party)' has no administrator whose key speaks: nothing can be accepted or changed in its name until "
          + (party == state.client
            ? "its recovery key brings one" : "its recovery key, or an administrator of '\(state.client)', brings one"))
    }
  }
}
