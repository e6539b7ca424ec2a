internal import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// Whose keys speak in a log, which do no more, and what is disputed.
extension PackPage {
  /// What was revoked, and which statements are in doubt since.
  var disputed: String {
    let log = plan.log
    let revoked = log.state.membership.keys.filter { $0.revoked != nil || $0.suspectSince != nil }
    guard !revoked.isEmpty else {
      return """
        WHAT IS DISPUTED

        Nothing: no key was revoked, and nobody has put a statement in doubt.

        """
    }
    var lines = ["WHAT IS DISPUTED", ""]
    lines.append(
      laid(
        "\(Wording.count(revoked.count, "key was", "keys were")) revoked. What one signed before that stays valid; from the "
          + "tree on that is named here, its statements are under suspicion: somebody else may have had the key. index.csv "
          + "says so of each file, in its columns keyRevokedBy and disputedSince, and of who accepted a control in "
          + "acceptanceDisputed; ownership.csv in its column disputed."))
    lines.append("")
    for key in revoked {
      lines.append("  \(key.keyID.hex)")
      lines.append(laid(ending(of: key), after: "    of \(key.owner), "))
    }
    lines.append("")
    guard !log.disputes.isEmpty else {
      return (lines + ["No statement is disputed.", ""]).joined(separator: "\n")
    }
    lines.append("These statements are disputed. Whoever else had seen one speaks for its being older than the loss:")
    lines.append("")
    for dispute in log.disputes.prefix(PackPage.disputesShown) { lines.append(laid(dispute.sentence, after: "  ")) }
    let rest = log.disputes.dropFirst(PackPage.disputesShown).reduce(0) { $0 + $1.count }
    if rest > 0 { lines.append("  and \(Wording.count(rest, "later statement"))") }
    return (lines + [""]).joined(separator: "\n")
  }

  private static let disputesShown = 100

  /// `revoked by entry 9 as lost, under suspicion from a tree of 7 entries on`.
  private func ending(of key: Membership.Key) -> String {
    var words: [String] = []
    if let entry = key.revoked {
      words.append("revoked by entry \(entry)" + (key.revocationReason.map { " as \($0)" } ?? ""))
    } else if let ending = plan.log.state.membership.ending(of: key) {
      words.append(ending)
    }
    if let since = key.suspectSince { words.append("under suspicion from a tree of \(Wording.entries(since)) on") }
    return words.joined(separator: ", ")
  }

  /// Whom to ask, and the keys to compare.
  var people: String {
    let membership = plan.log.state.membership
    let firstKeys = Dictionary(
      PartyConfirmation.firstKeys(plan.log.state).map { ($0.party, $0.key.keyID) },
      uniquingKeysWith: { first, _ in first })
    var lines = ["WHOM TO ASK", ""]
    lines.append(
      laid(
        "The keys that speak now come first, and those that do no more below them, each with the entry that brought it. Have "
          + "each party read its own to you, above all those of its administrators."))
    for party in membership.parties {
      lines.append("")
      let left = party.leftEntry.map { ", which has left by entry \($0)" } ?? ""
      lines.append(laid("\(party.name)\(left)", after: "  \(party.id), \(party.kind.rawValue): "))
      let people = membership.activeMembers(of: party.id).filter { $0.role == .administrator }
      if !people.isEmpty {
        lines.append(laid(people.map { "\($0.name) (\($0.id))" }.joined(separator: ", "), after: "    ask  "))
      }
      let own = membership.keys.filter { $0.party == party.id }
      let isOver = { (key: Membership.Key) in membership.ending(of: key) != nil }
      for key in own.filter({ !isOver($0) }) + own.filter(isOver) {
        lines.append("    \(isOver(key) ? "no longer" : "key")  \(key.keyID.hex)")
        lines.append(laid(told(key, isFirst: firstKeys[party.id] == key.keyID), after: "         "))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func told(_ key: Membership.Key, isFirst: Bool) -> String {
    var words: [String]
    switch key.use {
    case .sign:
      let role = plan.log.state.membership.member(key.owner).map { ", \($0.role.rawValue)" } ?? ""
      words = ["of \(key.owner)\(role)"]
    case .witness: words = ["of \(key.owner), which cosigns" + (key.keyName.map { " as \($0)" } ?? "")]
    case .recovery: words = ["for recovery"]
    }
    let isClientsWord = key.isBroughtByClient && key.party != plan.log.state.client
    words.append("brought by entry \(key.introduced)" + (isClientsWord ? ", by the client's word" : ""))
    let ending = ending(of: key)
    if !ending.isEmpty { words.append(ending) }
    if isFirst { words.append("the one that 'custody verify --party' compares") }
    return words.joined(separator: "; ")
  }
}
