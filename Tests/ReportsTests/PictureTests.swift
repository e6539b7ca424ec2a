import Catalogs
import Crypto
import Findings
import Foundation
@testable import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// Small pictures on pages, and what stands on further sheets.
struct PictureTests {
  // MARK: Service levels

  private func levels() throws -> LevelsReport {
    let world = try AgendaWorld()
    try world.spring()
    return LevelsReport(try world.fold(on: "2026-06-30").snapshot)
  }

  private func count(_ piece: String, in page: String) -> Int { page.components(separatedBy: piece).count - 1 }

  @Test func `a level has a mark for each period that is over, and its counts beside`() throws {
    let report = try levels()
    let page = try report.page(.none).text
    // January through April were not measured, May was missed, June is open.
    #expect(count("<path class=\"none\"", in: page) == 4 && count("<rect class=\"missed\"", in: page) == 1)
    #expect(count("class=\"target\"", in: page) == 1)
    #expect(page.contains("2026-01 to 2026-05: 1 missed, 4 unmeasured"))
    #expect(
      page.contains("<td class=\"number\">0 of 5</td><td class=\"number\">1 of 5</td><td class=\"number\">4 of 5</td>"))
    #expect(page.contains("98.5 %, 2026-05"))
  }

  @Test func `without a level there is no picture`() throws {
    let report = LevelsReport(try World().snapshot())
    #expect(try !report.page(.none).text.contains("At a glance"))
  }

  @Test func `a value above its target is drawn higher than the target, and one below it lower`() throws {
    func height(_ value: String) throws -> (value: Int, target: Int) {
      let over = try levels().results.filter { $0.state != .open }
      var last = try #require(over.last)
      last.measured?.measurement.value = value
      var first = last
      first.measured?.measurement.value = "99"
      var body = HTMLFragment()
      LevelSparkline([first, last]).add(to: &body)
      let found = body.markup
      let target = try #require(found.firstMatch(of: #/y1="(\d+)"/#)).1
      let mark = try #require(found.matches(of: #/<rect class="missed" x="\d+" y="(\d+)"/#).last).1
      return (try #require(Int(mark)) + 4, try #require(Int(target)))
    }
    let (high, low) = try (height("99.5"), height("98.5"))
    // The picture's first line is its highest.
    #expect(high.value < high.target && low.value > low.target)
  }

  // MARK: Hand-overs

  private func timeline(_ world: World, _ control: String) throws -> TimelineReport {
    let snapshot = try world.snapshot()
    let id = try #require(ControlID(parsing: control))
    let units = snapshot.resolver.scope(on: world.asOf).units.filter { $0.control == id }
    return TimelineReport(snapshot, control: id, title: "", units: units, facts: TimelineReport.Facts())
  }

  @Test func `a strip has a band for each span, and letters tell the parties apart`() throws {
    let report = try timeline(World(), "plant/B.5")
    let page = try report.page(.none).text
    #expect(count("class=\"band\"", in: page) == report.spans.flatMap(\.spans).count)
    // Acme until 2026-10-20, Onsite from then on.
    #expect(page.contains("A is acme; B is onsite; white is nobody"))
    #expect(page.contains("</title></rect><text class=\"letter\""))
  }

  @Test func `bands lie beside each other and end where the strip ends`() throws {
    let page = try timeline(World(), "plant/B.3").page(.none).text
    let bands = page.matches(of: #/class="band" x="(\d+)" y="\d+" width="(\d+)"/#).compactMap { band in
      Int(band.1).flatMap { x in Int(band.2).map { (x, $0) } }
    }
    #expect(bands.count > 1)
    for (left, right) in zip(bands, bands.dropFirst()) { #expect(left.0 + left.1 == right.0) }
    #expect(bands.last.map { $0.0 + $0.1 } == 90 + 620)
  }

  // MARK: The past year

  @Test func `a point is signed by all where every party has signed for a tree that holds it`() throws {
    let world = try World.orderly()
    func trend(_ acme: Int?, _ onsite: Int?) throws -> Trend {
      var world = world
      let noon = try World.noon("2026-11-20")
      world.state.reach["acme"] = acme.map { LogState.Reach(size: $0, entry: $0, time: noon) }
      world.state.reach["onsite"] = onsite.map { LogState.Reach(size: $0, entry: $0, time: noon) }
      let snapshots = [try world.known(at: 20, on: "2026-10-31"), try world.snapshot()]
      return Trend(
        snapshots[1], points: snapshots.map { Trend.Point($0, frameworks: nil, gaps: GapsReport($0)) }, every: .month)
    }
    #expect(try trend(40, 20).signedByAll == 20 && trend(40, nil).signedByAll == 0)
    func dots(_ trend: Trend) -> [Int] {
      var body = HTMLFragment()
      TrendPicture(trend: trend).add(to: &body)
      return ["met", "open"].map { count("<circle class=\"\($0)\"", in: body.markup) }
    }
    #expect(try dots(trend(40, 20)) == [1, 1] && dots(trend(40, 19)) == [0, 2])
    #expect(try dots(trend(41, 41)) == [2, 0])
  }

  // MARK: Workbooks

  @Test func `a workbook of ownership has a sheet for each question, with the rows of the report of that name`() throws
  {
    let world = try World()
    let snapshot = try world.snapshot()
    var report = try OwnershipReport(snapshot)
    #expect(try report.sheets().map(\.name) == ["Ownership"])
    let period = EvidenceCoverage.Span(from: try World.day("2026-01-01"), through: world.asOf)
    let tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    let evidence = EvidenceReport(
      ReportStamp(snapshot), order: .control, period: period, lines: tally.lines(snapshot.matrix) { _ in true },
      submitters: [], ages: [], rows: [], total: 0)
    let (gaps, words) = (GapsReport(snapshot), AcceptancesReport(snapshot))
    report.companions =
      WorkbookCompanions(
        gaps: gaps, evidence: evidence, acceptances: words, levels: LevelsReport(snapshot),
        actions: ActionPlanReport(snapshot, marks: [])
      ).sheets
    let sheets = try report.sheets()
    #expect(
      sheets.map(\.name) == [
        "Ownership", "Gaps", "Evidence", "Submissions", "Acceptances", "Service levels", "POA&M",
      ])
    #expect(sheets[0].table == report.records && sheets[1].table == gaps.records && sheets[4].table == words.records)
    #expect(sheets[2].table.rows.count == evidence.lines.count)
    let only = try OwnershipReport(snapshot, only: .unowned)
    #expect(try only.sheets().map(\.name) == ["Unowned"])
  }

  @Test func `days and numbers on the sheet of evidence are typed`() throws {
    let world = try World.orderly()
    let snapshot = try world.snapshot()
    let period = EvidenceCoverage.Span(from: try World.day("2026-01-01"), through: world.asOf)
    var tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    var said = Evidence(controls: ["plant/A.2"])
    said.through = try World.day("2026-11-11")
    tally.add(
      EvidenceRecord(
        entry: 11, statement: .zero, party: "onsite", member: "onsite/jane", keyID: .zero,
        recorded: try World.noon("2026-11-11"), evidence: said), replaced: nil, isRedacted: false)
    let report = EvidenceReport(
      ReportStamp(snapshot), order: .control, period: period, lines: tally.lines(snapshot.matrix) { _ in true },
      submitters: tally.submittersInOrder(), ages: tally.ages(), rows: [], total: 1)
    let table = report.controlTable
    let rows = table.rows.compactMap { row -> [Cell]? in
      if case .cells(let cells) = row { return cells.contains(.text("plant/A.2")) ? cells : nil }
      return nil
    }
    let cells = try #require(rows.first)
    let named = Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.title), cells))
    #expect(named["newest_day"] == .day("2026-11-11") && named["newest_entry"] == .integer(11))
    #expect(named["stale"] == .flag(false))
    // From New Year's Day until it was shown on 11 November.
    #expect(named["days_uncovered"] == .integer(314) && named["uncovered"] == .list(["2026-01-01..2026-11-10"]))
  }
}
