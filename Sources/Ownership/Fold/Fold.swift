package import Findings
internal import Crypto
package import Statements

/// Takes in entries in log order: what each says counts from its own entry on, or not at all.
///
/// The writer, the verifier, the index and the reports all fold with this one, so that they cannot disagree.
package struct Fold<Ledger: StatementLedger> {
  package private(set) var state: LogState
  package var ledger: Ledger
  let library: ObjectLibrary
  private let now: Instant?

  /// - Parameter now: The reader's clock, for warnings about the clocks of others; nil to give none of them that need
  ///   it. What is folded never depends on it.
  package init(state: LogState = LogState(), ledger: Ledger, library: ObjectLibrary, now: Instant? = nil) {
    self.state = state
    self.ledger = ledger
    self.library = library
    self.now = now
  }

  /// What became of an entry.
  package struct Outcome: Sendable {
    /// Whether the statement counts.
    package var hasEffect: Bool
    package var findings: [Finding]
    /// The signer, where the statement counts.
    package var signer: Signer?
    /// Whether it has no effect only because objects that hold arrays of it are missing or changed.
    package var awaitsLists = false
  }

  /// Takes in the next entry.
  ///
  /// - Parameters:
  ///   - entry: The entry, or why its bytes are none.
  ///   - statement: The statement in its envelope, or why the payload is none.
  ///   - isSigned: Whether the envelope's signature is that of the key whose id it names, where that was checked ahead
  ///     (`EntryBatch`); nil to have it checked here.
  package mutating func apply(
    _ entry: Result<Entry, StatementSyntaxError>, _ statement: Result<Statement, StatementSyntaxError>?,
    isSigned: Bool? = nil
  ) throws -> Outcome {
    let weighed = try weigh(entry, statement, isSigned: isSigned)
    if let parsed = weighed.statement { try ledger.add(parsed, record: weighed.record) }
    return weighed.outcome
  }

  /// Takes in the next entry if its statement counts; where it does not, nothing has changed.
  ///
  /// For whoever is about to write it. It is gone back without a copy of the fold: one for each statement would make a
  /// long row of statements copy all that the earlier ones brought.
  package mutating func applyIfItCounts(
    _ entry: Result<Entry, StatementSyntaxError>, _ statement: Result<Statement, StatementSyntaxError>?
  ) throws -> Outcome {
    let (size, recent, couldAppend) = (state.size, state.recentEntries, state.lastMayAppend)
    // A statement of an unknown type is taken as its signer's word, and counts for nothing: that is seldom.
    var before: LogState?
    if case .success(let parsed)? = statement, case .unknown = parsed.predicate { before = state }
    var counts = false
    defer {
      if !counts {
        if let before { state = before }
        (state.size, state.recentEntries, state.lastMayAppend) = (size, recent, couldAppend)
      }
    }
    let weighed = try weigh(entry, statement, isSigned: nil)
    guard weighed.outcome.hasEffect, let parsed = weighed.statement else { return weighed.outcome }
    try ledger.add(parsed, record: weighed.record)
    counts = true
    return weighed.outcome
  }

  /// Why a statement would not count if it came next; nil where it would, or where nobody can say.
  ///
  /// Nothing changes: it is asked of what was signed and is not in the log.
  ///
  /// - Parameter time: When its entry would be recorded.
  package func refusal(of statement: Statement, in envelope: Envelope, at time: Instant) throws -> Refusal? {
    var copy = self
    let entry = Entry(by: envelope.keyID, envelope: envelope, previous: .zero, sequence: state.size, time: time)
    do {
      _ = try copy.take(statement, of: entry, sequence: state.size, isSigned: nil)
      return nil
    } catch let refusal as Refusal {
      return refusal
    } catch is UnreadableStatement {
      return nil
    }
  }

  /// An outcome, and what the ledger is to note of it: nothing where there is no statement.
  private typealias Weighed = (outcome: Outcome, statement: Statement?, record: LedgerRecord?)

  private mutating func weigh(
    _ entry: Result<Entry, StatementSyntaxError>, _ statement: Result<Statement, StatementSyntaxError>?,
    isSigned: Bool?
  ) throws -> Weighed {
    let sequence = state.size
    state.size += 1
    var findings: [Finding] = []
    let read: Entry
    switch entry {
    case .success(let value): read = value
    case .failure(let error):
      findings.append(
        Finding(
          .entryMalformed, "entry \(sequence)", entry: sequence, found: error.description,
          "entry \(sequence) is malformed: \(error)"))
      return (Outcome(hasEffect: false, findings: findings), nil, nil)
    }
    findings += EntryClock.findings(read, try? statement?.get(), sequence: sequence, in: state, now: now)
    EntryClock.note(read, sequence: sequence, in: &state)
    let couldAppend = state.membership.mayAppend(read.by)
    defer { state.lastMayAppend = couldAppend || state.membership.mayAppend(read.by) }

    let parsed: Statement
    switch statement {
    case .success(let value)?: parsed = value
    case .failure(let error)?:
      findings.append(
        Finding(
          .entryMalformed, "entry \(sequence)", entry: sequence, found: error.description,
          "the statement of entry \(sequence) is malformed: \(error)"))
      return (Outcome(hasEffect: false, findings: findings), nil, nil)
    case nil: return (Outcome(hasEffect: false, findings: findings), nil, nil)
    }
    do {
      // Rules throw before the state changes. It is gone back to only where an appender turns out to have no right to
      // append: else a copy would make each list that grows be copied with each statement.
      let before = couldAppend ? nil : state
      let signer: Signer
      do {
        signer = try take(parsed, of: read, sequence: sequence, isSigned: isSigned)
        // A key may append the very entry that takes its right away. One that gives it may be appended by the key that it
        // brings where nobody else could: at the log's beginning, and when a recovery key brings a member back.
        let comesWithIt = sequence == 0 || signer.key.use == .recovery
        guard couldAppend || (comesWithIt && state.membership.mayAppend(read.by)) else {
          let appender = state.membership.key(read.by)?.owner ?? "the unknown key \(read.by.short)"
          throw Refusal(.notEntitled, "\(appender) appended it and may not append")
        }
      } catch {
        if let before { state = before }
        throw error
      }
      let record = LedgerRecord(
        statement: parsed.id, entry: sequence, type: parsed.predicate.typeName, party: signer.party)
      if case .unknown(let type) = parsed.predicate {
        findings.append(
          Finding(
            .statementUnknown, "entry \(sequence)", entry: sequence, found: type,
            "entry \(sequence) says something of the unknown type '\(type)', which this version of custody cannot weigh: "
              + "use a newer one"))
        return (Outcome(hasEffect: false, findings: findings, signer: signer), parsed, record)
      }
      findings += Remarks.findings(parsed, sequence: sequence)
      return (Outcome(hasEffect: true, findings: findings, signer: signer), parsed, record)
    } catch is UnreadableStatement {
      findings += Remarks.findings(parsed, sequence: sequence)
      return (Outcome(hasEffect: false, findings: findings, awaitsLists: true), parsed, nil)
    } catch let refusal as Refusal {
      findings.append(
        Finding(
          refusal.code, "entry \(sequence)", entry: sequence,
          "entry \(sequence) (\(parsed.predicate.typeName)) does not count: \(refusal.reason)"))
      return (Outcome(hasEffect: false, findings: findings), parsed, nil)
    }
  }

  /// Checks a statement and lets it take effect.
  ///
  /// - Throws: `Refusal` where it does not count.
  private mutating func take(
    _ statement: Statement, of entry: Entry, sequence: Int, isSigned: Bool?
  ) throws -> Signer {
    if try ledger.contains(statement.id) {
      throw Refusal(.replayed, "the same payload stands earlier in this log")
    }
    let context = StatementContext(
      statement: statement, keyID: entry.envelope.keyID, sequence: sequence, day: entry.time.day, time: entry.time)
    if case .genesis(let genesis) = statement.predicate {
      try Genesis.take(genesis, context, into: &state)
    } else {
      guard sequence > 0, !state.store.isEmpty else {
        throw Refusal(.notEntitled, "a log begins with a genesis statement")
      }
      guard ByteOrder.areEqual(statement.store, state.store) else {
        throw Refusal(.replayed, "it was signed for the store '\(statement.store)'")
      }
    }
    if let seen = statement.seen, seen.size > sequence {
      throw Refusal(
        .entryMalformed, "its signer had seen \(Wording.entries(seen.size)), and \(sequence) stand before it")
    }
    let signer = try Signer.find(context, in: state)
    guard try isSigned ?? entry.envelope.isSigned(by: signer.verificationKey()) else {
      throw Refusal(.signatureInvalid, "its signature is not that of key \(context.keyID.short)")
    }
    try SigningOrder.check(context, signer: signer, in: state)
    let additions: [Addition]
    (state, additions) = try permitted(context, by: signer)
    for addition in additions { state.take(addition) }
    SigningOrder.note(context, in: &state)
    state.noteSigning(statement, by: signer.party, entryTime: entry.time)
    if let seen = statement.seen, seen.size > state.reach[signer.party]?.size ?? 0 {
      state.reach[signer.party] = LogState.Reach(size: seen.size, entry: sequence, time: entry.time)
    }
    return signer
  }

  /// What the state becomes if the rules let a statement count, and what is to be added to it then.
  private func permitted(
    _ context: StatementContext, by signer: Signer
  ) throws -> (state: LogState, additions: [Addition]) {
    var rules = EntitlementRules(state: state, ledger: ledger, library: library, context: context, signer: signer)
    try rules.take()
    return (rules.state, rules.additions)
  }
}

/// A statement, and where it stands.
struct StatementContext {
  let statement: Statement
  let keyID: Digest
  let sequence: Int
  /// The UTC day of the entry; where a statement takes effect by its day, see `LogState.effectiveDay`.
  let day: Day
  let time: Instant
}
