internal import Statements
internal import Obligations
internal import Findings
public import Rendering
internal import Catalogs
internal import Findings
internal import Ownership

extension OwnershipReport {
  /// For spreadsheets: a row for each unit, all of it in every row.
  ///
  /// A control that is another's under another name has the other's units; those rows are not `counted`.
  public var records: Table? {
    var table = Table(
      [
        "framework", "family", "control", "unit", "title", "objective", "domain", "accountable", "shared",
        "responsible", "consulted", "informed", "accepted", "engagement", "assigned_by", "findings", "owned",
        "applies", "not_applicable", "cadence", "evidence_entry", "evidence_day", "evidence_due", "retained",
        "same_as", "counted", "assessment",
      ].map { Table.Column($0) } + ReportStamp.columns)
    for framework in matrix.unreadable {
      // A catalog that cannot be read has a row, so that nobody takes its absence for an answer.
      var cells: [Cell] = Array(repeating: .empty, count: table.columns.count - ReportStamp.columns.count)
      (cells[0], cells[4]) = (.text(framework), "the catalog cannot be read")
      if let place = table.columns.firstIndex(where: { $0.title == "findings" }) {
        cells[place] = .text(FindingCode.undecided.rawValue)
      }
      table.add(cells + stamp.cells)
    }
    for framework in matrix.frameworks {
      for row in listed(framework) {
        for unit in row.units { table.add(cells(framework.id, row, unit) + stamp.cells) }
        // A control whose targets are not there still has a row.
        if row.units.isEmpty { table.add(cells(framework.id, row, nil) + stamp.cells) }
      }
    }
    return table
  }

  private func cells(_ framework: String, _ row: ControlRow, _ unit: UnitRow?) -> [Cell] {
    let control = row.control
    let newest = unit?.newestEvidence
    let findings = unit?.findings ?? row.findings
    let isOwned = unit.map { $0.applies && $0.ownership.isOwned } ?? row.isOwned
    return [
      .text(framework), .optional(control.families.first?.local), .text(control.id.description),
      .optional(unit?.id.description), .text(control.title), .optional(unit?.prose), .optional(row.domain),
      .optional(unit?.accountable), .flag(row.isShared), .list(unit?.responsible ?? []), .list(unit?.consulted ?? []),
      .list(unit?.informed ?? []), .flag(unit?.isAccepted ?? false), .optional(unit?.engagement),
      .optional(unit?.assignedBy), .list(findings.map(\.rawValue)), .flag(isOwned),
      .flag(unit?.applies ?? row.applies), .optional(unit?.notApplicable), .optional(unit?.cadence.rawValue),
      newest.map { .integer($0.entry) } ?? .empty, unit?.evidenceDay.map { .day("\($0)") } ?? .empty,
      unit?.evidenceDue.map { .day("\($0)") } ?? .empty, .optional(control.retained),
      .list(control.sameAs.map(\.description)), .flag(isCounted(row)),
      .optional(
        unit.flatMap { assessments?.mark($0)?.assessment.status.rawValue }
          ?? (unit == nil ? nil : assessments.map { _ in "none" })),
    ]
  }
}
