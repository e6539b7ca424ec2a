import Catalogs
import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// The shared responsibility matrix, against rows that were worked out by hand.
struct SharedMatrixTests {
  private static func rows(_ report: SharedMatrixReport) -> [String: SharedMatrixReport.Row] {
    Dictionary(
      report.frameworks.flatMap(\.rows).map { ("\($0.requirement)\($0.objective)", $0) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `each kind of sharing is told, and nothing else`() throws {
    let report = SharedMatrixReport(try World.shared().snapshot())
    let found = report.frameworks.flatMap(\.rows).map { "\($0.requirement)\($0.objective) \($0.allocation.word)" }
    #expect(
      found == [
        "A.1[a] ESP", "A.1[b] OSC", "A.1[c] Shared", "A.2 Shared", "A.3 ESP", "B.1 Inherited", "B.2 OSC", "B.3 Nobody",
        "B.4 N/A",
      ])
    let totals = try #require(report.frameworks.first?.totals)
    #expect(Allocation.allCases.map { totals[$0] } == [2, 2, 2, 1, 1, 1] && totals.total == 9)
    let families = report.frameworks[0].families
    #expect(families.map { $0.id?.local } == ["A", "B"])
    #expect(families.map { $0.counts[.shared] } == [2, 0] && families.map { $0.counts[.organization] } == [1, 1])
  }

  @Test func `either side's part is told in roles, names and the agreement's own words`() throws {
    let rows = Self.rows(SharedMatrixReport(try World.shared().snapshot()))
    #expect(rows["A.2"]?.client.text == "approves the window")
    #expect(
      rows["A.2"]?.others.text == "accountable, responsible (onsite/jane); =installs(within 30 days)")
    // 'None.' is the word of a matrix for no part.
    #expect(rows["A.3"]?.client.isNothing == true && rows["A.3"]?.others.note == "keeps daily copies")
    #expect(rows["B.2"]?.client.note == "keeps the list of who was trained" && rows["B.2"]?.others.isNothing == true)
    // Who is only told does nothing.
    #expect(rows["B.1"]?.client.text == "informed" && rows["B.1"]?.providers == ["hostco"])
    #expect(rows["A.1[c]"]?.client.text == "responsible (acme/kim)")
    #expect(rows["B.3"]?.reason == "unowned" && rows["B.4"]?.reason == "no visitors")
  }

  @Test func `what was assessed as not applicable is nobody's to do, and its reason is told`() throws {
    let snapshot = try World.shared().snapshot()
    let marks = [
      AssessmentBook.Mark(
        entry: 20, day: try World.day("2026-03-01"), party: "acme", member: "acme/kim",
        assessment: Assessment(units: ["plant/B.3"], status: .notApplicable, note: "nothing of the kind is here"))
    ]
    #expect(Self.rows(SharedMatrixReport(snapshot))["B.3"]?.allocation == .nobody)
    let row = try #require(Self.rows(SharedMatrixReport(snapshot, marks: marks))["B.3"])
    #expect(row.allocation == .notApplicable && row.reason == "nothing of the kind is here")
    #expect(
      FedRAMPReport(snapshot, marks: marks, provider: "onsite").rows.first { $0.name == "B.3" }?.origination
        == .notApplicable)
  }

  @Test func `who is only asked or told is named, with two providers too`() throws {
    var world = try World.shared()
    let old = try #require(world.state.versions.first)
    let text = String(decoding: try #require(world.objects.find(old.document)), as: UTF8.self)
    let line = "domains: [security-training], accountable: acme, responsible: [acme/kim]"
    try #require(text.contains(line))
    let changed = text.replacing(line, with: line + ", consulted: [onsite], informed: [hostco]")
    try world.apply("acme-onsite", changed, entry: 30, on: "2026-03-01", accepted: ["acme", "onsite", "hostco"])
    let report = SharedMatrixReport(try world.snapshot())
    let row = try #require(Self.rows(report)["B.2"])
    #expect(row.allocation == .organization && row.providers == [] && row.speaking == ["onsite", "hostco"])
    #expect(row.consulted == ["onsite"] && row.informed == ["hostco"])
    let csv = try #require(report.csv()).split(separator: "\n")
    let told = try #require(csv.first { $0.contains("plant/B.2") })
    #expect(told.contains(",\"onsite: consulted; hostco: informed\",onsite hostco,"), "\(told)")
    // Of two that do part of it, each by itself.
    let parted = text.replacing(
      line, with: "domains: [security-training], accountable: onsite, responsible: [hostco/x]")
    try world.apply("acme-onsite", parted, entry: 33, on: "2026-04-01", accepted: ["acme", "onsite", "hostco"])
    let both = try #require(Self.rows(SharedMatrixReport(try world.snapshot()))["B.2"])
    #expect(both.providers == ["onsite", "hostco"])
    #expect(
      both.othersText.hasPrefix("onsite: accountable") && both.othersText.contains("; hostco: responsible (hostco/x)"))
    #expect(both.text(of: "hostco") == "responsible (hostco/x)")
    // Where somebody acts, it is of them that the roles speak.
    #expect(Self.rows(report)["A.1[a]"]?.speaking == ["onsite"])
    #expect(Self.rows(report)["B.3"]?.speaking == [])
  }

