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

/// What the committee's paper lists in which order, and what gives way where there is no room.
struct SteeringRoomTests {
  /// Rows of one column, made to be cut.
  private func grid(_ count: Int, isKept: Bool = false, isNewestLast: Bool = false, floor: Int = 2) -> SteeringPart.Grid
  {
    var grid = SteeringPart.Grid(key: "rows", columns: [.init("row", "row")], command: "custody status")
    grid.rows = (0..<count).map { SteeringPart.Row([.text("row \($0)")], .init(line: "row", value: .integer($0))) }
    (grid.isKept, grid.isNewestLast, grid.floor) = (isKept, isNewestLast, floor)
    return grid
  }

  private func limits(_ grids: [SteeringPart.Grid], room: Int, isStrict: Bool) -> [Int] {
    let part = SteeringPart(key: .people, answer: "So.", grids: grids)
    return SteeringRoom(parts: [part], room: room) { _, limits in
      // A row is a line, and so is what counts the others.
      zip(grids, limits).reduce(0) { $0 + $1.1 + ($1.1 < $1.0.rows.count ? 1 : 0) }
    }.limits(isStrict: isStrict)[0]
  }

  @Test func `rows give way only as far as there is no room, those of the longest list first, and decisions never`() {
    #expect(limits([grid(9), grid(4)], room: 13, isStrict: true) == [9, 4])
    #expect(limits([grid(9), grid(4)], room: 12, isStrict: true) == [7, 4])
    #expect(limits([grid(9), grid(4)], room: 7, isStrict: true) == [3, 2])
    #expect(limits([grid(50, isKept: true), grid(9)], room: 20, isStrict: true) == [50, 2])
    #expect(limits([grid(3), grid(9)], room: 1, isStrict: false) == [3, 2])
    // Where all fits without a list, it gives way to its command.
    #expect(limits([grid(8, isKept: true), grid(9)], room: 9, isStrict: true) == [8, 0])
    #expect(limits([grid(8, isKept: true), grid(9)], room: 9, isStrict: false) == [8, 2])
  }

  @Test func `of a trend the oldest days give way, and never the day that the sentence names`() {
    let grid = grid(5, isNewestLast: true, floor: 3)
    #expect(limits([grid], room: 1, isStrict: false) == [3])
    #expect(grid.listed(3).map { $0.cells[0].text() } == ["row 2", "row 3", "row 4"])
    #expect(grid.rest(3) == "and 2 earlier" && grid.rest(5) == nil && grid.rest(0) == "5 lines")
  }

  @Test func `a footnote stands where a row has its mark, and not where that row is not listed`() {
    var grid = grid(4)
    grid.footnote = "* of some"
    grid.rows[3].hasFootnote = true
    #expect(grid.footnote(4) == "* of some" && grid.footnote(3) == nil)
    #expect(
      SteeringPart(key: .provider, answer: "So.", grids: [grid], notes: ["More."]).remarks == ["* of some", "More."])
    let listed = SteeringReport.blocks(SteeringPart(key: .provider, answer: "So.", grids: [grid]), 4, [3])
    #expect(!listed.contains(.paragraph("* of some")))
  }

  @Test func `decisions stand by the units that hang on them, then by the days that they are late`() throws {
    let rows = try SteeringWorld.troubled(World()).rows(.decisions).map { $0.components(separatedBy: " | ") }
    let units = rows.map { Int($0[2]) ?? 0 }
    #expect(units.count > 3 && units == units.sorted(by: >))
    let states = [("PBC-1", "2026-05-20"), ("PBC-2", "2026-04-02")].map {
      AgendaWorld.request($0, due: $1, owner: "Kim")
    }
    let late = try SteeringWorld.quarter(SteeringWorld.spring(), overdue: [("list", states)]).rows(.decisions)
    #expect(late.map { $0.firstMatch(of: #/late by (\d+)/#).map { Int($0.output.1) ?? 0 } } == [90, 89, 41])
  }

  @Test func `a unit that nobody had and nobody has did not change hands`() throws {
    let report = try SteeringWorld.troubled(World())
    let moves = report.rows(.changes).map { $0.components(separatedBy: " | ") }
    func isNobody(_ text: String) -> Bool { text.hasPrefix("n") }
    let hands = moves.filter { !(isNobody($0[0]) && isNobody($0[2])) }.reduce(0) { $0 + (Int($1[3]) ?? 0) }
    #expect(report.part(.changes)?.answer.contains(": \(hands) unit") == true)
    let nobody = moves.reduce(0) { $0 + (Int($1[3]) ?? 0) } - hands
    #expect(nobody == 0 || report.part(.changes)?.answer.contains("\(nobody) that nobody answers for") == true)
  }

  @Test func `every part that looks back does so to the day before the period, from the day of the paper`() throws {
    let report = try SteeringWorld.troubled(World())
    #expect(report.facts.contains { $0.name == "and since" })
    #expect(report.part(.trend)?.question == "Better than on 2026-06-30?")
    #expect(report.part(.trend)?.answer.contains("on 2026-06-30") == true)
    #expect(report.part(.changes)?.answer.hasPrefix("Since 2026-06-30") == true)
    #expect(report.part(.evidence)?.answer.hasSuffix("between 2026-07-01 and 2026-11-24.") == true)
    #expect(report.json().pretty.contains("\"heldAgainst\": \"2026-06-30\""))
  }
}
