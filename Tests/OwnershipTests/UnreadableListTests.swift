import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

/// A list that is missing or changed: what its statement says is not known, and nobody is let off by that.
struct UnreadableListTests {
  /// A statement whose field lies in an object of its own.
  private func add(
    _ predicate: Predicate, _ subjects: [Subject] = [], listing field: String, _ log: LogBuilder, by signer: String
  ) throws -> (entry: Int, list: Digest) {
    var list: Subject?
    var twist = LogBuilder.Twist()
    twist.payload = { payload in
      guard case .object(var top)? = try? JSONValue(canonical: payload), case .object(var fields)? = top["predicate"],
        let array = fields[field]
      else { return payload }
      let subject = log.object("list/\(field)", array.canonicalBytes, MediaType.list)
      fields[field] = .object(JSONObject([("list", .string(subject.digest.hex))]))
      top["predicate"] = .object(fields)
      var all = subjects + [subject]
      all.sort { ByteOrder.precedes($0.name, $1.name) }
      top["subject"] = .array(all.map { UnreadableListTests.json($0) })
      list = subject
      return JSONValue.object(top).canonicalBytes
    }
    let entry = try log.add(predicate, subjects, by: signer, twist)
    return (entry, try #require(list).digest)
  }

  private static func json(_ subject: Subject) -> JSONValue {
    .object(
      JSONObject([
        ("annotations", .object(JSONObject([("size", .integer(subject.size))]))),
        ("digest", .object(JSONObject([("sha256", .string(subject.digest.hex))]))),
        ("mediaType", .string(subject.mediaType)), ("name", .string(subject.name)),
      ]))
  }

  private func remove(_ digest: Digest, _ log: LogBuilder) { log.store[ObjectPath.path(digest)] = nil }

  @Test func `evidence counts with its list, and not without it`() throws {
    let log = try LogBuilder.company()
    let (entry, list) = try add(
      .evidence(Evidence(controls: ["demo/1.1", "demo/1.2"])), [log.object("a", "x")], listing: "controls", log,
      by: "acme/bo")
    #expect(try log.verdicts().outcomes[entry].findings.isEmpty)
    remove(list, log)
    let outcome = try log.verdicts().outcomes[entry]
    #expect(!outcome.hasEffect && outcome.awaitsLists && outcome.signer == nil)
    #expect(outcome.findings.map(\.code) == [.undecided])
    #expect(outcome.findings[0].message.contains(list.short))
  }

  @Test func `a list that was changed is as one that is missing`() throws {
    let log = try LogBuilder.company()
    let (entry, list) = try add(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("a", "x")], listing: "controls", log, by: "acme/bo")
    log.store[ObjectPath.path(list)] = Array("[\"demo/1.2\"]".utf8)
    #expect(try log.verdicts().outcomes[entry].awaitsLists)
  }

  @Test func `a list of a wrong hand's statement is not asked for`() throws {
    let log = try LogBuilder.company()
    let (entry, list) = try add(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("a", "x")], listing: "controls", log, by: "stranger")
    remove(list, log)
    let outcome = try log.verdicts().outcomes[entry]
    #expect(outcome.findings.map(\.code) == [.notEntitled] && !outcome.awaitsLists)
  }

  @Test func `a hold whose list is gone holds everything`() throws {
    let log = try LogBuilder.company()
    try log.evidence("held", by: "acme/bo")
    try log.evidence("free", by: "acme/bo")
    let (_, list) = try add(
      .hold(Hold(event: .begin, id: "h", objects: [SHA256.hash("held")], reason: "r")), listing: "objects", log,
      by: "onsite/jane")
    func redact(_ text: String) throws -> Int {
      try log.add(
        .redaction(Redaction(event: .redact, objects: [SHA256.hash(text)], reason: "r", authority: "a")),
        by: "acme/bo")
    }
    let free = try redact("free")
    let held = try redact("held")
    #expect(try log.verdicts().refused == [held: .notEntitled])
    remove(list, log)
    #expect(try log.verdicts().refused == [free: .notEntitled, held: .notEntitled])
  }

  @Test func `an adoption whose exclusions are gone leaves its units undecided`() throws {
    let log = try LogBuilder.company()
    let catalog = log.object("catalog", LogBuilder.catalog, MediaType.catalog)
    let day = try day("2026-03-01")
    let (entry, list) = try add(
      .framework(
        FrameworkAdoption(
          id: "demo", catalog: catalog.digest, notApplicable: [.init(unit: "demo/1.2", reason: "none here")],
          effective: day)), [catalog], listing: "notApplicable", log, by: "acme/bo")
    func unreadable(on text: String) throws -> [String] {
      let input = try ResolutionInput(log.verdicts().state, library: log.library)
      return Resolver(input).scope(on: try self.day(text)).unreadable
    }
    #expect(try unreadable(on: "2026-03-01").isEmpty)
    remove(list, log)
    let outcome = try log.verdicts().outcomes[entry]
    #expect(outcome.hasEffect && outcome.findings.map(\.code) == [.undecided])
    #expect(try unreadable(on: "2026-03-01") == ["demo"])
    #expect(try unreadable(on: "2026-02-28").isEmpty)
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }
}
