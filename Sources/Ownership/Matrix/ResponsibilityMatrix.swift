public import Findings
public import Catalogs
public import Statements

/// Who answers for what on a day, as far as a tree of the log knows: a function of the fold and nothing else.
public struct ResponsibilityMatrix: Sendable {
  /// One unit: an assessment objective where the framework has them, else the control.
  public struct UnitRow: Sendable {
    /// `nist-800-171-r2/3.1.1[a]`.
    public var id: ControlID
    /// The control that it belongs to.
    public var control: ControlID
    /// The objective's text; empty where the control is its own unit.
    public var prose: String
    package var ownership: UnitOwnership
    /// Why it does not apply; nil where it does.
    public var notApplicable: String?
    /// Who does the work: parties or members, after staffing.
    public var responsible: [String]
    /// Who is asked beforehand.
    public var consulted: [String]
    /// Who is told afterwards.
    public var informed: [String]
    /// How often evidence is asked for.
    public var cadence: Cadence
    package var newestEvidence: EvidenceRecord?
    /// How many statements of evidence that count are about it.
    public var evidenceCount: Int
    /// The day from which the newest evidence's age runs; never later than the day that was asked about.
    public var evidenceDay: Day?
    /// The day after which the newest evidence is stale.
    public var evidenceDue: Day?
    /// In order of weight: errors first.
    public var findings: [FindingCode]

    /// Whether it applies.
    public var applies: Bool { notApplicable == nil }
    /// The party that answers for it; nil where nobody does.
    public var accountable: String? { ownership.accountable }
    /// The agreement by which they do.
    public var engagement: String? { ownership.claims.first?.engagement }
    /// What of the agreement says so, for people: `domain endpoint-security`.
    public var assignedBy: String? { ownership.claims.first?.answer.assignedBy }
    /// Whether every party that is needed has accepted what holds.
    public var isAccepted: Bool { !ownership.claims.isEmpty }
  }

  /// One control, resolved through its units; of a same-as control, through its targets'.
  public struct ControlRow: Sendable {
    /// As its catalog has it.
    public var control: Control
    /// What is owned of it.
    public var units: [UnitRow]
    /// The first kind of nobody answering that any of its units has.
    public var error: FindingCode?
    /// Of all its units, each once; errors first.
    public var findings: [FindingCode]

    /// Whether any of its units applies.
    public var applies: Bool { units.isEmpty || units.contains(where: \.applies) }
    /// Units that apply.
    public var applicable: [UnitRow] { units.filter(\.applies) }
    /// Whether somebody answers for all that applies of it.
    public var isOwned: Bool { applies && error == nil }
    /// The one party that answers for all its units; nil where there is none, or several.
    public var accountable: String? {
      let parties = Set(applicable.map(\.accountable))
      return parties.count == 1 ? parties.first ?? nil : nil
    }
    /// Whether different parties answer for its units.
    public var isShared: Bool { Set(applicable.compactMap(\.accountable)).count > 1 }
  }

  /// A framework that is adopted, and its controls.
  public struct FrameworkRows: Sendable {
    /// The framework: `nist-800-171-r2`.
    public var id: String
    /// The catalog's title.
    public var title: String
    /// The catalog's version.
    public var version: String
    package var adoption: ResolutionInput.Adoption
    /// In the catalog's order.
    public var controls: [ControlRow]
  }

  /// How many are owned, by kind of nobody answering, and not applicable; they add up to `total`.
  public struct Totals: Sendable, Equatable {
    /// All of them.
    public var total = 0
    /// Those that somebody answers for.
    public var owned = 0
    /// Those that do not apply.
    public var notApplicable = 0
    /// By the seven kinds; absent where zero.
    public var byError: [FindingCode: Int] = [:]

    /// Those that nobody answers for, whatever the reason.
    public var unowned: Int { byError.values.reduce(0, +) }

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

  /// The day for which ownership is resolved.
  public var asOf: Day
  /// The size of the tree that it rests on.
  public var knownAt: Int
  /// Those adopted on that day.
  public var frameworks: [FrameworkRows]
  /// Frameworks whose catalog cannot be read: every control of theirs is undecided.
  public var unreadable: [String]
  /// The entries that adopted those.
  package var unreadableEntries: [String: Int] = [:]
  /// Lines of agreements that are about no unit: those that hold on the day, and those that wait to.
  package var lines: [LineRow] = []
  /// One person for more than half of a party's controls: `(person, party, controls, of)`.
  public var singlePoints: [(person: String, party: String, count: Int, total: Int)]

  /// Every unit of every framework, each once.
  public var units: [UnitRow] {
    var seen: Set<ControlID> = []
    return frameworks.flatMap(\.controls).flatMap(\.units).filter { seen.insert($0.id).inserted }
  }

  /// Totals over the frameworks that are there: a same-as control counts once, under its targets where those are there.
  public var totals: (controls: Totals, units: Totals) {
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
  public func only(_ frameworks: [String]) -> ResponsibilityMatrix {
    var copy = self
    copy.frameworks = self.frameworks.filter { frameworks.contains($0.id) }
    copy.unreadable = unreadable.filter { frameworks.contains($0) }
    // Who does most of the work is counted over the controls that are shown.
    copy.singlePoints = copy.findSinglePoints()
    return copy
  }
}
