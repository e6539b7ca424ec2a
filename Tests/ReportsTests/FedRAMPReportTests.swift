import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// FedRAMP's columns, against ticks and words that were worked out by hand.
struct FedRAMPReportTests {
  private static func report(_ marks: [AssessmentBook.Mark] = [], provider: String = "onsite") throws -> FedRAMPReport {
    FedRAMPReport(try World.shared().snapshot(), marks: marks, provider: provider)
  }

  private static func rows(_ report: FedRAMPReport) -> [String: FedRAMPReport.Row] {
    Dictionary(uniqueKeysWithValues: report.rows.map { ($0.name, $0) })
  }

  @Test func `what the provider does wholly is inherited, what both do in part, and the rest is not`() throws {
    let found = try Self.report().rows.map {
      "\($0.name) \($0.inheritance?.rawValue ?? "-") \($0.origination?.rawValue ?? "-")"
    }
    #expect(
      found == [
        "A.1 Partial shared", "A.2 Partial shared", "A.3 Yes service-provider-system-specific",
        "B.1 No provided-by-customer",
        "B.2 No provided-by-customer", "B.3 No -", "B.4 - not-applicable",
      ])
    let vendor = Self.rows(try Self.report(provider: "hostco"))
    #expect(vendor["B.1"]?.inheritance == .yes && vendor["A.3"]?.inheritance == .no)
    #expect(vendor["A.3"]?.origination == .provided && vendor["B.1"]?.origination == .system)
  }

  @Test func `the text is blank where all is inherited, and else tells both parts by objective`() throws {
    let rows = Self.rows(try Self.report())
    #expect(rows["A.3"]?.responsibilities == "")
    #expect(
      rows["A.1"]?.responsibilities
        == "\(World.hostileTitle): [a] [c] accountable, responsible (onsite/jane). "
        + "Customer (Acme Manufacturing): [b] accountable, responsible (acme/kim). "
        + "Customer (Acme Manufacturing): [c] responsible (acme/kim)")
    // What another party does for the customer is none of this provider's, and not told in its form.
    #expect(
      rows["B.1"]?.responsibilities == "Customer (Acme Manufacturing): informed; arranged with another party")
    #expect(rows["B.3"]?.responsibilities == "Nobody answers: unowned")
    #expect(rows["B.4"]?.responsibilities == "Does not apply: no visitors")
  }

  @Test func `the status is what was assessed, and nothing where nobody did`() throws {
    #expect(try Self.report().rows.compactMap(\.status) == [.notApplicable])
    let marks = [
      try BundledWorld.mark(["plant/A.1[a]"], .met), try BundledWorld.mark(["plant/A.3"], .met),
      try BundledWorld.mark(["plant/A.2"], .notMet, through: "2027-01-01"),
      try BundledWorld.mark(["plant/B.1"], .notMet),
      try BundledWorld.mark(["plant/B.2"], .notMet, note: "partial: some"),
      try BundledWorld.mark(["plant/B.3"], .planned),
    ]
    let rows = Self.rows(try Self.report(marks))
    #expect(rows["A.1"]?.status == .partially && rows["A.3"]?.status == .implemented)
    #expect(rows["A.2"]?.status == .planned && rows["B.3"]?.status == .planned)
    #expect(rows["B.1"]?.status == nil && rows["B.2"]?.status == .partially)
  }

  @Test func `one file holds the matrix and the ticks, a workbook the form's two sheets`() throws {
    let report = try Self.report()
    let names = try report.sheets().map(\.name)
    #expect(names == ["CIS", "CRM", "Legend"])
    let ticks = try #require(try report.sheets().first).table
    // A control id, five of status, eight of origination.
    #expect(ticks.columns.count == 14 && ticks.rows.count == 7)
    let csv = try #require(report.csv())
    #expect(csv.hasPrefix("control_id,can_be_inherited,responsibilities,") && !csv.contains(",="))
    try Golden.check(try #require(try report.rendered(as: .text, cover: report.cover)), "fedramp-crm.text")
  }

  @Test func `the provider is the only one, else one of several`() throws {
    #expect(FedRAMPReport.candidates(try World.shared().snapshot()) == ["onsite"])
    #expect(FedRAMPReport.candidates(try World().snapshot()) == ["onsite", "cloudco", "oldco"])
  }
}
