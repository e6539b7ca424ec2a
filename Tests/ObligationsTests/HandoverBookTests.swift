import Crypto
import Findings
import Obligations
import Ownership
import Statements
import TestSupport
import Testing
import TreeLog

/// A hand-over list that was kept is owed item by item; a log without one owes nothing of the kind.
struct HandoverBookTests {
  private static let jane = "access-jane\taccess\tacme\t2026-06-30\twithdraw the access of Jane\t-\n"
  private static let papers = "documents-onsite\tdocument\tonsite\t2026-06-29\thand over the documents\t-\n"

  /// An agreement through 2027-12-31 that ends on 2026-07-01, and the list of its end.
  private static func ended(_ list: String = jane + papers, by person: String = "acme/bo") throws -> AgreedLog {
    let log = try AgreedLog("")
    log.on("2026-05-01")
    try log.end(on: "2026-07-01")
    try log.keep(list, by: person)
    return log
  }

  /// What is owed, as `access-jane 2026-06-30`, with what is late and what is done.
  private static func owed(_ log: AgreedLog, on day: String = "2026-05-02") throws -> [String] {
    let (snapshot, book) = try log.book(on: day)
    return DutyCalendar.list(snapshot, done: book).map { entry in
      "\(entry.id) \(entry.due.map { "\($0)" } ?? "done")\(entry.isOverdue ? " late" : "")"
    }
  }

  private static func codes(_ log: AgreedLog, on day: String = "2026-05-02") throws -> [FindingCode] {
    let (snapshot, book) = try log.book(on: day)
    return DutyCalendar.findings(snapshot, done: book).map(\.code)
  }

  @Test func `an end whose list is kept owes each item by its day, and one without a list owes nothing`() throws {
    #expect(try Self.owed(Self.ended()) == ["documents-onsite 2026-06-29", "access-jane 2026-06-30"])
    let bare = try AgreedLog("")
    bare.on("2026-05-01")
    try bare.end(on: "2026-07-01")
    #expect(try Self.owed(bare).isEmpty && Self.codes(bare).isEmpty)
    #expect(try Self.codes(bare, on: "2027-01-01").isEmpty)
  }

  @Test func `an item is late from the day after its own`() throws {
    let log = try Self.ended(Self.jane)
    #expect(try Self.owed(log, on: "2026-06-30") == ["access-jane 2026-06-30"])
    #expect(try Self.codes(log, on: "2026-06-30").isEmpty)
    #expect(try Self.owed(log, on: "2026-07-01") == ["access-jane 2026-06-30 late"])
    let (snapshot, book) = try log.book(on: "2026-07-01")
    let finding = try #require(DutyCalendar.findings(snapshot, done: book).first)
    #expect(finding.code == .overdue && finding.subject == "acme-onsite/duty access-jane")
    #expect(finding.message.hasPrefix("'acme' has to withdraw the access of Jane"))
  }

  @Test func `an item that is shown to be done is owed no more, and no other with it`() throws {
    let log = try Self.ended()
    log.on("2026-06-01")
    try log.show("access-jane")
    #expect(try Self.owed(log, on: "2026-07-01") == ["documents-onsite 2026-06-29 late", "access-jane done"])
    #expect(try Self.owed(log, on: "2026-05-31") == ["documents-onsite 2026-06-29", "access-jane 2026-06-30"])
    let (snapshot, book) = try log.book(on: "2026-07-01")
    let entries = DutyCalendar.list(snapshot, done: book)
    let states = entries.map { DutyHistory($0, done: book.all($0.name), asOf: snapshot.asOf).terms.map(\.state) }
    #expect(states == [[.missed], [.met]])
  }

  @Test func `a list is not known before its day`() throws {
    #expect(try Self.owed(Self.ended(), on: "2026-04-30").isEmpty)
  }

  @Test func `a party's newer list takes the place of its own, and of nobody else's`() throws {
    let own = try Self.ended()
    try own.keep(Self.papers)
    #expect(try Self.owed(own) == ["documents-onsite 2026-06-29"])
    let theirs = try Self.ended()
    try theirs.keep(Self.papers.replacing("2026-06-29", with: "2026-12-31"), by: "onsite/jane")
    #expect(try Self.owed(theirs) == ["documents-onsite 2026-06-29", "access-jane 2026-06-30"])
    // A vendor that is not party to the agreement lists nothing.
    let foreign = try Self.ended(by: "vend/val")
    #expect(try Self.owed(foreign).isEmpty && Self.codes(foreign).isEmpty)
  }

