import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

/// A duty that holds is due a cadence after it was done last, or after the term's beginning.
struct DutyCalendarTests {
  @Test
  func `a duty that a later version adds counts from the day from which that speaks, one that was there from its own`()
    throws
  {
    let minutes = "{ id: minutes, title: Minutes, party: onsite, every: quarter }"
    let log = try AgreedLog("duties: [\(minutes)]")
    log.on("2026-05-20")
    let scope = """
          - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
          - { domains: [identity-access], accountable: acme }
      """
    let more = "effective: 2026-06-01\nduties: [\(minutes), { id: test, title: Test, party: onsite, within: 90 days }]"
    try log.apply(AgreedLog.document(more, scope: scope), replacing: true)
    let due = try DutyCalendar.list(log.snapshot(on: "2026-06-15"), done: DutyBook()).map {
      "\($0.id) \($0.due.map { "\($0)" } ?? "")"
    }
    // 2026-06-01 and 90 days; three months from the term's first day.
    #expect(due == ["minutes 2026-04-01", "test 2026-08-30"])
  }

  /// The duties on a day, both sides having accepted the agreement.
  private static func duties(
    _ duty: String, on day: String, done: DutyCalendar.Done? = nil, by people: [String] = ["acme/bo", "onsite/jane"]
  ) throws -> [DutyCalendar.Entry] {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(
      scope: "      - { domains: [patch-management], accountable: onsite }", more: "duties: [{ \(duty) }]")
    let version = try log.version(document)
    for person in people {
      let library = ObjectLibrary(log.store)
      var fold = Fold(ledger: MemoryLedger(library: library), library: library)
      for bytes in log.entries {
        let parsed = ParsedEntry(bytes, library: library)
        _ = try fold.apply(parsed.entry, parsed.statement)
      }
      let resolver = Resolver(try ResolutionInput(fold.state, library: library))
      let schedule = ScheduleBuilder(resolver, version: 0).schedule(for: String(person.prefix { $0 != "/" }))
      try log.word(
        on: version, document: document, schedule: String(decoding: schedule.bytes, as: UTF8.self), by: person)
    }
    try log.seal()
    let library = ObjectLibrary(log.store)
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: log.size)
    let snapshot = try Snapshot(
      checkpoint: Checkpoint(origin: folding.fold.state.store, size: log.size, root: log.root),
      state: folding.fold.state, evidence: folding.evidence, asOf: try #require(Day(day)), library: library)
    return DutyCalendar.list(snapshot) { $0 == "acme-onsite/minutes" ? done : nil }
  }

  private static let quarterly = "id: minutes, title: Minutes, party: onsite, every: quarter"
  private static let once = "id: minutes, title: Handover, party: onsite, within: 90 days"

  @Test func `a duty that was never done is due a cadence after the term's beginning`() throws {
    let due = try #require(try Self.duties(Self.quarterly, on: "2026-04-01").first)
    #expect(due.due == Day("2026-04-01") && !due.isOverdue && due.name == "acme-onsite/minutes")
    let late = try Self.duties(Self.quarterly, on: "2026-04-02")
    #expect(late.map(\.isOverdue) == [true])
    #expect(DutyCalendar.findings(late).map(\.subject) == ["acme-onsite/duty minutes"])
  }

  @Test func `one that was done is due a cadence later`() throws {
    let done = DutyCalendar.Done(day: try #require(Day("2026-03-15")), entry: 20)
    let entries = try Self.duties(Self.quarterly, on: "2026-04-02", done: done)
    #expect(entries.map(\.due) == [Day("2026-06-15")] && entries.map(\.isOverdue) == [false])
    #expect(DutyCalendar.findings(entries).isEmpty)
  }

  @Test func `what is owed once is not due any more when it was done`() throws {
    #expect(try Self.duties(Self.once, on: "2026-04-02").map(\.isOverdue) == [true])
    let done = DutyCalendar.Done(day: try #require(Day("2026-03-15")), entry: 20)
    #expect(try Self.duties(Self.once, on: "2026-04-02", done: done).map(\.due) == [nil])
  }

  @Test func `a duty that its party has not accepted is not due`() throws {
    #expect(try Self.duties(Self.quarterly, on: "2026-04-02", by: ["acme/bo"]).isEmpty)
  }
}
