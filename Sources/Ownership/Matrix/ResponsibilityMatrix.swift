package import Findings
package import Catalogs
package import Statements

/// Who answers for what on a day, as far as a tree of the log knows: a function of the fold and nothing else.
package struct ResponsibilityMatrix: Sendable {
  /// One unit: an assessment objective where the framework has them, else the control.
  package struct UnitRow: Sendable {
    package var id: ControlID
    package var control: ControlID
    /// The objective's text; empty where the control is its own unit.
    package var prose: String
    package var ownership: UnitOwnership
    /// Why it does not apply; nil where it does.
    package var notApplicable: String?
    /// Who does the work: parties or members, after staffing.
    package var responsible: [String]
    package var consulted: [String]
    package var informed: [String]
    /// How often evidence is asked for.
    package var cadence: Cadence
    package var newestEvidence: EvidenceRecord?
    package var evidenceCount: Int
    /// The day after which the newest evidence is stale.
    package var evidenceDue: Day?
    /// In order of weight: errors first.
    package var findings: [FindingCode]

    package var applies: Bool { notApplicable == nil }
    package var accountable: String? { ownership.accountable }
    package var engagement: String? { ownership.claims.first?.engagement }
    package var assignedBy: String? { ownership.claims.first?.answer.assignedBy }
    /// Whether every party that is needed has accepted what holds.
    package var isAccepted: Bool { !ownership.claims.isEmpty }
  }

  /// One control, resolved through its units; of a same-as control, through its targets'.
  package struct ControlRow: Sendable {
    package var control: Control
    package var units: [UnitRow]
    /// The first kind of nobody answering that any of its units has.
    package var error: FindingCode?
    package var findings: [FindingCode]

    package var applies: Bool { units.isEmpty || units.contains(where: \.applies) }
    /// Units that apply.
    package var applicable: [UnitRow] { units.filter(\.applies) }
    package var isOwned: Bool { applies && error == nil }
    /// The one party that answers for all its units; nil where there is none, or several.
    package var accountable: String? {
      let parties = Set(applicable.map(\.accountable))
      return parties.count == 1 ? parties.first ?? nil : nil
    }
    /// Whether different parties answer for its units.
    package var isShared: Bool { Set(applicable.compactMap(\.accountable)).count > 1 }
  }

  package struct FrameworkRows: Sendable {
    package var id: String
    package var title: String
    package var version: String
    package var adoption: ResolutionInput.Adoption
    package var controls: [ControlRow]
  }

  /// How many are owned, by kind of nobody answering, and not applicable; they add up to `total`.
  package struct Totals: Sendable, Equatable {
    package var total = 0
    package var owned = 0
    package var notApplicable = 0
    /// By the seven kinds; absent where zero.
    package var byError: [FindingCode: Int] = [:]

    package var unowned: Int { byError.values.reduce(0, +) }

    mutating func add(applies: Bool, error: FindingCode?) {
      total += 1
      if !applies {
        notApplicable += 1
      } else if let error {
        byError[error, default: 0] += 1
      } else {
        owned += 1
      }
    }
  }

  package var asOf: Day
  /// The size of the tree that it rests on.
  package var knownAt: Int
  package var frameworks: [FrameworkRows]
  /// Frameworks whose catalog cannot be read: every control of theirs is undecided.
  package var unreadable: [String]
  /// The entries that adopted those.
  package var unreadableEntries: [String: Int] = [:]
  /// One person for more than half of a party's controls: `(person, party, controls, of)`.
  package var singlePoints: [(person: String, party: String, count: Int, total: Int)]

  /// Every unit of every framework, each once.
  package var units: [UnitRow] {
    var seen: Set<ControlID> = []
    return frameworks.flatMap(\.controls).flatMap(\.units).filter { seen.insert($0.id).inserted }
  }

  /// Totals over the frameworks that are there: a same-as control counts once, under its targets where those are there.
  package var totals: (controls: Totals, units: Totals) {
    var controls = Totals()
    var units = Totals()
    let present = Set(frameworks.map(\.id))
    for row in frameworks.flatMap(\.controls) {
      let isCountedElsewhere =
        !row.control.sameAs.isEmpty && row.control.sameAs.allSatisfy { present.contains($0.framework) }
      if !isCountedElsewhere { controls.add(applies: row.applies, error: row.error) }
    }
    for row in self.units { units.add(applies: row.applies, error: row.ownership.error) }
    return (controls, units)
  }

  /// The same, with some frameworks only.
  package func only(_ frameworks: [String]) -> ResponsibilityMatrix {
    var copy = self
    copy.frameworks = self.frameworks.filter { frameworks.contains($0.id) }
    copy.unreadable = unreadable.filter { frameworks.contains($0) }
    return copy
  }
}
