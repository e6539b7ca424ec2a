import Rendering
import Findings
import Obligations
import TestSupport
import Catalogs
import Foundation
@testable import Ownership
@testable import Reports
import Testing

struct GapsReportTests {
  let world: World
  let report: GapsReport

  init() throws {
    world = try World()
    report = try GapsReport(world.snapshot())
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    try Golden.check(report.text(), "gaps.txt")
    try Golden.check(report.csv() ?? "", "gaps.csv")
    try Golden.check(report.json().pretty + "\n", "gaps.json")
  }

  @Test func `the worst stands first`() {
    let severities = report.gaps.map(\.severity)
    #expect(severities == severities.sorted(by: >))
    #expect(report.groups.first?.code == .undecided)
  }

  @Test func `every unit's every finding is there once`() throws {
    for row in try world.matrix().units {
      for code in row.findings {
        let found = report.gaps.filter { $0.code == code && $0.units.contains(row.id) }
        #expect(found.count == 1, "\(row.id) \(code)")
      }
    }
  }

  @Test func `each says who has to act and with which command`() throws {
    for gap in report.gaps {
      let actor = try #require(gap.advice.actors.first)
      #expect(!actor.party.isEmpty && actor.command.hasPrefix("custody "))
      #expect(!gap.advice.why.isEmpty && !gap.advice.remedy.isEmpty)
    }
    func command(_ code: FindingCode, _ unit: String) -> String? {
      report.gaps.first { $0.code == code && $0.units.map(\.description).contains(unit) }?.advice.actors.first?.command
    }
    #expect(command(.unaccepted, "plant/A.4") == "custody accept --engagement acme-onsite --as cloudco/ira")
    #expect(command(.staleEvidence, "plant/A.2") == "custody submit --control plant/A.2 --as onsite/jane FILE")
    #expect(command(.unowned, "plant/A.6(a)(1)") == "custody engagement show acme-onsite --document > acme-onsite.yaml")
  }

  @Test func `what an agreement promised that has ended stays its provider's, and its own document is renewed`() throws
  {
    let world = try AgendaWorld()
    try world.spring()
    let other = LogBuilder.agreement(
      id: "acme-other", scope: "    - { controls: demo/2.2, accountable: acme, responsible: [acme/kim] }"
    ).replacing("2027-12-31", with: "2029-12-31")
    try world.apply(other, by: ["acme/bo", "onsite/jane"], isNew: true)
    let snapshot = try world.snapshot(on: "2028-01-15")
    let gaps = GapsReport(snapshot, owed: DutyCalendar.findings(snapshot, done: DutyBook())).gaps
    let lapsed = gaps.filter { $0.code == .lapsed }
    #expect(!lapsed.isEmpty)
    for gap in lapsed {
      #expect(gap.advice.why == "'acme-onsite' covered this last, and ended on 2027-12-31")
      #expect(
        gap.advice.actors.map(\.command) == ["custody engagement show acme-onsite --document > acme-onsite.yaml"])
    }
    for code in [FindingCode.levelUnmeasured, .overdue] {
      let found = gaps.filter { $0.code == code }
      #expect(!found.isEmpty && found.allSatisfy { $0.advice.actors.map(\.party) == ["onsite"] }, "\(code)")
    }
  }

  @Test func `one person's share is counted over the controls that are shown`() throws {
    var world = try World()
    try world.adopt(controls: 30)
    for framework in try world.snapshot().matrix.frameworkIDs {
      let report = try GapsReport(world.snapshot(), frameworks: [framework])
      let matrix = try world.snapshot().matrix.only([framework])
      let shown = Set(matrix.frameworks.flatMap(\.controls).flatMap(\.units).filter(\.applies).map(\.control))
      for point in matrix.singlePoints {
        let own = matrix.units.filter { shown.contains($0.control) && $0.accountable == point.party }
        #expect(point.total == Set(own.map(\.control)).count, "\(framework) \(point)")
        #expect(report.gaps.contains { $0.advice.why.contains("\(point.count) of the \(point.total) control") })
      }
    }
    // Half of two frameworks is all of one.
    let whole = try World().snapshot().matrix
    #expect(
      whole.frameworkIDs.contains { whole.only([$0]).singlePoints.map(\.total) != whole.singlePoints.map(\.total) })
  }

  @Test func `a spreadsheet names everybody who can act, as the page does`() throws {
    let table = try #require(report.records)
    let place = try #require(table.columns.firstIndex { $0.title == "other_acts" })
    var several = 0
    for (gap, row) in zip(report.gaps, table.rows) {
      guard case .cells(let cells) = row else { continue }
      let others = gap.advice.actors.dropFirst()
      several += others.isEmpty ? 0 : 1
      #expect(cells[place].text(separator: " ") == others.map(\.command).joined(separator: "; "))
      #expect(cells[place - 2].text(separator: " ") == others.map(\.party).joined(separator: " "))
    }
    #expect(several > 0)
  }

  @Test func `units of one control with one reason stand together`() throws {
    let declined = report.gaps.filter { $0.code == .declined }
    #expect(declined.map { $0.units.map(\.description) } == [["plant/A.3[a]", "plant/A.3[b]"]])
    #expect(declined.first?.advice.why.contains("no maintenance window") == true)
  }

  @Test func `lighter findings that are left out are counted`() throws {
    let errors = try GapsReport(world.snapshot(), atLeast: .error)
    #expect(errors.gaps.count + errors.lighterLeftOut == report.gaps.count)
    #expect(try errors.text().contains("\(errors.lighterLeftOut) lighter findings"))
  }

  @Test func `without an agreement the first step is to write one`() throws {
    var bare = world
    bare.state.versions = []
    bare.state.acceptances = []
    let report = try GapsReport(bare.snapshot())
    let gap = try #require(report.gaps.first { $0.code == .unowned })
    #expect(
      gap.advice.actors.first?.command
        == "custody engagement new agreement.yaml --model co-managed --provider onsite --provider cloudco --provider oldco"
    )
  }

  @Test func `a reason that many controls have is told once, with the controls by family`() throws {
    var many = try World()
    try many.adopt(controls: 30)
    var report = try GapsReport(many.snapshot())
    let folded = try report.text()
    #expect(folded.contains("30 controls") && folded.contains("--full"))
    #expect(!folded.contains("M.17"))
    report.listsAll = true
    let full = try report.text()
    #expect(full.contains("M.17") && !full.contains("--full"))
    let reason = "no line of 'acme-onsite' and 'acme-cloud' gives this to anybody"
    #expect(folded.split(separator: "\n").filter { $0.contains(reason) }.count <= 1)
    #expect(report.csv()?.contains("M.17") == true)
  }

  @Test func `a reason that few controls have lists them, and what they have in common stands in it`() throws {
    let text = try report.text()
    #expect(!text.contains("--full"))
    #expect(text.contains("why   the assignment or its acceptance was recorded more than a day after"))
  }
}
