import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// Nobody turns the clock back behind what the other side has signed, nor forward over a waiting period.
struct WaitingPeriodTests {
  private func at(_ time: String, signed: String? = nil) -> LogBuilder.Twist {
    var twist = LogBuilder.Twist()
    twist.time = Instant("\(time)T12:00:00.000Z")
    twist.signedAt = Instant("\(signed ?? time)T12:00:00.000Z")
    return twist
  }

  @Test func `the client ends a membership ninety days after notice by both signatures too`() throws {
    let log = try LogBuilder.company()
    try log.party(.notice, "onsite", by: "acme/bo", at("2026-02-01"))
    let hasty = try log.party(.leave, "onsite", by: "acme/bo", at("2026-05-02", signed: "2026-02-01"))
    let short = try log.party(.leave, "onsite", by: "acme/bo", at("2026-05-02", signed: "2026-05-01"))
    let early = try log.party(.leave, "onsite", by: "acme/bo", at("2026-05-01", signed: "2026-05-02"))
    let due = try log.party(.leave, "onsite", by: "acme/bo", at("2026-05-02"))
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [hasty: .notEntitled, short: .notEntitled, early: .notEntitled])
    #expect(verdicts[due] == nil)
  }

  @Test func `notice does not run from before what the party has signed meanwhile`() throws {
    let log = try LogBuilder.company()
    try log.evidence(by: "onsite/jane", at("2026-06-01"))
    let notice = try log.party(.notice, "onsite", by: "acme/bo", at("2026-03-01"))
    let early = try log.party(.leave, "onsite", by: "acme/bo", at("2026-06-02"))
    let due = try log.party(.leave, "onsite", by: "acme/bo", at("2026-08-30"))
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [early: .notEntitled])
    #expect(verdicts.state.membership.party("onsite")?.noticeDay == Day("2026-06-01"))
    #expect(notice < due)
  }

  @Test func `a notice dated far ahead does not hold up one dated right`() throws {
    let log = try LogBuilder.company()
    try log.party(.notice, "onsite", by: "onsite/jane", at("2099-01-01", signed: "2026-02-01"))
    try log.party(.notice, "onsite", by: "acme/bo", at("2026-02-01"))
    let due = try log.party(.leave, "onsite", by: "acme/bo", at("2026-05-02"))
    #expect(try log.verdicts()[due] == nil)
  }

  @Test func `another party's evidence goes thirty days after the announcement by both signatures too`() throws {
    let log = try LogBuilder.company()
    try log.evidence("theirs", by: "onsite/jane", at("2026-02-01"))
    let object = SHA256.hash("theirs")
    func redact(_ event: Redaction.Event, _ twist: LogBuilder.Twist) throws -> Int {
      try log.add(
        .redaction(Redaction(event: event, objects: [object], reason: "r", authority: "a")), by: "acme/bo", twist)
    }
    _ = try redact(.announce, at("2026-02-01"))
    let hasty = try redact(.redact, at("2026-03-03", signed: "2026-02-02"))
    let early = try redact(.redact, at("2026-03-02", signed: "2026-03-03"))
    let due = try redact(.redact, at("2026-03-03"))
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [hasty: .notEntitled, early: .notEntitled])
    #expect(verdicts[due] == nil)
  }

  @Test func `an announcement does not run from before what the other side has signed`() throws {
    let log = try LogBuilder.company()
    try log.evidence("theirs", by: "onsite/jane", at("2026-05-01"))
    let objects = [SHA256.hash("theirs")]
    func redact(_ event: Redaction.Event, _ twist: LogBuilder.Twist) throws -> Int {
      try log.add(
        .redaction(Redaction(event: event, objects: objects, reason: "r", authority: "a")), by: "acme/bo", twist)
    }
    _ = try redact(.announce, at("2026-02-01"))
    let early = try redact(.redact, at("2026-05-02"))
    let due = try redact(.redact, at("2026-05-31"))
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [early: .notEntitled])
    #expect(verdicts[due] == nil)
    #expect(verdicts.state.redactions.map(\.day) == [Day("2026-05-01"), Day("2026-05-31")])
    #expect(verdicts.state.redactions.map(\.entryDay) == [Day("2026-02-01"), Day("2026-05-31")])
  }

  @Test func `an end, a leave and an acceptance take effect on no day before what the other side has signed`() throws {
    let log = try LogBuilder.company()
    let version = try log.version(LogBuilder.agreement(), by: "acme/bo", at("2026-01-02"))
    try log.evidence(by: "onsite/jane", at("2026-06-10", signed: "2026-06-09"))
    try log.evidence(by: "acme/kim", at("2026-07-01"))
    try log.end(on: "2026-03-01", by: "acme/bo", at("2026-03-01"))
    try log.word(
      on: version, document: LogBuilder.agreement(), schedule: LogBuilder.schedule, by: "onsite/jane",
      at("2026-03-02"))
    try log.party(.leave, "onsite", by: "onsite/jane", at("2026-03-03"))
    let state = try log.verdicts().state
    #expect(state.ends.map(\.on) == [Day("2026-06-09")])
    #expect(state.ends.map(\.entryDay) == [Day("2026-03-01")])
    // Kim's is the client's word, and the client is the other side here.
    #expect(state.acceptances.map(\.day) == [Day("2026-07-01")])
    #expect(state.acceptances.map(\.entryDay) == [Day("2026-03-02")])
    #expect(state.membership.party("onsite")?.leftDay == Day("2026-07-01"))
  }

  @Test func `one's own statements, and those that do not count, hold up nothing`() throws {
    let log = try LogBuilder.company()
    try log.version(LogBuilder.agreement(), by: "acme/bo", at("2026-01-02"))
    try log.evidence("own", by: "acme/kim", at("2026-06-10"))
    try log.evidence("refused", controls: ["demo/9.9"], by: "onsite/jane", at("2026-06-10"))
    try log.end(by: "acme/bo", at("2026-03-01"))
    #expect(try log.verdicts().state.ends.map(\.on) == [Day("2026-03-01")])
  }

  @Test func `a signature dated ahead counts as no later than its entry`() throws {
    let log = try LogBuilder.company()
    try log.version(LogBuilder.agreement(), by: "acme/bo", at("2026-01-02"))
    try log.evidence(by: "onsite/jane", at("2026-02-01", signed: "2199-01-01"))
    try log.end(by: "acme/bo", at("2026-03-01"))
    try log.end(on: "2026-04-01", by: "onsite/jane", at("2026-03-01"))
    #expect(try log.verdicts().state.ends.map(\.on) == [Day("2026-03-01"), Day("2026-04-01")])
  }
}
