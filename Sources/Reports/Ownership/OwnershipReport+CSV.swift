internal import Findings
internal import Rendering
internal import Catalogs
internal import Ownership

extension OwnershipReport {
  /// For spreadsheets: a row for each unit, all of it in every row.
  ///
  /// A control that is another's under another name has the other's units; those rows are not `counted`.
  package func csv() -> String {
    var output = CSVOutput(
      columns: [
        "framework", "family", "control", "unit", "title", "objective", "domain", "accountable", "shared",
        "responsible", "consulted", "informed", "accepted", "engagement", "assigned_by", "findings", "owned",
        "applies", "not_applicable", "cadence", "evidence_entry", "evidence_day", "evidence_due", "retained",
        "same_as", "counted",
      ] + ReportStamp.columns)
    for framework in matrix.frameworks {
      for row in listed(framework) {
        for unit in row.units { output.add(cells(framework.id, row, unit) + stamp.cells) }
        // A control whose targets are not there still has a row.
        if row.units.isEmpty { output.add(cells(framework.id, row, nil) + stamp.cells) }
      }
    }
    return output.text
  }

  private func cells(_ framework: String, _ row: ControlRow, _ unit: UnitRow?) -> [String] {
    let control = row.control
    let newest = unit?.newestEvidence
    let findings = unit?.findings ?? row.findings
    let isOwned = unit.map { $0.applies && $0.ownership.isOwned } ?? row.isOwned
    return [
      framework, control.families.first?.local ?? "", control.id.description, unit?.id.description ?? "",
      control.title, unit?.prose ?? "", row.domain ?? "", unit?.accountable ?? "", yesOrNo(row.isShared),
      list(unit?.responsible), list(unit?.consulted), list(unit?.informed), yesOrNo(unit?.isAccepted ?? false),
      unit?.engagement ?? "", unit?.assignedBy ?? "", list(findings.map(\.rawValue)), yesOrNo(isOwned),
      yesOrNo(unit?.applies ?? row.applies), unit?.notApplicable ?? "", unit?.cadence.rawValue ?? "",
      newest.map { "\($0.entry)" } ?? "", newest.map { "\($0.ageDay)" } ?? "",
      unit?.evidenceDue.map { "\($0)" } ?? "", control.retained ?? "", list(control.sameAs.map(\.description)),
      yesOrNo(isCounted(row)),
    ]
  }

  private func list(_ names: [String]?) -> String { (names ?? []).joined(separator: " ") }

  private func yesOrNo(_ value: Bool) -> String { value ? "yes" : "no" }
}
