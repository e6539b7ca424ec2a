import Catalogs

@testable import Ownership

extension ResponsibilityMatrix.ControlRow {
  /// A row whose units apply and are nobody's.
  static func sample(_ control: Control, units: [Unit]) -> Self {
    Self(
      control: control,
      units: units.map { unit in
        let facts = UnitFacts(id: unit.id, control: unit.control, families: [], domain: nil, isRetained: false)
        return ResponsibilityMatrix.UnitRow(
          id: unit.id, control: unit.control, prose: unit.prose, ownership: UnitOwnership(unit: facts),
          notApplicable: nil, responsible: [], consulted: [], informed: [], cadence: .year, newestEvidence: nil,
          evidenceCount: 0, evidenceDay: nil, evidenceDue: nil, findings: [])
      }, error: nil, findings: [])
  }
}
