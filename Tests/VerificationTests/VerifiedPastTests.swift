import Crypto
import Findings
import Ownership
import Statements
import Testing
import TestSupport
import TreeLog

@testable import Verification

/// A verification that begins where an earlier one ended says what one of the whole log says.
struct VerifiedPastTests {
  /// About the sizes where bundles and tiles fill.
  private static let sizes = [12, 255, 256, 257, 511, 512, 513, 530]

  private static func options() throws -> VerificationOptions {
    var options = VerificationOptions(asOf: try #require(Day("2026-02-01")))
    options.now = Instant("2026-02-01T12:00:00.000Z")
    return options
  }

  /// A log, and what its verifications at some sizes left.
  private static func grown() throws -> (log: LogBuilder, pasts: [VerifiedPast]) {
    let log = try LogBuilder.company()
    var pasts: [VerifiedPast] = []
    for size in sizes {
      while log.size < size { try log.evidence("shown \(log.size)") }
      try log.seal()
      pasts.append(try #require(try Verifier(log.store, options: options()).verify().past))
    }
    return (log, pasts)
  }

  private static func tables(_ log: LogBuilder, upTo size: Int) throws -> VerifiedTables {
    let reader = LogReader(contents: log.store, size: log.size, root: log.root)
    let library = ObjectLibrary(log.store)
    var (earlier, whole) = (LogFolding(library: library), LogFolding(library: library))
    try earlier.run(reader, to: size)
    try whole.run(reader, to: log.size)
    return VerifiedTables(ledger: earlier.fold.ledger, evidence: whole.evidence)
  }

  @Test func `from every size on it says the same`() throws {
    let (log, pasts) = try Self.grown()
    let verifier = Verifier(log.store, options: try Self.options())
    let whole = try verifier.verify()
    #expect(whole.isSound)
    for past in pasts {
      let since = try verifier.verify(after: past, Self.tables(log, upTo: past.size))
      #expect(since.isSound, "\(past.size)")
      #expect(since.taken == VerificationReport.Taken(past))
      #expect(since.state == whole.state, "\(past.size)")
      #expect(since.findings == whole.findings, "\(past.size)")
      #expect(since.checks.first?.count == log.size - past.size)
      #expect(since.past?.appenders == whole.past?.appenders)
      #expect(since.past?.lastAppenders == whole.past?.lastAppenders)
    }
  }

  @Test func `it is bound to the root that was verified, and to its genesis entry`() throws {
    let (log, pasts) = try Self.grown()
    let verifier = Verifier(log.store, options: try Self.options())
    for past in pasts {
      let tables = try Self.tables(log, upTo: past.size)
      var other = past
      other.root = SHA256.hash("another log")
      #expect(throws: (any Error).self) { try verifier.verify(after: other, tables) }
      other = past
      other.genesis = SHA256.hash("another beginning")
      #expect(throws: PastMismatch.otherTree) { try verifier.verify(after: other, tables) }
    }
  }

  @Test func `what is new is held against what is old`() throws {
    let log = try LogBuilder.company()
    let payload = try log.payload(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("a.txt", "a")], by: "acme/bo")
    try log.add(payload: payload, by: "acme/bo")
    try log.seal()
    let past = try #require(try Verifier(log.store, options: Self.options()).verify().past)
    try log.add(payload: payload, by: "acme/bo")
    var twist = LogBuilder.Twist()
    twist.seenRoot = SHA256.hash("a tree that never was")
    twist.seenSize = 3
    try log.add(.evidence(Evidence(controls: ["demo/1.1"])), [log.object("b.txt", "b")], by: "acme/bo", twist)
    try log.add(
      .evidence(Evidence(controls: ["demo/1.1"])),
      [Subject(name: "c", digest: SHA256.hash("c"), size: 1, mediaType: "text/plain")], by: "acme/bo")
    try log.seal()
    let report = try Verifier(log.store, options: Self.options()).verify(
      after: past, Self.tables(log, upTo: past.size))
    #expect(!report.isSound)
    #expect(report.past == nil)
    let codes = Set(report.findings.map(\.code).filter(\.isIntegrityError))
    #expect(codes == [.replayed, .historyForked, .objectMissing])
  }

  @Test func `a look without a clock leaves nothing to go on from`() throws {
    let (log, _) = try Self.grown()
    let report = try Verifier(log.store, options: VerificationOptions(asOf: #require(Day("2026-02-01")))).verify()
    #expect(report.isSound && report.past == nil)
  }

  @Test func `what was to be said of old entries is said again`() throws {
    let log = try LogBuilder.company()
    try log.evidence("early", through: "2027-01-01")
    try log.seal()
    let past = try #require(try Verifier(log.store, options: Self.options()).verify().past)
    #expect(past.findings.map(\.code) == [.futureDated])
    try log.evidence("late")
    try log.seal()
    let report = try Verifier(log.store, options: Self.options()).verify(
      after: past, Self.tables(log, upTo: past.size))
    #expect(report.findings.filter { $0.code == .futureDated }.map(\.entry) == past.findings.map(\.entry))
  }
}
