internal import Agreements
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// The organizations and people that a document names.
struct Parties {
  private let ids: StableIDs
  private let membership: Membership
  private let contacts: [String: String]
  /// Parties, then people, in the order of joining; then whoever is only named in an agreement.
  private let names: [String]

  init(_ source: OSCALSource, _ ids: StableIDs) {
    self.ids = ids
    membership = source.snapshot.state.membership
    var contacts: [String: String] = [:]
    for version in source.snapshot.resolver.input.versions {
      for contact in version.document?.contacts ?? [] { contacts[contact.id] = contact.name }
    }
    self.contacts = contacts
    var named: Set<String> = Set(source.marks.flatMap { [$0.party, $0.member] })
    // Who sees to something is free text: only a person's id says that there is such a person.
    for mark in source.marks {
      if let owner = AssessmentNote(mark.assessment.note).owner, Identifier.isMember(owner) { named.insert(owner) }
    }
    for item in source.evidence { named.formUnion([item.record.party, item.record.member]) }
    for unit in source.matrix.units {
      named.formUnion(
        unit.responsible + unit.consulted + unit.informed + unit.ownership.claims.flatMap(\.answer.parties))
    }
    let people = named.filter { Identifier.isMember($0) }
    named.formUnion(people.map { Identifier.party(ofMember: $0) })
    let joined = membership.parties.map(\.id) + membership.members.map(\.id)
    let known = Set(joined)
    let others = named.filter { !known.contains($0) && (Identifier.isMember($0) || Identifier.isValid($0)) }
    names = joined + others.sorted(by: ByteOrder.precedes)
  }

  /// Whether a document has somebody of that name.
  func knows(_ name: String) -> Bool { names.contains(name) }

  /// Their UUID.
  func uuid(_ name: String) -> String { ids(Identifier.isMember(name) ? "person" : "party", name) }

  /// What they are called: `Onsite Services`, `Jane of Onsite Services`.
  func called(_ name: String) -> String {
    guard Identifier.isMember(name) else { return OSCALText.line(membership.party(name)?.name) ?? name }
    let own = OSCALText.line(membership.member(name)?.name) ?? OSCALText.line(contacts[name]) ?? name
    return "\(own) of \(called(Identifier.party(ofMember: name)))"
  }

  /// Why nobody of that name does any work: `who has left (entry 15)`; nil where they are there to do it. Contacts hold no
  /// key, and are there as long as their party is.
  func absence(_ name: String) -> String? {
    let party = Identifier.isMember(name) ? Identifier.party(ofMember: name) : name
    if Identifier.isMember(name), let entry = membership.member(name)?.left { return "who has left (entry \(entry))" }
    guard let known = membership.party(party) else { return "who never joined" }
    if let entry = known.leftEntry {
      return Identifier.isMember(name) ? "whose party has left (entry \(entry))" : "which has left (entry \(entry))"
    }
    guard Identifier.isMember(name) else { return membership.isPresent(party: name) ? nil : "which has left" }
    if membership.member(name) == nil { return contacts[name] == nil ? "who never joined" : nil }
    return membership.isGone(member: name) ? "who has no key any more" : nil
  }

  /// Those of some names who have not left; whoever is only named, and never joined, stays.
  func remaining(_ names: [String]) -> [String] {
    names.filter { name in
      let party = Identifier.isMember(name) ? Identifier.party(ofMember: name) : name
      return membership.member(name)?.left == nil && membership.party(party)?.leftDay == nil
    }
  }

  /// For a document's metadata.
  var json: [JSONOutput] { names.map { Identifier.isMember($0) ? person($0) : organization($0) } }

  /// Those who belong to the log as this kind of party, for a document's metadata.
  func uuids(of kind: Membership.PartyKind) -> [String] {
    membership.parties.filter { $0.kind == kind }.map { uuid($0.id) }
  }

  private func organization(_ id: String) -> JSONOutput {
    let party = membership.party(id)
    var fields = Fields()
    fields.set("uuid", exactly: uuid(id))
    fields.set("type", exactly: "organization")
    fields.set("name", line: called(id))
    fields.set("short-name", line: id)
    fields.set(
      "props",
      [
        Prop.own("party-id", id), Prop.own("party-kind", party?.kind.rawValue ?? "named"),
        Prop.own("left-on", party?.leftDay.map { "\($0)" }),
      ])
    return fields.json
  }

  private func person(_ id: String) -> JSONOutput {
    let member = membership.member(id)
    var fields = Fields()
    fields.set("uuid", exactly: uuid(id))
    fields.set("type", exactly: "person")
    fields.set("name", line: OSCALText.line(member?.name) ?? OSCALText.line(contacts[id]) ?? id)
    fields.set("short-name", line: id)
    fields.set(
      "props",
      [
        Prop.own("member-id", id),
        Prop.own("member-role", member?.role.rawValue ?? (contacts[id] == nil ? "named" : "contact")),
        Prop.own("robot", member?.isRobot == true ? "yes" : nil),
        Prop.own("left-in-entry", member?.left.map { "\($0)" }),
      ])
    fields.set("member-of-organizations", [.string(uuid(Identifier.party(ofMember: id)))])
    return fields.json
  }
}
