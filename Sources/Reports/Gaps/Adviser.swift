package import Catalogs
package import Findings
package import Ownership
internal import Statements

/// Says of each finding why it stands and what would close it: every such sentence and command is in the files `Adviser`.
package struct Adviser: Sendable {
  package typealias UnitRow = ResponsibilityMatrix.UnitRow

  let state: LogState
  /// Engagements that have not ended, the one that names parties for the most units first.
  let engagements: [String]
  /// Who promises each service level that holds, by `acme-onsite/level uptime`.
  let promisers: [String: String]

  package init(_ state: LogState, _ matrix: ResponsibilityMatrix) {
    self.state = state
    promisers = Dictionary(
      matrix.lines.compactMap { row in row.state.held?.parties.first.map { (row.state.subject, $0) } },
      uniquingKeysWith: { first, _ in first })
    var engagements: [String] = []
    for version in state.versions where !engagements.contains(version.engagement) {
      engagements.append(version.engagement)
    }
    engagements = engagements.filter { engagement in
      let newest = state.versions.last { $0.engagement == engagement }?.entry ?? 0
      return !state.ends.contains { $0.engagement == engagement && $0.entry > newest && $0.on <= matrix.asOf }
    }
    // Those that say something today, if any does; the one that says most first.
    var counts: [String: Int] = [:]
    for unit in matrix.units {
      let waiting = unit.ownership.waiting.map { [$0.engagement] } ?? []
      for engagement in Set(unit.ownership.claims.map(\.engagement) + waiting) { counts[engagement, default: 0] += 1 }
    }
    let speaking = engagements.filter { counts[$0] != nil }
    self.engagements =
      speaking.isEmpty
      ? engagements
      : speaking.enumerated().sorted { left, right in
        let (first, second) = (counts[left.element] ?? 0, counts[right.element] ?? 0)
        return first == second ? left.offset < right.offset : first > second
      }.map(\.element)
  }

  /// What to say of a finding on a unit.
  package func advice(_ code: FindingCode, _ row: UnitRow, of control: Control) -> Advice {
    switch code {
    case .undecided, .undelegable, .contested, .declined, .unaccepted, .lapsed, .unowned:
      unownedAdvice(code, row, control)
    case .noEvidence, .staleEvidence, .outsiderEvidence: evidenceAdvice(code, row)
    default: otherAdvice(code, row)
    }
  }
}
