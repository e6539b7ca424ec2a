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
        "'\(party)' has no administrator whose key speaks: nothing can be accepted or changed in its name "
          + rescue(of: party, state))
    }
  }

  /// Who can bring another.
  private static func rescue(of party: String, _ state: LogState) -> String {
    let membership = state.membership
    let hasRecovery = membership.keys.contains {
      $0.use == .recovery && $0.party == party && membership.speakingKey($0.keyID) != nil
    }
    let others = party == state.client ? [] : ["an administrator of '\(state.client)'"]
    let those = (hasRecovery ? ["its recovery key"] : []) + others
    return those.isEmpty
      ? "any more, for it has no recovery key" : "until \(Wording.list(those, "or")) brings one"
  }
}
