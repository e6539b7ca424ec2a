import Catalogs
import Obligations
import Ownership
import Statements
import Testing

/// A cadence that a version changes is owed from then on, and not before.
struct DutyTimelineTests {
  private static func due(after day: String, _ spans: [(String, Cadence)]) throws -> String? {
    let parts = try spans.map { from, cadence in
      DutyTimeline.Span(from: try #require(Day(from)), cadence: cadence)
    }
    let timeline = try #require(DutyTimeline(parts))
    return timeline.due(after: try #require(Day(day))).map { "\($0)" }
  }

  private static let shorter: [(String, Cadence)] = [("2024-01-31", .quarter), ("2024-10-01", .month)]
  private static let longer: [(String, Cadence)] = [("2024-01-31", .month), ("2024-10-01", .quarter)]

  @Test func `what was due before the change stays due then`() throws {
    #expect(try Self.due(after: "2024-01-31", Self.shorter) == "2024-04-30")
    #expect(try Self.due(after: "2024-06-30", Self.shorter) == "2024-09-30")
    #expect(try Self.due(after: "2024-08-31", Self.longer) == "2024-09-30")
  }

  @Test func `what is due afterwards is due by the new cadence`() throws {
    #expect(try Self.due(after: "2024-09-30", Self.shorter) == "2024-10-30")
    #expect(try Self.due(after: "2024-10-05", Self.shorter) == "2024-11-05")
    #expect(try Self.due(after: "2024-09-02", Self.longer) == "2024-12-02")
  }

  @Test func `a shorter cadence makes nothing late on its first day`() throws {
    // A month from the change is sooner than the quarter that ran; and the quarter sooner than a month from the change.
    #expect(try Self.due(after: "2024-08-15", Self.shorter) == "2024-11-01")
    #expect(try Self.due(after: "2024-07-10", Self.shorter) == "2024-10-10")
  }

  @Test func `an agreement's versions make the timeline; one that never held does not`() throws {
    let scope = """
          - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
          - { domains: [identity-access], accountable: acme }
      """
    func duties(_ cadence: String, _ effective: String) -> String {
      AgreedLog.document(
        "effective: \(effective)\nduties: [{ id: minutes, title: Minutes, party: onsite, every: \(cadence) }]",
        scope: scope)
    }
    let log = try AgreedLog("duties: [{ id: minutes, title: Minutes, party: onsite, every: quarter }]")
    log.on("2026-05-02")
    try log.apply(duties("day", "2026-05-10"), replacing: true, by: ["acme/bo"])
    log.on("2026-06-02")
    try log.apply(duties("month", "2026-07-01"), replacing: true)
    let done = [("2026-03-20", 40), ("2026-06-20", 41)].map {
      DutyCalendar.Done(day: Day($0.0) ?? Day(daysSinceEpoch: 0), entry: $0.1)
    }
    let entry = try #require(
      DutyCalendar.list(try log.snapshot(on: "2026-07-10")) { _ in done.last }.first)
    #expect(entry.due.map { "\($0)" } == "2026-07-20")
    let history = DutyHistory(entry, done: done, asOf: try #require(Day("2026-07-10")))
    // Quarters from the term's first day on, none of them late.
    #expect(
      history.terms.map { "\($0.due) \($0.state.rawValue)" } == ["2026-04-01 met", "2026-06-20 met", "2026-07-20 open"])
  }
}
