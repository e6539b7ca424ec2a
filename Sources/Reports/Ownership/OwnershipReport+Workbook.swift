public import Rendering

extension OwnershipReport {
  /// The matrix, then what other reports say of the same tree, one question a sheet.
  public func sheets() throws -> [WorkbookSheet] {
    let own = records.map { [WorkbookSheet(selection == .all ? "Ownership" : "Unowned", $0)] } ?? []
    return own + companions
  }
}

/// What stands beside the matrix in a workbook: what is open, what shows it, who agreed, what was promised, what is planned.
package struct WorkbookCompanions {
  /// In their order.
  package let sheets: [WorkbookSheet]

  /// - Parameters:
  ///   - gaps: Of the same snapshot and frameworks as all others.
  ///   - evidence: With as many submissions as are to be listed.
  package init(
    gaps: GapsReport, evidence: EvidenceReport, acceptances: AcceptancesReport, levels: LevelsReport,
    actions: ActionPlanReport
  ) {
    let all: [(name: String, table: Table?)] = [
      ("Gaps", gaps.records), ("Evidence", evidence.controlTable), ("Submissions", evidence.records),
      ("Acceptances", acceptances.records), ("Service levels", levels.records), ("POA&M", actions.records),
    ]
    sheets = all.compactMap { sheet in sheet.table.map { WorkbookSheet(sheet.name, $0) } }
  }
}
