import Crypto
import Findings
import Ownership
import Statements
import Testing
import TestSupport

@testable import Verification

/// What becomes of a word that somebody holds: an entry, left out, or never one that could have gone in.
struct HeldOfferTests {
  /// Evidence that is signed and not appended.
  static func evidence(_ log: LogBuilder, by person: String, _ twist: LogBuilder.Twist = .init()) throws -> HeldOffer {
    try offer(log, .evidence(Evidence(controls: ["demo/1.1"])), [log.object("file.txt", "held")], by: person, twist)
  }

  static func offer(
    _ log: LogBuilder, _ predicate: Predicate, _ subjects: [Subject] = [], by person: String,
    _ twist: LogBuilder.Twist = .init()
  ) throws -> HeldOffer {
    let payload = try log.payload(predicate, subjects, by: person, twist)
    return HeldOffer(try Envelope(signing: payload, with: LogBuilder.key(person)), file: "held.offer")
  }

  static func judge(_ log: LogBuilder, _ offers: HeldOffer...) throws -> (JudgedOffer, [Finding]) {
    try log.seal()
    let report = try IntegrityFindingTests.report(log) { $0.offers = offers }
    #expect(report.isSound && report.offers.count == offers.count)
    return (
      try #require(report.offers.first),
      report.findings.filter { [.offerWithheld, .offerRefused, .witnessUnknown].contains($0.code) }
    )
  }

  @Test func `of an offer that went in the entry and its day are told`() throws {
    let log = try LogBuilder.company()
    let held = try Self.evidence(log, by: "onsite/jane")
    log.on("2026-01-20")
    let entry = try log.add(payload: held.envelope.payload, by: "onsite/jane")
    let (offer, findings) = try Self.judge(log, held)
    guard case .entry(entry, let time, counts: true) = offer.fate else {
      Issue.record("\(offer.fate)")
      return
    }
    #expect(time.map { "\($0.day)" } == "2026-01-20" && findings.isEmpty && offer.now == nil)
    #expect(offer.file == "held.offer" && offer.type == "evidence" && offer.signer == "onsite/jane")
  }

  @Test func `an entry that does not count is told as one`() throws {
    let log = try LogBuilder.company()
    let held = try Self.evidence(log, by: "audit/ann")
    let entry = try log.add(payload: held.envelope.payload, by: "audit/ann")
    try log.seal()
    let report = try IntegrityFindingTests.report(log) { $0.offers = [held] }
    guard case .entry(entry, _, counts: false)? = report.offers.first?.fate else {
      Issue.record("\(report.offers)")
      return
    }
    #expect(!report.findings.contains { $0.code == .offerWithheld })
  }

  @Test func `of an entry's signer whose key was revoked since it is said`() throws {
    let log = try LogBuilder.company()
    let held = try Self.evidence(log, by: "onsite/soc")
    try log.add(payload: held.envelope.payload, by: "onsite/soc")
    let revoked = try log.revoke("onsite/soc", by: "onsite/jane")
    let (offer, findings) = try Self.judge(log, held)
    #expect(offer.now?.contains("entry \(revoked) revoked it") == true && findings.isEmpty)
  }

  @Test(arguments: [true, false])
  func `what could have gone in is withheld, though its signer has left since`(_ hasLeft: Bool) throws {
    let log = try LogBuilder.company()
    let held = try Self.evidence(log, by: "onsite/soc")
    if hasLeft { try log.leave("onsite/soc", by: "onsite/jane") }
    let (offer, findings) = try Self.judge(log, held)
    #expect(offer.fate == .withheld && findings.map(\.code) == [.offerWithheld])
    #expect(offer.now == (hasLeft ? "onsite/soc had left" : nil))
    #expect(findings[0].message.contains("it could not go in now") == hasLeft)
  }

  @Test func `nobody is accused of an offer that never could have gone in`() throws {
    let log = try LogBuilder.company()
    let (offer, findings) = try Self.judge(log, Self.evidence(log, by: "audit/ann"))
    guard case .refused = offer.fate else {
      Issue.record("\(offer.fate)")
      return
    }
    #expect(findings.map(\.code) == [.offerRefused])
  }

  @Test func `a key that was revoked before it signed never could have gone in`() throws {
    let log = try LogBuilder.company()
    let revoked = try log.revoke("onsite/soc", by: "onsite/jane")
    let (offer, findings) = try Self.judge(log, Self.evidence(log, by: "onsite/soc"))
    guard case .refused(let reason) = offer.fate else {
      Issue.record("\(offer.fate)")
      return
    }
    #expect(reason.hasSuffix("was revoked by entry \(revoked)") && findings.map(\.code) == [.offerRefused])
  }

  /// Kim was no administrator when they signed, became one, and is none any more: in between it could have gone in.
  @Test func `an offer that could have gone in at some time is withheld`() throws {
    let log = try LogBuilder.company()
    let event = PartyEvent(event: .join, id: "second", kind: .provider, name: "Second")
    let held = try Self.offer(log, .party(event), by: "acme/kim")
    guard case .refused = try Self.judge(log, held).0.fate else {
      Issue.record("a contributor lets no party join")
      return
    }
    for role in [MemberEvent.Role.administrator, .contributor] {
      var change = MemberEvent(event: .change, member: "acme/kim")
      change.role = role
      try log.add(.member(change), by: "acme/bo")
    }
    let (offer, findings) = try Self.judge(log, held)
    #expect(offer.fate == .withheld && findings.map(\.code) == [.offerWithheld])
    #expect(offer.now != nil)
  }

  @Test func `an answer to a version that was left out as well is withheld`() throws {
    let log = try LogBuilder.company()
    let version = SHA256.hash("a version that nobody appended")
    let schedule = log.object("schedule", LogBuilder.schedule, MediaType.schedule)
    let catalog = Acceptance.NamedCatalog(id: "demo", sha256: SHA256.hash(LogBuilder.catalog))
    let acceptance = Acceptance(
      engagement: version, document: SHA256.hash("document"), catalogs: [catalog], schedule: schedule.digest,
      answer: .accept)
    let held = try Self.offer(log, .acceptance(acceptance), [schedule], by: "onsite/jane")
    let (offer, findings) = try Self.judge(log, held)
    #expect(offer.fate == .withheld, "\(offer.fate)")
    #expect(findings.map(\.code) == [.offerWithheld])
  }

  @Test func `the same word in two files is told once, and each file is`() throws {
    let log = try LogBuilder.company()
    let held = try Self.evidence(log, by: "onsite/jane")
    let (_, findings) = try Self.judge(log, held, HeldOffer(held.envelope, file: "copy.offer"))
    #expect(findings.map(\.code) == [.offerWithheld])
  }
}
