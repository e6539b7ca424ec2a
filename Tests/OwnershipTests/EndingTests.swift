import Findings
import Ownership
import Statements
import Testing
import TestSupport

/// An end, and what comes after it: nobody's is the answer that holds, and both words are needed anew.
struct EndingTests {
  private static let parties = ["acme/bo", "onsite/jane"]

  /// An agreement that both have accepted, ended by the provider from the first of April on.
  private static func ended() throws -> (log: LogBuilder, version: Int, document: String) {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    try log.accept(version, document: document, by: parties)
    log.on("2026-03-01")
    try log.end(on: "2026-04-01", by: "onsite/jane")
    return (log, version, document)
  }

  @Test func `an end uncovers its own day and leaves the day before`() throws {
    let (log, _, _) = try Self.ended()
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-31").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-04-01").error == .lapsed)
    // What nobody had has not lapsed.
    #expect(try log.ownership("demo/1.2", on: "2026-04-01").error == .unowned)
  }

  @Test func `what ended has lapsed under a newer catalog as well, and what that brings anew has not`() throws {
    let (log, _, _) = try Self.ended()
    log.on("2026-04-10")
    try log.adopt(
      "demo",
      SampleCatalog.bytes([
        SampleCatalog.Control(
          "1.1", family: "1", domain: "patch-management", objectives: ["1.1[a]", "1.1[b]", "1.1[c]"])
      ]), effective: "2026-04-10")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-04-20").error == .lapsed)
    #expect(try log.ownership("demo/1.1[c]", on: "2026-04-20").error == .unowned)
  }

  @Test func `the same again after an end needs both words anew`() throws {
    let (log, version, document) = try Self.ended()
    log.on("2026-05-01")
    let again = try log.version(document + "effective: 2026-05-01\n", replaces: log.statements[version])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-02").error == .unaccepted)
    try log.accept(again, document: document + "effective: 2026-05-01\n", by: ["acme/bo"])
    let waiting = try log.ownership("demo/1.1[a]", on: "2026-05-02")
    #expect(waiting.error == .unaccepted && waiting.waiting?.missing == ["onsite"])
    // The days between the end and the new version stay uncovered, and those before it are as they were.
    #expect(try log.ownership("demo/1.1[a]", on: "2026-04-15").error == .lapsed)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-31").accountable == "onsite")
    try log.accept(again, document: document + "effective: 2026-05-01\n", by: ["onsite/jane"])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-02").accountable == "onsite")
    #expect(try log.verdicts().refused.isEmpty)
  }

  @Test func `what was recorded before an end never comes back, whoever accepts it later`() throws {
    let (log, version, document) = try Self.ended()
    log.on("2026-05-01")
    try log.word(on: version, document: document, schedule: LogBuilder.schedule, by: "acme/bo")
    try log.word(on: version, document: document, schedule: LogBuilder.schedule, by: "onsite/jane")
    #expect(try log.verdicts().refused.isEmpty)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-02").error == .lapsed)
  }

  @Test func `of two ends the earlier day counts`() throws {
    let (log, _, _) = try Self.ended()
    try log.end(on: "2026-06-01")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").error == .lapsed)
    try log.end(on: "2026-03-15")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-15").error == .lapsed)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-14").accountable == "onsite")
  }

  @Test func `a version after an end is signed against nobody, up to its own last day`() throws {
    let (log, version, document) = try Self.ended()
    log.on("2026-05-01")
    let again = try log.version(document + "effective: 2026-03-15\n", replaces: log.statements[version])
    // The client's schedule has what differs from what holds: nothing before the end, all of it after.
    let lines = try log.schedule(for: "acme", version: again)
    #expect(
      lines == """
        demo/1.1[a]\t2026-04-01\t2027-12-31\tonsite\tonsite\t-\t-
        demo/1.1[b]\t2026-04-01\t2027-12-31\tonsite\tonsite\t-\t-
        demo/2.2\t2026-04-01\t2027-12-31\tacme\t-\t-\t-

        """)
    // And of what an end has closed, there is nothing to sign for the days that it closed.
    #expect(
      try log.schedule(for: "onsite", version: version)
        == LogBuilder.schedule.split(separator: "\n").map {
          $0.split(separator: "\t").map { $0 == "2027-12-31" ? "2026-03-31" : $0 }.joined(separator: "\t") + "\n"
        }.joined())
  }
}
