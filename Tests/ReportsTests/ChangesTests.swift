import Catalogs
import Findings
import Obligations
@testable import Ownership
@testable import Reports
import Rendering
import Statements
import Testing

struct ChangesTests {
  private func troubled() throws -> Changes {
    let world = try World()
    let deeds = try [
      World.deed(25, "2026-10-20", "acme/bo", "engagement"), World.deed(26, "2026-10-20", "acme/bo", "acceptance"),
      World.deed(27, "2026-10-20", "onsite/jane", "acceptance"), World.deed(29, "2026-11-10", "acme/bo", "engagement"),
      World.deed(30, "2026-11-10", "acme/bo", "acceptance"), World.deed(33, "2026-11-12", "acme/bo", "invention"),
    ]
    let counts = [LogActivity.Count(type: "evidence", party: "onsite", member: "onsite/jane", count: 3)]
    return Changes(
      from: try world.known(at: 24, on: "2026-09-30"), to: try world.snapshot(),
      activity: LogActivity(deeds: deeds, counts: counts))
  }

  private func orderly() throws -> Changes {
    let world = try World.orderly()
    return Changes(
      from: try world.known(at: 3, on: "2026-08-26"), to: try world.snapshot(),
      activity: LogActivity(
        deeds: try [
          World.deed(5, "2025-12-20", "acme/bo", "engagement"),
          World.deed(7, "2025-12-20", "onsite/jane", "acceptance"),
        ],
        counts: [LogActivity.Count(type: "evidence", party: "acme", member: "acme/kim", count: 1)]))
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    for (name, report) in [("changes", try troubled()), ("changes-orderly", try orderly())] {
      try Golden.check(report.text(), "\(name).txt")
      try Golden.check(report.csv() ?? "", "\(name).csv")
      try Golden.check(report.json().pretty + "\n", "\(name).json")
    }
  }

  @Test func `moves are what differs between the two matrices, and nothing else`() throws {
    let world = try World()
    let (from, to) = (try world.known(at: 24, on: "2026-09-30"), try world.snapshot())
    let changes = Changes(from: from, to: to, activity: LogActivity())
    let moved = Set(changes.moves.flatMap(\.units))
    let was = Dictionary(from.matrix.units.map { ($0.id, Standing($0)) }, uniquingKeysWith: { first, _ in first })
    var count = 0
    for unit in to.matrix.units {
      #expect(moved.contains(unit.id) == (was[unit.id] != Standing(unit)), "\(unit.id)")
      count += 1
    }
    #expect(count > 10 && !moved.isEmpty && moved.count < count)
  }

  @Test func `a change of hands says by which version and by whose word`() throws {
    let changes = try troubled()
    let move = try #require(changes.moves.first { $0.control.description == "plant/B.5" })
    #expect(move.before == .party("acme") && move.after == .party("onsite"))
    #expect(move.by?.engagement == "acme-onsite" && move.by?.version == 25)
  }

  @Test func `from before the first entry on, all is new`() throws {
    let world = try World.orderly()
    let empty = try Snapshot(
      checkpoint: world.known(at: 3, on: "2026-08-26").checkpoint, state: LogState(), evidence: world.evidence,
      asOf: World.day("2024-01-01"), library: world.library)
    let changes = Changes(from: empty, to: try world.snapshot(), activity: LogActivity())
    #expect(changes.before.units.total == 0)
    #expect(changes.moves.allSatisfy { $0.before == .absent })
    #expect(changes.moves.flatMap(\.units).count == changes.after.units.total)
  }

  @Test func `between a tree and itself nothing changed`() throws {
    let snapshot = try World().snapshot()
    let changes = Changes(from: snapshot, to: snapshot, activity: LogActivity())
    #expect(changes.isEmpty && changes.before == changes.after)
    #expect(try changes.text().contains("Nothing changed"))
  }

  @Test func `an assessment is told in one line, by what its note says and with the day by which it is to be met`()
    throws
  {
    var assessment = Assessment(
      units: ["plant/A.1"], status: .notMet,
      note: "partial: only for administrators\nowner: acme/bo\nmilestone 2027-01-11: tokens ordered")
    assessment.through = try World.day("2027-02-01")
    let mark = AssessmentBook.Mark(
      entry: 8, day: try World.day("2026-02-01"), party: "acme", member: "acme/bo", assessment: assessment)
    let world = try World.orderly()
    let changes = Changes(
      from: try world.known(at: 3, on: "2026-08-26"), to: try world.snapshot(),
      activity: LogActivity(deeds: [try World.deed(8, "2026-02-01", "acme/bo", "assessment")], assessments: [mark]))
    let told =
      "not-met, partly in place: only for administrators; owner acme/bo; due 2027-02-01; "
      + "milestone 2027-01-11: tokens ordered"
    #expect(changes.events.map(\.what) == ["plant/A.1: \(told)"])
    let snapshot = try world.snapshot()
    let id = try #require(ControlID(parsing: "plant/A.1"))
    var facts = TimelineReport.Facts()
    facts.assessments = [mark]
    let timeline = TimelineReport(
      snapshot, control: id, title: "",
      units: snapshot.resolver.scope(on: world.asOf).units.filter { $0.control == id },
      facts: facts)
    #expect(timeline.events.filter { $0.kind == .assessed }.map(\.what) == [told])
  }

  @Test func `statements outside of the two trees are not told`() throws {
    let world = try World.orderly()
    let deeds = try [
      World.deed(2, "2025-01-01", "acme/bo", "framework"), World.deed(41, "2027-01-01", "acme/bo", "hold"),
    ]
    let changes = Changes(
      from: try world.known(at: 3, on: "2026-08-26"), to: try world.snapshot(), activity: LogActivity(deeds: deeds))
    #expect(changes.events.isEmpty)
  }
}
