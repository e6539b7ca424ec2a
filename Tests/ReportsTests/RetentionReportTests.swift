import Crypto
import Obligations
import Rendering
import Statements
import Testing
import TreeLog

@testable import Reports

struct RetentionReportTests {
  private static func report(_ kept: BucketKept?, _ bucket: BucketSummary?) throws -> RetentionReport {
    let day = try #require(Day("2026-03-01"))
    let row = RetentionReport.Row(
      entry: 4, recorded: day, party: "acme", controls: ["house/1.1"], text: "house/1.1", fate: .kept,
      until: Day("2032-03-01"), why: ["a law"], bucket: kept)
    return RetentionReport(
      checkpoint: Checkpoint(origin: "acme", size: 5, root: .zero), day: day, rows: [row], counts: [.kept: 1],
      redacted: 0, listsAll: true, bucket: bucket)
  }

  private static func lines(_ report: RetentionReport, _ format: ReportFormat) throws -> [String] {
    try #require(try report.rendered(as: format, width: 120)).split(whereSeparator: \.isNewline).map(String.init)
  }

  private static let head = "fate,entry,recorded,party,until,controls,what,why"

  @Test func `of a store whose place keeps nothing nothing is said of a bucket`() throws {
    let report = try Self.report(nil, nil)
    let rows = try Self.lines(report, .csv)
    #expect(rows.contains { $0.hasSuffix(Self.head) })
    for format in [ReportFormat.text, .csv, .json] {
      #expect(try !Self.lines(report, format).contains { $0.contains("bucket") }, "\(format)")
    }
  }

  @Test func `what a bucket keeps stands beside what the rules ask, in columns that come last`() throws {
    let kept = BucketKept(until: Day("2031-01-01"), modes: ["governance"], isHeld: true, differences: ["shorter"])
    let bucket = BucketSummary(
      mode: "governance", submissions: 3, differing: [("shorter", 1)], log: (7, Day("2032-03-01"), 2, nil))
    let report = try Self.report(kept, bucket)
    let rows = try Self.lines(report, .csv)
    #expect(rows.contains { $0.hasSuffix("\(Self.head),bucket until,bucket mode,bucket legal hold,bucket differs") })
    #expect(rows.last?.hasSuffix("a law,2031-01-01,governance,yes,shorter") == true, "\(rows)")
    let text = try Self.lines(report, .text).joined(separator: " ")
    for words in [
      "Of 3 submissions:", "1 for less time than the rules ask.", "7 files: 2 for less than through 2032-03-01",
      "some of them not at all", "2031-01-01, legal hold", "--apply",
    ] {
      #expect(text.contains(words), "\(words): \(text)")
    }
    let json = try Self.lines(report, .json).joined()
    #expect(json.contains("\"legalHold\": true") && json.contains("\"short\": 2"), "\(json)")
  }

  @Test func `where all is as the rules ask nothing is to be done`() throws {
    let bucket = BucketSummary(mode: "compliance", submissions: 1, differing: [], log: (7, nil, 0, nil))
    let kept = BucketKept(until: Day("2032-03-01"), modes: ["compliance"], isHeld: false, differences: [])
    let text = try Self.lines(Self.report(kept, bucket), .text).joined(separator: " ")
    #expect(text.contains("all as the rules ask") && text.contains("no adopted framework names a time"), "\(text)")
    #expect(!text.contains("--apply"))
  }
}
