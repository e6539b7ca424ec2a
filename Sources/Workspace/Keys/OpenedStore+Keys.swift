package import Crypto
internal import Findings
package import Ownership
internal import Statements

extension OpenedStore {
  /// Who signs here.
  ///
  /// - Throws: `answerNo` on a copy that is older than what this user has seen.
  package func signer() throws -> Signatory {
    try refuseIfOlder()
    return try Signatory.pick(
      at: desk, origin: origin,
      isLive: { key in
        guard let speaking = state.membership.speakingKey(key.keyID) else { return false }
        return speaking.member.map { $0.id == key.owner } ?? (speaking.key.owner == key.owner)
      },
      why: { key in state.membership.silence(of: key.keyID) }, newer: newerKey,
      joined: { key in state.membership.key(key.keyID)?.introduced }, stranger: strangerHint)
  }

  /// What to do where the log knows neither a party nor a member of that name; nil where it does.
  private func strangerHint(_ person: String) -> String? {
    let membership = state.membership
    let party = Identifier.isMember(person) ? Identifier.party(ofMember: person) : person
    guard membership.party(party) == nil,
      !membership.members.contains(where: { $0.id == person || $0.id.hasSuffix("/\(person)") })
    else { return nil }
    let names = Wording.list(membership.parties.map { "'\($0.id)'" })
    let administrators = membership.keys.filter { key in
      key.party == membership.client && membership.speakingKey(key.keyID)?.member?.role == .administrator
    }.map(\.owner)
    let who = administrators.isEmpty ? "" : ", \(Wording.list(Set(administrators).sorted())),"
    return
      "no party '\(party)' is in this log, whose parties are \(names): an administrator of '\(membership.client)'\(who) can bring "
      + "it in with 'custody party add \(party) --name NAME --card CARD'; or look at the spelling of --as and CUSTODY_AS"
  }

  /// Which key took the place of one that signs nothing any more; nil where its owner has none that does.
  private func newerKey(than key: HeldKey) -> String? {
    let membership = state.membership
    guard
      let newer = membership.keys.last(where: {
        $0.use == .sign && $0.owner == key.owner && membership.speakingKey($0.keyID) != nil
      })
    else { return nil }
    return
      "\(key.owner) signs with the newer key \(newer.keyID.short), which entry \(newer.introduced) brought: sign where that one "
      + "is held, or take it in with 'custody key import FILE'"
  }

  /// The keys that this user might sign with.
  package func ownKeys() -> Set<Digest> {
    let held = (try? KeyChain(desk.home).all()) ?? []
    return Set(
      held.filter { $0.origin == origin && (desk.person == nil || $0.owner == desk.person) }.map(\.keyID))
  }

  /// The parties for which this user's keys speak.
  package var ownParties: Set<String> {
    let own = ownKeys()
    return Set(state.membership.keys.filter { own.contains($0.keyID) && $0.revoked == nil }.map(\.party))
  }

  /// The keys that a text names: by id, by its first digits, or by owner.
  package func keys(named text: String) throws -> [Membership.Key] {
    let lower = Fingerprint.folded(text)
    let found = state.membership.keys.filter { key in
      key.owner == text || key.keyName == text || (lower.utf8.count >= 4 && key.keyID.hex.hasPrefix(lower))
    }
    guard !found.isEmpty else {
      throw Failure(.inputMissing, "no key of this store is '\(text)'", hint: "'custody key list' lists them")
    }
    return found
  }

  /// `valid`, or why it speaks no longer.
  package func state(of key: Membership.Key) -> String {
    state.membership.ending(of: key) ?? "valid"
  }

  /// The text with which tile-log clients check checkpoints, or cosignatures.
  package func verifierKey(of key: Membership.Key) -> String? {
    guard let read = try? VerificationKey(base64: key.publicKey) else { return nil }
    switch key.use {
    case .sign: return NoteKey(log: read, name: origin).text
    case .witness: return key.keyName.flatMap { NoteKey(witness: read, name: $0)?.text }
    case .recovery: return nil
    }
  }
}
