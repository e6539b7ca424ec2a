internal import Statements

extension EntitlementRules {
  /// join, notice: an administrator of the client; notice, leave: of that party; leave: the client's too, 90 days after
  /// notice. A party that left does not rejoin.
  mutating func take(_ event: PartyEvent) throws(Refusal) {
    let index = state.membership.parties.firstIndex { $0.id == event.id }
    switch event.event {
    case .join:
      guard isClientAdministrator else {
        throw notEntitled("\(signer.name) is no administrator of the client, who alone lets a party join")
      }
      guard index == nil else {
        throw notEntitled("the party '\(event.id)' was there before: ids are never used again")
      }
      guard let kind = event.kind, let name = event.name else {
        throw malformed("a party joins with its kind and name")
      }
      state.membership.parties.append(
        Membership.Party(id: event.id, kind: PartyEvent.membershipKind(kind), name: name, joined: sequence))
    case .notice:
      guard let index, state.membership.isPresent(party: event.id), event.id != client else {
        throw notEntitled("no party '\(event.id)' is there that could get notice")
      }
      guard isClientAdministrator || signer.isAdministrator(of: event.id) else {
        throw notEntitled("\(signer.name) is an administrator neither of the client nor of '\(event.id)'")
      }
      state.membership.parties[index].notices.append(
        Membership.Notice(entry: sequence, day: effectiveDay, signedAt: context.statement.signedAt))
    case .leave:
      guard let index, state.membership.isPresent(party: event.id), event.id != client else {
        throw notEntitled("no party '\(event.id)' is there that could leave")
      }
      if !signer.isAdministrator(of: event.id) {
        guard isClientAdministrator else {
          throw notEntitled("\(signer.name) is an administrator neither of the client nor of '\(event.id)'")
        }
        let wait = WaitingPeriod(days: PartyEvent.noticeDays)
        guard
          state.membership.parties[index].notices.contains(where: {
            wait.isOver(since: $0.day, signedAt: $0.signedAt, in: context)
          })
        else {
          throw notEntitled(
            "the client ends a party's membership \(PartyEvent.noticeDays) days after notice, by the days of both "
              + "entries and of both signatures, not before")
        }
      }
      state.membership.parties[index].leftDay = effectiveDay
      state.membership.parties[index].leftEntry = sequence
    }
  }
}

extension PartyEvent {
  /// How many days lie between notice and the client's word that a party has left.
  package static let noticeDays = 90

  fileprivate static func membershipKind(_ kind: Kind) -> Membership.PartyKind {
    switch kind {
    case .provider: .provider
    case .vendor: .vendor
    case .auditor: .auditor
    }
  }
}
