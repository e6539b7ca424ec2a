package import Findings
package import Ownership
package import Statements

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

/// By which words a unit stands as it does.
package struct Ground: Hashable, Sendable {
  package var engagement: String
  /// The entry of the version that brought the terms that hold.
  package var version: Int?
  /// The entry with which they took over: mostly the last acceptance that was needed, and its UTC day.
  package var recorded: Int?
  package var day: Day?

  /// - Returns: nil where no agreement's answer holds.
  package init?(_ unit: ResponsibilityMatrix.UnitRow?, _ resolver: Resolver) {
    guard let unit, unit.applies else { return nil }
    self.init(unit.ownership, resolver)
  }

  /// - Returns: nil where no agreement's answer holds.
  package init?(_ ownership: UnitOwnership, _ resolver: Resolver) {
    guard let claim = ownership.claims.first else { return nil }
    engagement = claim.engagement
    version = claim.holding.termsVersion.map { resolver.input.versions[$0].entry }
    recorded = claim.holding.recordedEntry
    day = claim.holding.recordedDay
  }

  /// `acme-onsite, entry 25, accepted by entry 27`
  package var text: String {
    var text = engagement
    if let version { text += ", entry \(version)" }
    if let recorded, recorded != version { text += ", accepted by entry \(recorded)" }
    return text
  }
}
