internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension ResponsibilityReport {
  private static let titles = [
    "party", "framework", "family", "control", "units", "title", "letters", "accountable", "responsible", "cadence",
    "evidence_entry", "evidence_day", "evidence_due", "engagement", "findings",
  ]

  /// What only duties and levels have; `kind` is `control`, `duty` or `level`.
  private static let promiseTitles = [
    "kind", "name", "last_done", "due", "state", "days_late", "period_from", "period_through", "target", "unit",
    "value",
  ]

  /// A row for each control, or for each kind of its units; then one for each duty and each period of a service level.
  public var records: Table? {
    var table = Table(
      ResponsibilityReport.titles.map { Table.Column($0) } + ReportStamp.columns
        + ResponsibilityReport.promiseTitles.map { Table.Column($0) })
    let none = Array(repeating: Cell.empty, count: ResponsibilityReport.promiseTitles.count - 2)
    for row in own + heard + given {
      table.add(cells(row) + stamp.cells + [.text("control"), .text(row.control.description)] + none)
    }
    for row in duties.rows {
      let duty = row.duty
      let lead = lead(title: duty.title, cadence: duty.cadence, engagement: duty.engagement)
      table.add(
        lead + stamp.cells + [.text("duty"), .text(duty.name)] + cells(row) + Array(repeating: .empty, count: 5))
    }
    for level in levels {
      let lead = lead(title: level.level, cadence: level.every, engagement: level.engagement)
      table.add(
        lead + stamp.cells + [
          .text("level"), .text(level.name), .empty, .empty, .text(level.state.rawValue), .empty,
        ] + cells(level))
    }
    return table
  }

  /// All of it, then what it owes, what it promised, and how much of it is not in order, on a sheet each.
  public func sheets() throws -> [WorkbookSheet] {
    var owed = Table(
      ["duty", "title", "cadence", "last_done", "due", "state", "days_late"].map { Table.Column($0) }
        + ReportStamp.columns)
    for row in duties.rows {
      owed.add([.text(row.duty.name), .text(row.duty.title), .text(row.duty.cadence)] + cells(row) + stamp.cells)
    }
    var promised = Table(
      ["level", "state", "period_from", "period_through", "target", "unit", "value"].map { Table.Column($0) }
        + ReportStamp.columns)
    for level in levels {
      promised.add([.text(level.name), .text(level.state.rawValue)] + cells(level) + stamp.cells)
    }
    // The first has every row that a file of comma-separated values has.
    return (records.map { [WorkbookSheet("Report", $0)] } ?? []) + [
      WorkbookSheet("Duties", owed), WorkbookSheet("Service levels", promised), WorkbookSheet("Counts", countSheet),
    ]
  }

  private var countSheet: Table {
    var table = Table(["what", "count"] + ReportStamp.columns)
    func add(_ what: String, _ count: Int) { table.add([.text(what), .integer(count)] + stamp.cells) }
    add("units that it answers for", units)
    for code in ResponsibilityReport.told { add("units: \(code.rawValue)", count(code)) }
    add("duties", duties.rows.count)
    add("duties that are late", duties.rows.count(where: \.duty.isOverdue))
    for state in LevelResults.State.allCases {
      add("periods of service levels: \(state.rawValue)", levels.count { $0.state == state })
    }
    return table
  }

  private func cells(_ row: Row) -> [Cell] {
    [
      .text(party), .text(row.framework), .optional(row.family?.local), .text(row.control.description),
      .list(row.units.map(\.description)), .text(row.title), .text(row.letters),
      .optional(row.letters.contains("A") ? party : row.accountable), .list(row.responsible),
      .text(row.cadence.rawValue), row.evidence.map { .integer($0) } ?? .empty,
      row.evidenceDay.map { .day("\($0)") } ?? .empty, row.due.map { .day("\($0)") } ?? .empty,
      .optional(row.engagement), .list(row.findings.map(\.rawValue)),
    ]
  }

  /// Under the titles of a control, what a duty or a level has as well.
  private func lead(title: String, cadence: String, engagement: String) -> [Cell] {
    [.text(party)] + Array(repeating: .empty, count: 4) + [.text(title)] + Array(repeating: .empty, count: 3)
      + [.text(cadence)] + Array(repeating: .empty, count: 3) + [.text(engagement), .empty]
  }

  /// `last_done`, `due`, `state`, `days_late`.
  private func cells(_ row: DutiesReport.Row) -> [Cell] {
    [
      row.duty.newest.map { .day("\($0.day)") } ?? .empty, row.duty.due.map { .day("\($0)") } ?? .empty,
      .text(row.duty.isOverdue ? "late" : row.duty.due == nil && row.duty.newest != nil ? "done" : "open"),
      .integer(row.daysLate),
    ]
  }

  /// `period_from`, `period_through`, `target`, `unit`, `value`.
  private func cells(_ level: LevelResults.Result) -> [Cell] {
    [
      .day("\(level.period.from)"), .day("\(level.period.through)"), .text(level.target), .text(level.unit),
      level.measured.map { .number($0.measurement.value) } ?? .empty,
    ]
  }
}
