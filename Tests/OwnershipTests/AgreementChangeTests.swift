import Agreements
import Catalogs
import Ownership
import Statements
import Testing
import TestSupport

/// What a version changes, told before anybody signs it.
struct AgreementChangeTests {
  private static let both = ["acme/bo", "onsite/jane"]

  private static func builder(_ log: LogBuilder) throws -> ScheduleBuilder {
    let resolver = Resolver(try ResolutionInput(log.verdicts().state, library: log.library))
    return ScheduleBuilder(resolver, version: resolver.input.versions.count - 1)
  }

  private static func agreed() throws -> (log: LogBuilder, version: Int) {
    let log = try LogBuilder.company()
    let version = try log.version(LogBuilder.agreement())
    try log.accept(version, document: LogBuilder.agreement(), by: both)
    log.on("2026-02-01")
    return (log, version)
  }

  @Test func `the same again changes nothing`() throws {
    let (log, version) = try Self.agreed()
    try log.version(LogBuilder.agreement(), replaces: log.statements[version])
    #expect(AgreementChange(try Self.builder(log)).isEmpty)
  }

  @Test func `a version that changes only lines, papers or persons is not empty`() throws {
    let duty = "duties: [{ id: minutes, title: Minutes, party: onsite, every: quarter }]"
    let scope = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/soc] }"
    let cases = [
      (LogBuilder.agreement(more: duty), (1, 0, 0)),
      (LogBuilder.agreement(more: "statement-of-work: sow.txt"), (0, 1, 0)),
      (LogBuilder.agreement(scope: scope), (0, 0, 1)),
    ]
    for (document, (lines, papers, persons)) in cases {
      let (log, version) = try Self.agreed()
      try log.version(document, replaces: log.statements[version])
      let change = AgreementChange(try Self.builder(log))
      #expect(change.units.isEmpty && !change.isEmpty)
      #expect(change.lines.count == lines && change.papers.count == papers && change.persons.count == persons)
    }
  }

  @Test func `a person's change says whose, who before, who then, and for how much`() throws {
    let (log, version) = try Self.agreed()
    let scope = "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/soc] }"
    try log.version(LogBuilder.agreement(scope: scope), replaces: log.statements[version])
    #expect(
      AgreementChange(try Self.builder(log)).persons.map { "\($0.party) \($0.old) \($0.new) \($0.units)" }
        == ["onsite [\"onsite/jane\"] [\"onsite/soc\"] 2"])
  }

  @Test func `an end that changes nothing is known before it is signed`() throws {
    let (log, _) = try Self.agreed()
    func wouldChange(_ day: String) throws -> Bool {
      let resolver = Resolver(try ResolutionInput(log.verdicts().state, library: log.library))
      return resolver.wouldChange(ending: "acme-onsite", on: try #require(Day(day)))
    }
    #expect(try wouldChange("2026-06-01"))
    // After the term nothing holds.
    #expect(try wouldChange("2027-12-31") && !wouldChange("2028-01-01"))
    try log.end(on: "2026-06-01")
    #expect(try wouldChange("2026-05-31") && !wouldChange("2026-06-01") && !wouldChange("2026-09-01"))
  }
}
