import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// A party has one word on a version: an older one does not come after a newer one, whoever of the party gave them.
struct WordOrderTests {
  /// The company with a second administrator of `onsite`'s, and a version.
  private func log() throws -> (log: LogBuilder, version: Int) {
    let log = try LogBuilder.company()
    try log.join("onsite/max", by: "onsite/jane")
    return (log, try log.version(LogBuilder.agreement()))
  }

  private func word(
    _ answer: Acceptance.Answer, on version: Int, _ log: LogBuilder, by signer: String, signed moment: Instant,
    seen: Int? = nil, schedule: String = LogBuilder.schedule
  ) throws -> Int {
    var twist = LogBuilder.Twist()
    twist.signedAt = moment
    twist.seenSize = seen
    return try log.word(
      answer, on: version, document: LogBuilder.agreement(), schedule: schedule, by: signer, twist)
  }

  @Test func `an older yes of one administrator is no answer to a newer no of another`() throws {
    let (log, version) = try log()
    let moment = log.clock
    let decline = try word(.decline, on: version, log, by: "onsite/max", signed: moment.adding(milliseconds: 2000))
    let accept = try word(.accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: 1999))
    let later = try word(.accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: 2000))
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [accept: .replayed])
    #expect(verdicts.outcomes[accept].findings[0].message.contains("entry \(decline)"))
    #expect(verdicts[later] == nil)
  }

  @Test func `nor one whose signer had seen less`() throws {
    let (log, version) = try log()
    let moment = log.clock
    let (less, more) = (log.size - 1, log.size)
    _ = try word(.decline, on: version, log, by: "onsite/max", signed: moment, seen: more)
    let accept = try word(
      .accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: 1), seen: less)
    let equal = try word(
      .accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: 1), seen: more)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [accept: .replayed])
    #expect(verdicts[equal] == nil)
  }

  @Test func `another party, and another version, have an order of their own`() throws {
    let (log, version) = try log()
    let moment = log.clock
    _ = try word(.decline, on: version, log, by: "onsite/max", signed: moment.adding(milliseconds: 9000))
    _ = try word(.accept, on: version, log, by: "acme/bo", signed: moment)
    let second = try log.version(
      LogBuilder.agreement(), replaces: log.statements[version],
      by: "acme/bo",
      {
        var twist = LogBuilder.Twist()
        twist.signedAt = moment.adding(milliseconds: 1)
        return twist
      }())
    _ = try word(.accept, on: second, log, by: "onsite/jane", signed: moment.adding(milliseconds: 2))
    #expect(try log.verdicts().refused.isEmpty)
  }

  @Test func `a word that does not count moves nobody's order`() throws {
    let (log, version) = try log()
    let moment = log.clock
    let refused = try word(
      .decline, on: version, log, by: "onsite/soc", signed: moment.adding(milliseconds: 9000))
    let accept = try word(.accept, on: version, log, by: "onsite/jane", signed: moment)
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [refused: .notEntitled])
    #expect(verdicts[accept] == nil)
  }

  @Test func `a declined unit stays declined when the old yes is put in`() throws {
    let (log, version) = try log()
    let document = LogBuilder.agreement()
    try log.accept(version, document: document, by: ["acme/bo"])
    let moment = log.clock.adding(milliseconds: 5000)
    let schedule = try log.schedule(for: "onsite", version: version)
    _ = try word(.decline, on: version, log, by: "onsite/max", signed: moment, schedule: schedule)
    _ = try word(
      .accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: -1), schedule: schedule)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").accountable == nil)
    _ = try word(
      .accept, on: version, log, by: "onsite/jane", signed: moment.adding(milliseconds: 1), schedule: schedule)
    #expect(try log.ownership("demo/1.1[a]", on: "2026-06-01").accountable == "onsite")
  }
}
