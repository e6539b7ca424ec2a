internal import Findings
internal import Crypto
internal import Statements

extension Genesis {
  /// Founds the log: the client, its first administrator, their key.
  static func take(_ genesis: Genesis, _ context: StatementContext, into state: inout LogState) throws(Refusal) {
    guard context.sequence == 0 else { throw Refusal(.notEntitled, "a genesis statement is entry 0 only") }
    guard Origin.isValid(context.statement.store) else {
      throw Refusal(.entryMalformed, "'\(context.statement.store)' is no origin")
    }
    let membership = state.membership
    guard membership.parties.isEmpty else { throw Refusal(.notEntitled, "a genesis statement is entry 0 only") }
    state.store = context.statement.store
    state.membership.parties.append(
      Membership.Party(id: genesis.clientID, kind: .client, name: genesis.clientName, joined: 0))
    let member = "\(genesis.clientID)/\(genesis.administratorID)"
    state.membership.members.append(
      Membership.Member(
        id: member, name: genesis.administratorName, role: .administrator, isRobot: false, joined: 0))
    try KeyIntroduction(
      publicKey: genesis.publicKey, owner: member, use: .sign, keyName: nil, proof: nil, isBroughtByClient: true
    ).take(context, into: &state)
    if let recovery = genesis.recovery {
      try KeyIntroduction(
        publicKey: recovery.publicKey, owner: genesis.clientID, use: .recovery, keyName: nil, proof: recovery.proof,
        isBroughtByClient: true
      ).take(context, into: &state)
    }
  }
}

/// The name of a log: 1 to 255 of `[A-Za-z0-9._/-]`.
package enum Origin {
  package static func isValid(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
