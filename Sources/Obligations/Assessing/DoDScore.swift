internal import Catalogs
package import Ownership
internal import Statements

/// The score of an assessment of NIST SP 800-171 revision 2: 110 less the value of each requirement that is not met, down
/// to -203 (32 CFR 170.24(c)(2); NIST SP 800-171 DoD Assessment Methodology 1.2.1, section 5 and annex A).
package struct DoDScore: Sendable, Equatable {
  /// A requirement that takes something away, or may.
  package struct Item: Sendable, Equatable {
    package var requirement: String
    package var title: String
    package var state: AssessmentBook.State
    /// Points that are taken off; 0 for the one that has no value.
    package var deduction: Int
    /// Why it takes off less than its full value; nil where it does not.
    package var partial: String?
  }

  /// The most.
  package static let maximum = 110
  /// Without it there is no score (32 CFR 170.24(c)(2)(i)(B)(5)).
  package static let planRequirement = "3.12.4"

  /// Requirements that are not met or that nobody has assessed, in the catalog's order; the system security plan also where
  /// it is said not to be applicable.
  package let items: [Item]

  /// - Parameter rows: Those of `nist-800-171-r2`, or of `cmmc-level-2`.
  package init(_ rows: [ResponsibilityMatrix.ControlRow], _ book: AssessmentBook) {
    items = rows.compactMap { row in
      let state = book.state(row)
      let requirement = DoDScore.requirement(row)
      let isThere = requirement == DoDScore.planRequirement ? DoDScore.hasPlan(row, book) : state.isSatisfied
      guard !isThere else { return nil }
      let (deduction, partial) = DoDScore.deduction(row, requirement, book)
      return Item(
        requirement: requirement, title: row.control.title, state: state, deduction: deduction, partial: partial)
    }
  }

  /// Whether the system security plan is there. That it is not applicable puts no plan in its place, nor that its first
  /// objective, that it was developed, is not: the score presumes one (32 CFR 170.24(c)(2)(i)(B)(5)).
  private static func hasPlan(_ row: ResponsibilityMatrix.ControlRow, _ book: AssessmentBook) -> Bool {
    guard book.state(row) == .met else { return false }
    return row.units.filter { $0.id.local == "\(planRequirement)[a]" }.allSatisfy { unit in
      unit.applies && book.mark(unit)?.assessment.status != .notApplicable
    }
  }

  /// `3.1.1`, also for the practice of CMMC level 2 that is the same.
  package static func requirement(_ row: ResponsibilityMatrix.ControlRow) -> String {
    row.control.sameAs.first?.local ?? row.control.id.local
  }

  /// The score as it stands: what nobody assessed is not implemented until somebody says that it is. nil where no score
  /// may be given, because the system security plan is not there.
  package var score: Int? {
    items.contains { $0.requirement == DoDScore.planRequirement }
      ? nil : DoDScore.maximum - items.reduce(0) { $0 + $1.deduction }
  }

  /// What it would be if all that nobody assessed were met.
  package var best: Int? {
    let open = items.filter { $0.state.isOpen || $0.state.isSatisfied }
    return open.contains { $0.requirement == DoDScore.planRequirement }
      ? nil : DoDScore.maximum - open.reduce(0) { $0 + $1.deduction }
  }

  /// How many requirements nobody assessed, wholly or in part.
  package var unassessed: Int { items.count { !$0.state.isOpen && !$0.state.isSatisfied } }

  /// The values of the requirements (32 CFR 170.24(c)(2)(i)(B)), as the catalog has them.
  ///
  /// Two are worth less where something is in place: 3.5.3 three points where only remote and privileged users have
  /// multifactor authentication, 3.13.11 three where encryption is employed that is not FIPS-validated
  /// (170.24(c)(2)(i)(B)(4)). The first shows in the objectives, or is said; the second has to be said, in a note that
  /// begins with `partial:`.
  private static func deduction(
    _ row: ResponsibilityMatrix.ControlRow, _ requirement: String, _ book: AssessmentBook
  ) -> (points: Int, partial: String?) {
    guard requirement != planRequirement else { return (0, nil) }
    let value = row.control.weight.flatMap { Int($0) } ?? 0
    let open = row.applicable.filter { unit in
      switch book.mark(unit)?.assessment.status {
      case .met, .notApplicable: false
      default: true
      }
    }
    let isSaid = open.allSatisfy { book.mark($0).flatMap(\.assessment.note)?.hasPrefix(AssessmentNote.partial) == true }
    switch requirement {
    case "3.5.3":
      let isForPrivileged =
        !open.isEmpty && open.count < row.applicable.count && open.allSatisfy { $0.id.local == "3.5.3[d]" }
      if isSaid || isForPrivileged {
        return (3, "multifactor authentication for remote and privileged users only")
      }
    case "3.13.11" where isSaid: return (3, "encryption that is not FIPS-validated")
    default: break
    }
    return (value, nil)
  }
}
