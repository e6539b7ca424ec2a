import Findings
import Catalogs
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// What is said about units that have an owner: each finding on the day it begins, and not on the day before.
struct EvidenceFindingTests {
  /// The company, with an agreement that gives the patches to `onsite`, accepted by both on the first of January.
  private static func agreed(
    line: String = "accountable: onsite, responsible: [onsite/jane], evidence-every: month", more: String = ""
  ) throws -> LogBuilder {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(scope: "  - { domains: [patch-management], \(line) }", more: more)
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"])
    return log
  }

  private static func staff(_ log: LogBuilder, _ units: [String], _ people: [String]) throws {
    try log.add(
      .staffing(Staffing(engagement: "acme-onsite", assign: [.init(units: units, responsible: people)])),
      by: "onsite/jane")
  }

  @Test(
    arguments: [
      ("2026-01-31", "month", "2026-02-28"), ("2024-01-31", "month", "2024-02-29"),
      ("2026-01-15", "month", "2026-02-15"), ("2026-02-28", "month", "2026-03-28"),
      ("2026-12-31", "month", "2027-01-31"), ("2025-11-30", "quarter", "2026-02-28"),
      ("2026-08-31", "half-year", "2027-02-28"), ("2024-02-29", "year", "2025-02-28"),
      ("2024-02-29", "two-years", "2026-02-28"), ("2025-02-28", "three-years", "2028-02-28"),
      ("2026-02-28", "day", "2026-03-01"), ("2026-12-30", "week", "2027-01-06"), ("2026-01-01", "event", nil),
    ] as [(String, String, String?)])
  func `evidence is due a cadence later, or on the month's last day`(
    _ day: String, _ cadence: String, _ due: String?
  ) throws {
    let start = try #require(Day(day))
    let cadence = try #require(Cadence(rawValue: cadence))
    #expect(cadence.due(after: start) == due.flatMap { Day($0) })
  }

