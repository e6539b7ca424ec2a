internal import Agreements
internal import Ownership
internal import Statements
internal import Workspace

/// Whom a store knows: members, parties, and the contacts of agreements, who hold no key and do the work all the same.
struct KnownPeople {
  private let membership: Membership
  private let contacts: Set<String>

  init(_ store: OpenedStore) throws {
    membership = store.state.membership
    contacts = Set(
      try store.state.versions.flatMap { try store.library.document($0.document)?.contacts.map(\.id) ?? [] })
  }

  /// Whether somebody of that name, or a party, is there and has not left.
  func knows(_ name: String) -> Bool {
    guard Identifier.isMember(name) else { return membership.isPresent(party: name) }
    if let member = membership.member(name) { return member.left == nil }
    return contacts.contains(name) && membership.isPresent(party: Identifier.party(ofMember: name))
  }
}
