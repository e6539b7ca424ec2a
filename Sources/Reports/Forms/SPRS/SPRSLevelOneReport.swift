internal import Catalogs
internal import Findings
package import Obligations
package import Ownership
package import Statements

/// What is entered into SPRS about a self-assessment of CMMC Level 1: the result without a score, and what is still to be
/// filled in (32 CFR 170.15(a)(1)(i), 170.24(c)(1)).
public struct SPRSLevelOneReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// One of the 15 requirements.
  package struct Row: Sendable, Equatable {
    /// `AC.L1-b.1.i`
    package var requirement: String
    package var title: String
    package var state: AssessmentBook.State
    /// Whether it is not met: level 1 has no plan of action (170.21(a)(1)).
    package var isOpen: Bool
    package var entry: Int?
    package var day: Day?
    package var member: String?
    package var lacksEvidence: Bool
    package var isUnowned: Bool
  }

  package let details: SPRSReport.Details
  package let rows: [Row]
  let basis: SelfAssessment
  /// Requirements that nobody assessed wholly.
  private let unassessed: Int

  /// A self-assessment is due each year (170.15(a)(1)).
  private static let daysOfAYear = 365

  /// - Parameters:
  ///   - marks: In log order.
  ///   - side: Whose word counts; nil for the newest of either.
  /// - Returns: nil where CMMC level 1 is not adopted.
  package init?(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark], details: SPRSReport.Details = SPRSReport.Details(),
    side: AssessmentBook.Side? = nil
  ) {
    guard let framework = snapshot.matrix.frameworks.first(where: { $0.id == "cmmc-level-1" }) else { return nil }
    stamp = ReportStamp(snapshot)
    self.details = details
    let book = AssessmentBook(marks, by: side, client: snapshot.state.client)
    let basis = SelfAssessment(snapshot, framework.controls, book) { $0.control.id.local }
    let open = Set(CMMCStatus.levelOne(framework.controls, book).items.map(\.requirement))
    self.basis = basis
    unassessed = framework.controls.count { [.none, .partly].contains(book.state($0)) }
    rows = framework.controls.map { row in
      let name = row.control.id.local
      let mark = book.newest(row)
      return Row(
        requirement: name, title: row.control.title, state: book.state(row), isOpen: open.contains(name),
        entry: mark?.entry, day: mark?.day, member: mark?.member, lacksEvidence: basis.withoutEvidence.contains(name),
        isUnowned: basis.unowned.contains(name))
    }
  }

  /// Whether all of it is met: it is MET in its entirety or NOT MET (170.24(c)(1)).
  package var isMet: Bool { rows.allSatisfy { !$0.isOpen } }

  /// The result as SPRS takes it; nil where nobody assessed anything.
  var result: String? { basis.assessed == nil ? nil : isMet ? "MET" : "NOT MET" }

  /// What has to be filled in or done before it can be entered, a sentence each.
  package var missing: [String] { unfilled + basis.unproven() }

  /// What nobody filled in.
  package var unfilled: [String] {
    var missing: [String] = []
    if basis.assessed == nil { missing.append("nothing was assessed yet: 'custody assess' records each requirement") }
    if details.cageCodes.isEmpty { missing.append("the CAGE codes that it covers (--cage, for each)") }
    if details.scope == nil { missing.append("the scope: enterprise, enclave or contract (--scope)") }
    if unassessed > 0, basis.assessed != nil {
      missing.append(
        "an assessment of \(Wording.count(unassessed, "requirement")) that nobody assessed wholly: each counts as not met"
      )
    }
    if let assessed = basis.assessed, stamp.asOf > assessed.first.adding(days: SPRSLevelOneReport.daysOfAYear) {
      missing.append(
        "an assessment of this year: some of it is of \(assessed.first), more than a year old on \(stamp.asOf) (170.15(a)(1))"
      )
    }
    if !basis.outdated.isEmpty {
      missing.append(
        "a new look at \(Wording.list(basis.outdated)): what the assessment rested on was replaced or redacted since")
    }
    return missing
  }
}
