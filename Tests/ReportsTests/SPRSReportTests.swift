import Catalogs
import Crypto
import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// The SPRS worksheet, against scores that were added up by hand.
struct SPRSReportTests {
  private static let adopted = ["nist-800-171-r2", "cmmc-level-2"]

  private static var given: SPRSReport.Details {
    get throws {
      var details = SPRSReport.Details()
      (details.cageCodes, details.scope) = (["1ABC2"], .enclave)
      (details.plan, details.planVersion, details.planDate) = ("Enclave SSP", "3", try World.day("2026-04-01"))
      return details
    }
  }

  /// All that applies is met, and then what was said later.
  private static func report(
    _ later: [(units: [String], status: Assessment.Status, note: String?, through: String?)] = [],
    details: SPRSReport.Details? = nil, side: AssessmentBook.Side? = nil
  ) throws -> SPRSReport {
    let snapshot = try BundledWorld.snapshot(adopted)
    let rows = try #require(snapshot.matrix.frameworks.first { $0.id == "nist-800-171-r2" }).controls
    var marks = [try BundledWorld.mark(rows.map(\.control.id.description), .met)]
    for (place, each) in later.enumerated() {
      marks.append(
        try BundledWorld.mark(
          each.units.map { "nist-800-171-r2/\($0)" }, each.status, note: each.note, through: each.through,
          entry: 11 + place, on: "2026-05-09"))
    }
    return try #require(
      SPRSReport(snapshot, marks: marks, details: try details ?? Self.given, side: side))
  }

  @Test func `each requirement takes off its own value`() throws {
    // 5 for 3.1.1, 3 for multifactor authentication for some, 3 for encryption that is not validated, 1 for 3.1.3.
    let report = try Self.report([
      (["3.1.1"], .notMet, nil, "2026-08-01"), (["3.5.3[d]"], .notMet, nil, "2026-07-01"),
      (["3.13.11"], .notMet, "partial: not validated", "2026-09-30"), (["3.1.3"], .planned, nil, "2026-07-15"),
    ])
    #expect(report.score.score == 98 && report.scoreToEnter == 98)
    let off = Dictionary(
      uniqueKeysWithValues: report.rows.filter { $0.deduction > 0 }.map { ($0.requirement, $0.deduction) })
    #expect(off == ["3.1.1": 5, "3.5.3": 3, "3.13.11": 3, "3.1.3": 1])
    #expect(report.expected?.description == "2026-09-30" && report.unfilled.isEmpty)
    // 3.1.1 and 3.5.3 are worth more than a point; 3.13.11 may stay open at three.
    #expect(report.status.verdict == .none)
    let open = report.rows.filter { $0.mayStayOpen == true }.map(\.requirement)
    #expect(open == ["3.1.3", "3.13.11"])
    #expect(report.assessed?.first.description == "2026-05-01" && report.assessed?.last.description == "2026-05-09")
    #expect(report.rows.first?.practice == "AC.L2-3.1.1" && report.rows.count == 110)
  }

  @Test func `one point open is a conditional status, nothing open a final one`() throws {
    #expect(try Self.report([(["3.1.3"], .notMet, nil, nil)]).status.verdict == .conditional)
    let whole = try Self.report()
    #expect(whole.status.verdict == .final && whole.scoreToEnter == 110 && whole.unfilled.isEmpty)
    #expect(try decoded(whole)["expected110"] is NSNull)
  }

  @Test func `nothing but the plan is the lowest score`() throws {
    let snapshot = try BundledWorld.snapshot(Self.adopted)
    let marks = [try BundledWorld.mark(["nist-800-171-r2/3.12.4"], .met)]
    let report = try #require(SPRSReport(snapshot, marks: marks, details: try Self.given))
    #expect(report.scoreToEnter == -203 && report.score.unassessed == 109)
    #expect(report.missing.contains { $0.contains("109 requirements") })
  }

  @Test func `without the plan, or its date, there is no score to enter`() throws {
    let without = try Self.report([(["3.12.4"], .notMet, nil, nil)])
    #expect(without.scoreToEnter == nil && without.score.score == nil)
    #expect(without.missing.contains { $0.hasPrefix("3.12.4") })
    let undated = try Self.report(details: SPRSReport.Details())
    #expect(undated.scoreToEnter == nil && undated.score.score == 110)
    #expect(undated.unfilled.count == 5)
    let text = try undated.text()
    #expect(text.contains("to be filled in") && text.contains("none without the date of the SSP"))
  }

  @Test func `a day that is not given for each open requirement is none`() throws {
    let report = try Self.report([(["3.1.3"], .notMet, nil, "2026-07-15"), (["3.1.4"], .notMet, nil, nil)])
    #expect(
      report.expected == nil && report.missing.contains { $0.contains("110 is expected: 1 open requirement has none") })
  }

  @Test func `a plan younger than the assessment, or of a day to come, is told`() throws {
    var details = try Self.given
    details.planDate = try World.day("2026-05-20")
    let young = try Self.report(details: details)
    #expect(young.missing.contains { $0.contains("this one is of 2026-05-20") })
    #expect(young.scoreToEnter == nil && young.score.score == 110)
    #expect(try young.text().contains("none: the SSP of 2026-05-20 was not there when it was assessed"))
    details.planDate = try World.day("2026-06-02")
    #expect(try Self.report(details: details).missing.contains { $0.contains("2026-06-02 is after 2026-06-01") })
    details.planDate = try World.day("2026-05-01")
    #expect(try Self.report(details: details).scoreToEnter == 110)
  }

  @Test(arguments: [("2026-11-28", true), ("2026-11-29", false), ("2028-11-01", false)])
  func `what is planned for later than 180 days from now may not stay open`(_ due: String, _ mayStay: Bool) throws {
    // As of 2026-06-01, from which 180 days end on 2026-11-28.
    let report = try Self.report([(["3.1.3"], .planned, nil, due)])
    #expect(report.status.verdict == (mayStay ? .conditional : .none))
    #expect(report.rows.first { $0.requirement == "3.1.3" }?.mayStayOpen == mayStay)
    let told = report.status.reasons.contains { $0.hasPrefix("3.1.3 is planned for \(due), after the 180 days") }
    #expect(told == !mayStay)
    #expect(report.scoreToEnter == 109)
  }

  @Test func `a day that is past, by which 110 was expected, is told`() throws {
    let past = try Self.report([(["3.1.3"], .planned, nil, "2026-05-31")])
    #expect(past.missing.contains { $0.contains("2026-05-31 is past on 2026-06-01") })
    #expect(past.status.reasons.contains { $0.contains("which is past: plan it anew") })
    #expect(past.status.verdict == .conditional)
    let today = try Self.report([(["3.1.3"], .planned, nil, "2026-06-01")])
    #expect(!today.missing.contains { $0.contains("is past") } && today.status.verdict == .conditional)
  }

  @Test(arguments: [("2023-06-01", true), ("2023-06-02", false)])
  func `an assessment counts for three years`(_ day: String, _ isOld: Bool) throws {
    let snapshot = try BundledWorld.snapshot(Self.adopted)
    let rows = try #require(snapshot.matrix.frameworks.first { $0.id == "nist-800-171-r2" }).controls
    let mark = try BundledWorld.mark(rows.map(\.control.id.description), .met, on: day)
    let report = try #require(SPRSReport(snapshot, marks: [mark], details: try Self.given))
    #expect(report.missing.contains { $0.contains("the last three years: some of this one is of \(day)") } == isOld)
  }

  @Test func `what is said to be met without evidence, and what nobody answers for, is missing`() throws {
    let report = try Self.report()
    #expect(report.missing.contains("evidence of 3.12.4, the system security plan: none is in this store"))
    #expect(report.missing.contains { $0.hasPrefix("evidence of 109 requirements (3.1.1, 3.1.2, 3.1.3 and so on)") })
    #expect(report.missing.contains { $0.hasPrefix("somebody who answers for 110 requirements") })
    let text = try report.text()
    #expect(!text.contains("Nothing is missing") && text.contains("once evidence shows it"))
    #expect((try decoded(report)["withoutEvidence"] as? [Any])?.count == 110)
    // What does not apply needs no evidence, and what is not met has none.
    let some = try Self.report([(["3.1.16"], .notApplicable, nil, nil), (["3.1.3"], .notMet, nil, "2026-07-01")])
    #expect(!some.basis.withoutEvidence.contains("3.1.16") && !some.basis.withoutEvidence.contains("3.1.3"))
    #expect(some.basis.withoutEvidence.count == 108)
  }

  @Test func `each objective's evidence has to be there`() throws {
    func said(_ units: [String], _ book: EvidenceBook) throws -> [String] {
      let snapshot = try BundledWorld.snapshot(Self.adopted, evidence: book)
      let marks = [try BundledWorld.mark(units, .met)]
      return try #require(SPRSReport(snapshot, marks: marks, details: try Self.given)).basis.withoutEvidence
    }
    func book(_ controls: String...) throws -> EvidenceBook {
      var book = EvidenceBook()
      book.add(
        EvidenceRecord(
          entry: 5, statement: SHA256.hash("5"), party: "acme", member: "acme/bo", keyID: SHA256.hash("k"),
          recorded: try World.noon("2026-05-01"), evidence: Evidence(controls: controls)))
      return book
    }
    #expect(try said(["nist-800-171-r2/3.1.3"], try book("nist-800-171-r2/3.1.3")) == [])
    #expect(try said(["nist-800-171-r2/3.1.3"], try book("nist-800-171-r2/3.1.3[a]")) == ["3.1.3"])
    #expect(try said(["nist-800-171-r2/3.1.3"], try book("nist-800-171-r2/3.1.4")) == ["3.1.3"])
  }

  @Test func `who assessed is told, and only their word where that is asked`() throws {
    let snapshot = try BundledWorld.snapshot(Self.adopted) { state in
      state.membership.parties.append(
        Membership.Party(id: "assess", kind: .auditor, name: "Assess & Co", joined: 3))
    }
    let names = try #require(snapshot.matrix.frameworks.first { $0.id == "nist-800-171-r2" }).controls.map(
      \.control.id.description)
    let marks = [
      try BundledWorld.mark(names, .met),
      try BundledWorld.mark(["nist-800-171-r2/3.1.1"], .notMet, entry: 12, by: "assess/ann"),
    ]
    let both = try #require(SPRSReport(snapshot, marks: marks, details: try Self.given))
    #expect(both.scoreToEnter == 105 && both.assessors.map(\.party) == ["acme", "assess"])
    let own = try #require(SPRSReport(snapshot, marks: marks, details: try Self.given, side: .client))
    #expect(own.scoreToEnter == 110 && own.assessors.map(\.isClient) == [true])
  }

  @Test func `where the standard is not adopted there is no worksheet`() throws {
    #expect(SPRSReport(try BundledWorld.snapshot(["hipaa-security"]), marks: []) == nil)
    #expect(SPRSLevelOneReport(try BundledWorld.snapshot(["hipaa-security"]), marks: []) == nil)
  }

  @Test func `level 1 has a result without a score, and no plan of action`() throws {
    let snapshot = try BundledWorld.snapshot(["nist-800-171-r2", "cmmc-level-1"])
    let rows = try #require(snapshot.matrix.frameworks.first { $0.id == "cmmc-level-1" }).controls
    let names = Set(rows.flatMap(\.applicable).map(\.control.description)).sorted()
    // 15 requirements through 17 of SP 800-171 (170.15(c)(1)(ii)).
    #expect(rows.count == 15 && names.count == 17)
    var details = SPRSReport.Details()
    (details.cageCodes, details.scope) = (["1ABC2"], .enterprise)
    let all = try BundledWorld.mark(names, .met)
    let whole = try #require(SPRSLevelOneReport(snapshot, marks: [all], details: details))
    #expect(whole.isMet && whole.rows.count == 15 && whole.unfilled.isEmpty)
    #expect(try decoded(whole)["result"] as? String == "MET")
    let planned = try BundledWorld.mark([names[0]], .planned, through: "2026-07-01", entry: 11, on: "2026-05-09")
    let open = try #require(SPRSLevelOneReport(snapshot, marks: [all, planned], details: details))
    #expect(!open.isMet && open.rows.count { $0.isOpen } == 1)
    #expect(try open.text().contains("NOT MET") && open.text().contains("170.21(a)(1)"))
    let part = try #require(
      SPRSLevelOneReport(snapshot, marks: [try BundledWorld.mark([names[0]], .met)], details: details))
    #expect(!part.isMet && part.unfilled.contains { $0.contains("14 requirements") })
    #expect(try #require(part.csv()).split(separator: "\n").count == 16)
  }

  @Test func `a level 1 assessment of more than a year ago is not this year's`() throws {
    let said = { (day: String) in
      let snapshot = try BundledWorld.snapshot(["nist-800-171-r2", "cmmc-level-1"])
      let rows = snapshot.matrix.frameworks.first { $0.id == "cmmc-level-1" }?.controls ?? []
      let names = Set(rows.flatMap(\.applicable).map(\.control.description)).sorted()
      let mark = try BundledWorld.mark(names, .met, on: day)
      return SPRSLevelOneReport(snapshot, marks: [mark])?.unfilled.contains { $0.contains("more than a year old") }
    }
    #expect(try said("2025-05-31") == true)
    #expect(try said("2025-06-01") == false)
  }

  @Test(arguments: [ReportFormat.text, .json, .markdown])
  func `the worksheet is kept`(_ format: ReportFormat) throws {
    var details = SPRSReport.Details()
    details.plan = "=SSP\u{202e}<b>"
    let report = try Self.report(
      [(["3.1.1"], .notMet, "owner: acme/kim", "2026-08-01"), (["3.13.11"], .notMet, "partial: not validated", nil)],
      details: details)
    let text = try #require(try report.rendered(as: format, cover: report.cover))
    #expect(!text.contains("\u{202e}"))
    try Golden.check(text, "sprs.\(format.rawValue)")
  }
}