  @Test func `a version that both sides accept afterwards makes the list void, and one that waits does not`() throws {
    let scope = "    - { domains: [patch-management], accountable: onsite }\n"
    let again = AgreedLog.document("", scope: scope)
    let waits = try Self.ended()
    try waits.apply(again, replacing: true, by: ["acme/bo"])
    #expect(try Self.owed(waits).count == 2)
    let goesOn = try Self.ended()
    try goesOn.apply(again, replacing: true)
    #expect(try Self.owed(goesOn).isEmpty)
    // One that ends before the day of the list changes nothing of it.
    let shorter = try Self.ended()
    try shorter.apply(AgreedLog.document("", scope: scope, through: "2026-06-30"), replacing: true)
    #expect(try Self.owed(shorter).count == 2)
  }

  @Test func `what was done for an earlier end is owed anew by a later one`() throws {
    let log = try Self.ended(Self.jane)
    try log.show("access-jane")
    #expect(try Self.owed(log) == ["access-jane done"])
    // A second list of the same end: done is done.
    try log.keep(Self.jane)
    #expect(try Self.owed(log) == ["access-jane done"])
    try log.apply(
      AgreedLog.document("", scope: "    - { domains: [patch-management], accountable: onsite }\n"), replacing: true)
    try log.end(on: "2026-08-01")
    try log.keep(Self.jane)
    #expect(try Self.owed(log) == ["access-jane 2026-06-30"])
  }

  @Test func `a list that is missing, malformed or redacted is told, and one that is whole is not`() throws {
    #expect(try Self.codes(Self.ended()).isEmpty)
    let malformed = try Self.ended("access-jane\n")
    #expect(try Self.codes(malformed) == [.handoverUnreadable] && Self.owed(malformed).isEmpty)
    let missing = try Self.ended()
    missing.log.store[ObjectPath.path(SHA256.hash(Self.jane + Self.papers))] = nil
    #expect(try Self.codes(missing) == [.handoverUnreadable] && Self.owed(missing).isEmpty)
    let redacted = try Self.ended()
    try redacted.log.add(
      .redaction(
        Redaction(
          event: .redact, objects: [SHA256.hash(Self.jane + Self.papers)], reason: "names", authority: "policy")),
      by: "acme/bo")
    let (_, book) = try redacted.book(on: "2026-05-02")
    #expect(book.handovers.findings.map(\.code) == [.handoverUnreadable])
    #expect(book.handovers.findings.first?.message.contains("it was redacted") == true)
    let dayless = try AgreedLog("")
    try dayless.keep(Self.jane, day: nil)
    #expect(try Self.codes(dayless, on: "2026-01-02") == [.handoverUnreadable])
  }
}

extension AgreedLog {
  /// Keeps a list that is made for a day.
  func keep(_ list: String, day: String? = "2026-07-01", by person: String = "acme/bo") throws {
    var evidence = Evidence(controls: ["demo/1.1"])
    evidence.label = "hand-over/acme-onsite"
    evidence.query = day.map { "on=\($0)" }
    try log.add(.evidence(evidence), [log.object("hand-over.tsv", list, MediaType.handover)], by: person)
  }

  /// Shows that an item was done.
  func show(_ item: String) throws {
    var evidence = Evidence(controls: ["demo/1.1"])
    evidence.label = "hand-over/acme-onsite/\(item)"
    try log.add(.evidence(evidence), [log.object("note.txt", "\(item) \(log.size)")], by: "acme/bo")
  }

  func book(on day: String) throws -> (snapshot: Snapshot, book: DutyBook) {
    let snapshot = try snapshot(on: day)
    let library = ObjectLibrary(log.store)
    var folding = LogFolding(library: library)
    try folding.run(LogReader(contents: log.store, size: log.size, root: log.root), to: log.size)
    let records = folding.evidence.records(unit: "demo/1.1", control: "demo/1.1")
    let lists = records.filter { $0.evidence.label.flatMap(HandoverLabel.engagement) != nil }
    let answers = records.filter { $0.evidence.label.flatMap(HandoverLabel.name) != nil }
    let handovers = try HandoverBook(
      lists: lists, answers: answers, snapshot.state, library: library, asOf: snapshot.asOf)
    return (snapshot, DutyBook(handovers: handovers))
  }
}
