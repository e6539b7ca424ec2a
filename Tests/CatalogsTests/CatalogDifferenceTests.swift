import Catalogs
import TestSupport
import Testing

/// What a catalog under another's id adds, takes away and says in other words.
struct CatalogDifferenceTests {
  private static func catalog(_ controls: [SampleCatalog.Control]) throws -> Catalog {
    try Catalog(parsing: SampleCatalog.bytes(controls), framework: "demo")
  }

  private static let first = SampleCatalog.Control("1.1", family: "1", objectives: ["1.1[a]", "1.1[b]"])
  private static let second = SampleCatalog.Control("1.2", family: "1")

  @Test func `units are compared, in the order of the catalog that has them`() throws {
    let old = try Self.catalog([Self.first, Self.second])
    let new = try Self.catalog([
      SampleCatalog.Control("1.1", family: "1", objectives: ["1.1[a]", "1.1[c]"]),
      SampleCatalog.Control("1.3", family: "1"), Self.second,
    ])
    let difference = CatalogDifference(from: old, to: new)
    #expect(difference.gained.map(\.local) == ["1.1[c]", "1.3"])
    #expect(difference.lost.map(\.local) == ["1.1[b]"])
    #expect(difference.reworded.isEmpty && !difference.isEmpty)
    #expect(CatalogDifference(from: old, to: old).isEmpty)
  }

  @Test func `a control that is now the same as another's loses its units`() throws {
    let old = try Self.catalog([Self.second])
    let other = try Self.catalog([SampleCatalog.Control("1.2", family: "1", sameAs: ["house/1"])])
    let another = try Self.catalog([SampleCatalog.Control("1.2", family: "1", sameAs: ["house/2"])])
    #expect(CatalogDifference(from: other, to: another).reworded.map(\.local) == ["1.2"])
    #expect(CatalogDifference(from: old, to: other).reworded.map(\.local) == ["1.2"])
  }
}
