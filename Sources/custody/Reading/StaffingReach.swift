internal import Catalogs
internal import Findings
internal import Ownership
internal import Statements
internal import Workspace

/// What naming people for some units comes to: people count only where their party has to do with a unit.
struct StaffingReach {
  private let snapshot: Snapshot
  private let engagement: String
  private let party: String

  /// - Parameter party: Whose people are named.
  init(_ store: OpenedStore, engagement: String, party: String) throws {
    snapshot = try store.snapshot()
    self.engagement = engagement
    self.party = party
  }

  private var rows: [ResponsibilityMatrix.ControlRow] {
    snapshot.matrix.frameworks.flatMap(\.controls).filter { $0.control.sameAs.isEmpty }
  }

  /// Whether the party answers for a unit by the agreement, or does its work.
  private func reaches(_ unit: ResponsibilityMatrix.UnitRow) -> Bool {
    unit.ownership.claims.contains { claim in
      claim.engagement == engagement
        && (claim.answer.parties + claim.answer.responsible).contains { Identifier.party(ofMember: $0) == party }
    }
  }

  /// Of some controls and units those under which the agreement gives the party nothing to do today.
  func idle(_ names: [String]) -> [String] {
    let wanted = Set(names)
    var found: Set<String> = []
    for row in rows {
      for unit in row.applicable where reaches(unit) {
        found.formUnion([unit.id.description, unit.control.description])
      }
    }
    return wanted.subtracting(found).sorted(by: ByteOrder.precedes)
  }

  /// For functions: the controls of their domains, or units of them, that the agreement gives the party and that some
  /// names do not reach. A function is one control; a domain is all that belongs to it.
  func domainUnits(of names: [String]) -> [String] {
    let named = Set(names)
    let domains = Set(
      names.compactMap { name in
        rows.first { $0.control.id.description == name && $0.control.id.framework == StaffingReach.functions }?.control
          .id.local
      })
    guard !domains.isEmpty else { return [] }
    return rows.filter { row in
      row.control.domain.map { domains.contains($0) } ?? false && !named.contains(row.control.id.description)
    }.flatMap { row -> [String] in
      let own = row.applicable.filter { reaches($0) }
      // Where all of a control is the party's, its own name is enough.
      let ids = own.count == row.units.count ? [row.control.id.description] : own.map(\.id.description)
      return own.isEmpty ? [] : ids.filter { !named.contains($0) }
    }
  }

  /// The framework whose controls are the functions that agreements hand over.
  private static let functions = "it-functions"
}
