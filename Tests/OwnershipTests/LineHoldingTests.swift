import Crypto
import Findings
import Ownership
import Statements
import Testing
import TestSupport

/// Duties, levels, hours, steps and papers: held one by one like units.
struct LineHoldingTests {
  private static let both = ["acme/bo", "onsite/jane"]

  private static func level(_ target: String) -> String {
    "service-levels: [{ id: uptime, party: onsite, domains: [patch-management], target: \"\(target)\", unit: \"%\", "
      + "every: month }]"
  }

  private static func duty(_ party: String) -> String {
    "duties: [{ id: minutes, title: Minutes, party: \(party), every: quarter }]"
  }

  /// A log whose first agreement both have accepted, and that goes on in February.
  private static func agreed(_ more: String) throws -> (log: LogBuilder, version: Int) {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(more: more)
    let version = try log.version(document)
    try log.accept(version, document: document, by: both)
    log.on("2026-02-01")
    return (log, version)
  }

  /// A version after another, accepted by some.
  @discardableResult
  private static func change(
    _ log: LogBuilder, _ version: Int, _ more: String, by people: [String]
  ) throws -> Int {
    let document = LogBuilder.agreement(more: more)
    let next = try log.version(document, replaces: log.statements[version])
    try log.accept(next, document: document, by: people)
    return next
  }

  private static func told(_ log: LogBuilder, on day: String = "2026-03-01") throws -> [String] {
    try log.matrix(on: day).lineFindings.map { "\($0.code.rawValue) \($0.subject)" }
  }

