import Ownership
import Statements
import Testing
import TestSupport

/// What an end leaves of the versions before it: nothing that a later version could lean on.
struct EngagementEndTests {
  private static func ended(on day: String? = nil) throws -> (log: LogBuilder, version: Int) {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"])
    log.on("2026-03-01")
    try log.end(on: day, by: "onsite/jane")
    return (log, version)
  }

  @Test func `what has ended has lapsed`() throws {
    let (log, _) = try Self.ended()
    #expect(try log.ownership("demo/1.1[a]", on: "2026-02-28").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-01").error == .lapsed)
  }

  @Test func `a version after an end needs both signatures though it says the same`() throws {
    let (log, first) = try Self.ended()
    log.on("2026-04-01")
    let document = LogBuilder.agreement(more: "effective: 2026-04-01")
    let second = try log.version(document, replaces: log.statements[first])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").error == .unaccepted)
    #expect(try log.schedule(for: "onsite", version: second).contains("2026-04-01"))
    try log.accept(second, document: document, by: ["acme/bo"])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").error == .unaccepted)
    try log.accept(second, document: document, by: ["onsite/jane"])
    #expect(try log.verdicts().refused.isEmpty)
    let ownership = try log.ownership("demo/1.1[a]", on: "2026-05-01")
    #expect(ownership.accountable == "onsite" && ownership.error == nil && !ownership.isPending)
  }

  @Test func `what has ended is not asked for its word any more`() throws {
    let (log, first) = try Self.ended()
    let document = LogBuilder.agreement(
      scope: "  - { domains: [patch-management], accountable: acme, responsible: [acme/bo] }",
      more: "effective: 2026-03-01")
    let second = try log.version(document, replaces: log.statements[first])
    try log.accept(second, document: document, by: ["acme/bo"])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").accountable == "acme")
  }

  @Test func `until its last day the answer that ends holds against a newer one`() throws {
    let (log, first) = try Self.ended(on: "2026-06-01")
    let document = LogBuilder.agreement(more: "effective: 2026-03-02")
    let second = try log.version(document, replaces: log.statements[first])
    // Equal terms hold on until the end, and have to be signed from then on.
    let schedule = try log.schedule(for: "acme", version: second)
    #expect(schedule.contains("demo/1.1[a]\t2026-06-01\t2027-12-31\tonsite"), "\(schedule)")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-31").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").error == .unaccepted)
    try log.accept(second, document: document, by: ["acme/bo", "onsite/jane"])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").accountable == "onsite")
  }

  @Test func `words on an ended version bring nothing back`() throws {
    let (log, first) = try Self.ended()
    let document = LogBuilder.agreement()
    let schedule = LogBuilder.schedule
    try log.word(on: first, document: document, schedule: schedule, by: "acme/bo")
    try log.word(on: first, document: document, schedule: schedule, by: "onsite/jane")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").error == .lapsed)
  }

  @Test func `what has lapsed is told by the catalog of its last day`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement().replacing("2027-12-31", "2026-02-28")
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"])
    let later = SampleCatalog.bytes([
      SampleCatalog.Control("1.1", family: "1", domain: "help-desk", objectives: ["1.1[a]", "1.1[b]"])
    ])
    try log.adopt("demo", later, effective: "2026-03-01")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-02-28").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-10").error == .lapsed)
  }
}
