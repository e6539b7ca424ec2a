import Catalogs
import Crypto
import Ownership
import TestSupport
import Testing
import TreeLog

/// Catalogs that several stores share, and stores that do not have them.
struct ParsedCatalogsTests {
  private static let bytes = SampleCatalog.bytes([SampleCatalog.Control("1.1", family: "1", domain: "patch-management")]
  )
  private static let digest = SHA256.hash(bytes)

  @Test func `what two stores have adopted is parsed once`() throws {
    let parsed = ParsedCatalogs()
    for _ in 0..<2 {
      let log = try LogBuilder.company()
      _ = log.object("catalog.json", Self.bytes)
      let catalog = try ObjectLibrary(log.store, parsed: parsed).catalog(Self.digest, framework: "demo")
      #expect(catalog?.controls.count == 1)
    }
    #expect(parsed.count == 1)
    // Under another name it has other ids.
    #expect(parsed.catalog(Self.digest, framework: "other", bytes: Self.bytes)?.controls.first?.id.framework == "other")
    #expect(parsed.count == 2)
  }

  @Test func `a store that lacks a catalog, or has it damaged, is not read as if it had another's`() throws {
    let parsed = ParsedCatalogs()
    let whole = try LogBuilder.company()
    _ = whole.object("catalog.json", Self.bytes)
    #expect(try ObjectLibrary(whole.store, parsed: parsed).catalog(Self.digest, framework: "demo") != nil)
    let without = try LogBuilder.company()
    #expect(try ObjectLibrary(without.store, parsed: parsed).catalog(Self.digest, framework: "demo") == nil)
    let damaged = try LogBuilder.company()
    damaged.store[ObjectPath.path(Self.digest)] = Self.bytes.dropLast() + [0x21]
    #expect(try ObjectLibrary(damaged.store, parsed: parsed).catalog(Self.digest, framework: "demo") == nil)
  }

  @Test func `what is no catalog is none for anybody`() throws {
    let parsed = ParsedCatalogs()
    let bytes = Array("no catalog".utf8)
    for _ in 0..<2 { #expect(parsed.catalog(SHA256.hash(bytes), framework: "demo", bytes: bytes) == nil) }
    #expect(parsed.count == 1)
  }
}
