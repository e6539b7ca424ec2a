import Crypto
import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing

/// What was owed and never done is owed still when the agreement has ended.
struct EndedDutyTests {
  private static let minutes = "duties: [{ id: minutes, title: Minutes, party: onsite, every: quarter }]"

  private static func done(_ days: String...) throws -> DutyBook {
    DutyBook(
      try days.enumerated().map { place, day in
        var evidence = Evidence(controls: ["demo/1.1"])
        evidence.duty = "acme-onsite/minutes"
        evidence.through = Day(day)
        return EvidenceRecord(
          entry: 20 + place, statement: .zero, party: "onsite", member: "onsite/jane", keyID: .zero,
          recorded: try #require(Instant("\(day)T10:00:00.000Z")), evidence: evidence)
      })
  }

  private static func told(_ log: AgreedLog, on day: String, _ book: DutyBook = DutyBook()) throws -> [String] {
    let snapshot = try log.snapshot(on: day)
    return DutyCalendar.ended(snapshot, done: book).map { entry in
      let terms = DutyHistory(entry, done: book.all(entry.name), asOf: snapshot.asOf).terms
        .map { "\($0.due) \($0.state.rawValue) \($0.daysLate)" }
      return "\(entry.name) \(entry.heldThrough.map { "\($0)" } ?? "") \(entry.isOverdue) \(terms)"
    }
  }

  @Test func `a duty that was late on the last day of its agreement is missed on every day after`() throws {
    let log = try AgreedLog(Self.minutes, through: "2026-10-31")
    #expect(try Self.told(log, on: "2026-10-31") == [])
    #expect(
      try Self.told(log, on: "2026-11-05") == ["acme-onsite/minutes 2026-10-31 true [\"2026-04-01 missed 218\"]"])
    let findings = try DutyCalendar.findings(log.snapshot(on: "2026-11-05"), done: DutyBook())
    #expect(findings.map(\.subject) == ["acme-onsite/duty minutes"])
    #expect(
      findings.first?.message
        == "'onsite' owed 'Minutes' every quarter through 2026-10-31: it was due on 2026-04-01, and was never shown to be done"
    )
  }

  @Test func `after a year nobody is asked for it any more, and it stays missed`() throws {
    let log = try AgreedLog(Self.minutes, through: "2026-10-31")
    #expect(try Self.told(log, on: "2027-10-31").map { $0.contains(" true ") } == [true])
    let later = try Self.told(log, on: "2027-11-01")
    #expect(later.count == 1 && later[0].contains(" false ") && later[0].contains("missed"))
    #expect(try DutyCalendar.findings(log.snapshot(on: "2027-11-01"), done: DutyBook()).isEmpty)
  }

  @Test func `what was not due by the last day is not owed, and what is done afterwards is late`() throws {
    let log = try AgreedLog(Self.minutes, through: "2026-10-31")
    #expect(
      try Self.told(log, on: "2026-11-05", Self.done("2026-03-20", "2026-06-20", "2026-09-20")) == [
        "acme-onsite/minutes 2026-10-31 false [\"2026-04-01 met 0\", \"2026-06-20 met 0\", \"2026-09-20 met 0\"]"
      ])
    #expect(
      try Self.told(log, on: "2026-11-05", Self.done("2026-11-03")) == [
        "acme-onsite/minutes 2026-10-31 false [\"2026-04-01 late 216\"]"
      ])
    // Due on its last day, and on the day after.
    #expect(try Self.told(try AgreedLog(Self.minutes, through: "2026-04-01"), on: "2026-04-02").count == 1)
    #expect(try Self.told(try AgreedLog(Self.minutes, through: "2026-03-31"), on: "2026-04-02") == [])
  }

  @Test func `an end leaves what was owed, and a version that both accepted without the duty asks for it no more`()
    throws
  {
    let ended = try AgreedLog(Self.minutes)
    ended.on("2026-06-10")
    try ended.end(on: "2026-06-15")
    #expect(try Self.told(ended, on: "2026-06-20").map { $0.contains("2026-06-14 true") } == [true])
    let dropped = try AgreedLog(Self.minutes)
    dropped.on("2026-06-10")
    let scope = """
          - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
          - { domains: [identity-access], accountable: acme }
      """
    try dropped.apply(AgreedLog.document("effective: 2026-06-15", scope: scope), replacing: true)
    #expect(try Self.told(dropped, on: "2026-06-20").map { $0.contains("2026-06-14 false") } == [true])
    #expect(try DutyCalendar.findings(dropped.snapshot(on: "2026-06-20"), done: DutyBook()).isEmpty)
  }
}
