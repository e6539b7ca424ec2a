internal import Crypto
internal import Findings
internal import Ownership
package import Statements

/// What the owner of a key card is to become.
package struct Joining: Sendable {
  /// What they may do.
  package var role: MemberEvent.Role
  /// Their name, where the card's is not right.
  package var name: String?
  /// Whether it is a machine.
  package var isRobot = false
  /// Whether their key may append; nil for what the role says.
  package var mayAppend: Bool?
  /// Whether the card brings a further key of a member; beside the store that is found out without it.
  package var isFurtherKey = false

  package init(role: MemberEvent.Role) { self.role = role }

  /// The statement that a card amounts to: its owner joins, gets a further key, or their party a recovery key.
  package func event(for card: KeyCard, at place: SigningPlace) throws -> MemberEvent {
    if card.use == "recovery" {
      // Far from the store the signer is one: nobody else may sign this.
      let administrators =
        place.membership.map { $0.activeMembers(of: card.member).filter { $0.role == .administrator }.map(\.id) }
        ?? (place.signer.party == card.member ? [place.signer.member] : [])
      guard let administrator = administrators.first else {
        throw Failure(
          .malformedInput, "the party '\(card.member)' has no administrator whom a recovery key could come with")
      }
      var event = MemberEvent(event: .change, member: administrator)
      event.recovery = RecoveryKey(publicKey: card.publicKey, proof: Base64.decode(card.proof) ?? [])
      return event
    }
    if let left = place.membership?.member(card.member)?.left {
      throw Failure(
        .notEntitled, "'\(card.member)' left with entry \(left), and an id is never used again",
        hint: "have them make a card under another: custody key new --as \(card.member)-2 --origin \(place.origin)")
    }
    let isMember =
      place.membership.map { $0.member(card.member) != nil }
      ?? (isFurtherKey || card.use == "witness" || card.member == place.signer.member)
    if isMember {
      var event = MemberEvent(event: .key, member: card.member)
      event.publicKey = card.publicKey
      event.proof = Base64.decode(card.proof)
      if card.use == "witness" {
        event.use = .witness
        event.keyName = card.keyName
      }
      return event
    }
    guard card.use == nil, !isFurtherKey else {
      throw Failure(
        .malformedInput, "'\(card.member)' is not a member yet, and so cannot get a \(card.use ?? "further") key",
        hint: "add them with a signing key first")
    }
    var event = card.join(role: role)
    if let name { event.name = name }
    if isRobot { event.isRobot = true }
    event.mayAppend = mayAppend
    return event
  }
}

extension KeyCard {
  /// The statement with which a key card's owner joins.
  package func join(role: MemberEvent.Role) -> MemberEvent {
    var event = MemberEvent(event: .join, member: member)
    event.name = name ?? String(member.drop { $0 != "/" }.dropFirst())
    event.role = role
    event.publicKey = publicKey
    event.proof = Base64.decode(proof)
    return event
  }
}
