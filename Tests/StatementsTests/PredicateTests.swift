import Crypto
import Statements
import Testing
import TestSupport

/// Every predicate: what it takes, and that it takes nothing else.
struct PredicateTests {
  private static func placeholder(_ statement: Statement) throws -> Digest {
    if case .genesis(let genesis) = statement.predicate {
      return SHA256.hash(try #require(Base64.decode(genesis.publicKey)))
    }
    return try #require(statement.seen).root
  }

  @Test func `every type has a sample`() {
    #expect(
      Samples.all.map(\.type) == [
        "genesis", "party", "member", "key-revocation", "framework", "engagement", "acceptance", "staffing",
        "evidence", "assessment", "measurement", "usage", "redaction", "hold", "anchor",
      ])
    #expect(Samples.all.filter(\.required.isEmpty).map(\.type) == [])
  }

  @Test(arguments: Samples.all)
  func `a sample is read, and written the same`(_ sample: Samples.Sample) throws {
    let statement = try Statement(payload: sample.payload, lists: ForeignStore.object)
    #expect(statement.predicate.typeName == sample.type)
    #expect(statement.id == SHA256.hash(sample.payload))
    let payload = Statement.payload(
      statement.predicate, store: statement.store, signedAt: statement.signedAt, seen: statement.seen,
      subjects: statement.subjects, placeholder: try Self.placeholder(statement))
    #expect(payload == sample.payload)
  }

  @Test(arguments: Samples.all)
  func `a member that is always there cannot be absent`(_ sample: Samples.Sample) throws {
    let value = try JSONValue(canonical: sample.payload)
    let common = sample.type == "genesis" ? ["store", "signedAt"] : ["store", "signedAt", "seen"]
    for key in sample.required + common {
      #expect(value["predicate", key] != nil, "\(key)")
      let fault = fault(value.setting(["predicate", key], nil).canonicalBytes)
      #expect(fault?.path.hasPrefix("predicate.\(key)") == true, "\(key): \(String(describing: fault))")
    }
    for key in ["_type", "predicate", "predicateType", "subject"] {
      #expect(fault(value.setting([key], nil).canonicalBytes) != nil, "\(key)")
    }
  }

  @Test(arguments: Samples.all)
  func `a member that may be there can be absent`(_ sample: Samples.Sample) throws {
    let value = try JSONValue(canonical: sample.payload)
    for key in sample.optional where key != "list" {
      let fault = fault(value.setting(["predicate", key], nil).canonicalBytes)
      #expect(fault == nil, "\(key): \(String(describing: fault))")
    }
  }

  @Test(arguments: Samples.all)
  func `an unknown member is refused wherever it stands`(_ sample: Samples.Sample) throws {
    let value = try JSONValue(canonical: sample.payload)
    for path in value.objectPaths {
      for key in ["zzz", "A", ""] {
        let changed = value.setting(path + [key], .string("x"))
        #expect(fault(changed.canonicalBytes) != nil, "\(path) \(key)")
      }
    }
    // In subjects too.
    guard case .array(let subjects)? = value["subject"] else { return }
    for path in subjects[0].objectPaths {
      let changed = value.setting(
        ["subject"], .array([subjects[0].setting(path + ["zzz"], .string("x"))] + subjects.dropFirst()))
      #expect(fault(changed.canonicalBytes) != nil, "subject \(path)")
    }
  }

