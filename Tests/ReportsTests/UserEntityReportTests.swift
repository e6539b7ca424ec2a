import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// Complementary controls, against rows that were worked out by hand.
struct UserEntityReportTests {
  private static func told(_ report: UserEntityReport) -> [String] {
    report.rows.map { "\($0.name) \($0.kind.rawValue) \($0.bearer ?? "-"): \($0.duty)" }
  }

  @Test func `what stays with the client, and what a vendor holds, are told`() throws {
    let report = UserEntityReport(try World.shared().snapshot(), DutyBook())
    #expect(
      Self.told(report) == [
        "A.1 [b] user-entity acme: accountable, responsible (acme/kim)",
        "A.1 [c] user-entity acme: responsible (acme/kim)", "A.2 user-entity acme: approves the window",
        "B.1 subservice hostco: accountable, responsible",
      ])
    #expect(report.rows.allSatisfy { $0.providers == ["onsite"] && $0.taken?.day.description == "2025-12-20" })
    #expect(report.rows.map(\.taken?.member) == ["acme/x", "acme/x", "acme/x", "hostco/x"])
    #expect(report.rows.allSatisfy { $0.missing == ["no evidence"] && $0.source?.name == "acme-onsite, version 1" })
  }

  @Test func `evidence counts where the one who bears it submitted it`() throws {
    var world = try World.shared()
    try world.submit(["plant/A.1[b]"], by: "acme/kim", entry: 21, through: "2026-11-01")
    try world.submit(["plant/A.2"], by: "onsite/jane", entry: 22, through: "2026-11-01")
    let rows = UserEntityReport(try world.snapshot(), DutyBook()).rows
    #expect(rows[0].evidence?.entry == 21 && rows[0].missing.isEmpty)
    #expect(rows[2].evidence == nil && rows[2].missing == ["no evidence of its own: the newest is of onsite"])
  }

  @Test func `what the client owes by agreement is told, what the provider owes is not`() throws {
    var world = try World.shared()
    let old = try #require(world.state.versions.first)
    let text = String(decoding: try #require(world.objects.find(old.document)), as: UTF8.self)
    let duties = """
      duties:
        - { id: leavers, title: Report who leaves, party: acme, every: month }
        - { id: minutes, title: Write minutes, party: onsite, every: quarter }

      """
    try world.apply(
      "acme-onsite", text + duties, entry: 30, on: "2026-03-01", accepted: ["acme", "onsite", "hostco"])
    let report = UserEntityReport(try world.snapshot(), DutyBook())
    #expect(report.owed.map(\.duty.name) == ["acme-onsite/leavers"])
    #expect(report.owed.first?.taken?.entry == 31 && report.owed.first?.missing.first == "no evidence")
    #expect(report.owed.first?.providers == ["onsite"])
    try Golden.check(
      try #require(try report.rendered(as: .text, cover: report.cover)), "user-entity-controls.text")
    #expect(try #require(report.csv()).contains("agreement-duty"))
  }

  @Test func `of another provider's system nothing is told`() throws {
    let report = UserEntityReport(try World.shared().snapshot(), DutyBook(), provider: "hostco")
    // The vendor answers for all of B.1, and presumes nothing of anybody.
    #expect(report.rows.isEmpty || report.rows.allSatisfy { $0.providers == ["hostco"] })
    #expect(try report.text().contains("leaves anything to somebody else") == report.rows.isEmpty)
  }

  @Test func `a part that nobody took is told with the rest of its control`() throws {
    var world = World(on: try World.day("2026-11-24"))
    try world.addParties()
    let catalog = Samples.catalog(
      "Rules",
      groups: [("A", "Access", [Samples.control("A.1", "Limit access", domain: "identity-access", objectives: "ab")])])
    try world.adopt("plant", world.objects.add(catalog), entry: 2)
    try world.apply(
      "acme-onsite",
      World.agreement(
        "acme-onsite", providers: "onsite",
        ["controls: [\"plant/A.1[a]\"], accountable: onsite, responsible: [onsite/jane]"]),
      entry: 5, on: "2025-12-20", accepted: ["acme", "onsite"])
    let rows = UserEntityReport(try world.snapshot(), DutyBook()).rows
    #expect(rows.map(\.bearer) == [nil] && rows.first?.missing == ["nobody answers for it"])
    #expect(rows.first?.name == "A.1 [b]")
  }
}
