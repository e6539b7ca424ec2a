internal import Crypto

/// What a party puts its name to: which units it answers for, from when, on what terms, and what else is agreed.
///
/// Tab-separated lines, each ended by a newline, a hyphen for what is empty; unit lines first, then duties, service
/// levels, blocks of hours, steps of escalation and papers, each kind in byte order:
///
///     demo/1.1[a]	2026-01-01	2027-12-31	onsite	onsite	month	-
///     duty	steering-committee	acme	every quarter	Steering committee minutes
///     level	uptime	onsite	network-monitoring	>= 99.9	%	every month
package struct Schedule: Sendable, Equatable {
  /// Who answers for a unit over a span of days.
  package struct UnitLine: Sendable, Equatable, Hashable {
    /// `framework/id`.
    package var unit: String
    package var from: Day
    package var through: Day
    package var terms: Terms

    package init(unit: String, from: Day, through: Day, terms: Terms) {
      self.unit = unit
      self.from = from
      self.through = through
      self.terms = terms
    }
  }

  /// What is accepted about a unit: two answers are equal when these are.
  package struct Terms: Sendable, Equatable, Hashable {
    /// A party, or nobody; parties that one version names at once are joined by commas.
    package var accountable: String?
    /// Parties, in byte order.
    package var responsible: [String]
    /// A cadence's name.
    package var cadence: String?
    /// Engagements whose lines win, in byte order.
    package var yieldsTo: [String]

    package init(accountable: String?, responsible: [String], cadence: String?, yieldsTo: [String]) {
      self.accountable = accountable
      self.responsible = responsible
      self.cadence = cadence
      self.yieldsTo = yieldsTo
    }
  }

  package var units: [UnitLine]
  package var duties: [DutyLine]
  package var levels: [LevelLine]
  package var blocks: [BlockLine]
  package var steps: [StepLine]
  package var papers: [PaperLine]

  package init(
    units: [UnitLine], duties: [DutyLine] = [], levels: [LevelLine] = [], blocks: [BlockLine] = [],
    steps: [StepLine] = [], papers: [PaperLine] = []
  ) {
    self.units = units
    self.duties = duties
    self.levels = levels
    self.blocks = blocks
    self.steps = steps
    self.papers = papers
  }

  package var isEmpty: Bool { units.isEmpty && otherLines.allSatisfy(\.isEmpty) }

  /// The schedule's one spelling.
  package var bytes: [UInt8] {
    let unitLines = units.map { line in
      [
        line.unit, line.from.description, line.through.description, line.terms.accountable ?? "-",
        Schedule.joined(line.terms.responsible), line.terms.cadence ?? "-", Schedule.joined(line.terms.yieldsTo),
      ].joined(separator: "\t")
    }
    var bytes: [UInt8] = []
    for lines in [unitLines] + otherLines.map({ $0.map(\.text) }) {
      for line in lines.sorted(by: ByteOrder.precedes) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(0x0a)
      }
    }
    return bytes
  }

  static func joined(_ names: [String]) -> String {
    names.isEmpty ? "-" : names.sorted(by: ByteOrder.precedes).joined(separator: ",")
  }
}
