package import Obligations
package import Ownership
package import Statements
internal import Catalogs
internal import Findings

/// What is entered into SPRS about a self-assessment of NIST SP 800-171 revision 2: the summary score with what it is
/// made of, and what is still to be filled in (32 CFR 170.16(a)(1)(i), 170.24(c)(2); NIST SP 800-171 DoD Assessment
/// Methodology 1.2.1, annex B).
public struct SPRSReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// The extent of what was assessed, as SPRS asks for it.
  package enum Scope: String, Sendable, CaseIterable {
    case enterprise, enclave, contract
  }

  /// What no log knows: whoever enters the score says it.
  package struct Details: Sendable, Equatable {
    package var cageCodes: [String] = []
    package var scope: Scope?
    /// The system security plan.
    package var plan: String?
    package var planVersion: String?
    package var planDate: Day?

    package init() {}
  }

  /// A requirement, and what it takes off.
  package struct Row: Sendable, Equatable {
    /// `3.1.1`
    package var requirement: String
    /// `AC.L2-3.1.1`; nil where CMMC level 2 is not adopted.
    package var practice: String?
    package var title: String
    package var state: AssessmentBook.State
    /// What it is worth: 5, 3 or 1; nil for the system security plan, which has no value.
    package var value: Int?
    package var deduction: Int
    /// Why so much.
    package var why: String
    package var entry: Int?
    package var day: Day?
    package var member: String?
    /// Whether it may stay open under a conditional status; nil where it is not open.
    package var mayStayOpen: Bool?
    package var due: Day?
    package var owner: String?
    /// Whether it was assessed as met without evidence in the store of each objective.
    package var lacksEvidence: Bool
    /// Whether nobody answers for all or some of it.
    package var isUnowned: Bool
  }

  /// Who said what was assessed.
  package struct Assessor: Sendable, Equatable {
    package var party: String
    package var name: String
    package var isClient: Bool
    package var people: [String]
  }

  package let details: Details
  package let rows: [Row]
  package let score: DoDScore
  package let status: CMMCStatus
  let basis: SelfAssessment
  /// The day by which all that is open is to be closed; nil where nothing is open, or not all of it has a day.
  package let expected: Day?
  /// Open requirements without a day, and what nobody assessed.
  let undated: [String]
  /// The newest evidence for the system security plan's requirement.
  package let planEvidence: EvidenceMark?
  let client: String
  let clientName: String

  /// - Parameters:
  ///   - marks: In log order.
  ///   - side: Whose word counts; nil for the newest of either.
  /// - Returns: nil where neither NIST SP 800-171 revision 2 nor CMMC level 2 is adopted, or most of it does not apply.
  package init?(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark], details: Details = Details(), side: AssessmentBook.Side? = nil
  ) {
    let adopted = snapshot.matrix.frameworks
    let levelTwo = adopted.first { $0.id == "cmmc-level-2" }
    guard let requirements = adopted.first(where: { $0.id == "nist-800-171-r2" }) ?? levelTwo,
      requirements.controls.count(where: \.applies) * 2 > requirements.controls.count
    else { return nil }
    stamp = ReportStamp(snapshot)
    self.details = details
    client = snapshot.state.client
    clientName = snapshot.state.membership.party(snapshot.state.client)?.name ?? ""
    let book = AssessmentBook(marks, by: side, client: snapshot.state.client)
    score = DoDScore(requirements.controls, book)
    basis = SelfAssessment(snapshot, requirements.controls, book, name: DoDScore.requirement)
    // Those of CMMC's rows are the same under another name, and the plan lists none of them.
    let listed = ActionItem.list(
      requirements.id, requirements.controls.filter(\.control.sameAs.isEmpty), book, marks: marks,
      asOf: snapshot.asOf)
    let actions = Dictionary(listed.map { ($0.control, $0) }, uniquingKeysWith: { first, _ in first })
    // The status date is the day of submission (170.4), which is the report's day at the earliest.
    status = CMMCStatus.levelTwo(score).planned(actions.compactMapValues(\.due), since: snapshot.asOf)
    let maker = SPRSRows(levelTwo, book, actions, basis, score, status)
    rows = requirements.controls.map(maker.row)
    let open = rows.filter { $0.mayStayOpen != nil }
    undated = open.filter { $0.due == nil }.map(\.requirement)
    expected = undated.isEmpty ? open.compactMap(\.due).max() : nil
    planEvidence = requirements.controls.first { DoDScore.requirement($0) == DoDScore.planRequirement }?
      .applicable.compactMap(\.newestEvidence).max { $0.entry < $1.entry }.map(EvidenceMark.init)
  }

  package var assessors: [Assessor] { basis.assessors }
  /// The days of the oldest and the newest word that counts; nil where nobody assessed anything.
  package var assessed: (first: Day, last: Day)? { basis.assessed }

  /// The score that may be entered: none without a system security plan that was there when it was assessed
  /// (32 CFR 170.24(c)(2)(i)(B)(5)).
  package var scoreToEnter: Int? {
    guard let day = details.planDate, let assessed, day <= assessed.last, day <= stamp.asOf else { return nil }
    return score.score
  }

  /// What has to be filled in or done before it can be entered, a sentence each.
  package var missing: [String] { unfilled + unproven }

  /// What the store does not show of what was assessed.
  private var unproven: [String] {
    guard planEvidence == nil, !score.items.contains(where: { $0.requirement == DoDScore.planRequirement }) else {
      return basis.unproven()
    }
    return ["evidence of 3.12.4, the system security plan: none is in this store"]
      + basis.unproven(besides: [DoDScore.planRequirement])
  }

  /// So long a self-assessment counts (32 CFR 170.16(a)(1)).
  private static let validMonths = 36

  /// What nobody filled in, and what of it cannot be so.
  package var unfilled: [String] {
    var missing: [String] = []
    if assessed == nil { missing.append("nothing was assessed yet: 'custody assess' records each requirement") }
    if score.score == nil {
      missing.append(
        "3.12.4, the system security plan, is not assessed as met: without it there is no score "
          + "(32 CFR 170.24(c)(2)(i)(B)(5))")
    }
    if details.planDate == nil {
      missing.append("the date of the system security plan (--ssp-date): without it there is no score to enter")
    }
    if details.plan == nil { missing.append("the name of the system security plan (--ssp)") }
    if details.planVersion == nil { missing.append("its version or revision (--ssp-version)") }
    if details.cageCodes.isEmpty { missing.append("the CAGE codes that it covers (--cage, for each)") }
    if details.scope == nil { missing.append("the scope: enterprise, enclave or contract (--scope)") }
    if let day = details.planDate, let assessed, day > assessed.last {
      missing.append(
        "a plan that was there when it was assessed: this one is of \(day), and the assessment of \(assessed.last)")
    }
    if let day = details.planDate, day > stamp.asOf {
      missing.append("a plan that is there already: \(day) is after \(stamp.asOf)")
    }
    if let assessed, assessed.first.adding(months: SPRSReport.validMonths) <= stamp.asOf {
      missing.append(
        "an assessment of the last three years: some of this one is of \(assessed.first) (32 CFR 170.16(a)(1))")
    }
    if score.unassessed > 0, assessed != nil {
      missing.append(
        "an assessment of \(Wording.count(score.unassessed, "requirement")) that nobody assessed wholly: each counts as not "
          + "implemented")
    }
    if !undated.isEmpty, assessed != nil {
      missing.append(
        "the day by which 110 is expected: \(Wording.count(undated.count, "open requirement")) "
          + "\(undated.count == 1 ? "has" : "have") none ('custody assess … --due')")
    }
    if let expected, expected < stamp.asOf {
      missing.append(
        "a day to come by which 110 is expected: \(expected) is past on \(stamp.asOf), and something is still open")
    }
    if !basis.outdated.isEmpty {
      missing.append(
        "a new look at \(Wording.list(basis.outdated)): what the assessment rested on was replaced or redacted since")
    }
    return missing
  }
}

