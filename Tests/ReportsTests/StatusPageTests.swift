import Rendering
import Foundation
import Ownership
@testable import Reports
import Testing

struct StatusPageTests {
  let world: World

  init() throws { world = try World() }

  private func input(_ chain: StatusInput.Chain = .sound("every entry and object, 2026-11-24")) throws -> StatusInput {
    let snapshot = try world.snapshot()
    return StatusInput(
      snapshot, chain: chain, endings: try EngagementEnding.list(snapshot),
      unconfirmed: [StatusInput.UnconfirmedParty(party: "cloudco", fingerprint: "47dea58ea00fae94")], offersWaiting: 2)
  }

  @Test func `text and JSON are as they were reviewed`() throws {
    let page = StatusPage(try input())
    try Golden.check(page.text(), "status.txt")
    try Golden.check(page.json().pretty + "\n", "status.json")
  }

  @Test func `it fits one screen, whatever there is`() throws {
    var input = try input(.unchecked)
    input.unconfirmed = (0..<30).map { StatusInput.UnconfirmedParty(party: "p\($0)", fingerprint: "00") }
    input.endings += (0..<30).map { EngagementEnding(engagement: "e\($0)", lastDay: world.asOf, units: 1) }
    for page in [StatusPage(input), StatusPage(try self.input())] {
      let lines = try page.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.count <= StatusPage.height)
      for line in lines { #expect(DisplayWidth.of(String(line)) <= StatusPage.width, "\(line)") }
      #expect(try page.text().contains("do first"))
    }
  }

  @Test func `a chain that is not sound comes before everything`() throws {
    let page = StatusPage(try input(.unsound("2 findings of integrity")))
    #expect(page.steps.map(\.command) == ["custody verify"])
    #expect(try page.text().contains("NOT SOUND"))
  }

  @Test func `an agreement that ends within half a year is named with what would lapse`() throws {
    let endings = try input().endings
    #expect(endings.map { "\($0.engagement) \($0.lastDay)" }.contains("acme-onsite 2027-03-31"))
    #expect(!endings.contains { $0.engagement == "acme-old" })
  }

  @Test func `evidence that is due is oldest first`() throws {
    let due = StatusPage(try input()).due
    #expect(due.map(\.control) == ["plant/A.2", "plant/B.5"])
    #expect(due.map(\.isStale) == [true, false])
  }
}
