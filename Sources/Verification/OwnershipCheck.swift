internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

/// Who answers for what, as the entries of this log say, and which parties the reader has not confirmed.
enum OwnershipCheck {
  /// What was made of the entries; no snapshot before there is a genesis.
  struct Resolved: Sendable {
    fileprivate var snapshot: Snapshot?
    fileprivate var findings: [Finding] = []
    fileprivate var misnamed: [Finding] = []
  }

  /// Begins to resolve who answers for what.
  static func start(
    _ walk: LogWalk, _ head: Head?, _ options: VerificationOptions, _ library: ObjectLibrary
  ) -> Ahead<Result<Resolved, any Error>> {
    let state = walk.fold.state
    let evidence = WalkedEvidence(
      packed: walk.evidence, ledger: walk.fold.ledger.added, redactedUses: walk.fold.ledger.redacted,
      membership: state.membership, contents: walk.contents,
      size: walk.size)
    let promises = walk.promises
    return Ahead { Result { try resolve(state, evidence, promises, head, options, library) } }
  }

  static func resolve(
    _ state: LogState, _ evidence: any EvidenceSource, _ promises: PromiseBook, _ head: Head?,
    _ options: VerificationOptions, _ library: ObjectLibrary
  ) throws -> Resolved {
    guard options.resolvesOwnership, !state.store.isEmpty, let head else { return Resolved() }
    let snapshot = try Snapshot(
      checkpoint: head.claimed.tree, state: state, evidence: evidence, promises: promises, asOf: options.asOf,
      library: library)
    return Resolved(
      snapshot: snapshot, findings: snapshot.findings() + unconfirmed(state, options) + stranger(state, options),
      misnamed: misnamed(state, options))
  }

  /// Takes over what was found.
  static func finish(
    _ resolved: Resolved, _ findings: inout FindingList
  ) -> Snapshot? {
    for finding in resolved.findings { findings.add(.ownership, finding) }
    for finding in resolved.misnamed { findings.add(.statements, finding) }
    return resolved.snapshot
  }

  /// Parties whose first key the client brought and the reader has not compared.
  private static func unconfirmed(_ state: LogState, _ options: VerificationOptions) -> [Finding] {
    // Of a key that is not the one they were told, nobody is to be asked to confirm it.
    options.unconfirmed(state).filter { isToBeConfirmed($0.party, state, options) }.map { party, key in
      let accepted = state.acceptances.filter { $0.party == party && $0.accepts }.map { "\($0.entry)" }
      let claims =
        accepted.isEmpty
        ? "has accepted nothing yet"
        : "accepted with \(accepted.count == 1 ? "entry" : "entries") \(Wording.list(accepted))"
      // What came as a pack is no store in which anything could be confirmed.
      let then =
        options.asksForClient
        ? "and verify with --party \(party)=\(key.keyID.hex.prefix(16))"
        : "then run 'custody party confirm \(party) \(key.keyID.hex)'"
      return Finding(
        .partyUnconfirmed, party, entry: key.introduced, found: key.keyID.hex,
        "'\(party)' \(claims), and you have not confirmed that its first key is its own: compare \(key.keyID.hex) by "
          + "telephone, \(then)")
    }
  }

  /// The client's first key, where the reader neither holds a key of this log nor was told that one: whoever invents a
  /// client can invent everything that it says.
  private static func stranger(_ state: LogState, _ options: VerificationOptions) -> [Finding] {
    guard options.asksForClient, options.toldKeys[state.client] == nil,
      !state.membership.keys.contains(where: { options.ownKeys.contains($0.keyID) }),
      let key = PartyConfirmation.firstKeys(state).first(where: { $0.party == state.client })?.key,
      options.confirmedParties[state.client] != key.keyID
    else { return [] }
    return [
      Finding(
        .partyUnconfirmed, state.client, entry: key.introduced, found: key.keyID.hex,
        "nobody has told you that this log is \(state.client)'s: all of it rests on the key \(key.keyID.hex) of \(key.owner); "
          + "compare it by telephone, and verify with --party \(state.client)=\(key.keyID.hex.prefix(16))")
    ]
  }

  /// Whether the reader was told nothing about a party, or a key that the client has brought another for since.
  private static func isToBeConfirmed(_ party: String, _ state: LogState, _ options: VerificationOptions) -> Bool {
    guard let told = options.toldKeys[party] else { return true }
    return state.membership.keys.contains { key in
      key.party == party && key.use == .sign && key.isBroughtByClient && key.keyID.hex.hasPrefix(told)
    }
  }

  /// Parties whose first key is not the one that the reader was told: somebody else may speak in their name, or the
  /// reader was told wrong.
  private static func misnamed(_ state: LogState, _ options: VerificationOptions) -> [Finding] {
    let firstKeys = PartyConfirmation.firstKeys(state)
    return options.toldKeys.sorted { ByteOrder.precedes($0.key, $1.key) }.compactMap { party, told in
      guard let key = firstKeys.first(where: { $0.party == party })?.key else {
        return Finding(
          .notEntitled, party, expected: told, found: "no such party",
          "no party '\(party)', whose first key you were told, is in this log: it has \(Wording.list(firstKeys.map(\.party)))"
        )
      }
      guard !key.keyID.hex.hasPrefix(told), !isToBeConfirmed(party, state, options) else { return nil }
      // What was told may be another key of the same party: of somebody who joined since.
      let other = state.membership.keys.first { $0.party == party && $0.use == .sign && $0.keyID.hex.hasPrefix(told) }
      return Finding(
        .notEntitled, party, entry: key.introduced, expected: told, found: key.keyID.hex,
        "the first key of '\(party)' in this log is not the one that you were told: "
          + (other.map {
            "that is the key of \($0.owner), which entry \($0.introduced) brought; ask '\(party)' for the first one, of "
              + "\(key.owner)"
          }
            ?? "look whether you typed it right, and ask '\(party)' again; if it is right, somebody else speaks in its name")
      )
    }
  }
}
