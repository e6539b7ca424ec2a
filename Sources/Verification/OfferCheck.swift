internal import Crypto
internal import Findings
internal import Ownership
internal import Statements

/// What became of the offers that others hold.
enum OfferCheck {
  /// Judges every offer, each by the entries that went by and by what may be said now.
  ///
  /// - Returns: In the order in which they were given.
  static func run(_ walk: LogWalk, _ findings: inout FindingList) throws -> [JudgedOffer] {
    var judged: [JudgedOffer] = []
    // Two files may hold the same word, which is told once.
    var told: Set<Digest> = []
    for one in walk.watch.watched {
      let (offer, finding) = try judge(one, walk)
      judged.append(offer)
      if let finding, told.insert(one.id).inserted { findings.add(.history, finding) }
    }
    return judged
  }

  private static func judge(_ one: OfferWatch.Watched, _ walk: LogWalk) throws -> (JudgedOffer, Finding?) {
    let membership = walk.fold.state.membership
    let envelope = one.offer.envelope
    var offer = JudgedOffer(
      file: one.offer.file, statement: one.id, keyID: envelope.keyID, fate: .unknown(""))
    if let statement = one.statement, !walk.fold.state.store.isEmpty,
      !ByteOrder.areEqual(statement.store, walk.fold.state.store)
    {
      offer.fate = .unknown("it is for the log '\(statement.store)', and this is '\(walk.fold.state.store)'")
      return (
        offer,
        unknown(
          one,
          "an offer is for the log '\(statement.store)', and this is '\(walk.fold.state.store)': it says nothing of this one"
        )
      )
    }
    guard let key = membership.key(envelope.keyID) else {
      offer.fate = .unknown("the key \(envelope.keyID.short) that signed it is nobody's in this log")
      return (
        offer,
        unknown(
          one,
          "an offer is signed with the key \(envelope.keyID.short), which this log does not know: the entry that brought "
            + "the key was cut off, or never was in it")
      )
    }
    guard let statement = statement(one, key, walk) else {
      offer.fate = .unknown("it does not say what can be held against this log")
      return (offer, unknown(one, "an offer of \(key.owner) does not say what can be held against this log"))
    }
    (offer.type, offer.signer, offer.signedAt) = (statement.predicate.typeName, key.owner, statement.signedAt)
    if let entry = one.entry {
      offer.fate = .entry(entry.sequence, time: entry.time, counts: entry.counts)
      offer.now = membership.silence(of: key.keyID)
      return (offer, nil)
    }
    // Of what was verified before, the statements are known, and not when they were recorded.
    if try walk.fold.ledger.contains(one.id) {
      let record = try walk.fold.ledger.record(of: one.id)
      offer.fate = .entry(record?.entry ?? 0, time: nil, counts: record != nil)
      offer.now = membership.silence(of: key.keyID)
      return (offer, nil)
    }
    let subject = "offer \(one.id.short)"
    let what = "\(key.owner) has signed a statement of type \(statement.predicate.typeName) at \(statement.signedAt)"
    let time = max(walk.options.now ?? statement.signedAt, walk.fold.state.lastTime ?? statement.signedAt)
    let refusal = try OfferWatch.refusal(of: statement, in: envelope, walk.fold, at: time)
    offer.now = refusal?.reason
    if let refusal, !one.wasAllowed, refusal.code == .notEntitled, try !restsOnOthers(statement, walk) {
      offer.fate = .refused(refusal.reason)
      return (
        offer,
        Finding(
          .offerRefused, subject, expected: one.id.hex, found: "nothing",
          "\(what), and it is not in this log, where it never could have counted: \(refusal.reason)")
      )
    }
    offer.fate = .withheld
    return (
      offer,
      Finding(
        .offerWithheld, subject, expected: one.id.hex, found: "nothing",
        "\(what), and it is not in this log" + (refusal.map { "; it could not go in now: \($0.reason)" } ?? ""))
    )
  }

  /// The statement of an offer, where it is signed by that key and of this log.
  static func statement(_ one: OfferWatch.Watched, _ known: Membership.Key, _ walk: LogWalk) -> Statement? {
    guard let key = try? VerificationKey(base64: known.publicKey), one.offer.envelope.isSigned(by: key),
      let statement = one.statement, statement.seen != nil,
      ByteOrder.areEqual(statement.store, walk.fold.state.store)
    else { return nil }
    return statement
  }

  /// Whether a statement lacks only another one, which may have been left out as well: then its signer is not to blame.
  private static func restsOnOthers(_ statement: Statement, _ walk: LogWalk) throws -> Bool {
    for named in statement.predicate.namedStatements where try !walk.fold.ledger.contains(named) { return true }
    let engagement: String
    switch statement.predicate {
    case .staffing(let staffing): engagement = staffing.engagement
    case .engagement(let event) where event.event == .end: engagement = event.id
    case .measurement(let measurement): engagement = measurement.engagement
    case .usage(let usage): engagement = usage.engagement
    case .genesis, .party, .member, .keyRevocation, .framework, .engagement, .acceptance, .evidence, .assessment,
      .redaction, .hold, .anchor, .unknown:
      return false
    }
    return !walk.fold.state.versions.contains { $0.engagement == engagement }
  }

  private static func unknown(_ one: OfferWatch.Watched, _ message: String) -> Finding {
    Finding(.witnessUnknown, "offer \(one.id.short)", found: one.offer.envelope.keyID.hex, message)
  }
}
