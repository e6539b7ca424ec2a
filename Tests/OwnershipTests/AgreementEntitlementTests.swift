import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// Who adopts frameworks, makes and ends agreements, accepts them and sends people.
struct AgreementEntitlementTests {
  private static func exclusion(_ unit: String) -> [FrameworkAdoption.Exclusion] {
    [FrameworkAdoption.Exclusion(unit: unit, reason: "not here")]
  }

  @Test func `a framework is adopted by an administrator of the client`() throws {
    let log = try LogBuilder.company()
    let contributor = try log.adopt(by: "acme/kim")
    let provider = try log.adopt(by: "onsite/jane")
    let auditor = try log.adopt(by: "audit/ann")
    let client = try log.adopt()
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [contributor: .notEntitled, provider: .notEntitled, auditor: .notEntitled])
    #expect(verdicts.state.adoptions.map(\.entry) == [1, client])
  }

  @Test func `what does not apply is a control or unit of that catalog under its own name`() throws {
    let log = try LogBuilder.company()
    let control = try log.adopt(notApplicable: Self.exclusion("demo/1.1"))
    let unit = try log.adopt(notApplicable: Self.exclusion("demo/1.1[a]"))
    let unknown = try log.adopt(notApplicable: Self.exclusion("demo/9.9"))
    let family = try log.adopt(notApplicable: Self.exclusion("demo/1"))
    let elsewhere = try log.adopt(notApplicable: Self.exclusion("other/1.1"))
    let alias = try log.adopt("alias", LogBuilder.aliases, notApplicable: Self.exclusion("alias/A1"))
    let right = try log.adopt("alias", LogBuilder.aliases)
    let target = try log.adopt("alias", LogBuilder.aliases, notApplicable: Self.exclusion("demo/1.1"))
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        unknown: .entryMalformed, family: .entryMalformed, elsewhere: .entryMalformed, alias: .entryMalformed,
        target: .entryMalformed,
      ])
    #expect(verdicts[control] == nil && verdicts[unit] == nil && verdicts[right] == nil)
  }

  @Test func `controls are written under their own names everywhere`() throws {
    let log = try LogBuilder.company()
    try log.adopt("alias", LogBuilder.aliases)
    let agreement = LogBuilder.agreement()
    try log.version(agreement)
    var entries: [Int] = []
    for name in ["alias/A1", "demo/9.9", "demo/1", "other/1.1"] {
      entries.append(try log.evidence(controls: ["demo/1.2", name]))
      entries.append(try log.add(.assessment(Assessment(units: [name], status: .met)), by: "acme/bo"))
      entries.append(
        try log.add(.hold(Hold(event: .begin, id: "h", controls: [name], reason: "r")), by: "acme/bo"))
      entries.append(
        try log.add(
          .staffing(
            Staffing(engagement: "acme-onsite", assign: [.init(units: [name], responsible: ["acme/kim"])])),
          by: "acme/bo"))
    }
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == Dictionary(uniqueKeysWithValues: entries.map { ($0, .entryMalformed) }))
  }

  @Test func `a first version is the client's, or a provider's that it names`() throws {
    let document = LogBuilder.agreement()
    let log = try LogBuilder.company()
    try log.party(.join, "other", .provider)
    try log.join("other/al")
    let contributor = try log.version(document, by: "acme/kim")
    let soc = try log.version(document, by: "onsite/soc")
    let notNamed = try log.version(document, by: "other/al")
    let vendor = try log.version(document.replacing("[onsite]", "[vend]"), by: "vend/val")
    let auditor = try log.version(document, by: "audit/ann")
    let replacing = try log.version(document, replaces: log.statements[1])
    let named = try log.version(document, by: "onsite/jane")
    let byClient = try log.version(document.replacing("id: acme-onsite", "id: second"), id: "second")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        contributor: .notEntitled, soc: .notEntitled, notNamed: .notEntitled, vendor: .notEntitled,
        auditor: .notEntitled, replacing: .replayed,
      ])
    #expect(verdicts[named] == nil && verdicts[byClient] == nil)
  }

  @Test func `a later version replaces the newest`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let first = try log.version(document)
    let without = try log.version(document)
    let second = try log.version(document, replaces: log.statements[first], by: "onsite/jane")
    let old = try log.version(document, replaces: log.statements[first])
    let refused = try log.version(document, replaces: log.statements[without])
    let other = try log.version(document, replaces: log.statements[1])
    let third = try log.version(document, replaces: log.statements[second])
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [without: .replayed, old: .replayed, refused: .replayed, other: .replayed])
    #expect(verdicts.state.versions.map(\.entry) == [first, second, third])
  }

  @Test func `an engagement ends by the client or a provider that is party`() throws {
    let log = try LogBuilder.company()
    try log.party(.join, "other", .provider)
    try log.join("other/al")
    let nothing = try log.end()
    try log.version(LogBuilder.agreement())
    let stranger = try log.end(by: "other/al")
    let soc = try log.end(by: "onsite/soc")
    let kim = try log.end(by: "acme/kim")
    log.on("2026-05-01")
    let provider = try log.end(on: "2026-04-01", by: "onsite/jane")
    let client = try log.end(on: "2026-06-01")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [nothing: .notEntitled, stranger: .notEntitled, soc: .notEntitled, kim: .notEntitled])
    #expect(verdicts.state.ends.map(\.entry) == [provider, client])
    // A day that has gone counts as that of the entry.
    #expect(verdicts.state.ends.map(\.on) == [Day("2026-05-01"), Day("2026-06-01")])
  }

  @Test func `a provider is party until it has accepted a version without it`() throws {
    let log = try LogBuilder.company()
    try log.party(.join, "other", .provider)
    try log.join("other/al")
    let first = try log.version(LogBuilder.agreement())
    let without = LogBuilder.agreement(
      providers: "other", scope: "  - { domains: [patch-management], accountable: other }")
    let second = try log.version(without, replaces: log.statements[first])
    let still = try log.version(without, replaces: log.statements[second], by: "onsite/jane")
    let third = try log.version(without, replaces: log.statements[still])
    // A decline leaves it party, an acceptance by somebody else too.
    try log.word(.decline, on: third, document: without, schedule: LogBuilder.schedule, by: "onsite/jane")
    try log.word(on: third, document: without, schedule: LogBuilder.schedule, by: "acme/bo")
    let fourth = try log.version(without, replaces: log.statements[third], by: "onsite/jane")
    let word = try log.word(on: fourth, document: without, schedule: LogBuilder.schedule, by: "onsite/jane")
    let version = try log.version(without, replaces: log.statements[fourth], by: "onsite/jane")
    let end = try log.end(by: "onsite/jane")
    let otherEnd = try log.end(by: "other/al")
    let back = try log.version(
      LogBuilder.agreement(providers: "onsite, other"), replaces: log.statements[fourth], by: "other/al")
    let again = try log.end(by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [version: .notEntitled, end: .notEntitled], "\(verdicts.outcomes.flatMap(\.findings))")
    #expect(verdicts[still] == nil && verdicts[fourth] == nil && verdicts[word] == nil && verdicts[otherEnd] == nil)
    #expect(verdicts[back] == nil && verdicts[again] == nil)
  }

  @Test func `an acceptance is an administrator's, of a version and document that stand earlier`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    let schedule = LogBuilder.schedule
    let contributor = try log.word(on: version, document: document, schedule: schedule, by: "onsite/soc")
    let unknown = try log.word(on: 1, document: document, schedule: schedule, by: "onsite/jane")
    let later = try log.word(on: log.size - 1, document: document, schedule: schedule, by: "onsite/jane")
    let another = try log.word(
      on: version, document: LogBuilder.agreement(model: "managed"), schedule: schedule, by: "onsite/jane")
    let unreadable = try log.word(on: version, document: document, schedule: "no schedule\n", by: "onsite/jane")
    let provider = try log.word(on: version, document: document, schedule: schedule, by: "onsite/jane")
    let client = try log.word(on: version, document: document, schedule: schedule, by: "acme/bo")
    let decline = try log.word(.decline, on: version, document: document, schedule: schedule, by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        contributor: .notEntitled, unknown: .notEntitled, later: .notEntitled, another: .entryMalformed,
        unreadable: .entryMalformed,
      ])
    #expect(verdicts.state.acceptances.map(\.entry) == [provider, client, decline])
    #expect(verdicts.state.acceptances.map(\.party) == ["onsite", "acme", "onsite"])
  }

  @Test func `an acceptance of a version that did not count is none`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let refused = try log.version(document, by: "acme/kim")
    let word = try log.word(on: refused, document: document, schedule: LogBuilder.schedule, by: "onsite/jane")
    #expect(try log.verdicts().refused == [refused: .notEntitled, word: .notEntitled])
  }

  @Test func `a party sends its own people alone`() throws {
    let log = try LogBuilder.company()
    try log.version(LogBuilder.agreement())
    func staffing(_ people: [String], engagement: String = "acme-onsite") -> Predicate {
      .staffing(Staffing(engagement: engagement, assign: [.init(units: ["demo/1.1"], responsible: people)]))
    }
    let others = try log.add(staffing(["onsite/soc"]), by: "acme/bo")
    let mixed = try log.add(staffing(["onsite/soc", "acme/kim"]), by: "onsite/jane")
    let contributor = try log.add(staffing(["onsite/soc"]), by: "onsite/soc")
    let nowhere = try log.add(staffing(["onsite/soc"], engagement: "nowhere"), by: "onsite/jane")
    let own = try log.add(staffing(["onsite/soc"]), by: "onsite/jane")
    let none = try log.add(staffing([]), by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        others: .notEntitled, mixed: .notEntitled, contributor: .notEntitled, nowhere: .notEntitled,
      ])
    #expect(verdicts.state.staffings.map(\.entry) == [own, none])
  }
}

extension String {
  /// The text with the first occurrence of a part made another.
  func replacing(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    var copy = self
    copy.replaceSubrange(range, with: other)
    return copy
  }
}
