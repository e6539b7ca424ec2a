internal import Findings
package import Obligations
internal import Ownership
package import Rendering
internal import Statements

/// The auditor's list as a workbook: their rows with what answers each, the evidence, and what is missing.
package struct RequestWorkbook: Report, StampedReport {
  /// What it was folded from.
  package let stamp: ReportStamp
  /// The options with which the same command makes it again.
  package let again: String?
  private let export: RequestExport
  private let section: RequestsReport.Section
  private let files: [Int: [RequestFile]]

  /// - Parameter again: As the command line takes them.
  package init(
    _ stamp: ReportStamp, _ export: RequestExport, _ section: RequestsReport.Section, files: [Int: [RequestFile]],
    again: String
  ) {
    self.stamp = stamp
    self.export = export
    self.section = section
    self.files = files
    self.again = again
  }

  /// A title, for the workbook's properties.
  package func blocks(width: Int) -> [Block] { [stamp.heading("Answers to '\(section.name)'"), .facts(stamp.facts)] }

  /// The auditor's rows with ours.
  package var records: Table? { export.table() }

  /// For machines.
  package var value: JSONOutput { .object(stamp.members + [("list", .string(section.name))]) }

  /// The requests, their evidence, and what is missing.
  package func sheets() throws -> [WorkbookSheet] {
    var sheets = [
      WorkbookSheet("Requests", export.table()), WorkbookSheet("Evidence", evidence), WorkbookSheet("Missing", missing),
    ]
    let above = export.above
    if !above.isEmpty {
      var table = Table(["above the auditor's headings"])
      for line in above { table.add([.text(line)]) }
      sheets.append(WorkbookSheet("Title", table))
    }
    return sheets
  }

  /// A row for each file that answers a request.
  private var evidence: Table {
    var table = Table([
      "request", .number("row"), "basis", .number("entry"), "controls", "member", "party", "from", "through",
      "collected",
      "recorded", "description", "source", "file", "SHA-256",
    ])
    for state in section.states {
      for answer in state.answers {
        let said = answer.record.evidence
        let own = files[answer.record.entry] ?? []
        for file in own.isEmpty ? [RequestFile(name: "", digest: "")] : own {
          table.add([
            .text(state.request.number), .integer(state.request.row), .text(answer.basis),
            .integer(answer.record.entry), .list(answer.controls), .text(answer.record.member),
            .text(answer.record.party), day(said.from), day(said.through), day(said.collected?.day),
            day(answer.record.recorded.day), .optional(said.description), .optional(said.source), .text(file.name),
            .text(file.digest),
          ])
        }
      }
    }
    return table
  }

  /// A row for each request that is not wholly answered, with what nearly fits.
  private var missing: Table {
    var table = Table([
      "request", .number("row"), "what is asked for", "status", "due", "overdue", "owner", "nothing for",
      "nearly fits, and does not count", "not understood", "nothing of",
    ])
    for state in section.states where !state.isSettled {
      let request = state.request
      table.add([
        .text(request.number), .integer(request.row), .text(request.text), .text(state.status.rawValue),
        day(request.due), .flag(state.isOverdue(on: stamp.asOf)), .optional(request.owner), .list(state.missing),
        .text(state.misses.map { "entry \($0.record.entry) \($0.reason)" }.joined(separator: "; ")),
        .text(request.doubts.joined(separator: "; ")),
        .list(state.uncovered.map { "\($0.lowerBound) to \($0.upperBound)" }),
      ])
    }
    return table
  }

  private func day(_ day: Day?) -> Cell { day.map { .day("\($0)") } ?? .empty }
}
