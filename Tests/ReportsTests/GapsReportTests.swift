import Rendering
import Findings
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
