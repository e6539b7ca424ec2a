import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// What is said of clocks: each rule where it bites, and just beside it.
struct EntryClockTests {
  private func twist(_ time: String, by appender: String = "acme/bo", signedAt: String? = nil) -> LogBuilder.Twist {
    var twist = LogBuilder.Twist()
    twist.time = Instant(time)
    twist.appender = appender
    twist.signedAt = Instant(signedAt ?? time)
    return twist
  }

  @Test func `a clock that goes back is told with both who appended`() throws {
    let log = try LogBuilder.company()
    let level = try log.evidence("level", by: "acme/bo", twist("2026-01-02T09:00:00.000Z", by: "onsite/soc"))
    let equal = try log.evidence("equal", by: "acme/bo", twist("2026-01-02T09:00:00.000Z", by: "onsite/soc"))
    let back = try log.evidence("back", by: "acme/bo", twist("2026-01-02T08:59:59.999Z", by: "acme/kim"))
    let verdicts = try log.verdicts()
    #expect(verdicts.outcomes[level].findings.isEmpty && verdicts.outcomes[equal].findings.isEmpty)
    let finding = try #require(verdicts.outcomes[back].findings.first)
    #expect(finding.code == .clockDisorder && finding.severity == .warning)
    #expect(finding.message.contains("onsite/soc") && finding.message.contains("acme/kim"))
    #expect(verdicts.outcomes[back].hasEffect)
  }

  @Test func `an entry from before its statement was signed is told with both hands`() throws {
    let log = try LogBuilder.company()
    let early = try log.evidence(
      "early", by: "onsite/jane",
      twist("2026-02-01T09:00:00.000Z", by: "acme/kim", signedAt: "2026-02-01T09:15:00.001Z"))
    let near = try log.evidence(
      "near", by: "onsite/jane",
      twist("2026-02-01T09:00:00.000Z", by: "acme/kim", signedAt: "2026-02-01T09:15:00.000Z"))
    let verdicts = try log.verdicts()
    #expect(verdicts.remarks == [early: [.clockDisorder]])
    let finding = try #require(verdicts.outcomes[early].findings.first)
    #expect(finding.message.contains("onsite/jane") && finding.message.contains("acme/kim"))
    #expect(verdicts.outcomes[near].findings.isEmpty)
  }

  @Test func `a date ahead of the reader's clock is told, and a quarter of an hour is not`() throws {
    let log = try LogBuilder.company()
    let now = try #require(Instant("2026-11-01T12:00:00.000Z"))
    let near = try log.evidence("near", by: "acme/bo", twist("2026-11-01T12:15:00.000Z"))
    let ahead = try log.evidence("ahead", by: "acme/bo", twist("2026-11-01T12:15:00.001Z"))
    #expect(try log.verdicts(now: now).remarks == [ahead: [.clockAhead]])
    #expect(try log.verdicts().remarks.isEmpty)
    #expect(near < ahead && FindingCode.clockAhead.severity == .error && !FindingCode.clockAhead.isIntegrityError)
  }

  @Test func `after an entry dated far ahead, the honest next one is not blamed`() throws {
    let log = try LogBuilder.company()
    let now = try #require(Instant("2026-11-02T12:00:00.000Z"))
    try log.evidence("one", by: "acme/bo", twist("2026-11-01T09:00:00.000Z"))
    let ahead = try log.evidence("two", by: "acme/bo", twist("2099-01-01T00:00:00.000Z"))
    try log.evidence("three", by: "acme/bo", twist("2026-11-02T09:00:00.000Z"))
    let back = try log.evidence("four", by: "acme/bo", twist("2026-11-02T08:00:00.000Z"))
    #expect(try log.verdicts(now: now).remarks == [ahead: [.clockAhead], back: [.clockDisorder]])
  }

  @Test func `one clock that was set back spoils its own entry and no later one`() throws {
    let log = try LogBuilder.company()
    try log.evidence("one", by: "acme/bo", twist("2026-11-10T12:00:00.000Z"))
    let back = try log.evidence("two", by: "acme/bo", twist("2026-11-02T10:00:00.000Z"))
    try log.evidence("three", by: "acme/bo", twist("2026-11-10T11:59:00.000Z"))
    let now = try #require(Instant("2026-12-01T00:00:00.000Z"))
    #expect(try log.verdicts(now: now).remarks == [back: [.clockDisorder]])
  }

  @Test func `what is folded does not depend on the reader's clock`() throws {
    let log = try LogBuilder.company()
    for (number, time) in ["2026-11-01", "2099-01-01", "2026-11-02"].enumerated() {
      try log.evidence("\(number)", by: "acme/bo", twist("\(time)T09:00:00.000Z"))
    }
    let now = try #require(Instant("2026-11-02T12:00:00.000Z"))
    #expect(try log.verdicts(now: now).state == log.verdicts().state)
    #expect(try EntryClock.ahead(in: log.verdicts().state, now: now).map(\.entry) == [log.size - 2])
  }
}