/// Makes the rows.
private struct SPRSRows {
  private let book: AssessmentBook
  private let items: [String: DoDScore.Item]
  private let open: [String: CMMCStatus.Item]
  private let actions: [String: ActionItem]
  private let practices: [String: String]

  private let withoutEvidence: Set<String>
  private let unowned: Set<String>

  init(
    _ levelTwo: ResponsibilityMatrix.FrameworkRows?, _ book: AssessmentBook, _ actions: [String: ActionItem],
    _ basis: SelfAssessment, _ score: DoDScore, _ status: CMMCStatus
  ) {
    self.book = book
    self.actions = actions
    items = Dictionary(score.items.map { ($0.requirement, $0) }, uniquingKeysWith: { first, _ in first })
    open = Dictionary(status.items.map { ($0.requirement, $0) }, uniquingKeysWith: { first, _ in first })
    practices = Dictionary(
      (levelTwo?.controls ?? []).map { (DoDScore.requirement($0), $0.control.id.local) },
      uniquingKeysWith: { first, _ in first })
    (withoutEvidence, unowned) = (Set(basis.withoutEvidence), Set(basis.unowned))
  }

  func row(_ row: ResponsibilityMatrix.ControlRow) -> SPRSReport.Row {
    let requirement = DoDScore.requirement(row)
    let isPlan = requirement == DoDScore.planRequirement
    let item = items[requirement]
    let mark = book.newest(row)
    let state = book.state(row)
    let value = isPlan ? nil : row.control.weight.flatMap { Int($0) }
    let why: String
    if let item {
      if isPlan {
        why = "it has no value, and without it there is no score (170.24(c)(2)(i)(B)(5))"
      } else if let partial = item.partial {
        why = "\(item.deduction) of \(value ?? 0): \(partial) (170.24(c)(2)(i)(B)(4))"
      } else {
        switch state {
        case .none: why = "nobody assessed it: it counts as not implemented"
        case .partly: why = "some of its objectives nobody assessed: it counts as not implemented"
        case .planned: why = "it is planned, and what is not implemented is not met (170.24(c)(2)(i))"
        default: why = "it is not met (170.24(c)(2)(i))"
        }
      }
    } else {
      why = state == .notApplicable ? "not applicable counts as met (170.24(b)(3))" : ""
    }
    let action = actions[requirement]
    return SPRSReport.Row(
      requirement: requirement, practice: practices[requirement], title: row.control.title, state: state, value: value,
      deduction: item?.deduction ?? 0, why: why, entry: mark?.entry, day: mark?.day, member: mark?.member,
      mayStayOpen: open[requirement]?.mayStayOpen, due: action?.due, owner: action?.owner,
      lacksEvidence: withoutEvidence.contains(requirement), isUnowned: unowned.contains(requirement))
  }
}
