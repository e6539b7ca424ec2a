import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// Each integrity finding by a store that has just that fault, beside one that has not.
struct IntegrityFindingTests {
  typealias Adjustment = (inout VerificationOptions) -> Void

  static func report(_ log: LogBuilder, _ adjust: Adjustment = { _ in }) throws -> VerificationReport {
    var options = VerificationOptions(asOf: try #require(Day("2026-02-01")))
    adjust(&options)
    return try Verifier(log.store, options: options).verify()
  }

  /// The codes of all findings but those on ownership, each once, sorted.
  static func codes(_ log: LogBuilder, _ adjust: Adjustment = { _ in }) throws -> [FindingCode] {
    let report = try report(log, adjust)
    let ownership: Set<FindingCode> = [
      .unowned, .unaccepted, .undecided, .partyUnconfirmed, .noEvidence, .unstaffed, .singlePoint, .noAdministrator,
    ]
    let codes = Set(report.findings.map(\.code)).subtracting(ownership)
    #expect(report.isSound == !codes.contains(where: \.isIntegrityError))
    return codes.sorted { $0.rawValue < $1.rawValue }
  }

  static func sealed(by signer: String? = nil, _ more: (LogBuilder) throws -> Void = { _ in }) throws -> LogBuilder {
    let log = try LogBuilder.company()
    try log.evidence("shown")
    try more(log)
    try log.seal(by: signer)
    return log
  }

  static let shown = ObjectPath.path(SHA256.hash("shown"))

  @Test func `an untouched store has no integrity finding`() throws {
    #expect(try Self.codes(Self.sealed()) == [])
  }

  @Test func `an object that the machine does not give is no answer, unless something else is wrong`() throws {
    let log = try Self.sealed()
    log.store.fail(Self.shown, with: Failure(.ioError, "the disk failed"))
    let error = try #require(throws: ObjectsUnreadable.self) { try Self.report(log) }
    #expect(error.failure.code == .ioError)
    #expect(error.failure.message == "the store was not verified: the disk failed")
    log.store["custody.json"] = []
    #expect(try Self.codes(log) == [.objectCorrupt, .storeMalformed])
  }

  // MARK: Layout

  @Test(arguments: [
    "", "{\"format\":1,\"origin\":\"acme/test\"}", "{\"format\":2,\"origin\":\"acme/test\"}\n",
    "{\"format\":1,\"origin\":\"acme/test\",\"x\":1}\n", "{\"origin\":\"acme/test\",\"format\":1}\n",
    "{\"format\":1,\"origin\":\"\"}\n", "{\"format\":1,\"origin\":\"acme/other\"}\n",
  ])
  func `another configuration is malformed`(_ text: String) throws {
    let log = try Self.sealed()
    log.store["custody.json"] = Array(text.utf8)
    #expect(try Self.codes(log) == [.storeMalformed])
  }

  @Test func `a store without configuration is malformed`() throws {
    let log = try Self.sealed()
    log.store["custody.json"] = nil
    #expect(try Self.codes(log) == [.storeMalformed])
  }

  @Test(arguments: [
    "notes.txt", "object/ab", "object/ab/cd", "object/AB/\(String(repeating: "0", count: 62))", "tile/0/00",
    "tile/64/000",
    "tile/0/000.p/0", "tile/0/000.p/256", "tile/entries/1", "tile/x", "checkpoint.bak", "lock.old", "inboxes/x",
  ])
  func `a path that the layout does not have is malformed`(_ path: String) throws {
    let log = try Self.sealed()
    log.store[path] = [1]
    #expect(try Self.codes(log) == [.storeMalformed])
  }

  @Test func `what belongs to a store inside is told as that, and the rest as what it is`() throws {
    let log = try Self.sealed()
    let own = ["inner/custody.json", "inner/checkpoint", "inner/tile/0/000", "inner/deeper/custody.json"]
    let other = ["inner.txt", "innermost/notes", "other/checkpoint", "object/ab/custody.json", "object/ab/cd"]
    for path in own + other { log.store[path] = [1] }
    let found = try Self.report(log).findings.filter { $0.code == .storeMalformed }
    #expect(found.map(\.subject).sorted() == (own + other).sorted())
    for finding in found {
      let isOwn = finding.message.contains("is of another store, which lies inside this one, in 'inner'")
      #expect(isOwn == own.contains(finding.subject), "\(finding.message)")
      #expect(finding.message.contains("move it elsewhere") == other.contains(finding.subject), "\(finding.message)")
    }
  }

  @Test(arguments: ["tile/0/001", "tile/0/000", "tile/1/000.p/1", "tile/entries/000.p/200", "tile/entries/x001/000"])
  func `what lies beyond the checkpoint is stray`(_ path: String) throws {
    let log = try Self.sealed()
    log.store[path] = [1]
    #expect(try Self.codes(log) == [.strayFile])
  }

  @Test func `what waits in the inbox and the lock are not looked at`() throws {
    let log = try Self.sealed()
    log.store["inbox/offer"] = [1]
    log.store["lock"] = []
    #expect(try Self.codes(log) == [])
  }

  // MARK: Objects

  @Test func `objects are there, whole and named`() throws {
    let log = try Self.sealed()
    log.store[Self.shown] = Array("shawn".utf8)
    #expect(try Self.codes(log) == [.objectCorrupt])
    #expect(try Self.codes(log) { $0.objects = .none } == [])
    log.store[Self.shown] = Array("shown!".utf8)
    #expect(try Self.codes(log) { $0.objects = .none } == [.objectCorrupt])
    log.store[Self.shown] = nil
    #expect(try Self.codes(log) == [.objectMissing])
    #expect(try Self.codes(log) { $0.objects = .none } == [.objectMissing])
    log.store[Self.shown] = Array("shown".utf8)
    _ = log.object("x", "nobody names this")
    #expect(try Self.codes(log) == [.objectUnreferenced])
  }

  @Test func `an object that a manifest lists is referenced`() throws {
    let log = try Self.sealed { log in
      let listed = log.object("listed.txt", "listed")
      let manifest = log.object(
        "manifest", Manifest.encode([.init(digest: listed.digest, name: "listed.txt")]), MediaType.manifest)
      try log.add(.evidence(Evidence(controls: ["demo/1.1"])), [manifest], by: "acme/bo")
    }
    #expect(try Self.codes(log) == [])
    log.store[ObjectPath.path(SHA256.hash("listed"))] = nil
    #expect(try Self.codes(log) == [.objectMissing])
  }

  @Test func `what was redacted may be gone, and what was only announced may not`() throws {
    func log(_ event: Redaction.Event) throws -> LogBuilder {
      let log = try Self.sealed {
        try $0.add(
          .redaction(
            Redaction(event: event, objects: [SHA256.hash("shown")], reason: "r", authority: "a")), by: "acme/bo")
      }
      log.store[Self.shown] = nil
      return log
    }
    #expect(try Self.codes(log(.redact)) == [])
    #expect(try Self.codes(log(.announce)) == [.objectMissing])
  }

  @Test func `bytes that come again after a redaction are to be there`() throws {
    let log = try Self.sealed {
      try $0.add(
        .redaction(
          Redaction(event: .redact, objects: [SHA256.hash("shown")], reason: "r", authority: "a")), by: "acme/bo")
      try $0.evidence("shown", controls: ["demo/1.2"])
    }
    #expect(try Self.codes(log) == [])
    log.store[Self.shown] = nil
    #expect(try Self.codes(log) == [.objectMissing])
  }

  @Test func `a redaction that does not count excuses nothing`() throws {
    let log = try Self.sealed {
      try $0.add(
        .redaction(
          Redaction(event: .redact, objects: [SHA256.hash("shown")], reason: "r", authority: "a")), by: "acme/kim")
    }
    log.store[Self.shown] = nil
    #expect(try Self.codes(log) == [.notEntitled, .objectMissing])
  }

  // MARK: Statements

  @Test func `a statement that does not count is told with its entry`() throws {
    let log = try LogBuilder.company()
    let payload = try log.payload(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("a", "a")], by: "acme/bo")
    try log.add(payload: payload, by: "acme/bo")
    let replayed = try log.add(payload: payload, by: "acme/bo")
    var twist = LogBuilder.Twist()
    twist.forger = "acme/kim"
    let forged = try log.evidence("forged", by: "acme/bo", twist)
    let notEntitled = try log.adopt(by: "acme/kim")
    let malformed = try log.evidence("unknown control", controls: ["demo/9.9"])
    let garbage = log.add(raw: Array("garbage".utf8))
    try log.evidence("last")
    try log.seal()
    let found = try Self.report(log).findings.filter(\.code.isIntegrityError)
    let expected: [Int: FindingCode] = [
      replayed: .replayed, forged: .signatureInvalid, notEntitled: .notEntitled, malformed: .entryMalformed,
      garbage: .entryMalformed,
    ]
    // The entry after the garbage names its hash, so that the chain is whole.
    #expect(
      Dictionary(grouping: found, by: \.entry).mapValues { $0.map(\.code) }
        == expected.reduce(into: [:]) {
          $0[$1.key] = [$1.value]
        })
  }

  @Test func `an unknown type is an error that leaves the store sound`() throws {
    let log = try Self.sealed { try $0.add(.unknown(predicateType: "urn:custody:weather:v1"), by: "acme/bo") }
    #expect(try Self.codes(log) == [.statementUnknown])
    #expect(try Self.report(log).isSound)
    #expect(FindingCode.statementUnknown.severity == .error)
  }

  @Test func `a clock that goes back is a warning`() throws {
    let log = try Self.sealed {
      var twist = LogBuilder.Twist()
      twist.time = $0.clock.adding(milliseconds: -86_400_000)
      try $0.evidence("yesterday", by: "acme/bo", twist)
    }
    #expect(try Self.codes(log) == [.clockDisorder])
    #expect(try Self.report(log).isSound)
  }

  // MARK: Chain and tree

  @Test func `an entry that follows from another is a broken chain`() throws {
    let log = try Self.sealed {
      var twist = LogBuilder.Twist()
      twist.entry = { $0.previous = SHA256.hash("another") }
      try $0.evidence("x", by: "acme/bo", twist)
    }
    #expect(try Self.codes(log) == [.chainBroken])
  }

  @Test func `an entry of another number is a broken chain`() throws {
    let log = try Self.sealed {
      var twist = LogBuilder.Twist()
      twist.entry = { $0.sequence += 1 }
      try $0.evidence("x", by: "acme/bo", twist)
    }
    #expect(try Self.codes(log) == [.chainBroken])
  }

  @Test func `a hash tile that holds something else, and one that is gone, do not match`() throws {
    let log = try Self.sealed()
    let path = "tile/0/000.p/\(log.size)"
    let bytes = try #require(log.store[path])
    log.store[path] = bytes.reversed()
    #expect(try Self.codes(log) == [.tileMismatch])
    log.store[path] = nil
    #expect(try Self.codes(log) == [.tileMismatch])
  }

  @Test func `a checkpoint of another root is a mismatch though its signature holds`() throws {
    let log = try Self.sealed()
    log.store["checkpoint"] = try log.checkpoint(root: SHA256.hash("another"), by: "acme/bo")
    #expect(try Self.codes(log) == [.rootMismatch])
  }

  @Test(arguments: [
    // Nobody of this log, somebody who may not append, somebody who may and did not, a robot, the safe.
    ("stranger", false), ("audit/ann", false), ("onsite/jane", false), ("acme/robot", false), ("safe", false),
    ("acme/bo", true),
  ])
  func `a checkpoint is signed by who appended the last entry`(_ signer: String, _ isSigned: Bool) throws {
    #expect(try Self.codes(Self.sealed(by: signer)) == (isSigned ? [] : [.checkpointUnsigned]))
  }

  @Test func `a checkpoint without a signature that holds is unsigned`() throws {
    let log = try Self.sealed()
    let note = try SignedNote(parsing: try #require(log.store["checkpoint"]))
    var bytes = note.signatures[0].bytes
    bytes[0] ^= 1
    let broken = SignedNote.Signature(
      name: note.signatures[0].name, keyID: note.signatures[0].keyID, bytes: bytes)
    log.store["checkpoint"] = SignedNote(text: note.text, signatures: [broken]).bytes
    #expect(try Self.codes(log) == [.checkpointUnsigned])
    log.store["checkpoint"] = note.text
    #expect(try Self.codes(log).contains(.checkpointUnsigned))
    log.store["checkpoint"] = nil
    #expect(try Self.codes(log).contains(.checkpointUnsigned))
    #expect(try Self.report(log).isSound == false)
  }

  @Test func `somebody may sign the checkpoint of the entry that removes them, and none after it`() throws {
    func log(more: Bool) throws -> LogBuilder {
      try Self.sealed(by: "acme/kim") {
        var twist = LogBuilder.Twist()
        twist.appender = "acme/kim"
        try $0.leave("acme/kim", by: "acme/bo", twist)
        if more { try $0.evidence("after", by: "acme/bo", twist) }
      }
    }
    #expect(try Self.codes(log(more: false)) == [])
    #expect(try Self.codes(log(more: true)) == [.checkpointUnsigned, .notEntitled])
  }

  @Test func `somebody who joins does not append the entry that lets them in`() throws {
    let log = try Self.sealed(by: "acme/new") {
      var twist = LogBuilder.Twist()
      twist.appender = "acme/new"
      try $0.join("acme/new", .contributor, by: "acme/bo", twist)
    }
    #expect(try Self.codes(log) == [.checkpointUnsigned, .notEntitled])
  }

  // MARK: History

  @Test func `a signer who had seen another tree is witness of a fork`() throws {
    let log = try Self.sealed {
      var twist = LogBuilder.Twist()
      twist.seenSize = 5
      twist.seenRoot = SHA256.hash("another tree")
      try $0.evidence("x", by: "onsite/jane", twist)
    }
    #expect(try Self.codes(log) == [.historyForked])
  }

  @Test func `a signer who had seen more is witness of a cut`() throws {
    let log = try Self.sealed {
      var twist = LogBuilder.Twist()
      twist.seenSize = $0.size + 3
      twist.seenRoot = SHA256.hash("a longer tree")
      try $0.evidence("x", by: "onsite/jane", twist)
    }
    #expect(try Self.codes(log) == [.entryMalformed, .historyTruncated])
  }

  @Test func `what this reader has seen is a prefix of the log`() throws {
    let log = try Self.sealed()
    func known(_ size: Int, _ root: Digest, isSamePlace: Bool = true) -> Adjustment {
      {
        $0.knownTrees = [
          .init(size: size, root: root, source: "this user", isSamePlace: isSamePlace)
        ]
      }
    }
    #expect(try Self.codes(log, known(5, log.roots[5])) == [])
    #expect(try Self.codes(log, known(log.size, log.root)) == [])
    #expect(try Self.codes(log, known(5, SHA256.hash("x"))) == [.historyForked])
    #expect(try Self.codes(log, known(log.size + 1, SHA256.hash("x"))) == [.historyTruncated])
    #expect(try Self.codes(log, known(log.size + 1, SHA256.hash("x"), isSamePlace: false)) == [.olderThanSeen])
    #expect(try Self.codes(log) { $0.knownGenesis = SHA256.hash("x") } == [.historyForked])
    #expect(try Self.codes(log) { $0.knownGenesis = MerkleHash.leaf(log.entries[0]) } == [])
  }

  @Test func `an offer that is not in the log is withheld, and one that is there is not`() throws {
    let log = try LogBuilder.company()
    let payload = try log.payload(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("file.txt", "shown")], by: "onsite/jane")
    let envelope = try Envelope(signing: payload, with: LogBuilder.key("onsite/jane"))
    for isFault in [true, false] {
      if !isFault { try log.add(payload: payload, by: "onsite/jane") }
      try log.seal()
      let codes = try Self.codes(log) { $0.offers = [HeldOffer(envelope)] }
      #expect(codes.contains(.offerWithheld) == isFault, "\(codes)")
    }
  }

  @Test func `an offer that another party holds is a witness too`() throws {
    let log = try Self.sealed()
    func offer(_ size: Int, _ root: Digest, by person: String = "onsite/jane") throws -> Adjustment {
      var twist = LogBuilder.Twist()
      twist.seenSize = size
      twist.seenRoot = root
      let payload = try log.payload(
        .evidence(Evidence(controls: ["demo/1.1"])), [log.object("file.txt", "shown")], by: person, twist)
      let envelope = try Envelope(signing: payload, with: LogBuilder.key(person))
      return { $0.offers = [HeldOffer(envelope)] }
    }
    #expect(try Self.codes(log, offer(5, log.roots[5])) == [.offerWithheld])
    #expect(try Self.codes(log, offer(5, SHA256.hash("x"))) == [.historyForked, .offerWithheld])
    #expect(try Self.codes(log, offer(99, SHA256.hash("x"))) == [.historyTruncated, .offerWithheld])
    // A stranger's word is none.
    #expect(try Self.codes(log, offer(5, SHA256.hash("x"), by: "stranger")) == [.witnessUnknown])
  }

  // MARK: Who is who

  @Test func `parties are unconfirmed until their first keys are known`() throws {
    let log = try Self.sealed()
    func unconfirmed(_ adjust: Adjustment) throws -> [String] {
      try Self.report(log, adjust).findings.filter { $0.code == .partyUnconfirmed }.map(\.subject)
    }
    let jane = try LogBuilder.keyID("onsite/jane")
    #expect(try unconfirmed { _ in } == ["onsite", "audit", "vend"])
    let val = try LogBuilder.keyID("vend/val")
    #expect(
      try unconfirmed {
        $0.confirmedParties = ["onsite": jane]
        $0.ownKeys = [val]
      } == ["audit"])
  }
}
