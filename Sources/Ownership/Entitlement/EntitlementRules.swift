internal import Findings
internal import Statements

/// The table of who may sign what: one function a type, each of which lets what it permits take effect.
///
/// Applies to a statement whose signature holds; throws a `Refusal` for one that does not count.
struct EntitlementRules {
  var state: LogState
  /// What is to be added to lists once the statement counts.
  private(set) var additions: [Addition] = []
  let ledger: any StatementLedger
  let library: ObjectLibrary
  let context: StatementContext
  let signer: Signer

  init(
    state: LogState, ledger: any StatementLedger, library: ObjectLibrary, context: StatementContext, signer: Signer
  ) {
    self.state = state
    self.ledger = ledger
    self.library = library
    self.context = context
    self.signer = signer
  }

  mutating func add(_ addition: Addition) { additions.append(addition) }

  var client: String { state.client }
  var isClientAdministrator: Bool { signer.isAdministrator(of: client) }
  var sequence: Int { context.sequence }
  /// The day on which an end, a leave, an acceptance or a redaction takes effect.
  var effectiveDay: Day { state.effectiveDay(of: context.day, by: signer.party) }

  mutating func take() throws {
    if signer.key.use == .recovery {
      guard case .member(let event) = context.statement.predicate, event.party == signer.party else {
        throw notEntitled("a recovery key signs for members of its own party and nothing else")
      }
    }
    try checkLists()
    switch context.statement.predicate {
    case .genesis:
      guard sequence == 0 else { throw notEntitled("a genesis statement is entry 0 only") }
    case .party(let event): try take(event)
    case .member(let event): try take(event)
    case .keyRevocation(let revocation): try take(revocation)
    case .framework(let adoption): try take(adoption)
    case .engagement(let event): try take(event)
    case .acceptance(let acceptance): try take(acceptance)
    case .staffing(let staffing): try take(staffing)
    case .evidence(let evidence): try take(evidence)
    case .assessment(let assessment): try take(assessment)
    case .measurement(let measurement): try take(measurement)
    case .usage(let usage): try take(usage)
    case .redaction(let redaction): try take(redaction)
    case .hold(let hold): try take(hold)
    case .anchor(let anchor): try take(anchor)
    case .unknown: break
    }
  }

  /// Whether arrays of the predicate could not be read, so that what it says is not known.
  var isUnreadable: Bool { !context.statement.missingLists.isEmpty }

  /// What is not known has no effect, with two exceptions where that would let somebody off who takes an object away: a
  /// hold then holds everything, and a catalog is adopted and nobody can say what of it applies.
  private func checkLists() throws {
    guard isUnreadable else { return }
    switch context.statement.predicate {
    case .hold, .framework: return
    case .genesis, .party, .member, .keyRevocation, .engagement, .acceptance, .staffing, .evidence, .assessment,
      .measurement, .usage, .redaction, .anchor, .unknown:
      throw UnreadableStatement()
    }
  }

  func notEntitled(_ reason: String) -> Refusal { Refusal(.notEntitled, reason) }

  func malformed(_ reason: String) -> Refusal { Refusal(.entryMalformed, reason) }

  /// Refuses controls that no adopted catalog has, or has under another name.
  func checkControls(_ controls: [String]) throws {
    for control in controls {
      switch try library.canonicity(of: control, adoptions: state.adoptions) {
      case .canonical, .unreadable: continue
      case .sameAs(let targets):
        throw malformed("'\(control)' is the same as \(targets.joined(separator: ", ")) and is to be written so")
      case .unknown:
        throw malformed("no adopted framework has '\(control)'")
      }
    }
  }
}
