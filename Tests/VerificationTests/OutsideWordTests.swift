import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// What others hold, and what is at its place: nobody is accused without proof, and no fault is told twice.
struct OutsideWordTests {
  typealias Adjustment = IntegrityFindingTests.Adjustment

  static func told(_ log: LogBuilder, size: Int, root: Digest, by signer: String?) throws -> Adjustment {
    let bytes = try signer.map { try log.checkpoint(size: size, root: root, by: $0) }
    let note = try bytes.map { try SignedNote(parsing: $0) }
    return {
      $0.knownTrees = [
        .init(size: size, root: root, source: "the file", isSamePlace: true, isTold: true, note: note)
      ]
    }
  }

  @Test func `a checkpoint that no key of the log has signed proves nothing`() throws {
    let log = try IntegrityFindingTests.sealed()
    let other = SHA256.hash("x")
    for (size, signer) in [(99, "stranger"), (5, "stranger"), (0, "acme/bo")] {
      let codes = try IntegrityFindingTests.codes(log, Self.told(log, size: size, root: other, by: signer))
      #expect(codes == [.witnessUnknown], "\(size) by \(signer)")
    }
  }

  @Test func `a slip of paper counts as much against a shorter log as against another one`() throws {
    let log = try IntegrityFindingTests.sealed()
    let other = SHA256.hash("x")
    #expect(
      try IntegrityFindingTests.codes(log, Self.told(log, size: 99, root: other, by: nil)) == [.historyTruncated])
    #expect(try IntegrityFindingTests.codes(log, Self.told(log, size: 5, root: other, by: nil)) == [.historyForked])
    #expect(try IntegrityFindingTests.codes(log, Self.told(log, size: 5, root: log.roots[5], by: nil)) == [])
  }

  /// A log in which a key that may append is revoked, or its owner leaves, by an entry of another's.
  private static func ended(_ isRevoked: Bool) throws -> (log: LogBuilder, entry: Int) {
    var entry = 0
    let log = try IntegrityFindingTests.sealed { log in
      var twist = LogBuilder.Twist()
      twist.appender = "onsite/jane"
      try log.evidence("jane's", by: "onsite/jane", twist)
      entry =
        isRevoked
        ? try log.add(
          .keyRevocation(KeyRevocation(keyID: LogBuilder.keyID("onsite/jane"), reason: .stolen)), by: "onsite/jane")
        : try log.add(.member(MemberEvent(event: .leave, member: "onsite/jane")), by: "onsite/jane")
      for name in ["one", "two", "three"] { try log.evidence(name, by: "acme/bo") }
    }
    return (log, entry)
  }

  @Test(arguments: [true, false])
  func `what a key signed that had lost its right by then counts where it contradicts, and how to read it is told`(
    _ isRevoked: Bool
  ) throws {
    let (log, entry) = try Self.ended(isRevoked)
    let other = SHA256.hash("x")
    // The tree that ends in the very entry is signed by whoever appended that.
    for size in [entry + 1, entry + 2, log.size, log.size + 1, 99] {
      let told = try Self.told(log, size: size, root: other, by: "onsite/jane")
      guard size <= log.size else {
        #expect(try IntegrityFindingTests.codes(log, told) == [.witnessUnknown], "\(size)")
        continue
      }
      let code = FindingCode.historyForked
      let finding = try #require(
        IntegrityFindingTests.report(log, told).findings.first { $0.code == code }, "\(size)")
      #expect(
        finding.message.contains("entry \(entry)") && finding.message.contains("by then")
          && finding.message.contains("this log was rewritten; if not"), "\(finding.message)")
    }
  }

  @Test(arguments: [true, false])
  func `of the time when it might append a key convicts though it lost that right later`(_ isRevoked: Bool) throws {
    let (log, entry) = try Self.ended(isRevoked)
    let told = try Self.told(log, size: entry, root: SHA256.hash("x"), by: "onsite/jane")
    #expect(try IntegrityFindingTests.codes(log, told) == [.historyForked])
    // And whoever may append convicts at any size.
    let own = try Self.told(log, size: entry + 2, root: SHA256.hash("x"), by: "acme/bo")
    #expect(try IntegrityFindingTests.codes(log, own) == [.historyForked])
  }

  @Test func `who revokes their own key and appends that themselves still signs that tree`() throws {
    var entry = 0
    let log = try IntegrityFindingTests.sealed { log in
      var twist = LogBuilder.Twist()
      twist.appender = "onsite/jane"
      entry = try log.add(
        .keyRevocation(KeyRevocation(keyID: LogBuilder.keyID("onsite/jane"), reason: .left)), by: "onsite/jane", twist)
      try log.evidence("one", by: "acme/bo")
    }
    let told = try Self.told(log, size: entry + 1, root: SHA256.hash("x"), by: "onsite/jane")
    #expect(try IntegrityFindingTests.codes(log, told) == [.historyForked])
  }

  @Test func `a checkpoint that a key of the log has signed proves a cut or a fork`() throws {
    let log = try IntegrityFindingTests.sealed()
    let other = SHA256.hash("x")
    #expect(
      try IntegrityFindingTests.codes(log, Self.told(log, size: 99, root: other, by: "acme/bo")) == [.historyTruncated])
    #expect(
      try IntegrityFindingTests.codes(log, Self.told(log, size: 5, root: other, by: "acme/bo")) == [.historyForked])
    #expect(try IntegrityFindingTests.codes(log, Self.told(log, size: 5, root: log.roots[5], by: "acme/bo")) == [])
  }

  /// Whoever appends signs for what it appends: neither is a witness of itself, the client no more than a provider.
  @Test(arguments: [("acme/bo", "onsite/jane"), ("onsite/jane", "acme/bo")])
  func `how much is seen is measured against whoever appends`(_ keeper: String, _ witness: String) throws {
    let log = try IntegrityFindingTests.sealed(by: keeper) { log in
      var twist = LogBuilder.Twist()
      twist.appender = keeper
      try log.evidence("witnessed", by: witness, twist)
      for name in ["one", "two", "three"] { try log.evidence(name, by: keeper, twist) }
    }
    let report = try IntegrityFindingTests.report(log)
    let history = try #require(report.checks.first { $0.name == .history })
    let (by, seenBy) = (Identifier.party(ofMember: keeper), Identifier.party(ofMember: witness))
    #expect(history.isOK && history.summary.contains("; \(seenBy)"))
    #expect(history.summary.hasSuffix("nobody but \(by) has seen the newest 4"))
    #expect(history.figures.map(\.value) == [12, 4])
  }

  @Test func `an offer that is in the log is not withheld`() throws {
    let log = try IntegrityFindingTests.sealed()
    let entry = try Entry(parsing: log.entries[log.size - 1])
    #expect(try IntegrityFindingTests.codes(log) { $0.offers = [HeldOffer(entry.envelope)] } == [])
  }

  @Test func `a statement that cannot be read fails the statements and not the chain`() throws {
    let log = try IntegrityFindingTests.sealed { try $0.add(payload: Array("{\"a\" : 1}".utf8), by: "acme/bo") }
    let report = try IntegrityFindingTests.report(log)
    #expect(report.findings.contains { $0.code == .entryMalformed })
    let failed = report.checks.filter { !$0.isOK && $0.name != .ownership }.map(\.name)
    #expect(failed == [.statements])
  }

  @Test func `after a last entry that cannot be read the checkpoint is a member's all the same`() throws {
    let log = try IntegrityFindingTests.sealed { $0.add(raw: Array("no entry".utf8)) }
    #expect(try IntegrityFindingTests.codes(log) == [.entryMalformed])
    log.store["checkpoint"] = try log.checkpoint(by: "stranger")
    #expect(try IntegrityFindingTests.codes(log) == [.checkpointUnsigned, .entryMalformed])
  }

  /// The entry whose time is another by a digit, and what else that breaks: the next entry's name of it.
  @Test(arguments: [(0, [FindingCode.chainBroken, .rootMismatch]), (12, [.rootMismatch])])
  func `a changed bundle is told of the bundle, and is not another history`(_ entry: Int, _ codes: [FindingCode]) throws
  {
    let log = try IntegrityFindingTests.sealed { try $0.evidence("later", by: "onsite/jane") }
    try #require(log.size == 13)
    let bundle = TileCoordinate(kind: .entries, index: 0, width: log.size).path
    var bytes = try #require(log.store[bundle])
    let end = log.entries[...entry].reduce(0) { $0 + 2 + $1.count }
    bytes[end - 4] = bytes[end - 4] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
    log.store[bundle] = bytes
    let asOf = try #require(Day("2026-02-01"))
    let findings = try Verifier(log.store, options: VerificationOptions(asOf: asOf)).verify().findings
      .filter(\.code.isIntegrityError)
    #expect(findings.map(\.code).sorted { $0.rawValue < $1.rawValue } == codes)
    let root = try #require(findings.first { $0.code == .rootMismatch })
    #expect(root.subject == bundle && root.entry == entry)
    #expect(root.expected == MerkleHash.leaf(log.entries[entry]).hex && root.found != root.expected)
  }

  @Test func `an entry that was changed is told though the tile that would show it is gone`() throws {
    let log = try IntegrityFindingTests.sealed()
    let bundle = TileCoordinate(kind: .entries, index: 0, width: log.size).path
    var bytes = try #require(log.store[bundle])
    bytes[bytes.count - 4] ^= 1
    log.store[bundle] = bytes
    log.store["tile/0/000.p/\(log.size)"] = nil
    #expect(try IntegrityFindingTests.codes(log) == [.rootMismatch, .tileMismatch])
  }

  /// What a signer says to have seen is what should be there; the entries are what is.
  @Test func `of another tree that was seen, the signer's is expected and this log's is found`() throws {
    let other = SHA256.hash("another tree")
    let log = try IntegrityFindingTests.sealed { log in
      var (twist, further) = (LogBuilder.Twist(), LogBuilder.Twist())
      (twist.seenSize, twist.seenRoot) = (3, other)
      (further.seenSize, further.seenRoot) = (99, other)
      try log.evidence("one", by: "acme/bo", twist)
      try log.evidence("two", by: "onsite/jane", further)
    }
    let asOf = try #require(Day("2026-02-01"))
    let findings = try Verifier(log.store, options: VerificationOptions(asOf: asOf)).verify().findings
    let forked = try #require(findings.first { $0.code == .historyForked })
    #expect(forked.expected == other.hex && forked.found == log.roots[3].hex)
    let truncated = try #require(findings.first { $0.code == .historyTruncated })
    #expect(truncated.expected == "99 entries" && truncated.found == "\(log.size - 1) entries")
  }

  @Test(arguments: [TimestampToken.sizeLimit, TimestampToken.sizeLimit + 1])
  func `an anchor that does not hold is told, however long it is`(_ size: Int) throws {
    for kind in Anchor.Kind.allCases {
      let log = try IntegrityFindingTests.sealed { log in
        let object = log.object(kind == .timestamp ? "token" : "cosignature", [UInt8](repeating: 7, count: size))
        try log.add(.anchor(Anchor(kind: kind, size: 3)), [object], by: "acme/bo")
      }
      #expect(try IntegrityFindingTests.codes(log) == [.anchorInvalid])
    }
  }

  @Test func `an object that nobody names is held against its name, and is a note either way`() throws {
    let log = try IntegrityFindingTests.sealed()
    let left = log.object("x", "nobody names this")
    let path = ObjectPath.path(left.digest)
    let asOf = try #require(Day("2026-02-01"))
    for (bytes, found) in [("nobody names this", nil), ("other bytes", SHA256.hash("other bytes").hex)] {
      log.store[path] = Array(bytes.utf8)
      let report = try Verifier(log.store, options: VerificationOptions(asOf: asOf)).verify()
      let finding = try #require(report.findings.first { $0.code == .objectUnreferenced })
      #expect(report.isSound && finding.subject == path)
      #expect(finding.found == found && finding.expected == found.map { _ in left.digest.hex })
    }
  }

  @Test func `an object of another size is not read`() throws {
    let log = try IntegrityFindingTests.sealed()
    let contents = Unreadable(base: log.store, digest: SHA256.hash("shown"))
    log.store[IntegrityFindingTests.shown] = Array("longer than it was".utf8)
    let options = VerificationOptions(asOf: try #require(Day("2026-02-01")))
    let found = try Verifier(contents, options: options).verify().findings.filter { $0.code == .objectCorrupt }
    #expect(found.map(\.found) == ["18 bytes"])
  }
}

/// A store of which one object must not be read.
private struct Unreadable: StoreContents {
  let base: MemoryStore
  let digest: Digest

  var location: String { base.location }

  func configuration() throws -> [UInt8]? { try base.configuration() }
  func checkpoint() throws -> [UInt8]? { try base.checkpoint() }

  func file(at coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try base.file(at: coordinate, limit: limit)
  }

  func widerFile(than coordinate: TileCoordinate, limit: Int) throws -> [UInt8]? {
    try base.widerFile(than: coordinate, limit: limit)
  }

  func readObject(_ digest: Digest, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int? {
    if digest == self.digest { Issue.record("an object of a wrong size was read") }
    return try unsafe base.readObject(digest, consume)
  }

  func objectSize(_ digest: Digest) throws -> Int? { try base.objectSize(digest) }
  func forEachPath(_ body: (StorePath) throws -> Void) throws { try base.forEachPath(body) }
}
