internal import Catalogs
internal import Findings
internal import Ownership
internal import Statements

/// Why evidence does not show a unit, and what would.
extension Adviser {
  func evidenceAdvice(_ code: FindingCode, _ row: UnitRow) -> Advice {
    let submission = submission(row)
    let newest = row.newestEvidence
    switch code {
    case .staleEvidence:
      let due = row.evidenceDue.map { ", due anew by \($0)" } ?? ""
      return Advice(
        reason: "the newest evidence is older than \(Adviser.interval(row.cadence))",
        detail: newest.map { "of \(row.evidenceDay ?? $0.ageDay) (entry \($0.entry))\(due)" } ?? "",
        remedy: "submit what shows it today", actors: [submission])
    case .outsiderEvidence:
      return Advice(
        reason: "evidence comes only from parties that neither answer for this nor do it",
        detail: newest.map { "the newest from \($0.member) (entry \($0.entry))" } ?? "",
        remedy: "submit some from a party that does", actors: [submission])
    default:
      return Advice(reason: "nothing has been submitted yet", remedy: "submit what shows it", actors: [submission])
    }
  }

  /// `three years`.
  static func interval(_ cadence: Cadence) -> String {
    switch cadence {
    case .twoYears: "two years"
    case .threeYears: "three years"
    case .halfYear: "half a year"
    default: "a \(cadence.rawValue)"
    }
  }
}