  @Test func `evidence is stale on the day after it was due`() throws {
    let log = try Self.agreed()
    #expect(try log.findings("demo/1.1[a]", on: "2026-01-02") == [.noEvidence])
    log.on("2026-01-31")
    try log.evidence(through: "2026-01-31", by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-28") == [])
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-01") == [.staleEvidence])
    // What covers later days only is not looked at yet.
    #expect(try log.findings("demo/1.1[a]", on: "2026-01-30") == [.noEvidence])
  }

  @Test func `evidence's age runs from what it covers, else from when it was collected, else from its entry`() throws {
    let log = try Self.agreed()
    log.on("2026-04-01")
    var evidence = Evidence(controls: ["demo/1.1[a]"])
    evidence.collected = Instant("2026-02-10T23:59:59.999Z")
    let file = log.object("file.txt", "x")
    try log.add(.evidence(evidence), [file], by: "onsite/soc")
    try log.add(.evidence(Evidence(controls: ["demo/1.1[b]"])), [file], by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-10") == [])
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-11") == [.staleEvidence])
    #expect(try log.findings("demo/1.1[b]", on: "2026-05-01") == [])
    #expect(try log.findings("demo/1.1[b]", on: "2026-05-02") == [.staleEvidence])
    evidence.through = Day("2026-03-15")
    evidence.from = Day("2026-03-15")
    try log.add(.evidence(evidence), [file], by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-04-15") == [])
    #expect(try log.findings("demo/1.1[a]", on: "2026-04-16") == [.staleEvidence])
  }

  @Test func `evidence is never younger than its entry, nor than the day asked about`() throws {
    let log = try Self.agreed()
    log.on("2026-02-01")
    try log.evidence(through: "2099-12-31", by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-01") == [])
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-02") == [.staleEvidence])
    #expect(try log.row("demo/1.1[a]", on: "2026-03-02").evidenceDue == Day("2026-03-01"))
    // Before it was recorded it is not looked at, unless it covers days from before.
    #expect(try log.findings("demo/1.1[a]", on: "2026-01-31") == [.noEvidence])
    let period = try Self.agreed()
    period.on("2026-06-30")
    var evidence = Evidence(controls: ["demo/1.1"])
    evidence.from = Day("2026-01-01")
    evidence.through = Day("2026-06-30")
    try period.add(.evidence(evidence), [period.object("file.txt", "x")], by: "onsite/soc")
    #expect(try period.row("demo/1.1[a]", on: "2026-02-10").evidenceDue == Day("2026-03-10"))
    #expect(try period.row("demo/1.1[a]", on: "2026-02-10").evidenceDay == Day("2026-02-10"))
    #expect(try period.row("demo/1.1[a]", on: "2026-09-01").evidenceDue == Day("2026-07-30"))
  }

  @Test func `evidence all of whose artifacts are redacted shows nothing any more`() throws {
    func redact(_ log: LogBuilder, _ texts: String...) throws {
      try log.add(
        .redaction(
          Redaction(
            event: .redact, objects: texts.map { SHA256.hash($0) }, reason: "junk", authority: "the board")),
        by: "acme/bo")
    }
    let log = try Self.agreed(line: "accountable: acme, responsible: [acme/kim]")
    log.on("2026-02-01")
    let files = [log.object("a", "first"), log.object("b", "second")]
    try log.add(.evidence(Evidence(controls: ["demo/1.1"])), files, by: "acme/kim")
    log.on("2026-02-03")
    try redact(log, "first")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-10") == [])
    try redact(log, "second")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-10") == [.noEvidence])
    // On the days before, it still showed something.
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-02") == [])
    // The same bytes, submitted again, end the redaction.
    log.on("2026-02-05")
    try log.add(.evidence(Evidence(controls: ["demo/2.1"])), [log.object("c", "second")], by: "acme/kim")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-10") == [])
    #expect(try log.verdicts().refused.isEmpty)
  }

  @Test func `what a manifest lists is redacted once all of it is`() throws {
    let log = try Self.agreed(line: "accountable: acme, responsible: [acme/kim]")
    log.on("2026-02-01")
    let items = ["one", "two"].map { (SHA256.hash($0), $0) }
    for (_, text) in items { _ = log.object(text, text) }
    let lines = items.map { "\($0.0.hex)  \($0.1)\n" }.joined()
    try log.add(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("manifest", lines, MediaType.manifest)], by: "acme/kim")
    for (index, item) in items.enumerated() {
      #expect(try log.findings("demo/1.1[a]", on: "2026-02-10") == [], "\(index)")
      try log.add(
        .redaction(Redaction(event: .redact, objects: [item.0], reason: "junk", authority: "the board")),
        by: "acme/bo")
    }
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-10") == [.noEvidence])
    #expect(try log.verdicts().refused.isEmpty)
  }

  @Test func `a cadence is the line's, else a year, and an event's evidence never grows old`() throws {
    let yearly = try Self.agreed(line: "accountable: onsite, responsible: [onsite/jane]")
    yearly.on("2026-01-31")
    try yearly.evidence(through: "2026-01-31", by: "onsite/soc")
    #expect(try yearly.findings("demo/1.1[a]", on: "2027-01-31") == [])
    #expect(try yearly.findings("demo/1.1[a]", on: "2027-02-01") == [.staleEvidence])
    let never = try Self.agreed(line: "accountable: onsite, responsible: [onsite/jane], evidence-every: event")
    try never.evidence(through: "2026-01-31", by: "onsite/soc")
    #expect(try never.findings("demo/1.1[a]", on: "2027-12-31") == [])
  }

  @Test func `evidence that is replaced does not count`() throws {
    let log = try Self.agreed()
    log.on("2026-02-28")
    let first = try log.evidence("first", through: "2026-02-28", by: "onsite/soc")
    try log.evidence("second", through: "2026-01-31", replaces: [log.statements[first]], by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-28") == [])
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-01") == [.staleEvidence])
    // A replacement that does not count replaces nothing.
    let other = try Self.agreed()
    other.on("2026-02-28")
    let kept = try other.evidence("first", through: "2026-02-28", by: "onsite/soc")
    try other.evidence("second", through: "2026-01-31", replaces: [other.statements[kept]], by: "acme/bo")
    #expect(try other.findings("demo/1.1[a]", on: "2026-03-28") == [])
  }

  @Test func `evidence on a unit says nothing about its sister`() throws {
    let log = try Self.agreed()
    try log.evidence(controls: ["demo/1.1[a]"], through: "2026-01-31", by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [])
    #expect(try log.findings("demo/1.1[b]", on: "2026-02-01") == [.noEvidence])
  }

  @Test func `evidence of parties that neither answer nor act is an outsider's`() throws {
    let log = try Self.agreed()
    try log.evidence("client's", through: "2026-01-31", by: "acme/kim")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.outsiderEvidence])
    try log.evidence("own", through: "2026-01-15", by: "onsite/soc")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [])

    let shared = try Self.agreed(line: "accountable: onsite, responsible: [onsite/jane, acme/kim]")
    try shared.evidence("responsible", through: "2026-01-31", by: "acme/bo")
    #expect(try shared.findings("demo/1.1[a]", on: "2026-02-01") == [])
  }

  @Test(arguments: [("2026-01-01", false), ("2026-01-02", false), ("2026-01-03", true)])
  func `what is accepted more than a day after it is to hold is backdated`(_ day: String, _ isBackdated: Bool) throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo"])
    log.on(day)
    try log.accept(version, document: document, by: ["onsite/jane"])
    #expect(try log.findings("demo/1.1[a]", on: "2026-06-01").contains(.backdated) == isBackdated)
  }

