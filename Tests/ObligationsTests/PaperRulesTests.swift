import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

/// Whoever holds HIPAA or CMMC units needs a paper for it that is in force on that day.
struct PaperRulesTests {
  /// A clinic and its provider, whose agreement names papers, and the words of some people on it.
  static func snapshot(
    on day: String, framework: String = "hipaa-security",
    scope: String = "domains: [patch-management], accountable: onsite",
    papers: [String] = [], by people: [String] = ["acme/bo", "onsite/jane"], model: String = "co-managed",
    elsewhere: [String] = []
  ) throws -> Snapshot {
    let log = try LogBuilder.company()
    let catalog = SampleCatalog.bytes([
      SampleCatalog.Control("1.1", family: "1", domain: "patch-management"),
      SampleCatalog.Control("1.2", family: "1", domain: "identity-access"),
    ])
    try log.adopt(framework, catalog, effective: "2026-01-01")
    try agree(log, "acme-onsite", scope, papers, people, framework, catalog)
    if !elsewhere.isEmpty {
      try agree(
        log, "acme-other", "domains: [identity-access], accountable: acme", elsewhere, ["acme/bo", "onsite/jane"],
        framework, catalog)
    }
    try log.seal()
    let (state, evidence, library) = try fold(log)
    return try Snapshot(
      checkpoint: Checkpoint(origin: state.store, size: log.size, root: log.root), state: state, evidence: evidence,
      asOf: try #require(Day(day)), library: library)
  }

  private static func fold(_ log: LogBuilder) throws -> (LogState, any EvidenceSource, ObjectLibrary) {
    try log.seal()
    let library = ObjectLibrary(log.store)
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: log.size)
    return (folding.fold.state, folding.evidence, library)
  }

  private static func agree(
    _ log: LogBuilder, _ id: String, _ scope: String, _ papers: [String], _ people: [String], _ framework: String,
    _ catalog: [UInt8]
  ) throws {
    let lines = papers.map { "      - { \($0) }" }.joined(separator: "\n")
    let document = """
      id: \(id)
      model: co-managed
      client: acme
      providers: [onsite]
      term: { from: 2026-01-01, through: 2027-12-31 }
      frameworks: [\(framework)]
      scope:
        - { \(scope) }

      """ + (papers.isEmpty ? "" : "papers:\n\(lines)\n")
    let subject = log.object("document", document, "application/yaml")
    var subjects = [subject]
    for (index, _) in papers.enumerated() { subjects.append(log.object("paper-\(index).pdf", "paper \(index)")) }
    let version = try log.add(
      .engagement(EngagementEvent(event: .version, id: id, document: subject.digest)), subjects, by: "acme/bo")
    for person in people {
      let (state, _, library) = try fold(log)
      let resolver = Resolver(try ResolutionInput(state, library: library))
      let index = resolver.input.versions.count - 1
      let schedule = ScheduleBuilder(resolver, version: index).schedule(for: String(person.prefix { $0 != "/" }))
      try log.word(
        on: version, document: document, schedule: String(decoding: schedule.bytes, as: UTF8.self),
        catalogs: [framework: catalog], by: person)
    }
  }

  private static let agreement =
    "file: paper-0.pdf, kind: business-associate-agreement, from: 2026-02-01, through: 2026-03-31"

  private static func codes(_ snapshot: Snapshot) -> [FindingCode] { PaperRules.findings(snapshot).map(\.code) }

  @Test func `a provider that holds HIPAA units without any agreement is told, once for all units`() throws {
    let findings = PaperRules.findings(try Self.snapshot(on: "2026-03-01"))
    #expect(findings.map(\.code) == [.noBusinessAssociateAgreement])
    #expect(findings.map(\.subject) == ["acme-onsite/paper business-associate-agreement"])
    #expect(findings.first?.message.contains("'onsite' holds 1 HIPAA unit by 'acme-onsite'") == true)
  }

  @Test func `an agreement speaks from its first day through its last`() throws {
    func codes(_ day: String) throws -> [FindingCode] {
      try Self.codes(Self.snapshot(on: day, papers: [Self.agreement]))
    }
    #expect(try codes("2026-01-31") == [.noBusinessAssociateAgreement])
    #expect(try codes("2026-02-01").isEmpty)
    #expect(try codes("2026-03-31").isEmpty)
    #expect(try codes("2026-04-01") == [.noBusinessAssociateAgreement])
  }

