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

/// The committee's paper as it is printed, and held against the reports that have its numbers.
struct SteeringReportTests {
  @Test func `text, Markdown, CSV and JSON are as they were reviewed`() throws {
    for (name, report) in [
      ("steering", try SteeringWorld.troubled(World())),
      ("steering-spring", try SteeringWorld.quarter(SteeringWorld.spring())),
    ] {
      try Golden.check(report.text(width: 80), "\(name).txt")
      try Golden.check(report.rendered(as: .markdown, cover: report.cover) ?? "", "\(name).md")
      try Golden.check(report.csv() ?? "", "\(name).csv")
      try Golden.check(report.json().pretty + "\n", "\(name).json")
    }
  }

  @Test func `eleven questions stand in the order in which a committee asks them, each with an answer`() throws {
    for report in [
      try SteeringWorld.troubled(World()), try SteeringWorld.quarter(SteeringWorld.spring()),
      try SteeringWorld.quarter(AgendaWorld(more: "")),
    ] {
      #expect(report.parts.map(\.key) == SteeringPart.Key.allCases)
      #expect(report.parts.allSatisfy { !$0.answer.isEmpty && $0.answer.hasSuffix(".") })
    }
  }

  @Test(arguments: [80, 100, 132]) func `it fits two pages whatever there is, and says what it leaves out`(width: Int)
    throws
  {
    func list(_ count: Int, _ line: (Int) -> String) -> String {
      (0..<count).map { "{ \(line($0)) }" }.joined(separator: ", ")
    }
    let more = """
      duties: [\(list(30) { "id: duty-\($0), title: Something owed, party: \($0 % 2 == 0 ? "acme" : "onsite"), every: month" })]
      hours: [\(list(12) { "id: block-\($0), party: onsite, domains: [patch-management], hours: \"10\", every: month" })]
      service-levels: [\(list(12) { "id: level-\($0), party: onsite, domains: [patch-management], target: \">= 99\", unit: \"%\", every: month" })]
      """
    let states = (0..<40).map { AgendaWorld.request("PBC-\($0)", due: "2026-05-01", owner: "Somebody in accounting") }
    let report = try SteeringWorld.quarter(
      AgendaWorld(more: more), overdue: [("a-long-name-of-a-list-2026.xlsx", states)])
    let cover = report.cover
    let text = try #require(try report.rendered(as: .text, width: width, cover: cover))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Forty requests, fifteen duties of either side, and who answers for 2.1: none of them is left out, wherever.
    #expect(report.parts.last?.grids.first?.rows.count == 40 + 30 + 1)
    #expect(text.components(separatedBy: "\n[ ]").count == 1 + 71)
    #expect(try report.page(cover).text.components(separatedBy: "☐").count == 1 + 71)
    // All else gives way to them, but two rows of each.
    let decisions = try #require(lines.firstIndex { $0.contains("What must we decide?") })
    let foot = try #require(lines.firstIndex { $0.hasPrefix("Made from the checkpoint") })
    let besides = decisions + (lines.count - 1 - foot)
    #expect(besides <= SteeringReport.height, "\(besides) lines besides what is to be decided")
    #expect(lines.filter { !$0.contains("root") }.allSatisfy { $0.count <= width })
    #expect(text.contains("and 10 more: custody report levels\n"))
    for limits in [report.textLimits, report.printLimits] {
      for (part, shown) in zip(report.parts, limits) {
        #expect(zip(part.grids, shown).allSatisfy { $1 >= min($0.rows.count, $0.floor) }, "\(part.key)")
      }
    }
    #expect(report.json().pretty.contains("PBC-39"))
    // The same rows in every window.
    let again = try SteeringWorld.quarter(
      AgendaWorld(more: more), overdue: [("a-long-name-of-a-list-2026.xlsx", states)])
    #expect(report.textLimits == again.textLimits && report.printLimits == again.printLimits)
  }

  @Test func `the page has landmarks and no need of its script`() throws {
    let report = try SteeringWorld.quarter(SteeringWorld.spring())
    let page = try report.page(report.cover).text
    for tag in ["<main", "<header", "<footer", "<h1", "<nav"] {
      #expect(page.components(separatedBy: tag).count == 2, "\(tag)")
    }
    #expect(page.components(separatedBy: "<h2").count == 12)
    #expect(page.components(separatedBy: "<section").count == 12)
    #expect(page.contains("☐") && !page.contains("<table data-filter"))
    // Two shares at each of two ends, and a mark for each of five months.
    #expect(page.components(separatedBy: "class=\"hollow\"").count == 3)
    #expect(page.components(separatedBy: "<path class=\"none\"").count == 5)
    #expect(page.components(separatedBy: "<rect class=\"missed\"").count == 2)
  }

  @Test func `nothing in a store is obeyed by a terminal, a page, a spreadsheet or a ticket`() throws {
    var world = try World()
    let name = World.hostileTitle + "<script>alert(1)</script>"
    world.state.membership.parties[0] = Membership.Party(id: "acme", kind: .client, name: name, joined: 0)
    let report = try SteeringWorld.troubled(world)
    let text = try report.text(width: 80)
    #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
    let page = try report.page(report.cover).text
    #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"))
    let csv = report.csv() ?? ""
    #expect(!csv.split(separator: ",").contains { $0.hasPrefix("=") || $0.hasPrefix("\"=") })
    #expect(report.csv()?.contains(World.hostileTitle) == false)
  }

  @Test func `its numbers are those of the reports that it names`() throws {
    let world = try World()
    let (report, snapshot) = (try SteeringWorld.troubled(world), try world.snapshot())
    let ownership = try OwnershipReport(snapshot)
    let owned = report.rows(.covered).first { $0.hasPrefix("units owned") }?.components(separatedBy: " | ")[2]
    #expect(owned == "\(ownership.totals.units.owned)")
    let errors = GapsReport(snapshot, atLeast: .error).gaps.filter { FindingCode.ownershipErrors.contains($0.code) }
    let units = report.rows(.nobody).compactMap { Int($0.components(separatedBy: " | ")[2]) }.reduce(0, +)
    #expect(units == errors.reduce(0) { $0 + $1.units.count })
    let people = PeopleReport(snapshot).people.filter(\.isSinglePoint).map(\.id)
    #expect(report.rows(.people).map { $0.components(separatedBy: " | ")[0] } == people)
  }
}
