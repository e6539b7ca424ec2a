internal import Catalogs
internal import Ownership
public import Rendering
internal import Statements

extension EvidenceReport {
  /// Submissions, then each control with what it has and lacks, then who submitted how much.
  public func sheets() throws -> [WorkbookSheet] {
    let submissions = records.map { [WorkbookSheet("Submissions", $0)] } ?? []
    let controls = [WorkbookSheet("Controls", controlTable)]
    let submitters = [WorkbookSheet("Submitters", submitterSheet)]
    // What was asked for stands first.
    return order == .submitter ? submitters + submissions + controls : submissions + controls + submitters
  }

  /// A row for each control, or for each kind of its units where they differ.
  package var controlTable: Table {
    let titles = [
      "framework", "family", "control", "units", "title", "accountable", "cadence", "count", "newest_entry",
      "newest_day", "due", "stale", "days_uncovered", "uncovered", "period_from", "period_through",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for line in lines {
      let uncovered = line.holes.reduce(0) { $0 + $1.dayCount }
      table.add(
        [
          .text(line.framework), .optional(line.family?.local), .text(line.control.description),
          .list(line.units.map(\.description)), .text(line.title), .optional(line.accountable),
          .text(line.cadence.rawValue), .integer(line.count), line.newest.map { .integer($0.entry) } ?? .empty,
          line.ageDay.map { .day("\($0)") } ?? .empty, line.due.map { .day("\($0)") } ?? .empty,
          .flag(line.isStale(on: stamp.asOf)), .integer(uncovered),
          .list(line.holes.map { "\($0.from)..\($0.through)" }), .day("\(period.from)"), .day("\(period.through)"),
        ] + stamp.cells)
    }
    return table
  }

  private var submitterSheet: Table {
    let titles = ["party", "member", "submissions", "replaced", "redacted", "first", "last"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns + ["partly_redacted"])
    for submitter in submitters {
      table.add(
        [
          .text(submitter.party), .text(submitter.member), .integer(submitter.count), .integer(submitter.replaced),
          .integer(submitter.redacted), .day("\(submitter.first)"), .day("\(submitter.last)"),
        ] + stamp.cells + [.integer(submitter.partlyRedacted)])
    }
    return table
  }
}
