import Findings
import Crypto
import Ownership
import Statements
import Testing
import TestSupport

/// What evidence claims of days and duties.
struct EvidenceDateTests {
  private func add(
    _ log: LogBuilder, signed: String = "2026-02-01T12:00:00.000Z", _ change: (inout Evidence) -> Void
  ) throws -> Int {
    var evidence = Evidence(controls: ["demo/1.1"])
    change(&evidence)
    var twist = LogBuilder.Twist()
    twist.signedAt = Instant(signed)
    twist.time = twist.signedAt
    return try log.add(.evidence(evidence), [log.object("a", "\(log.size)")], by: "acme/bo", twist)
  }

  @Test func `a day covered after the signature's is told, and counts`() throws {
    let log = try LogBuilder.company()
    let ahead = try add(log) { $0.through = Day("2026-02-02") }
    let level = try add(log) { $0.through = Day("2026-02-01") }
    let verdicts = try log.verdicts()
    #expect(verdicts.remarks == [ahead: [.futureDated]])
    #expect(verdicts.outcomes[ahead].hasEffect && verdicts.outcomes[level].hasEffect)
    #expect(FindingCode.futureDated.severity == .warning)
  }

  @Test func `evidence collected after it was signed is told`() throws {
    let log = try LogBuilder.company()
    let ahead = try add(log) { $0.collected = Instant("2026-02-01T12:00:00.001Z") }
    _ = try add(log) { $0.collected = Instant("2026-02-01T12:00:00.000Z") }
    #expect(try log.verdicts().remarks == [ahead: [.futureDated]])
  }

  @Test func `a duty is one that some version of the engagement has`() throws {
    let log = try LogBuilder.company()
    let duties = """
      duties:
        - { id: minutes, title: Minutes, party: acme, every: quarter }
      """
    let version = try log.version(LogBuilder.agreement(more: duties))
    let newest = try log.version(LogBuilder.agreement(), replaces: log.statements[version])
    let known = try add(log) { $0.duty = "acme-onsite/minutes" }
    let unknown = try add(log) { $0.duty = "acme-onsite/other" }
    let elsewhere = try add(log) { $0.duty = "acme-other/minutes" }
    let verdicts = try log.verdicts()
    #expect(verdicts.refused == [unknown: .entryMalformed, elsewhere: .entryMalformed])
    #expect(verdicts[known] == nil && version < newest)
  }

  @Test func `what cannot be read speaks against no duty`() throws {
    let log = try LogBuilder.company()
    try log.version(LogBuilder.agreement())
    try log.version("no agreement", replaces: log.last)
    let unknown = try add(log) { $0.duty = "acme-onsite/other" }
    #expect(try log.verdicts()[unknown] == nil)
  }
}