  @Test(arguments: Samples.all)
  func `null, empty and other types are refused`(_ sample: Samples.Sample) throws {
    let value = try JSONValue(canonical: sample.payload)
    let others: [JSONValue] = [
      .string(""), .integer(7), .boolean(true), .array([]), .array([.integer(7)]), .object(JSONObject()),
    ]
    for path in value.objectPaths {
      guard case .object(let object)? = path.isEmpty ? value : path.reduce(value as JSONValue?, { $0?[$1] }) else {
        continue
      }
      for (key, member) in object.members {
        for other in others where !isSameKind(member, other) || isEmpty(other) {
          // Some arrays may be empty.
          if case .array(let values) = other, values.isEmpty, mayBeEmpty(sample.type, path + [key]) { continue }
          #expect(
            fault(value.setting(path + [key], other).canonicalBytes) != nil, "\(path + [key]) as \(other)")
        }
        let null = value.setting(path + [key], .string("NULL")).canonicalBytes
        let text = String(decoding: null, as: UTF8.self).replacing("\"NULL\"", with: "null")
        #expect(fault(Array(text.utf8)) != nil, "\(path + [key]) as null")
      }
    }
  }

  private func isSameKind(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.integer, .integer), (.boolean, .boolean): true
    default: false
    }
  }

  private func isEmpty(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text.isEmpty
    case .array(let values): values.isEmpty
    case .object(let object): object.members.isEmpty
    default: false
    }
  }

  private func mayBeEmpty(_ type: String, _ path: [String]) -> Bool {
    type == "acceptance" && path == ["predicate", "catalogs"]
  }

  // MARK: All members

  private static let root = SHA256.hash("root")
  private static let seen = Statement.Seen(root: root, size: 7)
  private static let object = Subject(name: "a/b.txt", digest: SHA256.hash("b"), size: 1, mediaType: "text/plain")

  static let full: [(Predicate, [Subject])] = {
    let day = Day(year: 2026, month: 2, day: 28) ?? Day(daysSinceEpoch: 0)
    let moment = Instant(millisecondsSinceEpoch: 1_767_600_000_123)
    let recovery = RecoveryKey(publicKey: "MCow", proof: [1, 2, 3])
    var member = MemberEvent(event: .join, member: "onsite/jane")
    member.name = "Jane \u{1f600} \"quoted\""
    member.role = .contributor
    member.isRobot = true
    member.mayAppend = false
    member.publicKey = "MCow"
    member.proof = [0xff]
    member.use = .witness
    member.keyName = "onsite.example/witness"
    member.recovery = recovery
    var evidence = Evidence(controls: ["demo/1.1", "demo/1.2[b]"])
    evidence.description = "d"
    evidence.from = day
    evidence.through = day.adding(days: 1)
    evidence.collected = moment
    evidence.source = "s"
    evidence.query = "q"
    evidence.count = 0
    evidence.label = "l"
    evidence.duty = "acme-onsite/steering"
    evidence.retainUntil = day
    evidence.replaces = [root, SHA256.hash("x")]
    evidence.run = Evidence.Run(arguments: ["ls", ""], status: 255, host: "h", start: moment, end: moment)
    var assessment = Assessment(units: ["demo/1.1"], status: .notMet, evidence: root, note: "n")
    assessment.from = day
    assessment.through = day
    func paper(_ name: String, _ type: String) -> Subject {
      Subject(name: name, digest: root, size: 3, mediaType: type)
    }
    return [
      (.party(PartyEvent(event: .leave, id: "onsite", kind: .vendor, name: "Onsite")), []), (.member(member), []),
      (.keyRevocation(KeyRevocation(keyID: root, reason: .superseded, suspectSince: 0, note: "n")), []),
      (
        .framework(
          FrameworkAdoption(
            id: "demo", catalog: root, notApplicable: [.init(unit: "demo/1.1", reason: "r")], effective: day)),
        [paper("catalog", MediaType.catalog)]
      ),
      (
        .engagement(EngagementEvent(event: .version, id: "e", document: root, replaces: SHA256.hash("v"))),
        [paper("document", MediaType.document), paper("sow.pdf", "application/pdf")]
      ),
      (.engagement(EngagementEvent(event: .end, id: "e", replaces: root, on: day)), []),
      (
        .acceptance(
          Acceptance(
            engagement: root, document: root, catalogs: [.init(id: "demo", sha256: root)], schedule: root,
            answer: .decline, reason: "r")), [paper("schedule", MediaType.schedule)]
      ),
      (.staffing(Staffing(engagement: "e", assign: [.init(units: ["demo/1.1"], responsible: [])])), []),
      (.evidence(evidence), [object]), (.assessment(assessment), []),
      (
        .measurement(
          Measurement(engagement: "e", level: "l", from: day, through: day, value: "-99.950", count: 3)), []
      ),
      (.redaction(Redaction(event: .redact, objects: [root], reason: "r", authority: "a")), []),
      (.hold(Hold(event: .begin, id: "h", objects: [root], controls: ["demo/1.1"], reason: "r")), []),
      (.anchor(Anchor(kind: .cosignature, size: 1)), [paper("cosignature", "text/plain")]),
    ]
  }()

  @Test(arguments: full.indices)
  func `a predicate with all it can have comes back`(_ index: Int) throws {
    let (predicate, subjects) = Self.full[index]
    let payload = Statement.payload(
      predicate, store: "acme/test", signedAt: Instant(millisecondsSinceEpoch: 0), seen: Self.seen,
      subjects: subjects, placeholder: Self.root)
    let statement = try Statement(payload: payload) { _ in nil }
    #expect(statement.predicate == predicate)
    #expect(statement.subjects == subjects)
    #expect(statement.seen == Self.seen)
  }

  @Test func `genesis with a recovery key comes back`() throws {
    let key = try LogBuilder.key("acme/bo").verificationKey
    let genesis = try LogBuilder.genesis(recovery: RecoveryKey(publicKey: "MCow", proof: [1]))
    let payload = Statement.payload(
      .genesis(genesis), store: "acme/test", signedAt: Instant(millisecondsSinceEpoch: 0), seen: nil, subjects: [],
      placeholder: key.keyID)
    #expect(try Statement(payload: payload) { _ in nil }.predicate == .genesis(genesis))
  }

  @Test(arguments: [
    ("0", true), ("99.95", true), ("-1", true), ("007", true), ("0.0", true), ("", false), ("-", false), (".5", false),
    ("5.", false), ("1.2.3", false), ("1e3", false), ("+1", false), ("1,5", false), (" 1", false), ("--1", false),
    ("٣", false), ("1.-2", false),
  ])
  func `a measured value is a decimal number`(_ value: String, _ isDecimal: Bool) throws {
    let sample = try #require(Samples.all.first { $0.type == "measurement" })
    let changed = try JSONValue(canonical: sample.payload).setting(["predicate", "value"], .string(value))
    #expect((fault(changed.canonicalBytes) == nil) == isDecimal)
  }

  @Test(arguments: [
    ("a", true), ("a-b", true), ("0", true), (String(repeating: "a", count: 32), true), ("", false), ("-a", false),
    ("a-", false), ("A", false), ("a_b", false), (String(repeating: "a", count: 33), false), ("a/b", false),
    ("\u{e9}", false), ("a ", false), ("a--b", true),
  ])
  func `an identifier is short and plain`(_ id: String, _ isValid: Bool) throws {
    let sample = try #require(Samples.all.first { $0.type == "party" })
    let changed = try JSONValue(canonical: sample.payload).setting(["predicate", "id"], .string(id))
    #expect((fault(changed.canonicalBytes) == nil) == isValid)
  }

  @Test(arguments: [
    ("event", "rejoin"), ("event", "JOIN"), ("kind", "client"), ("store", ""), ("signedAt", "2026-01-01"),
    ("id", "On Site"),
  ])
  func `a choice is one of its words`(_ key: String, _ word: String) throws {
    let sample = try #require(Samples.all.first { $0.type == "party" })
    let changed = try JSONValue(canonical: sample.payload).setting(["predicate", key], .string(word))
    #expect(fault(changed.canonicalBytes)?.path == "predicate.\(key)")
  }

  // MARK: Members that go together

  @Test func `a member's key comes with its proof, and at a join or as a key`() throws {
    let sample = try #require(Samples.all.first { $0.type == "member" })
    let value = try JSONValue(canonical: sample.payload)
    func isRefused(_ changes: [(String, JSONValue?)]) -> Bool {
      fault(changes.reduce(value) { $0.setting(["predicate", $1.0], $1.1) }.canonicalBytes) != nil
    }
    #expect(!isRefused([]))
    #expect(isRefused([("proof", nil)]))
    #expect(isRefused([("publicKey", nil)]))
    #expect(!isRefused([("publicKey", nil), ("proof", nil)]))
    #expect(isRefused([("event", .string("change"))]))
    #expect(isRefused([("event", .string("leave"))]))
    #expect(!isRefused([("event", .string("key"))]))
    #expect(isRefused([("event", .string("key")), ("publicKey", nil), ("proof", nil)]))
    #expect(isRefused([("use", .string("witness"))]))
    #expect(isRefused([("keyName", .string("w"))]))
    #expect(isRefused([("use", .string("sign")), ("keyName", .string("w"))]))
    #expect(!isRefused([("use", .string("witness")), ("keyName", .string("w"))]))
    #expect(isRefused([("use", .string("witness")), ("keyName", .string("w w"))]))
    #expect(isRefused([("use", .string("sign")), ("publicKey", nil), ("proof", nil)]))
  }

  @Test func `an engagement's document is a version's, and its last day an end's`() throws {
    let sample = try #require(Samples.all.first { $0.type == "engagement" })
    let value = try JSONValue(canonical: sample.payload)
    #expect(fault(value.setting(["predicate", "on"], .string("2026-01-01")).canonicalBytes) != nil)
    #expect(fault(value.setting(["predicate", "document"], nil).canonicalBytes) != nil)
    #expect(fault(value.setting(["predicate", "event"], .string("end")).canonicalBytes) != nil)
  }

  @Test func `evidence names controls, or a duty and perhaps none`() throws {
    let sample = try #require(Samples.all.first { $0.type == "evidence" })
    let value = try JSONValue(canonical: sample.payload).setting(["predicate", "controls"], .array([]))
    #expect(fault(value.setting(["predicate", "duty"], nil).canonicalBytes) != nil)
    #expect(fault(value.setting(["predicate", "duty"], .string("acme-onsite/steering")).canonicalBytes) == nil)
    #expect(fault(value.setting(["predicate", "duty"], .string("steering")).canonicalBytes) != nil)
  }

  @Test func `an unknown type is read, with what it says of its tree and no more`() throws {
    let sample = try #require(Samples.all.first { $0.type == "party" })
    let value = try JSONValue(canonical: sample.payload)
      .setting(["predicateType"], .string("urn:custody:party:v2"))
      .setting(["predicate", "more"], .array([.integer(1)]))
    let statement = try Statement(payload: value.canonicalBytes) { _ in nil }
    #expect(statement.predicate == .unknown(predicateType: "urn:custody:party:v2"))
    #expect(statement.seen != nil && statement.subjects.isEmpty)
    #expect(fault(value.setting(["predicate", "store"], nil).canonicalBytes) != nil)
    #expect(fault(value.setting(["predicate", "seen", "x"], .integer(1)).canonicalBytes) != nil)
    #expect(fault(value.setting(["predicate", "seen"], nil).canonicalBytes) == nil)
  }

  @Test(arguments: ["evidence", "assessment", "measurement"])
  func `a span does not begin after it ends`(_ type: String) throws {
    let sample = try #require(Samples.all.first { $0.type == type })
    let value = try JSONValue(canonical: sample.payload).setting(["predicate", "through"], .string("2026-02-01"))
    let level = value.setting(["predicate", "from"], .string("2026-02-01"))
    let turned = value.setting(["predicate", "from"], .string("2026-02-02"))
    #expect(fault(level.canonicalBytes) == nil)
    #expect(fault(turned.canonicalBytes)?.path == "predicate.from")
  }

  @Test func `a run does not start after its end`() throws {
    var evidence = Evidence(controls: ["demo/1.1"])
    let moment = Instant(millisecondsSinceEpoch: 1000)
    func payload(end: Int) -> [UInt8] {
      evidence.run = Evidence.Run(
        arguments: ["ls"], status: 0, host: "h", start: moment, end: moment.adding(milliseconds: end))
      return Statement.payload(
        .evidence(evidence), store: "acme/test", signedAt: moment, seen: Self.seen, subjects: [Self.object],
        placeholder: Self.root)
    }
    #expect(fault(payload(end: 0)) == nil)
    #expect(fault(payload(end: -1))?.path == "predicate.run.start")
  }
}
