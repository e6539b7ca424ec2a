import Rendering
import Catalogs
import Crypto
@testable import Ownership
@testable import Reports
import Statements
import Testing

struct BundledCatalogReportTests {
  @Test(.timeLimit(.minutes(1)))
  func `reports over every catalog that comes along fit and add up`() throws {
    var state = LogState()
    state.membership.parties = [
      Membership.Party(id: "acme", kind: .client, name: "Acme Manufacturing", joined: 0)
    ]
    let day = try World.day("2026-01-01")
    for name in BundledCatalogs.names {
      let catalog = try #require(BundledCatalogs.bytes(of: name))
      state.adoptions.append(
        LogState.Adoption(
          entry: 1, day: day, framework: name, catalog: SHA256.hash(catalog), effective: day, notApplicable: [:]))
    }
    let library = ObjectLibrary(source: { digest, _ in
      BundledCatalogs.names.lazy.compactMap { BundledCatalogs.bytes(of: $0) }.first { SHA256.hash($0) == digest }
    })
    let checkpoint = try World().checkpoint
    let snapshot = try Snapshot(
      checkpoint: checkpoint, state: state, evidence: EvidenceBook(), asOf: day.adding(days: 30), library: library)
    let report = try OwnershipReport(snapshot)
    for totals in [report.totals.controls, report.totals.units] {
      #expect(totals.total > 0 && totals.total == totals.unowned)
    }
    let page = StatusPage(StatusInput(snapshot, chain: .unchecked))
    let gaps = GapsReport(snapshot)
    #expect(gaps.groups.count == 1)
    for text in [try report.text(), try gaps.text(), try page.text()] {
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 100, "\(line)") }
    }
    #expect((report.csv() ?? "").split(separator: "\n").count > report.totals.units.total)
  }
}
