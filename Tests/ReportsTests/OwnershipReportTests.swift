import Rendering
import Findings
import Foundation
import Ownership
@testable import Reports
import Testing

struct OwnershipReportTests {
  let world: World
  let report: OwnershipReport

  init() throws {
    world = try World()
    report = try OwnershipReport(world.snapshot())
  }

  @Test func `the world has every kind of finding that a unit can have`() throws {
    let codes = Set(try world.matrix().frameworks.flatMap(\.controls).flatMap(\.findings))
    let expected =
      FindingCode.ownershipErrors + [
        .pending, .backdated, .unstaffed, .noEvidence, .staleEvidence, .outsiderEvidence, .disputed,
      ]
    #expect(expected.filter { !codes.contains($0) } == [])
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    try Golden.check(report.text(), "ownership.txt")
    try Golden.check(report.csv() ?? "", "ownership.csv")
    try Golden.check(report.json().pretty + "\n", "ownership.json")
  }

  @Test func `a filter says what it left out`() throws {
    let unowned = try OwnershipReport(
      world.snapshot(), frameworks: ["plant"], only: .unowned)
    try Golden.check(unowned.text(), "ownership-unowned.txt")
    let object = try parsed(unowned.json())
    let leftOut = try #require(object["leftOut"] as? [String: Any])
    #expect(leftOut["owned"] as? Int == unowned.totals.controls.owned)
    #expect(leftOut["notApplicable"] as? Int == 1)
    #expect(leftOut["frameworks"] as? [String] == ["plant-l1", "torn"])
    #expect((object["controls"] as? [Any])?.count == unowned.totals.controls.unowned)
  }

  @Test func `totals add up, in the matrix, by party and by domain`() throws {
    let summary = OwnershipSummary(report.matrix, world.state)
    for totals in [report.totals.controls, report.totals.units] {
      #expect(totals.total == totals.owned + totals.byError.values.reduce(0, +) + totals.notApplicable)
    }
    let units = report.totals.units
    #expect(summary.parties.reduce(0) { $0 + $1.units } == units.owned)
    #expect(summary.parties.reduce(0) { $0 + $1.controls } + summary.sharedControls == report.totals.controls.owned)
    #expect(summary.domains.reduce(0) { $0 + $1.units } == units.total)
    #expect(summary.domains.reduce(0) { $0 + $1.owned } == units.owned)
    #expect(summary.domains.reduce(0) { $0 + $1.unowned } == units.unowned)
    let json = try #require(try parsed(report.json())["totals"] as? [String: [String: Any]])
    for totals in json.values {
      func number(_ key: String) -> Int { totals[key] as? Int ?? -1 }
      #expect(number("total") == number("owned") + number("unowned") + number("notApplicable"))
      let kinds = try #require(totals["byKind"] as? [String: Int])
      #expect(kinds.values.reduce(0, +) == number("unowned"))
      #expect(kinds.count == 7)
    }
  }

  @Test func `a control that is another's under another name is listed and counted once`() throws {
    let controls = try #require(try parsed(report.json())["controls"] as? [[String: Any]])
    let twin = try #require(controls.first { $0["control"] as? String == "plant-l1/AC.L1-1" })
    #expect(twin["sameAs"] as? [String] == ["plant/A.1"])
    #expect(twin["counted"] as? Bool == false)
    #expect(controls.filter { $0["counted"] as? Bool == true }.count == report.totals.controls.total)
  }

  @Test func `a split control shows its units, a whole one none`() throws {
    let controls = try #require(try parsed(report.json())["controls"] as? [[String: Any]])
    let split = try #require(controls.first { $0["control"] as? String == "plant/A.1" })
    #expect(split["accountable"] is NSNull)
    #expect(split["shared"] as? Bool == true)
    #expect((split["units"] as? [[String: Any]])?.map { $0["accountable"] as? String } == ["onsite", "acme", "onsite"])
    let whole = try #require(controls.first { $0["control"] as? String == "plant/A.3" })
    #expect((whole["units"] as? [Any])?.isEmpty == true)
    #expect(whole["findings"] as? [String] == ["declined"])
  }

  @Test(arguments: [60, 80, 100, 140])
  func `text fits the width`(_ width: Int) throws {
    for line in try report.text(width: width).split(separator: "\n") where !line.contains("custody ") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
  }

  @Test func `hostile titles do nothing to a terminal or a spreadsheet`() throws {
    let csv = try #require(report.csv())
    for output in [try report.text(), csv, report.json().pretty] {
      #expect(!output.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }
    #expect(csv.contains("\"'=HYPERLINK(\"\"http://example.org\"\")\\u{1b}[2J, \\u{202e}desrever\""))
    #expect(report.json().compact.contains("\\u001b[2J, \\u202edesrever"))
  }

  @Test func `controls of a family that are alike stand in one line, and one by one where all are asked for`() throws {
    var many = try World()
    try many.adopt(controls: 30)
    var report = try OwnershipReport(many.snapshot())
    let folded = try report.text()
    #expect(folded.contains("all 30 controls"))
    let rows = folded.split(separator: "\n").filter { $0.hasPrefix("M.") }
    #expect(rows.isEmpty, "\(rows)")
    report.listsAll = true
    #expect(try report.text().split(separator: "\n").filter { $0.hasPrefix("M.") }.count == 30)
  }
}

func parsed(_ json: JSONOutput) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(json.pretty.utf8)) as? [String: Any])
}
