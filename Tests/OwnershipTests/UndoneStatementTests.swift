import Crypto
import Ownership
import Statements
import TestSupport
import Testing

/// What a statement that does not count leaves behind in a fold.
struct UndoneStatementTests {
  /// Statements that count, and others of which each is refused in another place.
  private static func log() throws -> LogBuilder {
    let log = try LogBuilder.company()
    try log.evidence(by: "acme/bo")
    try log.evidence(by: "onsite/unknown")
    try log.add(.hold(Hold(event: .begin, id: "matter", controls: ["demo/1.1"], reason: "r")), by: "acme/bo")
    try log.add(.hold(Hold(event: .begin, id: "other", controls: ["demo/1.1"], reason: "r")), by: "acme/kim")
    var byRobot = LogBuilder.Twist()
    byRobot.appender = "acme/robot"
    try log.add(.hold(Hold(event: .begin, id: "third", controls: ["demo/1.1"], reason: "r")), by: "acme/bo", byRobot)
    try log.party(.join, "fourth", by: "acme/bo", byRobot)
    var forged = LogBuilder.Twist()
    forged.forger = "acme/kim"
    try log.evidence("forged", by: "acme/bo", forged)
    log.add(raw: Array("no entry".utf8))
    try log.add(.hold(Hold(event: .end, id: "matter", reason: "r")), by: "acme/bo")
    return log
  }

  @Test func `a statement that is tried and does not count changes nothing, and one that counts all that it says`()
    throws
  {
    let log = try Self.log()
    let library = log.library
    var fold = Fold(ledger: MemoryLedger(library: library), library: library)
    var (counting, refused) = (0, 0)
    for bytes in log.entries {
      let parsed = ParsedEntry(bytes, library: library)
      let before = fold.state
      var tried = fold
      let outcome = try tried.applyIfItCounts(parsed.entry, parsed.statement)
      let expected = try fold.apply(parsed.entry, parsed.statement)
      #expect(outcome.hasEffect == expected.hasEffect && outcome.findings == expected.findings)
      let id = try? parsed.statement?.get().id
      if outcome.hasEffect {
        counting += 1
        #expect(tried.state == fold.state)
        #expect(id.map { tried.ledger.record(of: $0) } == id.map { fold.ledger.record(of: $0) })
      } else {
        refused += 1
        #expect(tried.state == before)
        #expect(id.map { tried.ledger.contains($0) } != true)
      }
    }
    #expect(refused == 6 && counting == log.size - 6)
  }

  @Test func `what somebody appends who may not leaves nothing of what it says`() throws {
    let verdicts = try Self.log().verdicts()
    #expect(verdicts.state.holds.map(\.id) == ["matter"])
    #expect(verdicts.state.holds.first?.ended != nil)
    #expect(verdicts.state.membership.party("fourth") == nil)
  }
}
