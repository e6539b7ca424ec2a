package import Catalogs
package import Findings
package import Ownership
internal import Statements

/// Papers that rules ask for before another party may do the work.
///
/// Both look at what holds: an answer that nobody has accepted gives nobody any work. A party counts that is accountable
/// for a unit or is named to do the work on it: whoever does the work sees what it is done on.
package enum PaperRules {
  /// A paper that a rule asks for.
  package struct Rule: Sendable {
    package var code: FindingCode
    /// The kind by which an agreement's `papers` name it.
    package var kind: String
    /// As people call it.
    package var name: String
    /// Whose controls it is about: `HIPAA`.
    package var scope: String
    /// The rule's place in the law.
    package var citation: String
    fileprivate var frameworks: @Sendable (String) -> Bool

    /// A business associate creates, receives, maintains or transmits protected health information on behalf of the
    /// covered entity, by contract: 45 CFR 160.103, 164.308(b), 164.504(e). Whether somebody answers for a safeguard or
    /// carries it out makes no difference to that.
    package static let businessAssociate = Rule(
      code: .noBusinessAssociateAgreement, kind: "business-associate-agreement", name: "business associate agreement",
      scope: "HIPAA", citation: "45 CFR 164.308(b), 164.504(e)", frameworks: { $0.utf8.starts(with: "hipaa-".utf8) })

    /// What an external service provider does is described in its customer responsibility matrix: 32 CFR
    /// 170.19(c)(2)(ii) for level 2, (d)(2)(ii) for level 3. Level 1, 170.19(b), asks for none.
    package static let responsibilityMatrix = Rule(
      code: .noResponsibilityMatrix, kind: "responsibility-matrix", name: "responsibility matrix", scope: "CMMC",
      citation: "32 CFR 170.19(c)(2)(ii), (d)(2)(ii)",
      frameworks: { ["cmmc-level-2", "cmmc-level-3"].contains($0) })

    package static let all = [businessAssociate, responsibilityMatrix]
  }

  /// An agreement by which others hold units, and lacks a paper for it.
  package struct Lack: Sendable, Equatable {
    package var engagement: String
    /// Those who hold them, in byte order.
    package var parties: [String]
    package var units: Int
    package var first: ControlID
    /// The entry of the version by which the first unit is held.
    package var version: Int?
  }

  /// `no-baa` and `no-matrix`, one for each agreement.
  package static func findings(_ snapshot: Snapshot) -> [Finding] {
    let papers = HeldPapers.list(snapshot)
    return Rule.all.flatMap { rule in
      lacks(rule, snapshot, papers).map { finding(rule, $0, snapshot, papers) }
    }
  }

  /// The agreements that lack a paper on the snapshot's day, in order of their first units.
  package static func lacks(_ rule: Rule, _ snapshot: Snapshot, _ papers: [HeldPapers.Entry]) -> [Lack] {
    lacks(rule, snapshot.matrix, snapshot.resolver, snapshot.state, papers)
  }

  /// The same of a matrix that some resolver gives, on its day.
  static func lacks(
    _ rule: Rule, _ matrix: ResponsibilityMatrix, _ resolver: Resolver, _ state: LogState, _ papers: [HeldPapers.Entry]
  ) -> [Lack] {
    let client = state.client
    var lacks: [Lack] = []
    var seen: Set<ControlID> = []
    for framework in matrix.frameworks where rule.frameworks(framework.id) {
      // A control that is others under another name is held through their units.
      for unit in framework.controls.flatMap(\.applicable) where seen.insert(unit.id).inserted {
        for claim in unit.ownership.claims {
          let named = claim.answer.parties + claim.answer.terms.responsible.map { Identifier.party(ofMember: $0) }
          let others = Set(named).filter { $0 != client && state.membership.party($0)?.kind != .auditor }
          guard !others.isEmpty, !isCovered(claim.engagement, rule, papers, on: matrix.asOf) else { continue }
          let index = lacks.firstIndex { $0.engagement == claim.engagement } ?? lacks.count
          if index == lacks.count {
            let version = claim.holding.version.map { resolver.input.versions[$0].entry }
            lacks.append(
              Lack(engagement: claim.engagement, parties: [], units: 0, first: unit.id, version: version))
          }
          lacks[index].units += 1
          lacks[index].parties = Set(lacks[index].parties).union(others).sorted(by: ByteOrder.precedes)
        }
      }
    }
    return lacks
  }

  private static func isCovered(
    _ engagement: String, _ rule: Rule, _ papers: [HeldPapers.Entry], on day: Day
  ) -> Bool {
    papers.contains { $0.engagement == engagement && $0.kind == rule.kind && $0.isInForce(on: day) }
  }

  private static func finding(
    _ rule: Rule, _ lack: Lack, _ snapshot: Snapshot, _ papers: [HeldPapers.Entry]
  ) -> Finding {
    let own = papers.filter { $0.engagement == lack.engagement && $0.kind == rule.kind }
    let past = own.filter { $0.through < snapshot.asOf }.max { $0.through < $1.through }
    let next = own.filter { $0.from > snapshot.asOf }.min { $0.from < $1.from }
    let waits = snapshot.matrix.lines.contains {
      $0.engagement == lack.engagement && $0.key.kind == .paper && $0.key.id == rule.kind && $0.finding != nil
    }
    var why = "no paper of kind '\(rule.kind)' is in force"
    if let past { why += ": '\(past.file)' ended on \(past.through)" }
    if let next { why += "\(past == nil ? ":" : ", and") '\(next.file)' begins on \(next.from)" }
    if past == nil, next == nil, waits { why += ": the one that is named is not accepted by both" }
    return Finding(
      rule.code, "\(lack.engagement)/paper \(rule.kind)", entry: lack.version, expected: rule.kind,
      found: (past?.through).map { "\($0)" },
      "\(Wording.list(lack.parties.map { "'\($0)'" })) \(lack.parties.count > 1 ? "hold" : "holds") "
        + "\(Wording.count(lack.units, "\(rule.scope) unit")) by '\(lack.engagement)', and \(why) (\(rule.citation))")
  }
}
