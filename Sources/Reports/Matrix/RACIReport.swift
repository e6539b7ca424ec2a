package import Catalogs
internal import Findings
package import Ownership
internal import Statements

/// Controls by parties: who is accountable, responsible, consulted and informed.
public struct RACIReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp

  /// A control, or units of one that are alike among themselves and unlike its others.
  package struct Row: Sendable, Equatable {
    package var framework: String
    package var family: ControlID?
    package var control: ControlID
    package var title: String
    package var units: [ControlID]
    package var isWhole: Bool
    /// `A`, `R`, `C` and `I`, in this order, by party.
    package var letters: [String: String]
    /// Why nobody answers, or that it does not apply; nil where somebody does.
    package var remark: String?

    /// `3.1.1`, or `3.1.1 [a] [b]` where its units differ.
    package var name: String {
      isWhole
        ? control.local : "\(control.local) " + UnitNames.suffixes(units, of: control).joined(separator: " ")
    }
  }

  /// The client first, then in order of joining; those last that never joined.
  package let parties: [String]
  /// What parties call themselves.
  package let names: [String: String]
  /// In the order of the catalogs.
  package let rows: [Row]
  /// The titles of frameworks.
  package let frameworks: [(id: String, title: String)]
  let familyTitles: [ControlID: String]

  /// - Parameter frameworks: Those to report on; nil for all.
  package init(_ snapshot: Snapshot, frameworks: [String]? = nil) {
    let matrix = frameworks.map { snapshot.matrix.only($0) } ?? snapshot.matrix
    stamp = ReportStamp(snapshot)
    familyTitles = (try? snapshot.familyTitles()) ?? [:]
    self.frameworks = matrix.frameworks.map { ($0.id, $0.title) }
    rows = matrix.frameworks.flatMap { framework in
      framework.controls.flatMap { RACIReport.rows($0, framework.id) }
    }
    let named = Set(rows.flatMap(\.letters.keys))
    let joined = snapshot.state.membership.parties
    let others = named.subtracting(joined.map(\.id)).sorted(by: ByteOrder.precedes)
    parties = joined.map(\.id).filter { named.contains($0) || $0 == snapshot.state.client } + others
    names = Dictionary(joined.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  private static func rows(_ control: ResponsibilityMatrix.ControlRow, _ framework: String) -> [Row] {
    var rows: [Row] = []
    for unit in control.units {
      let (letters, remark) = (RACIReport.letters(unit), RACIReport.remark(unit))
      if let place = rows.firstIndex(where: { $0.letters == letters && $0.remark == remark }) {
        rows[place].units.append(unit.id)
      } else {
        rows.append(
          Row(
            framework: framework, family: control.control.families.first, control: control.control.id,
            title: control.control.title, units: [unit.id], isWhole: false, letters: letters, remark: remark))
      }
    }
    if rows.isEmpty {
      rows.append(
        Row(
          framework: framework, family: control.control.families.first, control: control.control.id,
          title: control.control.title, units: [], isWhole: true, letters: [:],
          remark: control.error?.rawValue ?? FindingCode.undecided.rawValue))
    }
    for place in rows.indices { rows[place].isWhole = rows[place].units.count == control.units.count }
    return rows
  }

  /// A member stands for their party.
  private static func letters(_ unit: ResponsibilityMatrix.UnitRow) -> [String: String] {
    guard unit.applies else { return [:] }
    var letters: [String: String] = [:]
    func add(_ letter: String, _ names: [String]) {
      for party in Set(names.map { Identifier.party(ofMember: $0) }) { letters[party, default: ""] += letter }
    }
    // Of what is contested nobody is accountable yet: the remark says so.
    if unit.ownership.isOwned { add("A", [unit.accountable].compactMap { $0 }) }
    add("R", unit.responsible)
    add("C", unit.consulted)
    add("I", unit.informed)
    return letters
  }

  private static func remark(_ unit: ResponsibilityMatrix.UnitRow) -> String? {
    unit.applies ? unit.ownership.error?.rawValue : "not applicable"
  }
}
