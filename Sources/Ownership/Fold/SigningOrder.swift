internal import Crypto
internal import Findings
internal import Statements

/// An old statement cannot be put in after a newer one of the same hand.
///
/// For each key, `signedAt` and `seen.size` never decrease from one of its statements to the next, evidence and
/// measurements aside. For acceptances the same holds for each party and version over all its keys: a party has one word
/// on a version, and an older one of one administrator does not come after a newer one of another.
enum SigningOrder {
  private static func applies(to statement: Statement) -> Bool {
    switch statement.predicate {
    case .evidence, .measurement: false
    case .genesis, .party, .member, .keyRevocation, .framework, .engagement, .acceptance, .staffing, .assessment,
      .usage, .redaction, .hold, .anchor, .unknown:
      true
    }
  }

  static func check(_ context: StatementContext, signer: Signer, in state: LogState) throws(Refusal) {
    guard applies(to: context.statement) else { return }
    if let last = signer.key.lastSignedAt, context.statement.signedAt < last {
      throw Refusal(
        .replayed, "it was signed at \(context.statement.signedAt), and \(signer.name) had signed another at \(last)")
    }
    if let last = signer.key.lastSeenSize, let seen = context.statement.seen, seen.size < last {
      throw Refusal(
        .replayed,
        "\(signer.name) had seen \(Wording.entries(seen.size)), and \(last) when signing an earlier statement")
    }
    if case .acceptance(let acceptance) = context.statement.predicate {
      try check(acceptance, context, party: signer.party, in: state)
    }
  }

  /// Holds a word against the last one of the same party on the same version, whoever of it gave that.
  private static func check(
    _ acceptance: Acceptance, _ context: StatementContext, party: String, in state: LogState
  ) throws(Refusal) {
    // No word on a version stands before it; the log may hold many on others.
    guard let version = state.versions.last(where: { $0.statement == acceptance.engagement }),
      let last = state.acceptances.reversed().prefix(while: { $0.entry > version.entry })
        .first(where: { $0.version == acceptance.engagement && $0.party == party })
    else { return }
    if context.statement.signedAt < last.signedAt {
      throw Refusal(
        .replayed,
        "it was signed at \(context.statement.signedAt), and entry \(last.entry) holds a later word of '\(party)' on "
          + "this version, signed by \(last.member) at \(last.signedAt)")
    }
    if let seen = context.statement.seen, seen.size < last.seenSize {
      throw Refusal(
        .replayed,
        "its signer had seen \(Wording.entries(seen.size)), and \(last.member) had seen \(last.seenSize) when giving "
          + "the word of '\(party)' on this version in entry \(last.entry)")
    }
  }

  static func note(_ context: StatementContext, in state: inout LogState) {
    guard applies(to: context.statement),
      let index = state.membership.keys.firstIndex(where: { $0.keyID == context.keyID })
    else { return }
    state.membership.keys[index].lastSignedAt = context.statement.signedAt
    state.membership.keys[index].lastSeenSize = context.statement.seen?.size
  }
}
