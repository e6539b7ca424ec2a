import Catalogs
import Crypto
import Findings
@testable import Ownership
@testable import Reports
import Rendering
import Statements
import Testing

struct EvidenceReportTests {
  private func record(
    _ entry: Int, _ controls: [String], by member: String = "onsite/jane", from: String? = nil, through: String,
    recorded: String? = nil
  ) throws -> EvidenceRecord {
    var evidence = Evidence(controls: controls)
    evidence.from = try from.map { try World.day($0) }
    evidence.through = try World.day(through)
    evidence.collected = try World.noon(through)
    return EvidenceRecord(
      entry: entry, statement: SHA256.hash("evidence \(entry)"), party: Identifier.party(ofMember: member),
      member: member, keyID: SHA256.hash(member), recorded: try World.noon(recorded ?? through), evidence: evidence)
  }

  private func span(_ from: String, _ through: String) throws -> EvidenceCoverage.Span {
    EvidenceCoverage.Span(from: try World.day(from), through: try World.day(through))
  }

  private func report(_ world: World, _ order: EvidenceReport.Order = .control) throws -> EvidenceReport {
    let snapshot = try world.snapshot()
    let period = try span("2026-01-01", "2026-11-24")
    var tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    let records = try [
      record(16, ["plant/A.1"], from: "2026-08-01", through: "2026-10-31", recorded: "2026-11-02"),
      record(17, ["plant/A.2"], through: "2025-10-31"),
      record(18, ["plant/A.1[b]", "plant/B.5"], by: "acme/kim", through: "2026-02-10"),
      record(20, ["plant/A.2"], through: "2026-05-01"),
    ]
    let replaced = try World.day("2026-05-01")
    for record in records {
      tally.add(record, replaced: record.entry == 17 ? replaced : nil, isRedacted: record.entry == 20)
    }
    return EvidenceReport(
      ReportStamp(snapshot), order: order, period: period, lines: tally.lines(snapshot.matrix) { _ in true },
      submitters: tally.submittersInOrder(), ages: tally.ages(),
      rows: records.map {
        EvidenceReport.Row(
          record: $0, files: ["review-\($0.entry).pdf", "list.csv"], fileCount: 3,
          replaced: $0.entry == 17 ? replaced : nil, isRedacted: $0.entry == 20)
      }, total: 6)
  }

  @Test func `text, CSV and JSON are as they were reviewed`() throws {
    for (name, world) in [("evidence", try World()), ("evidence-orderly", try World.orderly())] {
      try Golden.check(report(world).text(), "\(name).txt")
      try Golden.check(report(world).csv() ?? "", "\(name).csv")
      try Golden.check(report(world).json().pretty + "\n", "\(name).json")
    }
    try Golden.check(report(World(), .age).text(), "evidence-age.txt")
    try Golden.check(report(World(), .submitter).text(), "evidence-submitter.txt")
  }

  @Test func `what is replaced or redacted covers nothing, and is counted all the same`() throws {
    let report = try report(World())
    let line = try #require(report.lines.first { $0.control.description == "plant/A.2" })
    #expect(line.count == 0 && line.newest == nil && line.holes == [report.period])
    let jane = try #require(report.submitters.first { $0.member == "onsite/jane" })
    #expect((jane.count, jane.replaced, jane.redacted) == (3, 1, 1))
    #expect(report.ages.reduce(0) { $0 + $1.count } == 2)
  }

  @Test func `what was not asked for is not counted, and still covers the days on which it was current`() throws {
    let snapshot = try World().snapshot()
    let period = try span("2026-01-01", "2026-11-24")
    var tally = EvidenceTally(asOf: snapshot.asOf, period: period)
    // A yearly review of the year before is current to the end of the period; one of two years before is not.
    tally.add(try record(17, ["plant/B.1"], through: "2025-12-10"), replaced: nil, isRedacted: false, isAsked: false)
    tally.add(try record(18, ["plant/B.2"], through: "2025-06-30"), replaced: nil, isRedacted: false, isAsked: false)
    let lines = tally.lines(snapshot.matrix) { _ in true }
    let covered = try #require(lines.first { $0.control.description == "plant/B.1" })
    #expect(covered.cadence == .year && covered.holes.isEmpty && covered.newest?.entry == 17)
    let open = try #require(lines.first { $0.control.description == "plant/B.2" })
    #expect(open.holes == [try span("2026-07-01", "2026-11-24")])
    #expect(tally.total == 0 && tally.submittersInOrder().isEmpty && tally.ages().allSatisfy { $0.count == 0 })
  }

