package import Crypto
package import Statements

/// Who belongs to which party and which keys speak for whom, as of some entry.
package struct Membership: Sendable, Equatable, Codable {
  package enum PartyKind: String, Sendable, Codable {
    case client, provider, vendor, auditor
  }

  package struct Party: Sendable, Equatable, Codable {
    package let id: String
    package let kind: PartyKind
    package let name: String
    /// The entry it joined with.
    package let joined: Int
    /// In log order; the first that its waiting period is over for lets the client end the membership.
    package var notices: [Notice] = []
    /// The UTC day from which on it has left, and the entry that says so.
    package var leftDay: Day?
    package var leftEntry: Int?

    /// The day from which its notice runs: the earliest of several.
    package var noticeDay: Day? { notices.map(\.day).min() }
  }

  package struct Notice: Sendable, Equatable, Codable {
    package let entry: Int
    /// The day from which it runs: that of the entry, but none before what another party had signed.
    package let day: Day
    package let signedAt: Instant
  }

  package struct Member: Sendable, Equatable, Codable {
    /// `party/id`.
    package let id: String
    package var name: String
    package var role: MemberEvent.Role
    package var isRobot: Bool
    /// What a statement said about signing checkpoints, where one did.
    package var mayAppendExplicitly: Bool?
    package let joined: Int
    package var left: Int?

    package var party: String { Identifier.party(ofMember: id) }

    /// Whether the member's keys may sign checkpoints.
    package var mayAppend: Bool {
      guard left == nil, role != .auditor else { return false }
      return mayAppendExplicitly ?? !isRobot
    }
  }

  package enum KeyUse: String, Sendable, Codable {
    case sign, witness, recovery
  }

  package struct Key: Sendable, Equatable, Codable {
    package let keyID: Digest
    /// Base 64 of the DER SubjectPublicKeyInfo.
    package let publicKey: String
    /// The member; of a recovery key, the party.
    package let owner: String
    package let use: KeyUse
    /// The 4-byte id under which the key signs notes.
    package let noteID: UInt32
    /// The name under which a witness key cosigns.
    package let keyName: String?
    package let introduced: Int
    /// Whether the client brought the key, as it does a party's first.
    package let isBroughtByClient: Bool
    package var revoked: Int?
    package var revocationReason: String?
    package var suspectSince: Int?
    /// What the key's last statement said, evidence and measurements aside.
    package var lastSignedAt: Instant?
    package var lastSeenSize: Int?

    package var party: String { use == .recovery ? owner : Identifier.party(ofMember: owner) }
  }

  /// In order of joining; the client is the first.
  package internal(set) var parties: [Party] = []
  package internal(set) var members: [Member] = []
  package internal(set) var keys: [Key] = []

  package init() {}

  /// The client's id; empty before the genesis entry.
  package var client: String { parties.first?.id ?? "" }

  package func party(_ id: String) -> Party? { parties.first { $0.id == id } }

  package func member(_ id: String) -> Member? { members.first { $0.id == id } }

  package func key(_ id: Digest) -> Key? { keys.first { $0.keyID == id } }

  /// A party's members that have not left.
  package func activeMembers(of party: String) -> [Member] {
    members.filter { $0.party == party && $0.left == nil }
  }

  /// Whether the party is there and has not left.
  package func isPresent(party id: String) -> Bool {
    party(id).map { $0.leftDay == nil } ?? false
  }

  /// The key a member signs with, where it still speaks.
  package func speakingKey(_ id: Digest) -> (key: Key, member: Member?)? {
    guard let key = key(id), key.revoked == nil, isPresent(party: key.party) else { return nil }
    switch key.use {
    case .witness: return nil
    case .recovery: return (key, nil)
    case .sign:
      guard let member = member(key.owner), member.left == nil else { return nil }
      return (key, member)
    }
  }

  /// Why a key signs nothing any more: `onsite/jane has left, by entry 12`; nil where it speaks, and where nobody knows it.
  package func silence(of id: Digest) -> String? {
    guard let key = key(id), speakingKey(id) == nil else { return nil }
    if let member = member(key.owner), let entry = member.left { return "\(member.id) has left, by entry \(entry)" }
    if let party = party(key.party), let entry = party.leftEntry { return "'\(party.id)' has left, by entry \(entry)" }
    if let entry = key.revoked {
      return "entry \(entry) revoked it" + (key.revocationReason.map { " as \($0)" } ?? "")
    }
    return key.use == .witness ? "it is a witness's key" : "its owner is not a member"
  }

  /// What a list of keys says of one that signs nothing any more: `revoked by entry 9`, `has left, by entry 12`; nil where
  /// it signs, or cosigns, still.
  ///
  /// A witness's key goes on until it is revoked: whose it is matters to nobody who knows it.
  package func ending(of key: Key) -> String? {
    if let revoked = key.revoked { return "revoked by entry \(revoked)" }
    guard key.use != .witness else { return nil }
    if let left = member(key.owner)?.left { return "has left, by entry \(left)" }
    if let left = party(key.party)?.leftEntry { return "'\(key.party)' has left, by entry \(left)" }
    return speakingKey(key.keyID) == nil ? "its owner is not a member" : nil
  }

  /// The administrator of the client with whose only key the store would be lost: nobody else of the client speaks as one,
  /// and there is no recovery key. nil where there is another way.
  package var soleAdministrator: Key? {
    let own = keys.filter { $0.party == client && speakingKey($0.keyID) != nil }
    guard !own.contains(where: { $0.use == .recovery }) else { return nil }
    let administrators = own.filter { $0.use == .sign && member($0.owner)?.role == .administrator }
    return administrators.count == 1 ? administrators[0] : nil
  }

  /// Whether the key may sign checkpoints.
  package func mayAppend(_ id: Digest) -> Bool {
    guard let member = speakingKey(id)?.member, party(member.party)?.kind != .auditor else { return false }
    return member.mayAppend
  }

  /// Whether the party has an administrator with a key that speaks.
  package func hasAdministrator(_ party: String) -> Bool {
    keys.contains { key in
      key.use == .sign && key.party == party && speakingKey(key.keyID)?.member?.role == .administrator
    }
  }

  /// Whether a member has left, or every key that they had is revoked.
  package func isGone(member id: String) -> Bool {
    guard let member = member(id), member.left == nil, isPresent(party: member.party) else { return true }
    let own = keys.filter { $0.owner == id && $0.use == .sign }
    return !own.isEmpty && own.allSatisfy { $0.revoked != nil }
  }
}
