internal import Catalogs
internal import Crypto
internal import Ownership
internal import Rendering
internal import Statements

/// Who can act, and by which command.
extension Adviser {
  func acceptances(_ engagement: String, _ parties: [String]) -> [Advice.Actor] {
    parties.map { actor($0, "custody accept --engagement \(ShellWord.quoted(engagement))", signs: true) }
  }

  func agreement(_ row: UnitRow) -> Advice.Actor {
    agreement(row.engagement ?? row.ownership.waiting?.engagement)
  }

  /// Who does the work on a control, in the party's own word.
  func staffing(_ row: UnitRow, by party: String) -> Advice.Actor {
    guard let engagement = row.engagement else { return agreement(nil, by: party) }
    let member = signer(of: party)
    let head = "custody staff \(ShellWord.quoted(engagement))"
    let tail = "--responsible \(party)/NAME" + (member.map { " --as \($0)" } ?? "")
    return Advice.Actor(
      party: party, member: member, command: "\(head) \(ShellWord.quoted(row.control.description)) \(tail)",
      pattern: "\(head) CONTROL \(tail)")
  }

  /// A new version of an agreement, or of that which says most.
  func agreement(_ engagement: String?, by party: String? = nil) -> Advice.Actor {
    guard let known = engagement ?? engagements.first else { return firstAgreement }
    // The newest version, to be changed and applied: nobody can tell where its file lies.
    return actor(
      party ?? state.client,
      "custody engagement show \(ShellWord.quoted(known)) --document > \(ShellWord.quoted(known + ".yaml"))")
  }

  /// A document to start from, with the providers that there are.
  var firstAgreement: Advice.Actor {
    let providers = state.membership.parties.filter { $0.kind == .provider && $0.leftDay == nil }.map(\.id)
    let model = providers.isEmpty ? "in-house" : "co-managed"
    let options = providers.map { " --provider \($0)" }.joined()
    return actor(state.client, "custody engagement new agreement.yaml --model \(model)\(options)")
  }

  func actor(_ party: String, _ command: String, signs: Bool = false) -> Advice.Actor {
    let member = signer(of: party)
    let command = signs ? command + (member.map { " --as \($0)" } ?? "") : command
    return Advice.Actor(party: party, member: member, command: command, pattern: command)
  }

  /// The first administrator of a party who can sign.
  private func signer(of party: String) -> String? {
    state.membership.activeMembers(of: party).first { $0.role == .administrator && isAble($0.id) }?.id
  }

  private func isAble(_ member: String) -> Bool {
    !state.membership.isGone(member: member)
  }

  func isSuspect(_ key: Digest, at entry: Int) -> Bool {
    state.membership.key(key)?.suspectSince.map { entry >= $0 } ?? false
  }

  /// By whoever does it and is still there, those of the accountable party first.
  func submission(_ row: UnitRow, butBy suspect: String? = nil) -> Advice.Actor {
    let party = row.accountable ?? state.client
    let people = row.responsible.filter { Identifier.isMember($0) && isAble($0) && $0 != suspect }
    let person = people.first { Identifier.party(ofMember: $0) == party } ?? people.first
    let performer = person ?? signer(of: party)
    let tail = (performer.map { " --as \($0)" } ?? "") + " FILE"
    return Advice.Actor(
      party: person.map { Identifier.party(ofMember: $0) } ?? party, member: performer,
      command: "custody submit --control \(ShellWord.quoted(row.control.description))\(tail)",
      pattern: "custody submit --control CONTROL\(tail)")
  }
}
