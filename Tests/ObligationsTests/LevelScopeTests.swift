import Findings
import Obligations
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// A service level holds for what its party answers for, and for nothing else.
struct LevelScopeTests {
  private static let scope = """
      - { domains: [patch-management], accountable: onsite }
      - { domains: [identity-access], accountable: acme }
    """

  /// What is told of a level for some domains that both have accepted, or the client alone.
  private static func told(
    _ domains: String, by people: [String] = ["acme/bo", "onsite/jane"], on day: String = "2026-02-01"
  ) throws -> [Finding] {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(
      scope: scope,
      more: "service-levels: [{ id: uptime, party: onsite, domains: [\(domains)], target: \"> 99\", unit: \"%\", "
        + "every: month }]")
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
    return LevelScope.findings(try snapshot(log, on: day))
  }

  private static func snapshot(_ log: LogBuilder, on text: String) throws -> Snapshot {
    try log.seal()
    let library = ObjectLibrary(log.store)
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: log.size)
    let day = try #require(Day(text))
    return try Snapshot(
      checkpoint: Checkpoint(origin: folding.fold.state.store, size: log.size, root: log.root),
      state: folding.fold.state, evidence: folding.evidence, asOf: day, library: library)
  }

  @Test func `a level for a domain that its party answers for is fine`() throws {
    #expect(try Self.told("patch-management").isEmpty)
  }

  @Test func `a level for a domain that another answers for is told, and who that is`() throws {
    let findings = try Self.told("patch-management, identity-access")
    #expect(findings.map(\.code) == [.levelOutsideScope])
    #expect(findings.map(\.subject) == ["acme-onsite/level uptime"])
    #expect(findings.first?.found == "acme" && findings.first?.expected == "onsite" && findings.first?.entry == 11)
    #expect(
      findings.first?.message == "'onsite' promises 'uptime' for 'identity-access', and acme is accountable there")
  }

  @Test func `a level for what nobody answers for is told`() throws {
    #expect(try Self.told("physical-security").first?.found == "nobody")
  }

  @Test func `a level that does not hold promises nothing yet`() throws {
    #expect(try Self.told("identity-access", by: ["acme/bo"]).isEmpty)
    #expect(try Self.told("identity-access", on: "2028-01-01").isEmpty)
  }
}
