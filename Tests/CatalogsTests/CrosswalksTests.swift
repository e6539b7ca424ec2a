import Testing

@testable import Catalogs

/// What catalogs say of each other's controls is read from either side.
struct CrosswalksTests {
  private static func crosswalk(_ target: String, _ relation: String) -> String {
    #"{"name": "crosswalk", "ns": "urn:custody:v1", "value": "\#(target)", "class": "\#(relation)"}"#
  }

  private static func catalog(_ framework: String, _ controls: (id: String, props: [String])...) throws -> Catalog {
    let bodies = controls.map { Samples.control($0.id, #""props": [\#($0.props.joined(separator: ", "))]"#) }
    return try Samples.catalog(#""controls": [\#(bodies.joined(separator: ", "))]"#, framework: framework)
  }

  private static func links(_ id: String, _ catalogs: [Catalog]) -> [String] {
    guard let id = ControlID(parsing: id) else { return ["no id"] }
    return Crosswalks(ControlFinder(catalogs: catalogs)).links(from: id).map { "\($0.control) \($0.relation.rawValue)" }
  }

  @Test func `a part of another is turned into the whole of it from the other side`() throws {
    let catalogs = [
      try Self.catalog("old", ("a", [Self.crosswalk("new/x", "subset")]), ("b", [Self.crosswalk("new/x", "related")])),
      try Self.catalog("new", ("x", []), ("y", [])),
    ]
    #expect(Self.links("old/a", catalogs) == ["new/x subset"])
    #expect(Self.links("new/x", catalogs) == ["old/a superset", "old/b related"])
    #expect(Self.links("new/y", catalogs) == [])
  }

  @Test func `what a catalog says of its own control comes before what another says of it`() throws {
    let catalogs = [
      try Self.catalog("old", ("a", [Self.crosswalk("new/x", "related")])),
      try Self.catalog("new", ("x", [Self.crosswalk("old/a", "intersects")])),
    ]
    #expect(Self.links("old/a", catalogs) == ["new/x related"])
    #expect(Self.links("new/x", catalogs) == ["old/a intersects"])
  }

  @Test func `a control that is the same as another leads where that one does, and not to it`() throws {
    let catalogs = [
      try Self.catalog("base", ("a", [Self.crosswalk("new/x", "intersects")])),
      try Self.catalog("copy", ("c", [Samples.ours("same-as", "base/a"), Self.crosswalk("base/a", "equal")])),
      try Self.catalog("new", ("x", [])),
    ]
    #expect(Self.links("copy/c", catalogs) == ["new/x intersects"])
    #expect(Self.links("new/x", catalogs) == ["base/a intersects"])
  }

  @Test func `what leads out of the catalogs at hand, or nowhere, leads nowhere`() throws {
    let props = [
      Self.crosswalk("elsewhere/x", "equal"), Self.crosswalk("old/b", "equal"), Self.crosswalk("new", "equal"),
    ]
    #expect(Self.links("old/a", [try Self.catalog("old", ("a", props), ("b", []))]) == [])
  }

  @Test func `an objective leads where its control does`() throws {
    let catalogs = try Samples.allBundled()
    let links = Self.links("nist-800-171-r2/3.1.14[a]", catalogs)
    #expect(links.contains("nist-800-171-r3/03.01.12 subset"))
    #expect(Self.links("nist-800-171-r3/03.01.12", catalogs).contains("nist-800-171-r2/3.1.14 superset"))
  }
}
