import Findings
import Obligations
import Ownership
import Statements
import Testing

/// Each period of a service level is met, missed, or measured by nobody.
struct LevelResultsTests {
  private static let monthly =
    "service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: \">= 99.9\", unit: \"%\", "
    + "every: month }]"

  @Test func `a value at the target meets it, one beside it misses it`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("99.90", "2026-01-01", "2026-01-31", on: "2026-02-02")
    try log.measure("99.8999999999999999999", "2026-02-01", "2026-02-28", on: "2026-03-02")
    #expect(try log.results(on: "2026-03-10") == ["2026-01 met", "2026-02 missed", "2026-03 open"])
    #expect(try log.findings(on: "2026-03-10") == ["sla-missed acme-onsite/level uptime 2026-02"])
    let finding = try #require(try LevelFindings.findings(log.snapshot(on: "2026-03-10")).first)
    #expect(finding.severity == .warning && finding.expected == ">= 99.9 %" && finding.entry == 15)
    #expect(
      finding.message
        == "'onsite' promises 'uptime' >= 99.9 %, and 2026-02 had 99.8999999999999999999 %")
  }

  @Test func `a period is unmeasured from the day after its last`() throws {
    let log = try AgreedLog(Self.monthly)
    #expect(try log.findings(on: "2026-01-31").isEmpty)
    #expect(try log.findings(on: "2026-02-01") == ["sla-unmeasured acme-onsite/level uptime 2026-01"])
    try log.measure("100", "2026-01-01", "2026-01-31", on: "2026-02-01")
    #expect(try log.findings(on: "2026-02-01").isEmpty)
  }

  @Test func `periods in a row that nobody measured are one finding`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("100", "2026-03-01", "2026-03-31", on: "2026-04-01")
    let findings = LevelFindings.findings(try log.snapshot(on: "2026-07-01"))
    #expect(
      findings.map(\.subject) == [
        "acme-onsite/level uptime 2026-01 through 2026-02", "acme-onsite/level uptime 2026-04 through 2026-06",
      ])
    #expect(
      findings.last?.message == "'onsite' promises 'uptime' >= 99.9 % every month, and 2026-04 through 2026-06, "
        + "3 periods, have no measurement")
  }

  @Test func `to hold two days against each other each period is a finding, and stays one however old`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("98", "2026-03-01", "2026-03-31", on: "2026-04-01")
    func told(_ day: String) throws -> [String] {
      LevelFindings.findings(try log.snapshot(on: day), byPeriod: true).map(\.subject)
    }
    let months = ["01", "02", "03", "04", "05"].map { "acme-onsite/level uptime 2026-\($0)" }
    #expect(try told("2026-05-01") == Array(months.prefix(4)))
    #expect(try told("2026-06-01") == months)
    let (late, past) = (try told("2027-03-15"), LevelFindings.periods(try log.snapshot(on: "2027-03-15")))
    #expect(!late.contains(months[1]) && past.map(\.subject).contains(months[1]))
    #expect(past.first { $0.subject == months[2] }?.code == .levelMissed)
  }

  @Test func `of several measurements the newest counts, and the earlier are counted`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("99.99", "2026-01-01", "2026-01-31", on: "2026-02-02")
    try log.measure("98", "2026-01-01", "2026-01-31", on: "2026-02-03")
    let result = try #require(try LevelResults.list(log.snapshot(on: "2026-02-03")).first)
    #expect(result.state == .missed && result.measured?.measurement.value == "98" && result.earlier == 1)
  }

  @Test func `what covers other days, or was said before they were over, measures nothing`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("100", "2026-02-01", "2026-02-28", on: "2026-02-27")
    try log.measure("100", "2026-01-01", "2026-01-30", on: "2026-03-02")
    #expect(try log.results(on: "2026-03-02") == ["2026-01 unmeasured", "2026-02 unmeasured", "2026-03 open"])
    // On the last day itself it may be said.
    try log.measure("100", "2026-03-01", "2026-03-31", on: "2026-03-31")
    #expect(try log.results(on: "2026-04-01").contains("2026-03 met"))
  }

  @Test func `nobody measures for another party`() throws {
    let log = try AgreedLog(Self.monthly)
    try log.measure("100", "2026-01-01", "2026-01-31", on: "2026-02-02", by: "acme/bo")
    #expect(try log.results(on: "2026-02-02") == ["2026-01 unmeasured", "2026-02 open"])
  }

  @Test func `a leap February ends on its twenty-ninth`() throws {
    let log = try AgreedLog(Self.monthly, through: "2028-12-31")
    try log.measure("100", "2028-02-01", "2028-02-28", on: "2028-03-02")
    #expect(try log.results(on: "2028-03-02").contains("2028-02 unmeasured"))
    try log.measure("100", "2028-02-01", "2028-02-29", on: "2028-03-03")
    #expect(try log.results(on: "2028-03-03").contains("2028-02 met"))
  }

  @Test func `a period is owed where the agreement held on its last day`() throws {
    // To the 27th, February is not over; to the 28th, it is.
    #expect(try AgreedLog(Self.monthly, through: "2026-02-27").results(on: "2026-06-01") == ["2026-01 unmeasured"])
    #expect(
      try AgreedLog(Self.monthly, through: "2026-02-28").results(on: "2026-06-01")
        == ["2026-01 unmeasured", "2026-02 unmeasured"])
    let ended = try AgreedLog(Self.monthly)
    ended.on("2026-02-10")
    try ended.end(on: "2026-02-15")
    #expect(try ended.results(on: "2026-06-01") == ["2026-01 unmeasured"])
  }

  @Test func `what its party has not accepted is not promised`() throws {
    #expect(try AgreedLog(Self.monthly, by: ["acme/bo"]).results(on: "2026-06-01").isEmpty)
  }

  @Test func `a new version's target holds from its day on, and the old one's before`() throws {
    let log = try AgreedLog(Self.monthly)
    log.on("2026-02-10")
    let scope = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }"
    let stricter = AgreedLog.document(
      "effective: 2026-02-15\n" + Self.monthly.replacing("99.9", with: "99.99"), scope: scope)
    try log.apply(stricter, replacing: true)
    try log.measure("99.95", "2026-01-01", "2026-01-31", on: "2026-03-01")
    try log.measure("99.95", "2026-02-01", "2026-02-28")
    #expect(try log.results(on: "2026-03-01") == ["2026-01 met", "2026-02 missed", "2026-03 open"])
  }

  @Test func `what ended more than a year ago is told no more, but for the newest period`() throws {
    let log = try AgreedLog(Self.monthly)
    #expect(
      try log.findings(on: "2027-06-01") == ["sla-unmeasured acme-onsite/level uptime 2026-06 through 2027-05"])
    let ended = try AgreedLog(Self.monthly, through: "2026-02-28")
    #expect(try ended.findings(on: "2028-01-01") == ["sla-unmeasured acme-onsite/level uptime 2026-02"])
  }

  @Test func `the client's own level is internal, and a foreign domain is outside`() throws {
    let log = try AgreedLog(
      """
      service-levels:
        - { id: own, party: acme, domains: [identity-access], target: "<= 4", unit: hours, every: quarter }
        - { id: far, party: onsite, domains: [patch-management, identity-access], target: "> 1", unit: x, every: year }
      """)
    let results = LevelResults.list(try log.snapshot(on: "2026-04-01"))
    #expect(results.map(\.level) == ["own", "own", "far"])
    #expect(results.map(\.isInternal) == [true, true, false])
    #expect(results.map(\.outside) == [[], [], ["identity-access"]])
    #expect(results.map(\.state) == [.unmeasured, .open, .open])
  }

  @Test(arguments: [
    (">= 99.9", "99.9", true), (">= 99.9", "99.8", false), ("<= 4", "4.0", true), ("<= 4", "4.0001", false),
    ("> 1", "1", false), (">1", "1.1", true), ("< 2", "2", false), ("< 2", "-3", true), ("= 0", "0.00", true),
    ("= 0", "0.1", false),
  ])
  func `a target compares decimals`(target: String, value: String, isMet: Bool) throws {
    let value = try #require(Decimal(value))
    #expect(try #require(LevelTarget(target)).isMet(by: value) == isMet)
  }
}
