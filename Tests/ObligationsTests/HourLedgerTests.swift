import Findings
import Obligations
import Ownership
import Statements
import Testing

/// Hours are bought, drawn the oldest first, carried forward and lost.
struct HourLedgerTests {
  private static func block(_ terms: String) -> String {
    "hours: [{ id: block, party: onsite, domains: [patch-management], \(terms) }]"
  }

  /// `2026-01 0 10 4 0 6`: carried forward, bought, drawn, expired, left.
  private func months(_ log: AgreedLog, on day: String) throws -> [String] {
    let block = try #require(try HourLedger(log.snapshot(on: day)).blocks.first)
    return block.months.map { "\($0.month) \($0.broughtForward) \($0.bought) \($0.drawn) \($0.expired) \($0.left)" }
  }

  // 10 hours a month, each month's good for two more. What each draw takes, and what it leaves of whose hours:
  //
  //   20 January   4      January 4                                January 6
  //   10 February  8      January 6, February 2                    February 8
  //    5 March     1.5    February 1.5                             February 6.5, March 10
  //   15 April     3      February 3                               February 3.5, March 10, April 10
  //   30 April            February's 3.5 are lost                  March 10, April 10
  //   20 May      12.25   March 10, April 2.25                     April 7.75, May 10
  //   30 June     20      April 7.75, May 10, June 2.25            June 7.75
  @Test func `six months of a block with rollover, worked out by hand`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month, rollover: 2 months"))
    for (hours, day) in [
      ("4", "2026-01-20"), ("8", "2026-02-10"), ("1.5", "2026-03-05"), ("3", "2026-04-15"), ("12.25", "2026-05-20"),
      ("20", "2026-06-30"),
    ] {
      try log.use(hours, day)
    }
    #expect(
      try months(log, on: "2026-06-30") == [
        "2026-01 0 10 4 0 6", "2026-02 6 10 8 0 8", "2026-03 8 10 1.5 0 16.5", "2026-04 16.5 10 3 3.5 20",
        "2026-05 20 10 12.25 0 17.75", "2026-06 17.75 10 20 0 7.75",
      ])
    let block = try #require(try HourLedger(log.snapshot(on: "2026-06-30")).blocks.first)
    let taken = block.months.flatMap(\.draws).map { draw in
      draw.parts.map { "\($0.period) \($0.hours)" }.joined(separator: ", ")
    }
    #expect(
      taken == [
        "2026-01 4", "2026-01 6, 2026-02 2", "2026-02 1.5", "2026-02 3", "2026-03 10, 2026-04 2.25",
        "2026-04 7.75, 2026-05 10, 2026-06 2.25",
      ])
    #expect(HourLedger(try log.snapshot(on: "2026-06-30")).outside.isEmpty)
  }

  @Test func `without rollover a month's hours are lost with it, on the day after its last`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month"))
    try log.use("2.5", "2026-01-31")
    #expect(try months(log, on: "2026-01-31") == ["2026-01 0 10 2.5 0 7.5"])
    #expect(try months(log, on: "2026-02-01") == ["2026-01 0 10 2.5 7.5 0", "2026-02 0 10 0 0 10"])
  }

  // What is not drawn of February may be drawn through 31 May, and not on 1 June.
  @Test func `what goes forward goes to the last day of the month`() throws {
    let log = try AgreedLog(Self.block("hours: \"1\", every: month, rollover: 3 months"))
    let grants = try #require(try HourLedger(log.snapshot(on: "2026-03-01")).blocks.first).grants
    #expect(
      grants.map { "\($0.period) \($0.through)" } == [
        "2026-01 2026-04-30", "2026-02 2026-05-31", "2026-03 2026-06-30",
      ])
  }

  @Test func `what a block does not have is beyond it, and is not taken from a later month`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month"))
    let entry = try log.use("12.5", "2026-01-20")
    let ledger = HourLedger(try log.snapshot(on: "2026-02-10"))
    #expect(ledger.blocks.first?.months.first?.beyond == Decimal("2.5"))
    #expect(ledger.outside.map(\.hours) == [Decimal("2.5")] && ledger.outside.map(\.record.entry) == [entry])
    #expect(ledger.blocks.first?.months.last?.left == Decimal("10"))
  }

  @Test func `hours of several days count on the last of them`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month"))
    try log.use("4", "2026-02-02", from: "2026-01-30")
    #expect(try months(log, on: "2026-02-02") == ["2026-01 0 10 0 10 0", "2026-02 0 10 4 0 6"])
    // Asked about the day before, nobody had worked yet.
    #expect(try months(log, on: "2026-02-01").last == "2026-02 0 10 0 0 10")
  }

  @Test func `a block for the whole term is given once, and lost with the term`() throws {
    let log = try AgreedLog(Self.block("hours: \"40\""), through: "2026-03-31")
    try log.use("15", "2026-02-10")
    #expect(
      try months(log, on: "2026-05-01") == ["2026-01 0 40 0 0 40", "2026-02 40 0 15 0 25", "2026-03 25 0 0 25 0"])
  }

  @Test func `an early end takes what is left`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month, rollover: 12 months"))
    log.on("2026-02-10")
    try log.end(on: "2026-02-16")
    #expect(try months(log, on: "2026-04-01") == ["2026-01 0 10 0 0 10", "2026-02 10 10 0 20 0"])
  }

  @Test func `a newer version's hours are given from the next month on`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month"))
    log.on("2026-01-10")
    let scope = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }"
    let more = "effective: 2026-01-15\n" + Self.block("hours: \"25\", every: month")
    try log.apply(AgreedLog.document(more, scope: scope), replacing: true)
    #expect(try months(log, on: "2026-02-10").map { $0.split(separator: " ")[2] } == ["10", "25"])
  }

  @Test func `hours draw on a block of their own party that is about their domain, and on no other`() throws {
    let log = try AgreedLog(Self.block("hours: \"10\", every: month"))
    try log.use("1", "2026-01-10", block: nil)
    try log.use("2", "2026-01-11", block: "other")
    try log.use("3", "2026-01-12", by: "acme/bo")
    try log.use("4", "2026-01-13", ["identity-access", "patch-management"])
    try log.use("5", "2026-01-14")
    let ledger = HourLedger(try log.snapshot(on: "2026-01-31"))
    #expect(
      ledger.outside.map { "\($0.hours) \($0.reason)" } == [
        "1 no block is named", "2 'acme-onsite' has no block 'other' that holds on 2026-01-11",
        "3 'block' is a block of 'onsite'", "4 'block' is not about 'identity-access'",
      ])
    #expect(ledger.blocks.first?.months.first?.drawn == Decimal("5"))
  }
}