  @Test func `a line of a first version holds once the client and its party have accepted it`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(more: Self.level(">= 99.9"))
    let version = try log.version(document)
    #expect(try Self.told(log) == ["unaccepted acme-onsite/level uptime"])
    try log.accept(version, document: document, by: ["acme/bo"])
    let row = try #require(try log.matrix(on: "2026-03-01").lines.first)
    #expect(row.finding == .unaccepted && row.state.missing == ["onsite"] && row.waitingEntry == version)
    #expect(row.sentence == "'level uptime' of 'acme-onsite' does not hold: onsite has not accepted it")
    try log.accept(version, document: document, by: ["onsite/jane"])
    #expect(try Self.told(log) == [])
    #expect(try log.matrix(on: "2026-03-01").lines.map(\.holds) == [true])
  }

  @Test func `a changed level waits, and the earlier one holds until its party has accepted`() throws {
    let (log, version) = try Self.agreed(Self.level(">= 99.9"))
    let next = try Self.change(log, version, Self.level(">= 100"), by: ["acme/bo"])
    let row = try #require(try log.matrix(on: "2026-03-01").lines.first)
    #expect(row.finding == .pending && row.waitingEntry == next)
    #expect(row.state.held?.texts.first?.contains(">= 99.9") == true)
    #expect(
      row.sentence
        == "a newer version of 'acme-onsite' would change 'level uptime', and onsite has not accepted it")
    // The unit's terms are equal, so that nothing about it waits.
    #expect(try log.findings("demo/1.1[a]", on: "2026-03-01").contains(.pending) == false)
    try log.accept(next, document: LogBuilder.agreement(more: Self.level(">= 100")), by: ["onsite/jane"])
    #expect(try Self.told(log) == [])
    #expect(try log.matrix(on: "2026-03-01").lines.first?.state.held?.texts.first?.contains(">= 100") == true)
  }

  @Test func `equal lines need no signature`() throws {
    let (log, version) = try Self.agreed(Self.level(">= 99.9"))
    try Self.change(log, version, Self.level(">= 99.9"), by: [])
    #expect(try Self.told(log) == [])
  }

  @Test func `a duty that moves needs the party that has it and the one that gets it`() throws {
    for (from, to) in [("acme", "onsite"), ("onsite", "acme")] {
      let (log, version) = try Self.agreed(Self.duty(from))
      let next = try Self.change(log, version, Self.duty(to), by: ["acme/bo"])
      #expect(try Self.told(log) == ["pending acme-onsite/duty minutes"])
      try log.accept(next, document: LogBuilder.agreement(more: Self.duty(to)), by: ["onsite/jane"])
      #expect(try Self.told(log) == [])
    }
    // What is the client's alone needs the client alone.
    let (log, version) = try Self.agreed("")
    try Self.change(log, version, Self.duty("acme"), by: ["acme/bo"])
    #expect(try Self.told(log) == [])
  }

  @Test func `a line that goes is a change too`() throws {
    let (log, version) = try Self.agreed(Self.duty("onsite"))
    let next = try Self.change(log, version, "", by: ["acme/bo"])
    #expect(try Self.told(log) == ["pending acme-onsite/duty minutes"])
    #expect(try log.matrix(on: "2026-03-01").lines.first?.sentence.contains("would drop") == true)
    try log.accept(next, document: LogBuilder.agreement(), by: ["onsite/jane"])
    #expect(try log.matrix(on: "2026-03-01").lines.isEmpty)
  }

  @Test func `a decline is told, with its reason's party`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(more: Self.duty("onsite"))
    let version = try log.version(document)
    try log.accept(version, document: document, by: ["acme/bo"])
    try log.word(
      .decline, on: version, document: document, schedule: "duty\tminutes\tonsite\tevery quarter\tMinutes\n",
      by: "onsite/jane")
    let row = try #require(try log.matrix(on: "2026-03-01").lines.first)
    #expect(row.finding == .declined && row.sentence.hasSuffix("does not hold: onsite declined"))
  }

  @Test func `after an end no line holds, and the same again needs both words anew`() throws {
    let (log, version) = try Self.agreed(Self.duty("onsite"))
    try log.end(on: "2026-02-10")
    #expect(try log.matrix(on: "2026-02-09").lines.map(\.holds) == [true])
    #expect(try log.matrix(on: "2026-02-10").lines.isEmpty)
    let next = try Self.change(log, version, Self.duty("onsite"), by: ["acme/bo"])
    #expect(try Self.told(log) == ["unaccepted acme-onsite/duty minutes"])
    try log.accept(next, document: LogBuilder.agreement(more: Self.duty("onsite")), by: ["onsite/jane"])
    #expect(try Self.told(log) == [])
  }

  /// Each version asks those before it once: a question handed on from version to version would double with each.
  @Test func `forty amendments past their term have no line`() throws {
    var (log, version) = try Self.agreed(Self.duty("onsite"))
    for _ in 0..<40 { version = try Self.change(log, version, Self.duty("onsite"), by: Self.both) }
    #expect(try log.matrix(on: "2026-03-01").lines.map(\.holds) == [true])
    #expect(try log.matrix(on: "2040-01-01").lines.isEmpty)
  }

  @Test func `hours and steps wait for the parties that they name`() throws {
    func more(_ hours: String) -> String {
      """
      hours: [{ id: bag, party: onsite, domains: patch-management, hours: \(hours) }]
      escalation: [{ id: night, steps: [{ who: onsite/soc, within: 1 hour }, { who: acme, within: 1 day }] }]
      """
    }
    let (log, version) = try Self.agreed(more("20"))
    #expect(
      try log.matrix(on: "2026-03-01").lines.map(\.key.description) == ["block bag", "step night 1", "step night 2"])
    #expect(try Self.told(log) == [])
    try Self.change(log, version, more("10").replacing("1 hour", "2 hours"), by: ["acme/bo"])
    #expect(try Self.told(log) == ["pending acme-onsite/block bag", "pending acme-onsite/step night 1"])
  }

  @Test func `a swapped statement of work waits for the providers`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement(more: "statement-of-work: sow.txt")
    func version(_ paper: String, replaces: Digest?) throws -> Int {
      let subjects = [log.object("document", document, MediaType.document), log.object("sow.txt", paper)]
      return try log.add(
        .engagement(
          EngagementEvent(event: .version, id: "acme-onsite", document: subjects[0].digest, replaces: replaces)),
        subjects, by: "acme/bo")
    }
    let first = try version("old", replaces: nil)
    try log.accept(first, document: document, by: Self.both)
    #expect(try Self.told(log) == [])
    let same = try version("old", replaces: log.statements[first])
    #expect(try Self.told(log) == [])
    let next = try version("new", replaces: log.statements[same])
    try log.accept(next, document: document, by: ["acme/bo"])
    #expect(try Self.told(log) == ["pending acme-onsite/paper statement-of-work"])
    #expect(
      try log.matrix(on: "2026-03-01").lines.first?.state.held?.texts
        == ["paper\tstatement-of-work\t\(SHA256.hash("old").hex)\t-\t-"])
    try log.accept(next, document: document, by: ["onsite/jane"])
    #expect(try Self.told(log) == [])
    #expect(try log.verdicts().refused.isEmpty)
  }

  @Test func `the signing screen is told what is gained, lost and changed, and what lacks a word`() throws {
    let (log, version) = try Self.agreed(Self.level(">= 99.9") + "\n" + Self.duty("onsite"))
    let more =
      Self.level(">= 100") + "\nhours: [{ id: bag, party: onsite, domains: patch-management, hours: 20 }]"
    let next = try Self.change(log, version, more, by: ["acme/bo"])
    let resolver = Resolver(try ResolutionInput(log.verdicts().state, library: log.library))
    let index = try #require(resolver.input.versions.firstIndex { $0.entry == next })
    let builder = ScheduleBuilder(resolver, version: index)
    let changes = builder.lineChanges()
    #expect(changes.map(\.key.description) == ["duty minutes", "level uptime", "block bag"])
    #expect(changes.map(\.isLost) == [true, false, false] && changes.map(\.isGained) == [false, false, true])
    #expect(changes.allSatisfy { $0.parties == ["onsite"] })
    #expect(builder.pendingLines(for: "onsite").count == 3 && builder.pendingLines(for: "acme").isEmpty)
    #expect(builder.concerns("onsite") && !builder.concerns("vend"))
  }

  @Test func `the client alone does not replace the provider's person`() throws {
    let log = try LogBuilder.company()
    func document(_ people: String) -> String {
      LogBuilder.agreement(
        scope: "  - { domains: [patch-management], accountable: onsite, responsible: [\(people)] }")
    }
    let first = try log.version(document("onsite/jane, acme/bo"))
    try log.accept(first, document: document("onsite/jane, acme/bo"), by: Self.both)
    let next = try log.version(document("onsite/soc, acme/kim"), replaces: log.statements[first])
    try log.accept(next, document: document("onsite/soc, acme/kim"), by: ["acme/bo"])
    // The client's own people change with its word.
    #expect(try log.row("demo/1.1[a]", on: "2026-03-01").responsible == ["acme/kim", "onsite/jane"])
    try log.accept(next, document: document("onsite/soc, acme/kim"), by: ["onsite/jane"])
    #expect(try log.row("demo/1.1[a]", on: "2026-03-01").responsible == ["acme/kim", "onsite/soc"])
  }

  @Test func `a contact is staff without a key`() throws {
    func findings(_ more: String) throws -> [FindingCode] {
      let log = try LogBuilder.company()
      let document = LogBuilder.agreement(
        scope: "  - { domains: [patch-management], accountable: acme, responsible: [acme/chief] }", more: more)
      try log.accept(try log.version(document), document: document, by: ["acme/bo"])
      return try log.findings("demo/1.1[a]", on: "2026-03-01")
    }
    #expect(try findings("contacts: [{ id: acme/chief, name: Chief }]") == [.noEvidence])
    #expect(try findings("") == [.unstaffed, .noEvidence])
  }
}
