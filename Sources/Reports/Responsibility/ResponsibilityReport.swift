package import Catalogs
package import Findings
package import Obligations
package import Ownership
package import Statements

/// What a party would be asked about: what it answers for, what it is asked or told, what it owes, and what is not in order.
public struct ResponsibilityReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// Units of one control that are alike.
  package struct Row: Sendable, Equatable {
    package var framework: String
    package var family: ControlID?
    package var control: ControlID
    package var title: String
    package var units: [ControlID]
    package var isWhole: Bool
    /// The letters of what the party is for it: `A`, `R`, `C`, `I`.
    package var letters: String
    /// Who answers, where that is another.
    package var accountable: String?
    package var responsible: [String]
    package var cadence: Cadence
    package var evidence: Int?
    package var evidenceDay: Day?
    package var due: Day?
    package var engagement: String?
    package var findings: [FindingCode]

    /// `3.1.1`, or `3.1.1 [a] [b]` where its units differ.
    package var name: String {
      isWhole
        ? control.local : "\(control.local) " + UnitNames.suffixes(units, of: control).joined(separator: " ")
    }

    fileprivate func isLike(_ other: Row) -> Bool {
      var other = other
      (other.units, other.isWhole) = (units, isWhole)
      return self == other
    }
  }

  package let party: String
  package let name: String
  /// What it answers for or does, in the order of the catalogs.
  package let own: [Row]
  /// What it is only asked or told about.
  package let heard: [Row]
  /// What an agreement gives to it and it does not answer for: it has declined it, somebody's word is missing, or other
  /// agreements give it to others.
  package let given: [Row]
  package let duties: DutiesReport
  /// Each period of each of its service levels.
  package let levels: [LevelResults.Result]
  let familyTitles: [ControlID: String]

  /// - Parameter frameworks: Those to report on; nil for all.
  package init(
    _ snapshot: Snapshot, _ book: DutyBook, party: String, frameworks: [String]? = nil
  ) {
    stamp = ReportStamp(snapshot)
    self.party = party
    name = snapshot.state.membership.party(party)?.name ?? ""
    let matrix = frameworks.map { snapshot.matrix.only($0) } ?? snapshot.matrix
    let all = ResponsibilityReport.rows(matrix) { unit in
      let letters = ResponsibilityReport.letters(unit, party)
      return letters.isEmpty ? nil : (letters, unit.engagement)
    }
    given = ResponsibilityReport.rows(matrix) { unit in
      ResponsibilityReport.engagement(giving: unit, to: party).map { ("", $0) }
    }
    own = all.filter { $0.letters.contains("A") || $0.letters.contains("R") }
    heard = all.filter { !$0.letters.contains("A") && !$0.letters.contains("R") }
    duties = DutiesReport(snapshot, book, party: party)
    levels = LevelResults.list(snapshot).filter { $0.party == party }
    familyTitles = (try? snapshot.familyTitles()) ?? [:]
  }

  /// Units that it answers for, and of those the ones with a finding.
  package func count(_ code: FindingCode) -> Int {
    own.filter { $0.letters.contains("A") && $0.findings.contains(code) }.reduce(0) { $0 + $1.units.count }
  }

  /// Units that it answers for.
  package var units: Int { own.filter { $0.letters.contains("A") }.reduce(0) { $0 + $1.units.count } }

  /// - Parameter role: The letters of what the party is for a unit, and the agreement by which; nil for nothing.
  private static func rows(
    _ matrix: ResponsibilityMatrix, _ role: (ResponsibilityMatrix.UnitRow) -> (letters: String, engagement: String?)?
  ) -> [Row] {
    var rows: [Row] = []
    var seen: Set<ControlID> = []
    for framework in matrix.frameworks {
      for control in framework.controls {
        var own: [Row] = []
        for unit in control.applicable where seen.insert(unit.id).inserted {
          guard let role = role(unit) else { continue }
          let row = Row(
            framework: framework.id, family: control.control.families.first, control: control.control.id,
            title: control.control.title, units: [unit.id], isWhole: false, letters: role.letters,
            accountable: role.letters.contains("A") ? nil : unit.accountable, responsible: unit.responsible,
            cadence: unit.cadence, evidence: unit.newestEvidence?.entry, evidenceDay: unit.evidenceDay,
            due: unit.evidenceDue, engagement: role.engagement, findings: unit.findings)
          if let place = own.firstIndex(where: { $0.isLike(row) }) {
            own[place].units.append(unit.id)
          } else {
            own.append(row)
          }
        }
        for place in own.indices { own[place].isWhole = own[place].units.count == control.applicable.count }
        rows += own
      }
    }
    return rows
  }

  /// The agreement that gives a unit to a party which does not answer for it.
  private static func engagement(giving unit: ResponsibilityMatrix.UnitRow, to party: String) -> String? {
    guard !unit.ownership.isOwned || unit.accountable != party else { return nil }
    if let claim = unit.ownership.claims.first(where: { $0.answer.parties.contains(party) }) {
      return unit.ownership.isOwned ? nil : claim.engagement
    }
    guard let waiting = unit.ownership.waiting, waiting.answer.parties.contains(party) else { return nil }
    return waiting.engagement
  }

  /// A member stands for their party.
  private static func letters(_ unit: ResponsibilityMatrix.UnitRow, _ party: String) -> String {
    func names(_ names: [String]) -> Bool { names.contains { Identifier.party(ofMember: $0) == party } }
    var letters = ""
    if unit.ownership.isOwned, unit.accountable == party { letters += "A" }
    if names(unit.responsible) { letters += "R" }
    if names(unit.consulted) { letters += "C" }
    if names(unit.informed) { letters += "I" }
    return letters
  }
}
