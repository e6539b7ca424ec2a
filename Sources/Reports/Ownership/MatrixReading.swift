internal import Findings
internal import Catalogs
package import Ownership
internal import Statements

// What reports ask of a matrix.

extension ResponsibilityMatrix {
  /// Frameworks that are adopted, those that cannot be read last.
  var frameworkIDs: [String] { frameworks.map(\.id) + unreadable }

  /// The controls that totals count: not those that are another's under another name, where that other is there too.
  package var countedControls: [ControlRow] {
    let present = Set(frameworks.map(\.id))
    return frameworks.flatMap(\.controls).filter { $0.isCounted(among: present) }
  }
}

extension ResponsibilityMatrix.ControlRow {
  /// Whether totals over these frameworks count it here, and not under the controls that it is the same as.
  func isCounted(among frameworks: Set<String>) -> Bool {
    control.sameAs.isEmpty || !control.sameAs.allSatisfy { frameworks.contains($0.framework) }
  }

  /// Frameworks that its same-as controls lie in and that are not adopted, or not readable.
  var missingFrameworks: [String] {
    let known = Set(units.map(\.control))
    let missing = control.sameAs.filter { !known.contains($0) }.map(\.framework)
    return Set(missing).sorted(by: ByteOrder.precedes)
  }

  /// What all its units that apply say alike; nil where they differ, or there are none.
  func common<Value: Equatable>(_ value: (ResponsibilityMatrix.UnitRow) -> Value) -> Value? {
    guard let first = applicable.first.map(value) else { return nil }
    return applicable.allSatisfy { value($0) == first } ? first : nil
  }

  /// The names that any of its units has, each once, in the order of bytes.
  func union(_ names: (ResponsibilityMatrix.UnitRow) -> [String]) -> [String] {
    Set(applicable.flatMap(names)).sorted(by: ByteOrder.precedes)
  }

  /// Its domain; of a control that is another's under another name, the other's.
  var domain: String? {
    let domains = Set(units.map(\.ownership.unit.domain))
    return control.domain ?? (domains.count == 1 ? domains.first ?? nil : nil)
  }

  /// Whether every unit that applies is accepted.
  var isAccepted: Bool { !applicable.isEmpty && applicable.allSatisfy(\.isAccepted) }

  /// Whether its units differ in who answers for them, why, or what is found on them.
  var isSplit: Bool {
    guard let first = units.first else { return false }
    return units.contains { !$0.isLike(first) }
  }
}

extension ResponsibilityMatrix.UnitRow {
  /// Whether a reader would find the same beside another unit's name.
  func isLike(_ other: ResponsibilityMatrix.UnitRow) -> Bool {
    applies == other.applies && notApplicable == other.notApplicable && accountable == other.accountable
      && responsible == other.responsible && consulted == other.consulted && informed == other.informed
      && isAccepted == other.isAccepted && engagement == other.engagement && assignedBy == other.assignedBy
      && findings == other.findings && cadence == other.cadence && newestEvidence?.entry == other.newestEvidence?.entry
  }

  /// The engagement that assigns it; where it is contested, all that do.
  var engagements: String {
    Set(ownership.claims.map(\.engagement)).sorted(by: ByteOrder.precedes).joined(separator: ", ")
  }

  /// Whether its evidence is there and not too old.
  var isEvidenceCurrent: Bool {
    applies && ownership.isOwned && newestEvidence != nil && !findings.contains(.staleEvidence)
  }
}