  @Test func `a later version that says the same does not make anything backdated`() throws {
    let log = try Self.agreed()
    log.on("2026-05-01")
    let same = LogBuilder.agreement(
      scope:
        "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane], evidence-every: month }",
      more: "effective: 2026-02-01")
    try log.version(same, replaces: log.statements[11])
    #expect(try log.verdicts().refused.isEmpty)
    #expect(try log.findings("demo/1.1[a]", on: "2026-06-01") == [.noEvidence])
    // What is new in it is backdated once it is accepted.
    let other = LogBuilder.agreement(more: "effective: 2026-02-01")
    let third = try log.version(other, replaces: log.last)
    try log.accept(third, document: other, by: ["acme/bo", "onsite/jane"])
    #expect(try log.findings("demo/1.1[a]", on: "2026-06-01") == [.backdated, .noEvidence])
  }

  @Test func `a unit is unstaffed when all who do it have gone`() throws {
    let log = try Self.agreed(line: "accountable: onsite, responsible: [onsite/soc]")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.noEvidence])
    try log.leave("onsite/soc", by: "onsite/jane")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.unstaffed, .noEvidence])
    try Self.staff(log, ["demo/1.1"], ["onsite/jane"])
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.noEvidence])
  }

  @Test func `a unit is unstaffed when the only key of who does it is revoked`() throws {
    let log = try Self.agreed(line: "accountable: onsite, responsible: [onsite/soc]")
    try log.revoke("onsite/soc", by: "onsite/jane")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.unstaffed, .noEvidence])
    var key = MemberEvent(event: .key, member: "onsite/soc")
    key.publicKey = try LogBuilder.key("soc's second").verificationKey.base64
    key.proof = try log.proof("soc's second", owner: "onsite/soc")
    try log.add(.member(key), by: "onsite/jane")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.noEvidence])
  }

  @Test(arguments: [
    ("[]", true), ("[onsite]", false), ("[onsite/nobody]", true), ("[acme/kim]", false), ("[acme]", false),
    ("[onsite/nobody, onsite/soc]", false),
  ])
  func `a party that is named is staff`(_ responsible: String, _ isUnstaffed: Bool) throws {
    let log = try Self.agreed(line: "accountable: onsite, responsible: \(responsible)")
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01").contains(.unstaffed) == isUnstaffed)
  }

  @Test func `a member who never had a key is staff`() throws {
    let log = try LogBuilder.company()
    try log.add(.member(log.joining("onsite/hand", .contributor, hasKey: false)), by: "onsite/jane")
    let document = LogBuilder.agreement(
      scope: "  - { domains: [patch-management], accountable: onsite, responsible: [onsite/hand] }")
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"])
    #expect(try log.findings("demo/1.1[a]", on: "2026-02-01") == [.noEvidence])
  }

  @Test func `staffing replaces its own party's people for the units that it names`() throws {
    let log = try Self.agreed(line: "accountable: onsite, responsible: [onsite/jane, acme/kim]")
    #expect(try log.row("demo/1.1[a]", on: "2026-02-01").responsible == ["acme/kim", "onsite/jane"])
    try Self.staff(log, ["demo/1.1[a]"], ["onsite/soc"])
    #expect(try log.row("demo/1.1[a]", on: "2026-02-01").responsible == ["acme/kim", "onsite/soc"])
    #expect(try log.row("demo/1.1[b]", on: "2026-02-01").responsible == ["acme/kim", "onsite/jane"])
    try Self.staff(log, ["demo/1.1"], [])
    #expect(try log.row("demo/1.1[a]", on: "2026-02-01").responsible == ["acme/kim"])
    try log.add(
      .staffing(Staffing(engagement: "acme-onsite", assign: [.init(units: ["demo/1.1"], responsible: ["acme/bo"])])),
      by: "acme/bo")
    #expect(try log.row("demo/1.1[b]", on: "2026-02-01").responsible == ["acme/bo"])
  }

  @Test func `one person for more than half of a party's controls is told`() throws {
    let two = """
        - { domains: [patch-management], accountable: onsite, responsible: [onsite/jane] }
        - { domains: [identity-access], accountable: onsite, responsible: [onsite/soc] }
      """
    func points(_ scope: String) throws -> [String] {
      let log = try LogBuilder.company()
      let document = LogBuilder.agreement(scope: scope)
      let version = try log.version(document)
      try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"])
      return try log.matrix(on: "2026-02-01").ownershipFindings(try log.verdicts().state)
        .filter { $0.code == .singlePoint }.map(\.subject)
    }
    #expect(try points(two) == [])
    #expect(try points(two.replacing("onsite/soc", "onsite/soc, onsite/jane")) == ["onsite/jane"])
    #expect(try points(two.replacing("onsite/soc", "onsite")) == [])
  }

  @Test func `what rests on a key under suspicion is disputed`() throws {
    func disputed(_ person: String, since: (LogBuilder) -> Int) throws -> Bool {
      let log = try Self.agreed()
      try log.evidence(through: "2026-01-31", by: "onsite/soc")
      try log.revoke(person, suspectSince: since(log), by: person)
      return try log.findings("demo/1.1[a]", on: "2026-02-01").contains(.disputed)
    }
    // The version is entry 11, signed by the client, with the acceptances 12 and 13; the evidence is 14.
    #expect(try disputed("acme/bo") { _ in 12 })
    #expect(try disputed("acme/bo") { _ in 13 } == false)
    #expect(try disputed("onsite/jane") { _ in 13 })
    #expect(try disputed("onsite/jane") { _ in 14 } == false)
    #expect(try disputed("onsite/soc") { _ in 14 })
    #expect(try disputed("onsite/soc") { $0.size } == false)
    #expect(try disputed("acme/kim") { _ in 1 } == false)
  }

  @Test func `a party is unconfirmed until the reader knows its first key`() throws {
    let state = try LogBuilder.company().verdicts().state
    let all = PartyConfirmation.unconfirmed(state, confirmed: [:], ownKeys: [])
    #expect(all.map(\.party) == ["onsite", "audit", "vend"])
    let jane = try LogBuilder.keyID("onsite/jane")
    let own = try LogBuilder.keyID("audit/ann")
    let some = PartyConfirmation.unconfirmed(state, confirmed: ["onsite": jane, "vend": jane], ownKeys: [own])
    #expect(some.map(\.party) == ["vend"])
  }
}

extension LogBuilder {
  func matrix(on text: String) throws -> ResponsibilityMatrix {
    try seal()
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: store, size: size, root: root), to: size)
    return try Snapshot(
      checkpoint: Checkpoint(origin: folding.fold.state.store, size: size, root: root), state: folding.fold.state,
      evidence: folding.evidence, asOf: day(text), library: library
    ).matrix
  }

  func row(_ unit: String, on day: String) throws -> ResponsibilityMatrix.UnitRow {
    let id = try control(unit)
    guard let row = try matrix(on: day).units.first(where: { $0.id == id }) else {
      throw CaseError(reason: "no unit \(unit) on \(day)")
    }
    return row
  }

  func findings(_ unit: String, on day: String) throws -> [FindingCode] { try row(unit, on: day).findings }
}