  @Test func `what is redacted in part still shows, and says which file is gone`() throws {
    var report = try report(World())
    let place = try #require(report.rows.firstIndex { $0.record.entry == 16 })
    report.rows[place].redactedFiles = ["list.csv"]
    #expect(report.rows[place].state == "partly-redacted")
    #expect(try report.text().contains("partly redacted: list.csv"))
    let rows = try #require(report.csv()).split(separator: "\n").filter { $0.hasSuffix(",list.csv") }
    #expect(rows.count == 1 && rows.first?.contains(",partly-redacted,") == true)
    #expect(report.json().pretty.contains("\"partly-redacted\""))
    // What is gone altogether is redacted, whatever its files are called.
    report.rows[place].isRedacted = true
    #expect(report.rows[place].state == "redacted")
  }

  @Test func `evidence on a unit and on its control is the unit's, and no other unit's`() throws {
    let report = try report(World())
    let lines = report.lines.filter { $0.framework == "plant" && $0.control.description == "plant/A.1" }
    let own = try #require(lines.first { $0.units.map(\.description) == ["plant/A.1[b]"] })
    #expect(own.count == 2 && own.newest?.entry == 16)
    let others = try #require(lines.first { $0.units.map(\.description) == ["plant/A.1[a]", "plant/A.1[c]"] })
    #expect(others.count == 1)
  }

  @Test func `days are without current evidence before the first, and once the newest is due anew`() throws {
    var coverage = EvidenceCoverage()
    let today = try World.day("2026-12-31")
    coverage.add(try record(1, ["x/1"], through: "2026-02-10"), asOf: today)
    coverage.add(try record(2, ["x/1"], from: "2026-05-01", through: "2026-05-31"), asOf: today)
    // Due on 10 March, the last day on which the first is current; the second is current from its own first day.
    #expect(
      coverage.holes(.month, in: try span("2026-01-01", "2026-12-31"))
        == [
          try span("2026-01-01", "2026-02-09"), try span("2026-03-11", "2026-04-30"),
          try span("2026-07-01", "2026-12-31"),
        ])
    #expect(coverage.holes(.year, in: try span("2026-02-10", "2026-12-31")).isEmpty)
    #expect(coverage.holes(.event, in: try span("2026-01-01", "2030-12-31")) == [try span("2026-01-01", "2026-02-09")])
    #expect(coverage.holes(.month, in: try span("2026-05-10", "2026-05-20")).isEmpty)
  }

  @Test func `evidence of no kind leaves the whole period open, and later evidence shows nothing yet`() throws {
    var coverage = EvidenceCoverage()
    let period = try span("2026-01-01", "2026-03-31")
    #expect(coverage.holes(.year, in: period) == [period])
    coverage.add(try record(1, ["x/1"], from: "2026-06-01", through: "2026-06-30"), asOf: try World.day("2026-03-31"))
    #expect(coverage.count == 0 && coverage.holes(.year, in: period) == [period])
  }

  @Test func `evidence of each day takes no more room than its days, and holes are those of the days that lack`() throws
  {
    var coverage = EvidenceCoverage()
    let first = try World.day("2026-01-01")
    let today = try World.day("2026-12-31")
    for offset in 0..<300 where offset != 100 {
      let day = first.adding(days: offset)
      for copy in 0..<3 { coverage.add(try record(offset * 3 + copy, ["x/1"], through: "\(day)"), asOf: today) }
    }
    // A day's evidence is current through the next: only where two in a row lack is there a hole.
    #expect(coverage.holes(.day, in: EvidenceCoverage.Span(from: first, through: first.adding(days: 299))).isEmpty)
    #expect(coverage.count == 897)
  }
}
