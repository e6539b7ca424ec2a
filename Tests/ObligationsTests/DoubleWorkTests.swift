import Findings
import Obligations
import Ownership
import Statements
import Testing

/// Hours that both sides may bill for, and hours that nobody asked for.
struct DoubleWorkTests {
  private static func log() throws -> AgreedLog {
    try AgreedLog("hours: [{ id: block, party: onsite, domains: [patch-management], hours: \"10\", every: month }]")
  }

  @Test func `two parties in one domain in the same month are told, with the hours of each`() throws {
    let log = try Self.log()
    try log.use("2.5", "2026-01-10")
    try log.use("0.5", "2026-01-11")
    let entry = try log.use("4", "2026-01-31", block: nil, by: "acme/bo")
    let findings = DoubleWork.findings(try log.snapshot(on: "2026-02-10"))
    #expect(findings.map(\.code) == [.doubleWork] && findings.map(\.subject) == ["patch-management 2026-01"])
    #expect(findings.first?.entry == entry && findings.first?.severity == .warning)
    #expect(
      findings.first?.message
        == "'acme' 4 hours and 'onsite' 3 hours in 'patch-management' in 2026-01, where onsite is "
        + "accountable")
  }

  @Test func `in two months, or in two domains, they did not do the same`() throws {
    let log = try Self.log()
    try log.use("2.5", "2026-01-31")
    try log.use("4", "2026-02-01", block: nil, by: "acme/bo")
    try log.use("4", "2026-02-02", block: nil, ["identity-access"])
    #expect(DoubleWork.findings(try log.snapshot(on: "2026-03-01")).isEmpty)
  }

  @Test func `one party alone works as often as it likes`() throws {
    let log = try Self.log()
    try log.use("2.5", "2026-01-10")
    try log.use("2.5", "2026-01-11")
    #expect(DoubleWork.findings(try log.snapshot(on: "2026-03-01")).isEmpty)
  }

  @Test func `it is told for a year`() throws {
    let log = try Self.log()
    try log.use("1", "2026-01-10")
    try log.use("1", "2026-01-11", block: nil, by: "acme/bo")
    #expect(DoubleWork.findings(try log.snapshot(on: "2027-01-11")).count == 1)
    #expect(DoubleWork.findings(try log.snapshot(on: "2027-01-12")).isEmpty)
    #expect(DoubleWork.overlaps(try log.snapshot(on: "2027-01-12")).count == 1)
  }

  @Test func `hours in a domain that is not the party's own are foreign, those of who is named there are not`() throws {
    let log = try Self.log()
    try log.use("1", "2026-01-10", block: nil, ["identity-access"])
    try log.use("2", "2026-01-11", block: nil, ["patch-management"])
    try log.use("3", "2026-01-12", block: nil, ["physical-security"])
    let foreign = DoubleWork.foreign(try log.snapshot(on: "2026-02-01"))
    #expect(
      foreign.map { "\($0.record.usage.hours) \($0.domain) \($0.accountable)" } == [
        "1 identity-access [\"acme\"]", "3 physical-security []",
      ])
  }
}
