import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// Statements that hold and stand in the wrong place, and what is no statement at all.
struct ReplayTests {
  @Test func `the same payload counts once`() throws {
    let log = try LogBuilder.company()
    let payload = try log.payload(
      .evidence(Evidence(controls: ["demo/1.1"])), [log.object("a", "x")], by: "acme/kim")
    let first = try log.add(payload: payload, by: "acme/kim")
    let second = try log.add(payload: payload, by: "acme/kim")
    let otherHand = try log.add(payload: payload, by: "acme/bo")
    #expect(try log.verdicts().refused == [second: .replayed, otherHand: .replayed])
    #expect(first < second)
  }

  @Test func `a payload that did not count stays used`() throws {
    let log = try LogBuilder.company()
    let payload = try log.payload(
      .party(PartyEvent(event: .join, id: "second", kind: .provider, name: "Second")), by: "acme/kim")
    let notEntitled = try log.add(payload: payload, by: "acme/kim")
    let again = try log.add(payload: payload, by: "acme/bo")
    #expect(try log.verdicts().refused == [notEntitled: .notEntitled, again: .replayed])
  }

  @Test func `a payload for another store is a replay`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.store = "acme/other"
    let entry = try log.evidence(by: "acme/bo", twist)
    #expect(try log.verdicts().refused == [entry: .replayed])
  }

  @Test func `nobody has seen a tree larger than the log`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.seenSize = log.size + 1
    let ahead = try log.evidence("ahead", by: "acme/bo", twist)
    twist.seenSize = log.size
    let level = try log.evidence("level", by: "acme/bo", twist)
    twist.seenSize = 0
    let zero = try log.evidence("zero", by: "acme/bo", twist)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [ahead: .entryMalformed, zero: .entryMalformed])
    #expect(verdicts[level] == nil)
  }

  @Test func `a hand's statements do not go back in time`() throws {
    let log = try LogBuilder.company()
    try log.party(.join, "second")
    let moment = log.clock
    var twist = LogBuilder.Twist()
    twist.signedAt = moment
    let level = try log.party(.notice, "second", by: "acme/bo", twist)
    twist.signedAt = moment.adding(milliseconds: -1)
    let back = try log.party(.notice, "vend", by: "acme/bo", twist)
    let evidence = try log.evidence(by: "acme/bo", twist)
    let otherHand = try log.party(.notice, "onsite", by: "onsite/jane", twist)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [back: .replayed])
    #expect(verdicts[level] == nil && verdicts[evidence] == nil && verdicts[otherHand] == nil)
  }

  @Test func `a hand's statements do not go back to a smaller tree`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.seenSize = 8
    try log.party(.notice, "onsite", by: "onsite/jane", twist)
    twist.seenSize = 7
    let back = try log.party(.notice, "onsite", by: "onsite/jane", twist)
    let evidence = try log.evidence(by: "onsite/jane", twist)
    twist.seenSize = 8
    let level = try log.party(.notice, "onsite", by: "onsite/jane", twist)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [back: .replayed])
    #expect(verdicts[evidence] == nil && verdicts[level] == nil)
  }

  @Test func `evidence does not move a hand's clock`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.signedAt = log.clock.adding(milliseconds: 1_000_000)
    let ahead = try log.evidence(by: "onsite/jane", twist)
    let notice = try log.party(.notice, "onsite", by: "onsite/jane")
    #expect(try log.verdicts().refused.isEmpty)
    #expect(ahead < notice)
  }

  @Test func `what does not count does not move a hand's clock`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.signedAt = log.clock.adding(milliseconds: 1_000_000)
    let refused = try log.party(.join, "second", by: "onsite/jane", twist)
    let notice = try log.party(.notice, "onsite", by: "onsite/jane")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [refused: .notEntitled])
    #expect(verdicts[notice] == nil)
  }

  @Test func `a signature is that of the key that the envelope names`() throws {
    let log = try LogBuilder.company()
    var twist = LogBuilder.Twist()
    twist.forger = "acme/kim"
    let forged = try log.evidence("forged", by: "acme/bo", twist)
    let cut = try log.evidence(
      "cut", by: "acme/bo",
      {
        var twist = LogBuilder.Twist()
        twist.entry = { $0.envelope.signature.removeLast() }
        return twist
      }())
    let stranger = try log.evidence("stranger", by: "stranger")
    #expect(
      try log.verdicts().refused == [
        forged: .signatureInvalid, cut: .signatureInvalid, stranger: .notEntitled,
      ])
  }

  @Test func `an unknown type has no effect and stops nothing`() throws {
    let log = try LogBuilder.company()
    let unknown = try log.add(.unknown(predicateType: "urn:custody:party:v2"), by: "acme/bo")
    let after = try log.party(.join, "second")
    let byStranger = try log.add(.unknown(predicateType: "urn:custody:party:v3"), by: "stranger")
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [unknown: .statementUnknown, byStranger: .notEntitled])
    #expect(verdicts.outcomes[unknown].hasEffect == false)
    #expect(FindingCode.statementUnknown.severity == .error && !FindingCode.statementUnknown.isIntegrityError)
    #expect(verdicts[after] == nil)
  }

  @Test func `bytes that are no entry stop nothing`() throws {
    let log = try LogBuilder.company()
    let garbage = log.add(raw: Array("garbage".utf8))
    let empty = log.add(raw: [])
    let payload = try log.add(payload: Array("{}".utf8), by: "acme/bo")
    let after = try log.party(.join, "second")
    let verdicts = try log.verdicts()
    #expect(
      verdicts.refused == [garbage: .entryMalformed, empty: .entryMalformed, payload: .entryMalformed])
    #expect(verdicts[after] == nil)
    #expect(verdicts.state.size == log.size)
  }
}
