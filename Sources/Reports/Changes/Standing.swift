package import Findings
package import Ownership

/// How a unit stands on a day, as far as who answers for it goes.
package enum Standing: Hashable, Sendable {
  /// A party answers for it.
  case party(String)
  /// Nobody does, and why.
  case nobody(FindingCode)
  case notApplicable
  /// No framework that is adopted has it.
  case absent

  /// - Parameter unit: nil where no catalog that is adopted has it.
  package init(_ unit: ResponsibilityMatrix.UnitRow?) {
    guard let unit else {
      self = .absent
      return
    }
    self = unit.applies ? Standing(unit.ownership) : .notApplicable
  }

  /// - Parameter ownership: Of a unit that applies.
  package init(_ ownership: UnitOwnership) {
    if let error = ownership.error {
      self = .nobody(error)
    } else if let party = ownership.accountable {
      self = .party(party)
    } else {
      self = .nobody(.unowned)
    }
  }

  /// The party that answers.
  package var party: String? {
    if case .party(let party) = self { return party }
    return nil
  }

  /// `onsite`, `nobody (contested)`, `not applicable`, `not adopted`.
  package var text: String {
    switch self {
    case .party(let party): party
    case .nobody(let code): code == .unowned ? "nobody" : "nobody (\(code.rawValue))"
    case .notApplicable: "not applicable"
    case .absent: "not adopted"
    }
  }
}
