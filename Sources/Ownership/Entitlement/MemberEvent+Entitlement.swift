internal import Statements

extension MemberEvent {
  /// The party that the member is of.
  package var party: String { Identifier.party(ofMember: member) }
}

extension EntitlementRules {
  /// An administrator of that party; a party's first member, and its next one once no administrator's key of it speaks any
  /// more: of the client. A party's recovery key may too.
  mutating func take(_ event: MemberEvent) throws(Refusal) {
    let party = event.party
    guard state.membership.isPresent(party: party) else {
      throw notEntitled("no party '\(party)' is there")
    }
    let isFirst = !state.membership.members.contains { $0.party == party }
    let isOrphaned = event.event == .join && !state.membership.hasAdministrator(party)
    let isRecovery = signer.key.use == .recovery && signer.party == party
    guard signer.isAdministrator(of: party) || isRecovery || ((isFirst || isOrphaned) && isClientAdministrator) else {
      throw notEntitled(
        isFirst
          ? "\(signer.name) is no administrator of the client, who brings a party's first member"
          : "\(signer.name) is no administrator of '\(party)'")
    }
    let index = state.membership.members.firstIndex { $0.id == event.member }
    switch event.event {
    case .join:
      guard index == nil else {
        throw notEntitled("the member '\(event.member)' was there before: ids are never used again")
      }
      guard let name = event.name, let role = event.role else {
        throw malformed("a member joins with a name and a role")
      }
      state.membership.members.append(
        Membership.Member(
          id: event.member, name: name, role: role, isRobot: event.isRobot ?? false,
          mayAppendExplicitly: event.mayAppend, joined: sequence))
    case .change:
      let index = try present(event, index)
      if let name = event.name { state.membership.members[index].name = name }
      if let role = event.role { state.membership.members[index].role = role }
      if let isRobot = event.isRobot { state.membership.members[index].isRobot = isRobot }
      if let mayAppend = event.mayAppend { state.membership.members[index].mayAppendExplicitly = mayAppend }
    case .key:
      _ = try present(event, index)
    case .leave:
      state.membership.members[try present(event, index)].left = sequence
    }
    if let publicKey = event.publicKey {
      try KeyIntroduction(
        publicKey: publicKey, owner: event.member, use: event.use == .witness ? .witness : .sign,
        keyName: event.keyName, proof: event.proof ?? [], isBroughtByClient: signer.party != party
      ).take(context, into: &state)
    }
    if let recovery = event.recovery {
      try KeyIntroduction(
        publicKey: recovery.publicKey, owner: party, use: .recovery, keyName: nil, proof: recovery.proof,
        isBroughtByClient: signer.party != party
      ).take(context, into: &state)
    }
  }

  private func present(_ event: MemberEvent, _ index: Int?) throws(Refusal) -> Int {
    guard let index else { throw notEntitled("no member '\(event.member)' is there") }
    if let left = state.membership.members[index].left {
      throw notEntitled("the member '\(event.member)' left with entry \(left)")
    }
    return index
  }
}
