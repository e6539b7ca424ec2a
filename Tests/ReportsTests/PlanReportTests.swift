import Agreements
import Catalogs
import Foundation
import Rendering
import Reports
import TestSupport
import Testing

struct PlanReportTests {
  private func catalog(_ id: String) throws -> Catalog {
    try Catalog(parsing: #require(BundledCatalogs.bytes(of: id)), framework: id)
  }

  private func plan(_ name: String, _ functions: Catalog) throws -> Plan {
    let (plan, _, faults) = Plan.read(
      try Fixtures.bytes("plans/\(name)"), domains: functions.controls.map(\.id.local))
    try #require(faults == [])
    return try #require(plan)
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    let functions = try catalog("it-functions")
    let report = PlanReport(
      try plan("acme-2027.yaml", functions), functions: functions,
      frameworks: [try catalog("nist-800-171-r2"), try catalog("hipaa-security")],
      open: ["'governance': nobody has rated tools"], since: ("last year's", try plan("acme-2026.yaml", functions)))
    try Golden.check(report.text(), "plan.txt")
    try Golden.check(report.csv() ?? "", "plan.csv")
    try Golden.check(report.json().pretty + "\n", "plan.json")
    #expect(try report.text().split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}