  @Test func `each side's signature is told, and the newest evidence`() throws {
    let rows = Self.rows(SharedMatrixReport(try World.shared().snapshot()))
    let word = try #require(rows["A.1[a]"]?.agreement)
    #expect(word.name == "acme-onsite, version 1" && word.entry == 5)
    #expect(word.client?.entry == 6 && word.client?.member == "acme/x" && word.client?.day.description == "2025-12-20")
    #expect(word.others.map(\.member) == ["onsite/x"] && word.others.map(\.entry) == [7])
    #expect(rows["B.1"]?.agreement?.others.map(\.member) == ["hostco/x"])
    #expect(rows["B.3"]?.agreement == nil)
    #expect(rows["A.1[a]"]?.evidence?.entry == 20 && rows["A.1[b]"]?.evidence == nil)
  }

  @Test func `a provider's own matrix has its part, and says how much it leaves out`() throws {
    let snapshot = try World.shared().snapshot()
    let own = SharedMatrixReport(snapshot, party: "onsite")
    #expect(Set(Self.rows(own).keys) == ["A.1[a]", "A.1[c]", "A.2", "A.3"])
    #expect(own.leftOut["plant"] == 5)
    #expect(SharedMatrixReport(snapshot, party: "hostco").frameworks[0].rows.map(\.requirement) == ["B.1"])
    #expect(own.parties.map(\.party) == ["acme", "onsite"])
    let onsite = try #require(own.parties.last)
    #expect(onsite.accountable == 4 && onsite.acting == 0 && onsite.agreement?.others.first?.entry == 7)
  }

  @Test func `a note changed by a version that the provider has not accepted is not told`() throws {
    var world = try World.shared()
    let old = try #require(world.state.versions.first)
    let text = String(decoding: try #require(world.objects.find(old.document)), as: UTF8.self)
    let changed = text.replacing("approves the window", with: "does it all alone")
    try world.apply("acme-onsite", changed, entry: 30, on: "2026-03-01", accepted: ["acme"])
    #expect(Self.rows(SharedMatrixReport(try world.snapshot()))["A.2"]?.client.note == "approves the window")
    try world.apply("acme-onsite", changed, entry: 33, on: "2026-03-02", accepted: ["acme", "onsite", "hostco"])
    #expect(Self.rows(SharedMatrixReport(try world.snapshot()))["A.2"]?.client.note == "does it all alone")
  }

  @Test func `CMMC numbers the requirements where it is adopted, and each stands there once`() throws {
    let report = SharedMatrixReport(try BundledWorld.snapshot(["nist-800-171-r2", "cmmc-level-2", "it-functions"]))
    #expect(report.frameworks.map(\.id) == ["cmmc-level-2"])
    #expect(report.otherFrameworks == ["it-functions", "nist-800-171-r2"])
    let rows = report.frameworks[0].rows
    #expect(rows.count == 320 && report.frameworks[0].totals[.nobody] == 320)
    #expect(Set(rows.map(\.requirement)).count == 110 && rows[0].requirement == "AC.L2-3.1.1")
    let single = rows.filter { $0.requirement == "CM.L2-3.4.4" }
    #expect(single.map(\.objective) == ["[a]"])
    let asked = SharedMatrixReport(
      try BundledWorld.snapshot(["nist-800-171-r2", "cmmc-level-2"]), frameworks: ["nist-800-171-r2"])
    #expect(asked.frameworks[0].rows[0].requirement == "AC.L2-3.1.1")
    #expect(asked.frameworks[0].rows[0].control.description == "nist-800-171-r2/3.1.1")
  }

  @Test func `without a framework it says so`() throws {
    let text = try SharedMatrixReport(try BundledWorld.snapshot([])).text()
    #expect(text.contains("there is nothing to answer for"))
  }

  @Test(arguments: ReportFormat.allCases.filter { $0 != .xlsx })
  func `what others wrote stays text in every format`(_ format: ReportFormat) throws {
    let report = SharedMatrixReport(try World.shared().snapshot())
    let text = try #require(try report.rendered(as: format, cover: report.cover))
    #expect(!text.contains("\u{1b}") && !text.contains("\u{202e}"))
    if format == .html { #expect(!text.contains("<img") && text.contains("approves the window")) }
    if format == .csv {
      // The field begins with an apostrophe, or spreadsheets would compute it.
      #expect(!text.contains(",=") && !text.contains("\n="))
    }
    try Golden.check(text, "shared-matrix.\(format.rawValue)")
  }
}
