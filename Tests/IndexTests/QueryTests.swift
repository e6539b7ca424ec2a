import Findings
import Crypto
import Foundation
import Index
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

struct QueryTests {
  let log: TestLog
  let index: ProjectionIndex
  private let patches = "it-functions/patch-management"
  private let governance = "it-functions/governance"

  init() throws {
    log = try TestLog()
    index = try ProjectionIndex(inMemory: TestLog.origin)
  }

  private func follow() throws {
    try log.commit()
    _ = try index.follow(log.store, to: log.checkpoint, library: log.library)
  }

  private func statement(_ entry: [UInt8]) throws -> Statement {
    try #require(ParsedEntry(entry, library: log.library).statement).get()
  }

  @Test func `evidence comes back as it was`() throws {
    var evidence = Evidence(controls: [patches, governance])
    evidence.description = "Zürich, \u{0}and 'quotes'"
    evidence.from = Day("2026-01-01")
    evidence.through = Day("2026-01-31")
    evidence.collected = Instant("2026-02-01T08:00:00.123Z")
    evidence.source = "rmm"
    evidence.query = "SELECT 1"
    evidence.count = 12
    evidence.label = "PBC-7"
    evidence.duty = "acme-onsite/steering-committee"
    evidence.retainUntil = Day("2032-01-31")
    let start = try #require(Instant("2026-02-01T07:59:00.000Z"))
    evidence.run = Evidence.Run(
      arguments: ["sh", "", "a\nb"], status: 3, host: "host", start: start, end: start.adding(milliseconds: 5))
    // Of an agreement that cannot be read nobody can say which duties it has.
    let agreement = log.object("document", [2], MediaType.document)
    _ = try log.add(
      .engagement(EngagementEvent(event: .version, id: "acme-onsite", document: agreement.digest)), [agreement])
    let first = try statement(try log.add(.evidence(evidence), [log.object("a", [1])]))
    let again = try statement(try log.addEvidence("b", "b", replaces: [first.id]))
    try follow()
    let records = try index.evidence(forControls: [patches])
    #expect(records.map(\.statement) == [first.id, again.id])
    #expect(records.first?.evidence == evidence)
    #expect(records.last?.evidence.replaces == [first.id])
    #expect(try index.evidenceBook().records(unit: patches, control: patches).map(\.entry) == [4])
    #expect(try index.objectUses(SHA256.hash([1])).map(\.isReplaced) == [true])
    #expect(try index.objectUses(Digest(of: "b")).map(\.isReplaced) == [false])
  }

  @Test func `a payload that stands in the log already is refused through the ledger`() throws {
    let evidence = log.payload(.evidence(Evidence(controls: [patches])), [log.object("a", [1])])
    try log.add(payload: evidence)
    try follow()
    #expect(try index.ledger.contains(SHA256.hash(evidence)))
    try log.add(payload: evidence)
    try follow()
    let rejected = try index.rejected()
    #expect(rejected.map(\.code) == [.replayed])
    #expect(rejected.map(\.entry) == [3])
    #expect(try index.statement(entry: 3)?.isEffective == false)
    #expect(try index.ledger.record(of: SHA256.hash(evidence))?.entry == 2)
    let folded = try log.folded()
    for digest in [SHA256.hash([1]), SHA256.hash([2])] {
      #expect(try index.ledger.uses(of: digest) == folded.ledger.uses(of: digest))
    }
  }

  @Test func `lines of the log are picked by range, type, signer, control and number`() throws {
    for number in 0..<5 {
      try log.addEvidence("\(number)", "\(number)", control: number == 3 ? governance : patches)
    }
    try log.add(.assessment(Assessment(units: [governance], status: .notMet, note: "weak")))
    try follow()
    var filter = LogFilter()
    filter.limit = 2
    #expect(try index.logRows(filter).map(\.entry) == [7, 6])
    filter.newestFirst = false
    filter.range = 1..<4
    #expect(try index.logRows(filter).map(\.entry) == [1, 2])
    filter = LogFilter()
    filter.controls = [governance]
    #expect(try index.logRows(filter).map(\.entry) == [7, 5])
    filter.type = "assessment"
    filter.signer = "acme"
    #expect(try index.logRows(filter).map(\.summary) == ["it-functions/governance: not-met"])
    filter.signer = "onsite"
    #expect(try index.logRows(filter).isEmpty)
    let assessments = try index.assessments()
    #expect(assessments.map(\.assessment.note) == ["weak"])
    #expect(assessments.map(\.member) == ["acme/bo"])
  }

  @Test func `the beginning of a digest leads to statements and objects`() throws {
    let added = try statement(try log.addEvidence("a", "content"))
    try follow()
    #expect(try index.find(prefix: String(added.id.hex.prefix(11))) == [.statement(added.id, entry: 2)])
    #expect(try index.find(prefix: Digest(of: "content").short) == [.object(Digest(of: "content"))])
    #expect(try index.find(prefix: "").isEmpty)
    #expect(try index.find(prefix: "XYZ").isEmpty)
    #expect(try index.statement(entry: 2)?.statement == added.id)
    #expect(try index.objects(ofEntry: 2).map(\.name) == ["a"])
  }

  @Test func `search finds names, descriptions, controls, members and numbers`() throws {
    try log.addEvidence("january/updates.txt", "1", description: "Monthly patch compliance")
    try log.addEvidence("february/backup.log", "2", control: governance, description: "Steering \"committee\"")
    try follow()
    #expect(try index.search("updates").map(\.entry) == [2])
    #expect(try index.search("february/backup.log").map(\.entry) == [3])
    #expect(try index.search("patch complian").map(\.entry) == [2])
    #expect(try index.search("governance steering").map(\.entry) == [3])
    #expect(Set(try index.search("acme/bo").map(\.entry)).isSuperset(of: [2, 3]))
    #expect(try index.search("\"committee").map(\.entry) == [3])
    #expect(try index.search("NOT (").isEmpty)
    #expect(try index.search("-- * \" ").isEmpty)
  }

  @Test func `what a manifest lists is found by digest and by name`() throws {
    let items = (0..<10_000).map { Manifest.Item(digest: Digest(of: "item \($0)"), name: "bulk/file-\($0).csv") }
    let manifest = log.object("manifest", Manifest.encode(items), MediaType.manifest)
    try log.add(.evidence(Evidence(controls: [patches])), [manifest])
    try log.commit()
    let start = ContinuousClock.now
    try follow()
    print("10,000 manifest items folded in: \(ContinuousClock.now - start)")
    let uses = try index.objectUses(Digest(of: "item 4321"))
    #expect(uses.map(\.name) == ["bulk/file-4321.csv"])
    #expect(uses.map(\.controls) == [[patches]])
    #expect(uses.map(\.isEvidence) == [true])
    #expect(try index.ledger.uses(of: manifest.digest).map(\.isEvidence) == [false])
    #expect(try index.search("file-4321.csv").map(\.entry) == [2])
    #expect(try index.find(prefix: Digest(of: "item 7").hex) == [.object(Digest(of: "item 7"))])
  }
}
