import Crypto
import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// The index by citation, against days and gaps that were worked out by hand.
struct HIPAAIndexTests {
  private static func record(
    _ control: String, entry: Int, recorded: String, through: String? = nil, retain: String? = nil
  ) throws -> EvidenceRecord {
    var said = Evidence(controls: ["hipaa-security/\(control)"])
    said.through = try through.map { try World.day($0) }
    said.retainUntil = try retain.map { try World.day($0) }
    return EvidenceRecord(
      entry: entry, statement: SHA256.hash("\(entry)"), party: "acme", member: "acme/bo", keyID: SHA256.hash("k"),
      recorded: try World.noon(recorded), evidence: said, artifacts: [SHA256.hash("policy \(entry)")])
  }

  private static func report(
    _ records: [EvidenceRecord] = [], _ marks: [AssessmentBook.Mark] = []
  ) throws -> [String: HIPAAIndexReport.Row] {
    let report = try #require(
      HIPAAIndexReport(try BundledWorld.snapshot(["hipaa-security"]), marks: marks, records: records, files: [:]))
    return Dictionary(uniqueKeysWithValues: report.rows.map { ($0.citation, $0) })
  }

  @Test func `each standard and each specification has its row`() throws {
    let rows = try Self.report()
    // 22 standards and 46 specifications, of which some are required and some addressable.
    #expect(rows.count == 68)
    let risk = try #require(rows["45 CFR 164.308(a)(1)(i)"])
    #expect(risk.isStandard && risk.rule == nil)
    #expect(risk.missing.first?.hasPrefix("4 of 4 specifications: 164.308(a)(1)(ii)(A)") == true)
    #expect(rows["45 CFR 164.312(b)"]?.isStandard == true && rows["45 CFR 164.312(b)"]?.rule == "required")
    #expect(rows["45 CFR 164.312(a)(2)(iv)"]?.isStandard == false)
    #expect(rows["45 CFR 164.312(a)(2)(iv)"]?.rule == "addressable")
    #expect(
      rows["45 CFR 164.308(a)(1)(ii)(A)"]?.missing == [
        "somebody who answers for it: unowned", "a policy, procedure or record", "an assessment",
      ])
  }

  @Test
  func `a policy in effect is kept six years from today, a record from its last day, and longer where that was said`()
    throws
  {
    let rows = try Self.report([
      try Self.record("164.308(a)(1)(ii)(A)", entry: 5, recorded: "2020-02-01"),
      try Self.record("164.312(b)", entry: 6, recorded: "2026-04-02", through: "2026-03-31"),
      try Self.record("164.312(d)", entry: 7, recorded: "2026-04-02", through: "2026-03-31", retain: "2040-01-01"),
    ])
    // As of 2026-06-01.
    #expect(rows["45 CFR 164.308(a)(1)(ii)(A)"]?.keepUntil?.description == "2032-06-01")
    #expect(rows["45 CFR 164.312(b)"]?.keepUntil?.description == "2032-04-02")
    #expect(rows["45 CFR 164.312(d)"]?.keepUntil?.description == "2040-01-01")
    #expect(rows["45 CFR 164.308(a)(1)(ii)(A)"]?.documents.first?.isInEffect == true)
    #expect(rows["45 CFR 164.312(b)"]?.documents.first?.mark.digests == [SHA256.hash("policy 6").hex])
    #expect(rows["45 CFR 164.312(e)(1)"]?.keepUntil == nil)
  }

  @Test func `a policy is told however many records are newer`() throws {
    var records = [try Self.record("164.312(b)", entry: 1, recorded: "2024-01-01")]
    for number in 2...30 {
      records.append(try Self.record("164.312(b)", entry: number, recorded: "2026-05-01", through: "2026-04-30"))
    }
    let documents = try #require(try Self.report(records)["45 CFR 164.312(b)"]).documents
    #expect(documents.count == 11 && documents.first?.mark.entry == 30 && documents.last?.mark.entry == 1)
  }

  @Test func `what an assessment leaves open is missing`() throws {
    let rows = try Self.report(
      [],
      [
        try BundledWorld.mark(["hipaa-security/164.312(b)"], .met),
        try BundledWorld.mark(["hipaa-security/164.308(a)(1)(ii)(A)"], .notMet),
        try BundledWorld.mark(["hipaa-security/164.312(a)(2)(iv)"], .notApplicable),
      ])
    #expect(rows["45 CFR 164.312(b)"]?.missing.contains("an assessment") == false)
    #expect(rows["45 CFR 164.308(a)(1)(ii)(A)"]?.missing.contains { $0.contains("not met") } == true)
    #expect(rows["45 CFR 164.312(a)(2)(iv)"]?.missing.contains { $0.contains("164.306(d)(3)") } == true)
    #expect(rows["45 CFR 164.308(a)(1)(i)"]?.state == .notMet)
  }

  @Test func `an alternative and its reason stand in every format, and the reason of what does not apply`() throws {
    let snapshot = try BundledWorld.snapshot(["hipaa-security"])
    let marks = [
      try BundledWorld.mark(
        ["hipaa-security/164.312(a)(2)(iv)"], .met, note: "data never leaves the building\nalternative: =disk(1)"),
      try BundledWorld.mark(["hipaa-security/164.312(e)(2)(ii)"], .notApplicable, note: "nothing is sent", entry: 11),
    ]
    let report = try #require(HIPAAIndexReport(snapshot, marks: marks, records: [], files: [:]))
    let rows = Dictionary(uniqueKeysWithValues: report.rows.map { ($0.citation, $0) })
    #expect(rows["45 CFR 164.312(a)(2)(iv)"]?.alternative == "=disk(1)")
    #expect(rows["45 CFR 164.312(a)(2)(iv)"]?.reason == "data never leaves the building")
    #expect(rows["45 CFR 164.312(e)(2)(ii)"]?.reason == "nothing is sent")
    #expect(rows["45 CFR 164.312(b)"]?.reason == nil)
    for format in [ReportFormat.text, .csv, .html, .markdown, .json] {
      let text = try #require(try report.rendered(as: format, cover: report.cover))
      for words in ["disk(1)", "data never leaves the building", "nothing is sent"] {
        #expect(text.contains(words), "\(format): \(words)")
      }
    }
    #expect(try report.text().contains("met by an alternative"))
    #expect(try !#require(report.csv()).contains(",=disk"))
  }

  @Test func `a standard is not met because its only specification was said not to be applicable`() throws {
    let no = try BundledWorld.mark(["hipaa-security/164.312(c)(2)"], .notApplicable)
    let row = try #require(try Self.report([], [no])["45 CFR 164.312(c)(1)"])
    #expect(row.state == .notApplicable && row.missing == ["its only specification: 164.312(c)(2)"])
    // Of several, one that is not applicable without a reason leaves the standard open, with a reason it does not.
    let met = ["i", "ii", "iii"].map { "hipaa-security/164.312(a)(2)(\($0))" }
    let bare = try BundledWorld.mark(["hipaa-security/164.312(a)(2)(iv)"], .notApplicable, entry: 11)
    let most = try BundledWorld.mark(met, .met)
    #expect(try Self.report([], [most, bare])["45 CFR 164.312(a)(1)"]?.state == .partly)
    let told = try BundledWorld.mark(
      ["hipaa-security/164.312(a)(2)(iv)"], .notApplicable, note: "why\nalternative: a locked room", entry: 11)
    #expect(try Self.report([], [most, told])["45 CFR 164.312(a)(1)"]?.state == .met)
    let all = try BundledWorld.mark(met + ["hipaa-security/164.312(a)(2)(iv)"], .met)
    #expect(try Self.report([], [all])["45 CFR 164.312(a)(1)"]?.state == .met)
  }

  @Test func `a standard says for how many of its specifications nobody answers`() throws {
    let report = try #require(
      HIPAAIndexReport(try BundledWorld.snapshot(["hipaa-security"]), marks: [], records: [], files: [:]))
    let row = try #require(report.rows.first { $0.citation == "45 CFR 164.310(d)(1)" })
    #expect(row.unowned.count == 4 && row.parts?.all == 4 && row.accountable == [])
    #expect(row.missing.last?.hasPrefix("somebody who answers for 4 of 4 specifications: 164.310(d)(2)(i)") == true)
    #expect(try report.text().contains("nobody (4 of 4)"))
  }

  @Test(arguments: [80, 100]) func `the index is a table, at 80 columns too`(_ width: Int) throws {
    let report = try #require(
      HIPAAIndexReport(
        try BundledWorld.snapshot(["hipaa-security"]),
        marks: [try BundledWorld.mark(["hipaa-security/164.312(c)(2)"], .notApplicable)],
        records: [try Self.record("164.312(b)", entry: 6, recorded: "2026-04-02", through: "2026-03-31")],
        files: [6: ["audit-log-review-of-the-first-quarter-2026.pdf"]]))
    let text = try #require(try report.rendered(as: .text, width: width))
    #expect(!text.contains("in all:") && text.contains("-----"))
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("164.312(c)(2)  ") && $0.contains("not-applicable") }, "\(text)")
  }

  @Test func `where the rule is not adopted there is no index`() throws {
    #expect(
      HIPAAIndexReport(try BundledWorld.snapshot(["nist-800-171-r2"]), marks: [], records: [], files: [:]) == nil)
  }

  @Test func `each format has every citation`() throws {
    let report = try #require(
      HIPAAIndexReport(
        try BundledWorld.snapshot(["hipaa-security"]), marks: [],
        records: [try Self.record("164.312(b)", entry: 6, recorded: "2026-04-02", through: "2026-03-31")],
        files: [6: ["=audit\u{202e}.pdf"]]))
    let csv = try #require(report.csv())
    #expect(csv.split(separator: "\n").count == 69 && !csv.contains("\u{202e}") && !csv.contains(",="))
    #expect((try decoded(report)["citations"] as? [Any])?.count == 68)
    #expect(try report.sheets().map(\.name) == ["Index", "Documents"])
    #expect(try #require(try report.rendered(as: .html, cover: report.cover)).contains("164.316(b)(2)(i)"))
  }
}
