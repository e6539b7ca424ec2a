import Findings
import Catalogs
import Ownership
import Statements
import Testing
import TestSupport

/// Controls that are others under another name: held once, under the target.
struct SameAsTests {
  /// `cmmc` leads to `demo` and to `other`; `scope` of the agreement as written.
  private static func log(
    _ scope: String, frameworks: String? = nil, adoptsTargets: Bool = true,
    notApplicable: [FrameworkAdoption.Exclusion] = []
  ) throws -> LogBuilder {
    let log = LogBuilder()
    try log.found()
    if adoptsTargets { try log.adopt(notApplicable: notApplicable) }
    let other = SampleCatalog.bytes([SampleCatalog.Control("9", family: "z", domain: "help-desk")])
    try log.adopt("other", other)
    let aliases = SampleCatalog.bytes([
      SampleCatalog.Control("A1", family: "A", sameAs: ["demo/1.1"]),
      SampleCatalog.Control("A2", family: "A", sameAs: ["demo/1.2", "other/9"]),
      SampleCatalog.Control("A3", family: "B", domain: "own"),
    ])
    try log.adopt("cmmc", aliases)
    try log.party(.join, "onsite")
    try log.join("onsite/jane")
    let document = LogBuilder.agreement(scope: scope, more: frameworks.map { "frameworks: [\($0)]" } ?? "")
    let version = try log.version(document)
    let catalogs = ["demo": LogBuilder.catalog, "other": other, "cmmc": aliases]
    try log.accept(version, document: document, by: ["acme/bo", "onsite/jane"], catalogs: catalogs)
    return log
  }

  private static func owners(_ log: LogBuilder) throws -> [String: String] {
    let matrix = try log.matrix(on: "2026-02-01")
    return Dictionary(
      uniqueKeysWithValues: matrix.frameworks.flatMap(\.controls).map { row in
        (row.control.id.description, row.error?.rawValue ?? (row.isShared ? "shared" : row.accountable ?? "none"))
      })
  }

  @Test func `a line that names such a control names its target`() throws {
    let owners = try Self.owners(Self.log("  - { controls: [cmmc/A1, cmmc/A2], accountable: onsite }"))
    #expect(owners["demo/1.1"] == "onsite" && owners["cmmc/A1"] == "onsite")
    #expect(owners["demo/1.2"] == "onsite" && owners["other/9"] == "onsite" && owners["cmmc/A2"] == "onsite")
    #expect(owners["cmmc/A3"] == "unowned" && owners["demo/2.1"] == "unowned")
  }

  @Test func `a line that names their family matches the targets as an inner family would`() throws {
    let owners = try Self.owners(
      Self.log(
        """
          - { families: [cmmc/A], accountable: onsite }
          - { domains: [patch-management, identity-access], accountable: acme }
          - { controls: [demo/1.2], accountable: acme }
        """))
    #expect(owners["demo/1.1"] == "onsite" && owners["demo/1.2"] == "acme" && owners["other/9"] == "onsite")
    #expect(owners["cmmc/A2"] == "shared")
  }

  @Test func `it is owned only if all its targets are`() throws {
    let owners = try Self.owners(Self.log("  - { controls: [demo/1.2], accountable: onsite }"))
    #expect(owners["cmmc/A2"] == "unowned" && owners["demo/1.2"] == "onsite")
  }

  @Test func `a target that is not adopted leaves it undecided`() throws {
    let owners = try Self.owners(
      Self.log("  - { controls: [other/9], accountable: onsite }", adoptsTargets: false))
    #expect(owners["cmmc/A1"] == "undecided" && owners["cmmc/A2"] == "undecided" && owners["other/9"] == "onsite")
  }

  @Test func `an agreement about a framework is about what that leans on`() throws {
    let scope = "  - { families: [cmmc/A], accountable: onsite }\n  - { domains: [own], accountable: onsite }"
    let leaning = try Self.owners(Self.log(scope, frameworks: "cmmc"))
    #expect(leaning["demo/1.1"] == "onsite" && leaning["other/9"] == "onsite" && leaning["cmmc/A3"] == "onsite")
    let other = try Self.owners(Self.log(scope, frameworks: "other"))
    #expect(other["demo/1.1"] == "unowned" && other["other/9"] == "onsite" && other["cmmc/A3"] == "unowned")
  }

  @Test func `it does not apply if its target does not`() throws {
    let log = try Self.log(
      "  - { families: [cmmc/A], accountable: onsite }",
      notApplicable: [FrameworkAdoption.Exclusion(unit: "demo/1.1", reason: "none here")])
    let rows = try log.matrix(on: "2026-02-01").frameworks.flatMap(\.controls)
    #expect(rows.filter { !$0.applies }.map(\.control.id.description) == ["cmmc/A1", "demo/1.1"])
  }

  @Test func `totals count it once and add up`() throws {
    let log = try Self.log("  - { families: [cmmc/A], accountable: onsite }")
    let all = try log.matrix(on: "2026-02-01").totals
    // Four of demo's, one of other's, and the one of cmmc's that is its own.
    #expect(all.controls.total == 6 && all.units.total == 7)
    for totals in [all.controls, all.units] {
      #expect(totals.owned + totals.unowned + totals.notApplicable == totals.total)
    }
    let alone = try log.matrix(on: "2026-02-01").only(["cmmc"]).totals
    #expect(alone.controls.total == 3 && alone.controls.owned == 2)
  }
}
