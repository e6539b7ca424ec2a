internal import Agreements
package import Ownership
internal import Statements

/// Whose a requirement is between an organization and its providers, as responsibility matrices for CMMC say it
/// (32 CFR 170.19(c)(2)(ii): the service description and customer responsibility matrix; no form is prescribed).
package enum Allocation: String, Sendable, CaseIterable {
  /// The organization seeking certification answers for it and does it.
  case organization = "osc"
  /// An external service provider answers for it and does it, and the organization does nothing of it.
  case provider = "esp"
  /// Both sides do part of it.
  case shared
  /// It comes with what a vendor runs, and the organization does nothing of it.
  case inherited
  case notApplicable = "not-applicable"
  /// Nobody answers for it, whatever the reason.
  case nobody

  /// As matrices have it in their cells.
  package var word: String {
    switch self {
    case .organization: "OSC"
    case .provider: "ESP"
    case .shared: "Shared"
    case .inherited: "Inherited"
    case .notApplicable: "N/A"
    case .nobody: "Nobody"
    }
  }

  /// What the word says, for a legend.
  package var meaning: String {
    switch self {
    case .organization: "the organization (OSC) answers for it, and nobody else does any of it"
    case .provider: "an external service provider (ESP) answers for it, and the organization does nothing of it"
    case .shared: "both sides do part of it: one answers for it, and the other is responsible or has a duty named"
    case .inherited: "a vendor that runs the service answers for it, and the organization does nothing of it"
    case .notApplicable: "it does not apply; the reason is given"
    case .nobody: "nobody answers for it; the reason is given"
    }
  }
}

/// What one side is for a unit, and does.
package struct SidePart: Sendable, Equatable {
  package var isAccountable = false
  package var isResponsible = false
  package var isConsulted = false
  package var isInformed = false
  /// Members and contacts of the side that do the work.
  package var people: [String] = []
  /// What the agreement's notes say that it does.
  package var note: String?

  /// Whether the side does something of it; who is only asked or told does not.
  package var acts: Bool { isAccountable || isResponsible || note != nil }

  /// Whether it has no part at all.
  package var isNothing: Bool { !acts && !isConsulted && !isInformed }

  /// `accountable, responsible (onsite/jane); keeps and forwards the logs`.
  package var text: String {
    var roles: [String] = []
    if isAccountable { roles.append("accountable") }
    if isResponsible {
      roles.append("responsible" + (people.isEmpty ? "" : " (\(people.joined(separator: ", ")))"))
    }
    if isConsulted { roles.append("consulted") }
    if isInformed { roles.append("informed") }
    return ([roles.joined(separator: ", "), note ?? ""]).filter { !$0.isEmpty }.joined(separator: "; ")
  }
}

/// What one party beside the client is for a unit, and does.
package struct PartyPart: Sendable, Equatable {
  package var party: String
  package var part: SidePart
}

/// A unit between the client's side and the others', on a day: who is what, and whose that makes it.
package struct UnitSides: Sendable {
  package var client = SidePart()
  /// All others together.
  package var others = SidePart()
  /// Each of them by itself: those that act, then those that are asked or told.
  package var each: [PartyPart] = []
  /// Those that answer for it, do it, or have a duty named; the accountable one first.
  package var acting: [String] = []
  /// Everybody but the client who is named.
  package var named: [String] = []
  /// Parties beside the client that are asked beforehand, and those that are told afterwards.
  package var consulted: [String] = []
  package var informed: [String] = []
  package var allocation = Allocation.nobody

  /// Of what does not apply.
  init(notApplicable: Void) { allocation = .notApplicable }

  /// - Parameter note: What the agreement's notes say of it.
  package init(_ unit: ResponsibilityMatrix.UnitRow, note: UnitNote?, in snapshot: Snapshot) {
    guard unit.applies else {
      allocation = .notApplicable
      return
    }
    let client = snapshot.state.client
    func parties(_ names: [String]) -> [String] { names.map { Identifier.party(ofMember: $0) } }
    let accountable = unit.ownership.isOwned ? unit.accountable : nil
    func part(_ isOwn: (String) -> Bool, _ note: String?) -> SidePart {
      SidePart(
        isAccountable: accountable.map(isOwn) ?? false, isResponsible: parties(unit.responsible).contains(where: isOwn),
        isConsulted: parties(unit.consulted).contains(where: isOwn),
        isInformed: parties(unit.informed).contains(where: isOwn),
        people: unit.responsible.filter { Identifier.isMember($0) && isOwn(Identifier.party(ofMember: $0)) }, note: note
      )
    }
    self.client = part({ $0 == client }, note?.client)
    others = part({ $0 != client }, note?.provider)
    func add(_ names: [String], to list: inout [String]) {
      for party in names where party != client && !list.contains(party) { list.append(party) }
    }
    add([accountable].compactMap { $0 } + parties(unit.responsible), to: &acting)
    // A note speaks of the provider; where no party is named for the unit, it is the agreement's.
    if others.note != nil, acting.isEmpty, let version = unit.ownership.claims.first?.holding.version {
      add(snapshot.resolver.input.versions[version].document?.providers ?? [], to: &acting)
    }
    named = acting
    add(parties(unit.consulted + unit.informed), to: &named)
    add(parties(unit.consulted), to: &consulted)
    add(parties(unit.informed), to: &informed)
    // What a note says of the provider is said of the one that comes first.
    each = named.map { party in
      PartyPart(party: party, part: part({ $0 == party }, party == named.first ? others.note : nil))
    }.filter { !$0.part.isNothing }
    guard let accountable else { return }
    let othersAct = others.acts && !acting.isEmpty
    if self.client.acts {
      allocation = othersAct ? .shared : .organization
    } else {
      let isVendor = snapshot.state.membership.party(accountable)?.kind == .vendor
      allocation = isVendor ? .inherited : .provider
    }
  }
}
