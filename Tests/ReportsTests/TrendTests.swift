import Catalogs
import Findings
@testable import Ownership
@testable import Reports
import Rendering
import Statements
import Testing

struct TrendTests {
  private func trend(_ world: World, _ earlier: (Int, String)...) throws -> Trend {
    let snapshots = try earlier.map { try world.known(at: $0.0, on: $0.1) } + [world.snapshot()]
    return Trend(
      snapshots[snapshots.count - 1],
      points: snapshots.map { Trend.Point($0, frameworks: nil, gaps: GapsReport($0)) }, every: .month)
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    let reports = [
      ("trend", try trend(World(), (9, "2025-12-31"), (24, "2026-09-30"), (28, "2026-10-31"))),
      ("trend-orderly", try trend(World.orderly(), (3, "2025-11-30"), (20, "2026-10-31"))),
    ]
    for (name, report) in reports {
      try Golden.check(report.text(), "\(name).txt")
      try Golden.check(report.csv() ?? "", "\(name).csv")
      try Golden.check(report.json().pretty + "\n", "\(name).json")
    }
  }

  @Test func `a point has the totals that the ownership report of its tree and day has`() throws {
    let world = try World()
    let snapshot = try world.known(at: 24, on: "2026-09-30")
    let ownership = try OwnershipReport(snapshot)
    let point = Trend.Point(snapshot, frameworks: nil, gaps: GapsReport(snapshot))
    #expect(point.controls == ownership.totals.controls && point.units == ownership.totals.units)
    #expect(point.errors == GapsReport(snapshot, atLeast: .error).gaps.count && point.errors > 0)
    #expect(point.current < point.units.owned)
  }

  @Test func `with one framework, only its units count`() throws {
    let snapshot = try World().snapshot()
    let some = Trend.Point(snapshot, frameworks: ["plant-l1"], gaps: GapsReport(snapshot, frameworks: ["plant-l1"]))
    #expect(some.units.total == 3)
  }

  @Test(arguments: [
    ("2026-11-24", Trend.Period.month, ["2026-08-31", "2026-09-30", "2026-10-31"]),
    ("2026-03-01", Trend.Period.month, ["2025-12-31", "2026-01-31", "2026-02-28"]),
    ("2026-11-24", Trend.Period.quarter, ["2026-03-31", "2026-06-30", "2026-09-30"]),
    ("2026-12-31", Trend.Period.quarter, ["2026-03-31", "2026-06-30", "2026-09-30"]),
    ("2027-01-01", Trend.Period.quarter, ["2026-06-30", "2026-09-30", "2026-12-31"]),
  ])
  func `periods end on their last days`(day: String, period: Trend.Period, ends: [String]) throws {
    #expect(period.ends(before: try World.day(day), count: 3).map { "\($0)" } == ends)
  }
}