  @Test func `one that has ended is told with its day`() throws {
    let finding = try #require(
      PaperRules.findings(try Self.snapshot(on: "2026-04-01", papers: [Self.agreement])).first)
    #expect(finding.found == "2026-03-31" && finding.message.contains("'paper-0.pdf' ended on 2026-03-31"))
  }

  @Test func `a paper without days speaks for the agreement's term`() throws {
    let papers = ["file: paper-0.pdf, kind: business-associate-agreement"]
    #expect(try Self.codes(Self.snapshot(on: "2026-01-01", papers: papers)).isEmpty)
    #expect(try Self.codes(Self.snapshot(on: "2027-12-31", papers: papers)).isEmpty)
    // After the term nobody holds anything.
    #expect(try Self.codes(Self.snapshot(on: "2028-01-01", papers: papers)).isEmpty)
  }

  @Test func `a paper of another kind, or of another engagement, is not enough`() throws {
    let other = ["file: paper-0.pdf, kind: master-agreement"]
    #expect(try Self.codes(Self.snapshot(on: "2026-03-01", papers: other)) == [.noBusinessAssociateAgreement])
    #expect(
      try Self.codes(Self.snapshot(on: "2026-03-01", elsewhere: [Self.agreement])) == [.noBusinessAssociateAgreement])
  }

  @Test func `what nobody but the client has accepted gives no units, and so asks for no paper`() throws {
    #expect(try Self.codes(Self.snapshot(on: "2026-03-01", by: ["acme/bo"])).isEmpty)
  }

  @Test func `a client that does its own work needs no agreement, and one whose provider does it needs one`() throws {
    let own = "domains: [patch-management], accountable: acme"
    #expect(try Self.codes(Self.snapshot(on: "2026-03-01", scope: own)).isEmpty)
    #expect(
      try Self.codes(Self.snapshot(on: "2026-03-01", scope: own + ", responsible: [onsite]"))
        == [.noBusinessAssociateAgreement])
  }

  @Test func `CMMC asks for a responsibility matrix from level 2 on, and for nothing at level 1`() throws {
    let matrix = ["file: paper-0.pdf, kind: responsibility-matrix"]
    for level in ["cmmc-level-2", "cmmc-level-3"] {
      #expect(try Self.codes(Self.snapshot(on: "2026-03-01", framework: level)) == [.noResponsibilityMatrix])
      #expect(try Self.codes(Self.snapshot(on: "2026-03-01", framework: level, papers: matrix)).isEmpty)
    }
    #expect(try Self.codes(Self.snapshot(on: "2026-03-01", framework: "cmmc-level-1")).isEmpty)
  }

  @Test func `a paper that ends within 90 days is told, unless another follows`() throws {
    func ending(_ day: String, _ papers: [String]) throws -> [String] {
      let snapshot = try Self.snapshot(on: day, papers: papers)
      return HeldPapers.ending(HeldPapers.list(snapshot), on: snapshot.asOf).map(\.file)
    }
    let first = "file: paper-0.pdf, kind: business-associate-agreement, through: 2026-06-30"
    #expect(try ending("2026-03-31", [first]).isEmpty)
    #expect(try ending("2026-04-01", [first]) == ["paper-0.pdf"])
    #expect(try ending("2026-07-01", [first]).isEmpty)
    let second = "file: paper-1.pdf, kind: business-associate-agreement, from: 2026-07-01"
    #expect(try ending("2026-04-02", [first, second]).isEmpty)
  }

  /// What is said of a version before all have accepted it.
  private static func forecast(
    _ papers: [String] = [], framework: String = "hipaa-security", today: String = "2026-01-10",
    scope: String = "domains: [patch-management], accountable: onsite"
  ) throws -> [String] {
    let snapshot = try snapshot(on: today, framework: framework, scope: scope, papers: papers, by: ["acme/bo"])
    return try PaperForecast.remarks(
      snapshot.resolver, version: 0, snapshot.state, library: snapshot.library, today: snapshot.asOf
    ).map(\.message)
  }

  @Test func `a version that nobody has accepted yet tells which paper it would lack`() throws {
    let bare = try Self.forecast()
    #expect(bare.count == 1 && bare[0].hasPrefix("'onsite' would hold 1 HIPAA unit on 2026-01-10"), "\(bare)")
    #expect(bare[0].contains("no-baa (45 CFR"))
    #expect(try Self.forecast(["file: paper-0.pdf, kind: business-associate-agreement"]).isEmpty)
    #expect(try Self.forecast(scope: "domains: [patch-management], accountable: acme").isEmpty)
    // 32 CFR 170.19(b) asks for no responsibility matrix at level 1.
    #expect(try Self.forecast(framework: "cmmc-level-2").first?.contains("no-matrix") == true)
    #expect(try Self.forecast(framework: "cmmc-level-1").isEmpty)
  }

  @Test func `a paper that begins after the version, or ends before the term, is told with its days`() throws {
    let late = try Self.forecast(["file: paper-0.pdf, kind: business-associate-agreement, from: 2026-02-01"])
    #expect(late.count == 1 && late[0].contains("in force before 2026-02-01: no-baa"), "\(late)")
    let short = try Self.forecast(["file: paper-0.pdf, kind: business-associate-agreement, through: 2027-06-30"])
    #expect(
      short == [
        "'paper-0.pdf' (business-associate-agreement) ends on 2027-06-30, and the term on 2027-12-31: what asks for it "
          + "then finds no-baa"
      ], "\(short)")
    let insurance = try Self.forecast(
      ["file: paper-0.pdf, kind: insurance, through: 2027-06-30"], framework: "cmmc-level-1")
    #expect(insurance == ["'paper-0.pdf' (insurance) ends on 2027-06-30, and the term on 2027-12-31"])
    let followed = [
      "file: paper-0.pdf, kind: insurance, through: 2027-06-30",
      "file: paper-1.pdf, kind: insurance, from: 2027-07-01",
    ]
    #expect(try Self.forecast(followed, framework: "cmmc-level-1").isEmpty)
  }
}
