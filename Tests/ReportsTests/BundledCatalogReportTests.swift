import Catalogs
import Crypto
@testable import Ownership
@testable import Reports
import Statements
import Testing

struct BundledCatalogReportTests {
  @Test(.timeLimit(.minutes(1)))
  func `reports over every catalog that comes along fit and add up`() throws {
    var standing = Standing()
    standing.membership.parties = [
      Membership.Party(id: "acme", kind: .client, name: "Acme Manufacturing", joined: 0)
    ]
    let day = try World.day("2026-01-01")
    for name in BundledCatalogs.names {
      let catalog = try #require(BundledCatalogs.bytes(of: name))
      standing.adoptions.append(
        Standing.Adoption(
          entry: 1, day: day, framework: name, catalog: SHA256.hash(catalog), effective: day, notApplicable: [:]))
    }
    let library = ObjectLibrary(source: { digest, _ in
      BundledCatalogs.names.lazy.compactMap { BundledCatalogs.bytes(of: $0) }.first { SHA256.hash($0) == digest }
    })
    let checkpoint = try World().checkpoint
    let matrix = try ResponsibilityMatrix(
      standing, evidence: EvidenceBook(), asOf: day.adding(days: 30), library: library)
    let report = OwnershipReport(matrix, checkpoint: checkpoint, standing: standing)
    for totals in [report.totals.controls, report.totals.units] {
      #expect(totals.total > 0 && totals.total == totals.unowned)
    }
    let page = StatusPage(
      StatusInput(checkpoint: checkpoint, chain: .unchecked, matrix: matrix, standing: standing))
    let gaps = GapsReport(matrix, checkpoint: checkpoint, standing: standing)
    #expect(gaps.groups.count == 1)
    for text in [report.text(), gaps.text(), page.text()] {
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 100, "\(line)") }
    }
    #expect(report.csv().split(separator: "\n").count > report.totals.units.total)
  }
}
