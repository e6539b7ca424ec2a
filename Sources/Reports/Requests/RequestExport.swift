internal import Findings
package import Obligations
internal import Ownership
package import Rendering
internal import Statements

/// The auditor's own table with what stands in the log behind each request.
package struct RequestExport {
  private static let columns = [
    "Evidence status", "Evidence basis", "Evidence entries", "Evidence by", "Evidence files", "Evidence SHA-256",
  ]
  /// So many files are named; an entry may have thousands.
  private static let fileLimit = 50

  /// The table's rows as they stand in the file, by row number, headings and titles among them.
  private let rows: [(number: Int, cells: [Cell])]
  /// The row of the headings.
  private let header: Int
  private let states: [RequestRules.State]
  private let files: [Int: [RequestFile]]

  package init(
    rows: [(number: Int, cells: [Cell])], header: Int, states: [RequestRules.State], files: [Int: [RequestFile]]
  ) {
    self.rows = rows
    self.header = header
    self.states = states
    self.files = files
  }

  /// Comma-separated values, which no spreadsheet takes for formulas.
  package func csv() -> String {
    let width = rows.map(\.cells.count).max() ?? 0
    let byRow = Dictionary(states.map { ($0.request.row, $0) }, uniquingKeysWith: { first, _ in first })
    var output: CSVOutput?
    for row in rows {
      var cells = row.cells.map { $0.text() } + Array(repeating: "", count: width - row.cells.count)
      if row.number == header {
        cells += RequestExport.columns
      } else {
        cells += byRow[row.number].map(added) ?? Array(repeating: "", count: RequestExport.columns.count)
      }
      // The first row says how many columns there are, whatever it is.
      if output == nil { output = CSVOutput(columns: cells) } else { output?.add(cells) }
    }
    return output?.text ?? ""
  }

  /// The same rows under the auditor's own headings; what stands above those has no columns.
  package func table() -> Table {
    let width = rows.map(\.cells.count).max() ?? 0
    let byRow = Dictionary(states.map { ($0.request.row, $0) }, uniquingKeysWith: { first, _ in first })
    let titles = (rows.first { $0.number == header }?.cells ?? []).map { $0.text() }
    let own = (0..<width).map { $0 < titles.count ? titles[$0] : "" }
    var table = Table((own + RequestExport.columns).map { Table.Column($0) })
    for row in rows where row.number > header {
      let cells = row.cells + Array(repeating: .empty, count: width - row.cells.count)
      table.add(cells + (byRow[row.number].map(added) ?? []).map { .text($0) })
    }
    return table
  }

  /// The lines above the headings, a title mostly.
  package var above: [String] {
    rows.filter { $0.number < header }.map { $0.cells.map { $0.text() }.filter { !$0.isEmpty }.joined(separator: "  ") }
      .filter { !$0.isEmpty }
  }

  private func added(_ state: RequestRules.State) -> [String] {
    let entries = state.answers.map(\.record.entry)
    let brought = entries.flatMap { files[$0] ?? [] }
    let shown = brought.prefix(RequestExport.fileLimit)
    let more = brought.count > shown.count ? "; and \(brought.count - shown.count) more" : ""
    var status = state.status.rawValue
    if state.status == .partly {
      var lacks: [String] = []
      if !state.missing.isEmpty { lacks.append("nothing for \(Wording.list(state.missing))") }
      if !state.uncovered.isEmpty { lacks.append("nothing of \(RequestsReport.told(state.uncovered))") }
      status +=
        ": " + (lacks.isEmpty ? "it names more controls than were understood" : lacks.joined(separator: "; "))
    }
    return [
      status, Set(state.answers.map(\.basis)).sorted().joined(separator: "; "),
      entries.map { "\($0)" }.joined(separator: "; "),
      Set(state.answers.map(\.record.member)).sorted(by: ByteOrder.precedes).joined(separator: "; "),
      shown.map(\.name).joined(separator: "; ") + more, shown.map(\.digest).joined(separator: "; ") + more,
    ]
  }
}
