internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension AssessmentReport {
  /// The controls, then what they come to, then what keeps a status from being final.
  public func sheets() throws -> [WorkbookSheet] {
    (records.map { [WorkbookSheet("Report", $0)] } ?? [])
      + [WorkbookSheet("Score", scoreSheet), WorkbookSheet("Open requirements", openSheet)]
  }

  /// A row for each framework: how many controls have each state, the score of 110, and the status that would follow.
  private var scoreSheet: Table {
    let states = AssessmentReport.states.map { $0.state.rawValue.replacing("-", with: "_") }
    let titles =
      ["framework", "controls"] + states + [
        "score", "score_if_rest_met", "unassessed", "cmmc_level", "cmmc_status", "because", "close_out",
      ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for rows in frameworks {
      let (counts, score, status) = (counts(rows), score(rows), status(rows))
      let closeOut = status?.verdict == .final ? nil : conditionalSince.map { CMMCStatus.closeOut(since: $0) }
      table.add(
        [.text(rows.id), .integer(rows.controls.count)]
          + AssessmentReport.states.map { .integer(counts[$0.state] ?? 0) }
          + [
            score?.score.map { .integer($0) } ?? .empty, score?.best.map { .integer($0) } ?? .empty,
            score.map { .integer($0.unassessed) } ?? .empty, status.map { .integer($0.level) } ?? .empty,
            .optional(status?.verdict.rawValue), .optional(status?.reasons.joined(separator: "; ")),
            status == nil ? .empty : closeOut.map { .day("\($0)") } ?? .empty,
          ] + stamp.cells)
    }
    return table
  }

  /// A row for each requirement that is not met, of each status.
  private var openSheet: Table {
    let titles = ["framework", "cmmc_level", "requirement", "may_stay_open", "because"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for rows in frameworks {
      guard let status = status(rows) else { continue }
      for item in status.items {
        table.add(
          [
            .text(rows.id), .integer(status.level), .text(item.requirement), .flag(item.mayStayOpen),
            .optional(item.reason),
          ] + stamp.cells)
      }
    }
    return table
  }
}
