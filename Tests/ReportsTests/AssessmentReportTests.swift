import Catalogs
import Crypto
import Foundation
import Obligations
@testable import Ownership
import Rendering
@testable import Reports
import Statements
import Testing

/// What a log may say of assessments that no command of ours writes, as the report tells it.
struct AssessmentReportTests {
  private static let day = "2026-06-01"

  /// A client that has adopted some of the catalogs that come along, as of a day.
  private static func snapshot(_ frameworks: String..., on asOf: String = day) throws -> Snapshot {
    var state = LogState()
    state.membership.parties = [
      Membership.Party(id: "acme", kind: .client, name: "Acme Manufacturing", joined: 0)
    ]
    let first = try World.day("2026-01-01")
    for name in frameworks {
      let catalog = try #require(BundledCatalogs.bytes(of: name))
      state.adoptions.append(
        LogState.Adoption(
          entry: 1, day: first, framework: name, catalog: SHA256.hash(catalog), effective: first, notApplicable: [:]))
    }
    let library = ObjectLibrary(source: { digest, _ in
      BundledCatalogs.names.lazy.compactMap { BundledCatalogs.bytes(of: $0) }.first { SHA256.hash($0) == digest }
    })
    return try Snapshot(
      checkpoint: World().checkpoint, state: state, evidence: EvidenceBook(), asOf: World.day(asOf), library: library)
  }

  private static func mark(
    _ units: [String], _ status: Assessment.Status, note: String? = nil, through: String? = nil, entry: Int = 10
  ) throws -> AssessmentBook.Mark {
    var assessment = Assessment(units: units, status: status, note: note)
    assessment.through = try through.map { try World.day($0) }
    return AssessmentBook.Mark(
      entry: entry, day: try World.day(day), party: "acme", member: "acme/bo", assessment: assessment)
  }

  private static func value(_ report: AssessmentReport) throws -> [String: Any] {
    let text = try #require(try report.rendered(as: .json, width: 100))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(
    arguments: [
      ("164.308(a)(1)(ii)(B)", Assessment.Status.notMet, "we are small", "164.306(d)(2)"),
      ("164.308(a)(1)(ii)(B)", .met, "we are small", "164.306(d)(2)"),
      ("164.312(a)(2)(iv)", .notMet, "", "164.306(d)(3)(ii)(B)(1)"), ("164.312(a)(2)(iv)", .notMet, "why", nil),
    ] as [(String, Assessment.Status, String, String?)])
  func `an alternative that a log has is at fault unless it may stand and says why`(
    _ id: String, _ status: Assessment.Status, _ why: String, _ fault: String?
  ) throws {
    let note = (why.isEmpty ? "" : why + "\n") + "alternative: a locked room"
    let report = AssessmentReport(
      try Self.snapshot("hipaa-security"), marks: [try Self.mark(["hipaa-security/\(id)"], status, note: note)])
    let frameworks = try Self.value(report)["frameworks"] as? [[String: Any]]
    let told = try #require((frameworks?.first?["specifications"] as? [[String: Any]])?.first)
    #expect(told["alternative"] as? String == "a locked room")
    if let fault {
      #expect((told["fault"] as? String)?.contains(fault) == true)
    } else {
      #expect(told["fault"] is NSNull)
    }
  }

  @Test func `what was met on days to come is told, what was seen is not`() throws {
    let unit = ["hipaa-security/164.312(a)(2)(iv)"]
    let report = AssessmentReport(
      try Self.snapshot("hipaa-security"),
      marks: [
        try Self.mark(unit, .met, through: "2026-06-02", entry: 11), try Self.mark(unit, .met, through: Self.day),
        try Self.mark(unit, .planned, through: "2027-01-01", entry: 12),
      ])
    #expect(try Self.value(report)["ahead"] as? [Int] == [11])
  }

  @Test func `a conditional status lasts 180 days, and no longer`() throws {
    func verdict(_ day: String) throws -> String? {
      let snapshot = try Self.snapshot("nist-800-171-r2", "cmmc-level-2", on: day)
      let rows = try #require(snapshot.matrix.frameworks.first { $0.id == "nist-800-171-r2" })
      let report = AssessmentReport(
        snapshot,
        marks: [
          try Self.mark(rows.controls.map(\.control.id.description), .met),
          try Self.mark(["nist-800-171-r2/3.1.3"], .notMet, entry: 11),
        ], conditionalSince: try World.day("2026-01-01"))
      let frameworks = try Self.value(report)["frameworks"] as? [[String: Any]] ?? []
      return frameworks.compactMap { ($0["cmmc"] as? [String: Any])?["status"] as? String }.first
    }
    #expect(try verdict("2026-06-30") == "conditional" && verdict("2026-07-01") == "none")
  }
}
