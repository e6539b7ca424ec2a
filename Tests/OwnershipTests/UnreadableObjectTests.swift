import Crypto
import Findings
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// Agreements and schedules that cannot be read: what they leave open, and what they must not touch.
struct UnreadableObjectTests {
  private static let parties = ["acme/bo", "onsite/jane"]

  private static func agreed() throws -> (log: LogBuilder, version: Int, document: String) {
    let log = try LogBuilder.company()
    let document = LogBuilder.agreement()
    let version = try log.version(document)
    try log.accept(version, document: document, by: parties)
    return (log, version, document)
  }

  private static func break_(_ text: String, in log: LogBuilder) {
    let path = ObjectPath.path(SHA256.hash(text))
    log.store[path] = log.store[path].map { $0.dropLast() + [0x21] }
  }

  @Test func `a version that is no document says nothing until the client has accepted it`() throws {
    let (log, version, _) = try Self.agreed()
    log.on("2026-02-01")
    let other = try log.version("no agreement", id: "other", by: "onsite/jane")
    let newer = try log.version("none either", replaces: log.statements[version], by: "onsite/jane")
    try log.word(on: newer, document: "none either", schedule: LogBuilder.schedule, by: "onsite/jane")
    #expect(try log.verdicts().refused.isEmpty)
    for day in ["2026-01-15", "2026-02-01", "2026-03-01"] {
      #expect(try log.ownership("demo/1.1[a]", on: day).accountable == "onsite")
    }
    #expect(try log.ownership("demo/1.2", on: "2026-03-01").error == .unowned)
    // Once the client has accepted one, the units are undecided from its entry's day on, and it is named.
    try log.word(on: newer, document: "none either", schedule: LogBuilder.schedule, by: "acme/bo")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-01-31").accountable == "onsite")
    let undecided = try log.ownership("demo/1.1[a]", on: "2026-02-01")
    #expect(undecided.error == .undecided)
    #expect(undecided.undecidedBy?.engagement == "acme-onsite" && undecided.undecidedBy?.entry == newer)
    #expect(try log.row("demo/1.1[a]", on: "2026-02-01").entry(for: .undecided) == newer)
    // The client's decline accepts nothing.
    try log.word(.decline, on: other, document: "no agreement", schedule: "", by: "acme/bo")
    #expect(try log.ownership("demo/1.2", on: "2026-03-01").undecidedBy?.entry == newer)
  }

  @Test func `a document of another agreement or client is none, from the day that it names`() throws {
    let (log, version, document) = try Self.agreed()
    let foreign = document.replacing("client: acme", "client: other") + "effective: 2026-06-01\n"
    let newer = try log.version(foreign, replaces: log.statements[version])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").accountable == "onsite")
    try log.word(on: newer, document: foreign, schedule: "", by: "acme/bo")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-31").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").error == .undecided)
    // A readable version that takes over decides again.
    let third = try log.version(document, replaces: log.statements[newer])
    try log.accept(third, document: document, by: Self.parties)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").accountable == "onsite")
  }

  @Test func `an end closes what cannot be read too`() throws {
    let (log, version, _) = try Self.agreed()
    let newer = try log.version("none", replaces: log.statements[version])
    try log.word(on: newer, document: "none", schedule: "", by: "acme/bo")
    log.on("2026-02-01")
    try log.end(on: "2026-03-01")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-02-28").error == .undecided)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-03-01").error == .lapsed)
  }

  @Test func `a word in a schedule that cannot be read is not told as silence`() throws {
    let (log, version, _) = try Self.agreed()
    let row = try log.row("demo/1.1[a]", on: "2026-02-01")
    #expect(row.ownership.isOwned)
    Self.break_(LogBuilder.schedule, in: log)
    let broken = try log.row("demo/1.1[a]", on: "2026-02-01")
    let word = version + 2
    #expect(broken.ownership.error == .unaccepted)
    #expect(broken.ownership.waiting?.missing == ["onsite"])
    #expect(broken.ownership.waiting?.unreadable == [.init(party: "onsite", entry: word)])
    #expect(broken.entry(for: .unaccepted) == word)
    let sentence = FindingSentences.sentence(.unaccepted, broken)
    #expect(sentence.hasSuffix("the schedule of entry \(word), with which onsite answered, cannot be read"))
    #expect(!sentence.contains("has not accepted"))
  }

  @Test func `who has said nothing is told so beside an unreadable word`() throws {
    #expect(
      FindingSentences.unaccepted(["acme", "onsite"], [.init(party: "onsite", entry: 8)])
        == "acme has not accepted it and the schedule of entry 8, with which onsite answered, cannot be read")
    #expect(FindingSentences.unaccepted(["acme", "onsite"], []) == "acme and onsite have not accepted it")
  }

  @Test func `an acceptance counts only while the catalog has the digest that it named`() throws {
    let (log, version, document) = try Self.agreed()
    let newer = SampleCatalog.bytes([
      SampleCatalog.Control("1.1", family: "1", domain: "patch-management", objectives: ["1.1[a]", "1.1[b]"])
    ])
    try log.adopt("demo", newer, effective: "2026-05-01")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-04-30").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").error == .unaccepted)
    try log.accept(version, document: document, by: Self.parties, catalogs: ["demo": newer])
    #expect(try log.ownership("demo/1.1[a]", on: "2026-05-01").accountable == "onsite")
    #expect(try log.ownership("demo/1.1[a]", on: "2026-04-30").accountable == "onsite")
  }
}
