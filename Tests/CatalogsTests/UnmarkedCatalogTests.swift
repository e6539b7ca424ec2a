import Testing

@testable import Catalogs

/// What a catalog's file means without saying it.
struct UnmarkedCatalogTests {
  private static let example = #"{"name": "example", "ns": "https://csrc.nist.gov/ns/csf", "prose": "e"}"#

  private func subcategory(_ id: String, _ more: String = "") -> String {
    Samples.control(id, #""class": "subcategory", "parts": [{"name": "statement", "prose": "s"}\#(more)]"#)
  }

  private func framework(_ categories: String) -> String {
    #""groups": [{"id": "GV", "title": "GOVERN", "controls": [\#(categories)]}]"#
  }

  private func category(_ id: String, _ subcategories: String...) -> String {
    Samples.control(id, #""class": "category", "controls": [\#(subcategories.joined(separator: ", "))]"#)
  }

  @Test func `categories of the CSF are families, and what version 1.1 left is withdrawn`() throws {
    let catalog = try Samples.catalog(
      framework(
        category("GV.OC", subcategory("GV.OC-01", ", " + Self.example), subcategory("GV.OC-09")) + ", "
          + category("GV.BE", subcategory("GV.BE-01"))))
    #expect(catalog.controls.map(\.id.local) == ["GV.OC-01"])
    #expect(catalog.controls[0].families.map(\.local) == ["GV.OC", "GV"])
    #expect(catalog.families.map(\.id.local) == ["GV", "GV.OC"])
    #expect(Set(catalog.withdrawn.map(\.id.local)) == ["GV.OC-09", "GV.BE", "GV.BE-01"])
  }

  @Test func `without such an example the same file is read as it stands`() throws {
    let catalog = try Samples.catalog(framework(category("GV.OC", subcategory("GV.OC-01"))))
    #expect(catalog.controls.map(\.id.local) == ["GV.OC", "GV.OC-01"] && catalog.withdrawn.isEmpty)
  }

  private func units(_ parts: String...) throws -> [String] {
    let catalog = try Samples.catalog(
      #""controls": [\#(Samples.control("c", "\"parts\": [\(parts.joined(separator: ", "))]"))]"#)
    #expect(catalog.renamedUnits.allSatisfy { catalog.unit($0) != nil })
    return catalog.units.map(\.id.local)
  }

  @Test func `objectives without a name are called by their place, and take nobody's`() throws {
    let nameless = #"{"name": "assessment-objective", "prose": "x"}"#
    func labelled(_ label: String) -> String {
      #"{"name": "assessment-objective", "prose": "x", "props": [\#(Samples.label(label))]}"#
    }
    #expect(try units(nameless) == ["c[1]"])
    #expect(try units(nameless, nameless) == ["c[1]", "c[2]"])
    #expect(try units(nameless, labelled("c[1]")) == ["c[2]", "c[1]"])
    #expect(try units(labelled("a"), labelled("b"), nameless) == ["a", "b", "c[3]"])
    #expect(try units(labelled("a"), labelled("a"), labelled("a")) == ["c.a", "c[2]", "c[3]"])
  }

  @Test func `ids that end too early propose those that go on`() throws {
    let finder = ControlFinder(catalogs: try Samples.allBundled())
    func proposals(_ text: String) -> [String] {
      if case .unknown(let suggestions) = finder.resolve(text) { suggestions } else { [] }
    }
    for text in ["164.312(a)", "§164.312(a)", "45 CFR 164.312(a)", "164.312.a", "hipaa-security/164.312(a)"] {
      #expect(proposals(text).first == "hipaa-security/164.312(a)(1)", "\(text): \(proposals(text))")
    }
    #expect(proposals("164.308(a)(5)(ii)").count == 4)
    #expect(proposals("AC.L1-b.1").first == "cmmc-level-1/AC.L1-B.1.I")
    // What goes on in the midst of a number is another.
    #expect(!proposals("3.14.").contains { $0.hasSuffix("/3.1.4") })
  }
}
