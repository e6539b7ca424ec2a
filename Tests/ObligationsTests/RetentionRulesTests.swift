import Crypto
import Obligations
import Ownership
import Statements
import Testing

/// The longest of what laws and the submitter ask keeps evidence.
struct RetentionRulesTests {
  private static func subject(
    _ frameworks: Set<String>, recorded: String = "2026-03-01T10:00:00.000Z", through: String? = nil,
    retain: String? = nil, replaced: String? = nil, assessed: String? = nil, asOf: String? = nil
  ) throws -> RetentionRules.Subject {
    var evidence = Evidence(controls: ["x/1"])
    evidence.through = through.flatMap { Day($0) }
    evidence.retainUntil = retain.flatMap { Day($0) }
    let record = EvidenceRecord(
      entry: 7, statement: SHA256.hash("s"), party: "acme", member: "acme/bo", keyID: SHA256.hash("k"),
      recorded: try #require(Instant(recorded)), evidence: evidence)
    return RetentionRules.Subject(
      record, frameworks: frameworks, replaced: replaced.flatMap { Day($0) }, assessed: assessed.flatMap { Day($0) },
      asOf: asOf.flatMap { Day($0) })
  }

  private static func until(_ subject: RetentionRules.Subject) -> [String] {
    RetentionRules.reasons(subject).map { "\($0.until)" }
  }

  @Test func `nothing keeps evidence of which neither law nor submitter says a day`() throws {
    #expect(try Self.until(Self.subject(["soc2", "nist-800-171-r2"])) == [])
  }

  @Test func `HIPAA counts six years from the later of making and last effect`() throws {
    #expect(try Self.until(Self.subject(["hipaa-security"])) == ["2032-03-01"])
    #expect(try Self.until(Self.subject(["hipaa-security"], replaced: "2028-02-29")) == ["2034-02-28"])
    // What it covers is over before it was made: its making counts.
    #expect(try Self.until(Self.subject(["hipaa-security"], through: "2025-12-31")) == ["2032-03-01"])
  }

  @Test func `HIPAA keeps what is in effect, however old; not what covered a span or was replaced long ago`() throws {
    func fate(_ subject: RetentionRules.Subject) throws -> RetentionRules.Fate {
      RetentionRules.fate(RetentionRules.reasons(subject), isHeld: false, on: try #require(Day("2040-01-01")))
    }
    #expect(try fate(Self.subject(["hipaa-security"], asOf: "2040-01-01")) == .kept)
    #expect(try fate(Self.subject(["hipaa-security"], through: "2026-02-28", asOf: "2040-01-01")) == .free)
    #expect(try fate(Self.subject(["hipaa-security"], replaced: "2033-12-31", asOf: "2040-01-01")) == .free)
    #expect(try fate(Self.subject(["hipaa-security"], replaced: "2034-01-01", asOf: "2040-01-01")) == .kept)
    // Of what an assessment rested on the law counts from the assessment.
    #expect(try fate(Self.subject(["cmmc-level-2"], asOf: "2040-01-01")) == .free)
  }

  @Test func `CMMC counts six years from the newest assessment`() throws {
    #expect(try Self.until(Self.subject(["cmmc-level-2"])) == ["2032-03-01"])
    #expect(try Self.until(Self.subject(["cmmc-level-2"], assessed: "2027-06-30")) == ["2033-06-30"])
    // One from before it was made says nothing of it.
    #expect(try Self.until(Self.subject(["cmmc-level-2"], assessed: "2025-06-30")) == ["2032-03-01"])
  }

  @Test func `the longest stands first, and says where it comes from`() throws {
    let both = try Self.subject(["hipaa-security", "cmmc-level-2"], retain: "2040-01-01", assessed: "2026-09-01")
    #expect(Self.until(both) == ["2040-01-01", "2032-09-01", "2032-03-01"])
    #expect(
      RetentionRules.reasons(both).map(\.text) == [
        "its submitter asked to keep it until 2040-01-01", "32 CFR 170.17: 6 years from 2026-09-01",
        "45 CFR 164.316(b)(2)(i): 6 years from 2026-03-01",
      ])
  }

  @Test func `evidence may go the day after the last that keeps it, and never under a hold`() throws {
    let reasons = RetentionRules.reasons(try Self.subject(["hipaa-security"], retain: "2033-05-01"))
    func fate(_ day: String, isHeld: Bool = false) throws -> RetentionRules.Fate {
      RetentionRules.fate(reasons, isHeld: isHeld, on: try #require(Day(day)))
    }
    #expect(try fate("2033-05-01") == .kept && fate("2033-05-02") == .free)
    #expect(try fate("2033-05-02", isHeld: true) == .held)
    #expect(RetentionRules.fate([], isHeld: false, on: try #require(Day("2099-01-01"))) == .undated)
  }
}
