import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// Who shows, judges, measures, holds, removes and anchors.
struct EvidenceEntitlementTests {
  @Test func `evidence is any member's but an auditor's`() throws {
    let log = try LogBuilder.company()
    try log.party(.join, "firm", .auditor)
    try log.join("firm/fay", .administrator)
    try log.join("acme/eye", .auditor)
    var right: [Int] = []
    for person in ["acme/bo", "acme/kim", "acme/robot", "onsite/soc", "vend/val"] {
      right.append(try log.evidence(person, by: person))
    }
    let role = try log.evidence("role", by: "acme/eye")
    let party = try log.evidence("party", by: "firm/fay")
    let both = try log.evidence("both", by: "audit/ann")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [role: .notEntitled, party: .notEntitled, both: .notEntitled])
    #expect(right.allSatisfy { verdicts[$0] == nil })
  }

  @Test func `evidence replaces earlier evidence of its own party`() throws {
    let log = try LogBuilder.company()
    let own = try log.evidence("own", by: "onsite/jane")
    let notice = try log.party(.notice, "vend")
    let auditors = try log.evidence("auditor's", by: "audit/ann")
    func replacing(_ entry: Int, by person: String) throws -> Int {
      try log.evidence("instead of \(entry)", replaces: [log.statements[entry]], by: person)
    }
    let colleague = try replacing(own, by: "onsite/soc")
    let other = try replacing(own, by: "acme/bo")
    let noEvidence = try replacing(notice, by: "acme/bo")
    let refused = try replacing(auditors, by: "acme/bo")
    let unknown = try log.evidence("unknown", replaces: [SHA256.hash("unknown")])
    let again = try replacing(own, by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        auditors: .notEntitled, other: .notEntitled, noEvidence: .notEntitled, refused: .notEntitled,
        unknown: .notEntitled,
      ])
    #expect(verdicts[colleague] == nil && verdicts[again] == nil)
  }

  @Test func `an assessment is the client's administrator's or an auditor's`() throws {
    let log = try LogBuilder.company()
    func assess(_ person: String) throws -> Int {
      try log.add(.assessment(Assessment(units: ["demo/1.1[a]"], status: .met, note: person)), by: person)
    }
    let client = try assess("acme/bo")
    let auditor = try assess("audit/ann")
    let contributor = try assess("acme/kim")
    let provider = try assess("onsite/jane")
    let vendor = try assess("vend/val")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [contributor: .notEntitled, provider: .notEntitled, vendor: .notEntitled])
    #expect(verdicts[client] == nil && verdicts[auditor] == nil)
  }

  @Test func `a measurement is the word of the party that answers for the level`() throws {
    let log = try LogBuilder.company()
    let levels = """
      service-levels:
        - { id: uptime, party: onsite, domains: [patch-management], target: ">= 99.9", unit: "%", every: month }
      """
    try log.version(LogBuilder.agreement(more: levels))
    func measure(_ person: String, level: String = "uptime", of engagement: String = "acme-onsite") throws -> Int {
      let from = try #require(Day("2026-01-01"))
      return try log.add(
        .measurement(
          Measurement(
            engagement: engagement, level: level, from: from, through: from.adding(days: 30), value: "99.95",
            count: log.size)),
        by: person)
    }
    let administrator = try measure("onsite/jane")
    let member = try measure("onsite/soc")
    let client = try measure("acme/bo")
    let vendor = try measure("vend/val")
    let level = try measure("onsite/jane", level: "response")
    let engagement = try measure("onsite/jane", of: "other")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        client: .notEntitled, vendor: .notEntitled, level: .notEntitled, engagement: .notEntitled,
      ])
    #expect(verdicts[administrator] == nil && verdicts[member] == nil)
  }

  private static func redaction(_ objects: [Digest], _ event: Redaction.Event = .redact) -> Predicate {
    .redaction(Redaction(event: event, objects: objects, reason: "privacy", authority: "policy"))
  }

  @Test func `the client's own evidence is redacted at once by its administrator`() throws {
    let log = try LogBuilder.company()
    try log.evidence("own", by: "acme/kim")
    let own = SHA256.hash("own")
    let contributor = try log.add(Self.redaction([own]), by: "acme/kim")
    let provider = try log.add(Self.redaction([own]), by: "onsite/jane")
    let unknown = try log.add(Self.redaction([own, SHA256.hash("unknown")]), by: "acme/bo")
    let right = try log.add(Self.redaction([own]), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [contributor: .notEntitled, provider: .notEntitled, unknown: .notEntitled])
    #expect(verdicts.state.redactions.map(\.entry) == [right])
  }

  @Test func `agreements, catalogs, schedules, manifests and lists are never redacted`() throws {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    try log.word(on: version, document: document, schedule: LogBuilder.schedule, by: "onsite/jane")
    let listed = log.object("listed.txt", "listed")
    let manifest = log.object(
      "manifest", Manifest.encode([.init(digest: listed.digest, name: "listed.txt")]), MediaType.manifest)
    try log.add(.evidence(Evidence(controls: ["demo/1.1"])), [manifest], by: "acme/bo")
    // Evidence that has the bytes of a schedule is a schedule still.
    try log.evidence(LogBuilder.schedule, by: "acme/bo")
    var entries: [Int] = []
    for bytes in [LogBuilder.catalog, Array(document.utf8), Array(LogBuilder.schedule.utf8)] {
      entries.append(try log.add(Self.redaction([SHA256.hash(bytes)]), by: "acme/bo"))
      entries.append(try log.add(Self.redaction([SHA256.hash(bytes)], .announce), by: "acme/bo"))
    }
    entries.append(try log.add(Self.redaction([manifest.digest]), by: "acme/bo"))
    let inManifest = try log.add(Self.redaction([listed.digest]), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == Dictionary(uniqueKeysWithValues: entries.map { ($0, .notEntitled) }))
    #expect(verdicts[inManifest] == nil)
  }

  @Test func `another party's evidence goes thirty days after it was announced`() throws {
    let log = try LogBuilder.company()
    log.on("2026-02-01")
    try log.evidence("theirs", by: "onsite/soc")
    let theirs = SHA256.hash("theirs")
    let unannounced = try log.add(Self.redaction([theirs]), by: "acme/bo")
    let byThem = try log.add(Self.redaction([theirs], .announce), by: "onsite/jane")
    let announced = try log.add(Self.redaction([theirs], .announce), by: "acme/bo")
    log.on("2026-03-02")
    let day29 = try log.add(Self.redaction([theirs]), by: "acme/bo")
    // Evidence that both have brought is another party's too.
    try log.evidence("theirs", by: "acme/bo")
    log.on("2026-03-03")
    let day30 = try log.add(Self.redaction([theirs]), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [unannounced: .notEntitled, byThem: .notEntitled, day29: .notEntitled])
    #expect(verdicts.state.redactions.map(\.entry) == [announced, day30])
  }

  @Test(arguments: [
    Hold(event: .begin, id: "matter", objects: [SHA256.hash("own")], reason: "r"),
    Hold(event: .begin, id: "matter", controls: ["demo/1.1"], reason: "r"),
    Hold(event: .begin, id: "matter", controls: ["demo/1.2", "demo/1.1[b]"], reason: "r"),
  ])
  func `nothing is redacted under hold`(_ hold: Hold) throws {
    let log = try LogBuilder.company()
    try log.evidence("own")
    try log.evidence("beside", controls: ["demo/1.2"])
    try log.evidence("objective", controls: ["demo/2.1"])
    let free = try log.add(Self.redaction([SHA256.hash("objective")], .redact), by: "acme/bo")
    let begin = try log.add(.hold(hold), by: "vend/val")
    let refused = try log.add(Self.redaction([SHA256.hash("own")]), by: "acme/bo")
    let announced = try log.add(Self.redaction([SHA256.hash("own")], .announce), by: "acme/bo")
    let end = try log.add(.hold(Hold(event: .end, id: "matter", reason: "over")), by: "vend/val")
    let after = try log.add(Self.redaction([SHA256.hash("own")]), by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [refused: .notEntitled])
    #expect([free, begin, announced, end, after].allSatisfy { verdicts[$0] == nil })
  }

  @Test func `a hold on a unit covers evidence on its control, and not on its sister`() throws {
    let log = try LogBuilder.company()
    try log.evidence("control", controls: ["demo/1.1"])
    try log.evidence("unit", controls: ["demo/1.1[b]"])
    try log.evidence("sister", controls: ["demo/1.1[a]"])
    try log.add(.hold(Hold(event: .begin, id: "h", controls: ["demo/1.1[b]"], reason: "r")), by: "acme/bo")
    // A hold covers what comes later too.
    try log.evidence("later", controls: ["demo/1.1[b]"])
    let entries = try ["control", "unit", "sister", "later"].map {
      try log.add(Self.redaction([SHA256.hash($0)]), by: "acme/bo")
    }
    #expect(
      try log.verdicts().refused == [
        entries[0]: .notEntitled, entries[1]: .notEntitled, entries[3]: .notEntitled,
      ])
  }

  @Test func `a hold ends by its party, and by the client once that has left`() throws {
    let log = try LogBuilder.company()
    func hold(_ event: Hold.Event, _ id: String = "matter", by person: String) throws -> Int {
      try log.add(.hold(Hold(event: event, id: id, controls: ["demo/1.1"], reason: "\(log.size)")), by: person)
    }
    let contributor = try hold(.begin, by: "onsite/soc")
    try log.join("onsite/second", by: "onsite/jane")
    let begin = try hold(.begin, by: "onsite/jane")
    let twice = try hold(.begin, by: "acme/bo")
    let client = try hold(.end, by: "acme/bo")
    let vendor = try hold(.end, by: "vend/val")
    let nothing = try hold(.end, "other", by: "onsite/jane")
    let second = try hold(.begin, "second", by: "onsite/jane")
    let colleague = try hold(.end, by: "onsite/second")
    let ended = try hold(.end, by: "onsite/jane")
    let again = try hold(.begin, by: "onsite/jane")
    try log.party(.leave, "onsite", by: "onsite/jane")
    let stillNotVendor = try hold(.end, "second", by: "vend/val")
    let nowClient = try hold(.end, "second", by: "acme/bo")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        contributor: .notEntitled, twice: .notEntitled, client: .notEntitled, vendor: .notEntitled,
        nothing: .notEntitled, ended: .notEntitled, again: .notEntitled, stillNotVendor: .notEntitled,
      ])
    #expect([begin, second, colleague, nowClient].allSatisfy { verdicts[$0] == nil })
  }

  @Test func `an anchor is brought by a member who may append`() throws {
    let log = try LogBuilder.company()
    func anchor(_ person: String, size: Int = 5) throws -> Int {
      try log.add(
        .anchor(Anchor(kind: .timestamp, size: size)),
        [log.object("token", person, "application/timestamp-reply")], by: person)
    }
    let administrator = try anchor("acme/bo")
    let contributor = try anchor("onsite/soc")
    let robot = try anchor("acme/robot")
    let auditor = try anchor("audit/ann")
    let safe = try anchor("safe")
    let future = try anchor("acme/bo", size: log.size + 1)
    let level = try anchor("acme/bo", size: log.size)
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [
        robot: .notEntitled, auditor: .notEntitled, safe: .notEntitled, future: .entryMalformed,
      ])
    #expect([administrator, contributor, level].allSatisfy { verdicts[$0] == nil })
  }
}
