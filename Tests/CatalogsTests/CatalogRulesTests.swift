import Catalogs
import Testing

@Suite struct CatalogRulesTests {
  private typealias S = Samples

  private func id(_ local: String) throws -> ControlID {
    try #require(ControlID(framework: "sample", local: local))
  }

  @Test func `the three controls of the fixture are read`() throws {
    let catalog = try Catalog(parsing: S.bytes("Fixtures/catalogs/three-controls.json"), framework: "tiny")
    #expect(catalog.title == "Three controls" && catalog.version == "1" && catalog.oscalVersion == "1.1.3")
    #expect(catalog.controls.map(\.id.description) == ["tiny/1.1", "tiny/1.2", "tiny/2.1"])
    #expect(catalog.units.map(\.id.local) == ["1.1[a]", "1.1[b]", "1.2", "2.1"])
    #expect(catalog.families.map(\.id.local) == ["1", "2"])
    #expect(catalog.controls.map(\.domain) == ["patch-management", "identity-access", "physical-security"])
    #expect(catalog.leansOn.isEmpty && catalog.defaultCadence == .year)
  }

  @Test(arguments: [
    (#"{"name":"label","value":"1.1"}"#, "1.1"),
    (#"{"name":"label","value":"A b"}"#, "c-1"),
    (#"{"name":"label","value":""}"#, "c-1"),
    (#"{"name":"label","value":"é"}"#, "c-1"),
    (#"{"name":"label","class":"x","value":"1.1"}"#, "c-1"),
    (#"{"name":"label","class":"x","value":"0"},{"name":"label","value":"1.1"}"#, "1.1"),
    (#"{"name":"label","ns":"http://csrc.nist.gov/ns/oscal","value":"1.1"}"#, "1.1"),
    (#"{"name":"label","ns":"https://fedramp.gov/ns/oscal","value":"1.1"}"#, "c-1"),
    (#"{"name":"title","value":"1.1"}"#, "c-1"),
    (#"{"name":"label","value":"164.308(a)(1)(ii)(A)"}"#, "164.308(a)(1)(ii)(A)"),
    (#"{"name":"label","value":"a_b[c]-D.(9)"}"#, "a_b[c]-D.(9)"),
  ])
  func `a control's id is its label without a class if that fits, else its OSCAL id`(props: String, id: String) throws {
    let catalog = try S.catalog(#""controls": [\#(S.control("c-1", #""props": [\#(props)]"#))]"#)
    #expect(catalog.controls.map(\.id.local) == [id])
    let groups = #""groups": [{"id": "c-1", "title": "G", "props": [\#(props)]}]"#
    #expect(try S.catalog(groups).families.map(\.id.local) == [id])
  }

  @Test func `units are the objectives that have none below them`() throws {
    let inner = "[\(S.objective("o.1.a")), \(S.objective("o.1.b", label: "1b"))]"
    let nested = #"{"name": "overview", "parts": [\#(S.objective("o.2"))]}"#
    let parts = "[\(S.objective("o.1", label: "1", parts: inner)), \(nested)]"
    let catalog = try S.catalog(#""controls": [\#(S.control("c", #""parts": \#(parts)"#))]"#)
    #expect(catalog.units.map(\.id.local) == ["o.1.a", "1b", "o.2"])
    #expect(catalog.units.map(\.prose) == ["about o.1.a", "about o.1.b", "about o.2"])
    #expect(catalog.units.allSatisfy { $0.control.local == "c" })
    #expect(catalog.unit(try id("o.1")) == nil)
    #expect(catalog.unit(try id("c")) == nil)
  }

  @Test func `an objective above others through a part of another name is no unit`() throws {
    let between = #"[{"name": "item", "parts": [\#(S.objective("deep"))]}]"#
    let parts = "[\(S.objective("top", parts: between))]"
    let catalog = try S.catalog(#""controls": [\#(S.control("c", #""parts": \#(parts)"#))]"#)
    #expect(catalog.units.map(\.id.local) == ["deep"])
  }

  @Test func `an objective is named by its first label of any class that fits`() throws {
    let labels = [S.label("no label", category: "a"), S.label("AC-01a.[01]", category: "sp800-53a"), S.label("1")]
    let part = #"{"id": "p", "name": "assessment-objective", "props": [\#(labels.joined(separator: ","))]}"#
    let catalog = try S.catalog(#""controls": [\#(S.control("c", #""parts": [\#(part)]"#))]"#)
    #expect(catalog.units.map(\.id.local) == ["AC-01a.[01]"])
  }

  @Test func `a control without objectives is its own unit`() throws {
    let statement = #""parts": [{"name": "statement", "prose": "Do it."}, {"name": "guidance", "prose": "How."}]"#
    let catalog = try S.catalog(#""controls": [\#(S.control("c", statement))]"#)
    #expect(catalog.units.map(\.id.local) == ["c"] && catalog.units.map(\.control.local) == ["c"])
    #expect(catalog.units.map(\.prose) == ["Do it."])
    #expect(catalog.unit(try id("c")) != nil)
  }

  @Test func `an id may be a control's and another's unit's`() throws {
    let catalog = try S.catalog(
      #""controls": [\#(S.control("a", #""parts": [\#(S.objective("b"))]"#)), "#
        + #"\#(S.control("b", #""parts": [\#(S.objective("c"))]"#))]"#)
    #expect(catalog.control(try id("b"))?.title == "Title of b")
    #expect(catalog.unit(try id("b"))?.control.local == "a")
  }

  @Test func `controls lie at the top, in groups, in groups of groups and in controls`() throws {
    let enhanced = S.control("c2", #""controls": [\#(S.control("c2.1", #""controls": [\#(S.control("c2.1.1"))]"#))]"#)
    let catalog = try S.catalog(
      """
      "controls": [\(S.control("c1"))], "groups": [{"id": "g", "title": "Outer", "groups": [
        {"id": "h", "title": "Inner", "controls": [\(enhanced)]}, {"title": "No id", "controls": [\(S.control("c3"))]}
      ]}]
      """)
    #expect(catalog.controls.map(\.id.local) == ["c1", "c2", "c2.1", "c2.1.1", "c3"])
    #expect(
      catalog.controls.map { $0.families.map(\.local) } == [[], ["h", "g"], ["h", "g"], ["h", "g"], ["no-id", "g"]])
    #expect(catalog.families.map(\.id.local) == ["g", "h", "no-id"])
    #expect(catalog.family(try id("h"))?.parent == (try id("g")))
    #expect(catalog.family(try id("g"))?.parent == nil)
    #expect(catalog.controls(inFamily: try id("g")).map(\.id.local) == ["c2", "c2.1", "c2.1.1", "c3"])
    #expect(catalog.controls(inFamily: try id("h")).count == 3)
    #expect(catalog.controls(inFamily: try id("x")).isEmpty)
  }

  @Test func `a withdrawn control is none, and gives its id free`() throws {
    let withdrawn = S.control(
      "c", #""props": [{"name": "status", "value": "withdrawn"}], "parts": [\#(S.objective("o"))]"#)
    let foreign = S.control("d", #""props": [{"name": "status", "ns": "urn:x", "value": "withdrawn"}]"#)
    let planned = S.control("e", #""props": [{"name": "status", "value": "deprecated"}]"#)
    let catalog = try S.catalog(#""controls": [\#(withdrawn), \#(S.control("c")), \#(foreign), \#(planned)]"#)
    #expect(catalog.controls.map(\.id.local) == ["c", "d", "e"])
    #expect(catalog.units.map(\.id.local) == ["c", "d", "e"])
  }

  @Test func `a control that is the same as others has no units`() throws {
    let props = #""props": [\#(S.ours("same-as", "other/1")), \#(S.ours("same-as", "more/2[a]"))]"#
    let catalog = try S.catalog(
      #""controls": [\#(S.control("c", "\(props), \"parts\": [\(S.objective("o"))]"))]"#)
    #expect(catalog.controls[0].sameAs.map(\.description) == ["other/1", "more/2[a]"])
    #expect(catalog.controls[0].units.isEmpty && catalog.units.isEmpty)
    #expect(catalog.unit(try id("c")) == nil)
    #expect(catalog.leansOn == ["other", "more"])
  }

  @Test func `props of our namespace are read, and those of others are not`() throws {
    let props = [
      S.ours("domain", "help-desk"), S.ours("retained", "12 CFR 3"), S.ours("weight", "5"), S.ours("cadence", "month"),
      S.ours("typical-managed", "shared"), S.ours("kind", "basic"),
      #"{"name": "crosswalk", "ns": "urn:custody:v1", "value": "x/1", "class": "related", "remarks": "so"}"#,
      #"{"name": "domain", "value": "x"}"#, #"{"name": "same-as", "ns": "urn:custody:v2", "value": "x"}"#,
    ].joined(separator: ", ")
    let control = try S.catalog(#""controls": [\#(S.control("c", #""props": [\#(props)]"#))]"#).controls[0]
    #expect(control.domain == "help-desk" && control.retained == "12 CFR 3" && control.weight == "5")
    #expect(control.cadence == .month && control.typicalManaged == "shared" && control.sameAs.isEmpty)
    #expect(control.properties.map(\.name) == ["kind", "crosswalk"])
    #expect(control.properties.last?.category == "related" && control.properties.last?.remarks == "so")
    #expect(control.property("kind") == "basic" && control.property("none") == nil)
  }

  @Test func `the metadata's cadence is the default`() throws {
    let bytes = S.document("", metadataProps: "[\(S.ours("cadence", "quarter"))]")
    #expect(try Catalog(parsing: bytes, framework: "sample").defaultCadence == .quarter)
  }

  @Test func `a statement has a line for each item, with its parameters' names`() throws {
    let members = """
      "params": [{"id": "p1", "label": "frequency"}, {"id": "p2", "select": {"choice": ["daily", "by {{ insert: param, p1 }}"]}},
        {"id": "p3", "select": {"choice": ["{{ insert: param, p3 }}"]}}],
      "parts": [{"name": "statement", "prose": "Do:", "parts": [
        {"name": "item", "props": [\(S.label("a."))], "prose": "every {{ insert: param, p1 }};"},
        {"name": "item", "props": [\(S.label("b."))], "prose": "{{insert: param,p2}} or {{ insert: param, p9 }} {{ open"},
        {"name": "item", "prose": "{{ insert: param, p3 }}"}
      ]}]
      """
    let control = try S.catalog(#""controls": [\#(S.control("c", members))]"#).controls[0]
    #expect(control.statement == "Do:\na. every [frequency];\nb. [daily; by [frequency]] or [p9] {{ open\n[[p3]]")
  }

  @Test(arguments: [
    #""controls": [\#(Samples.control("c")), \#(Samples.control("c"))]"#,
    #""controls": [\#(Samples.control("c")), \#(Samples.control("d", #""props": [\#(Samples.label("c"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""controls": [\#(Samples.control("c"))]"#))]"#,
    #""groups": [{"id": "g", "title": "A"}, {"id": "g", "title": "B"}]"#,
    #""controls": [\#(Samples.control("c", #""parts": [\#(Samples.objective("o")), \#(Samples.objective("o"))]"#))]"#,
    #""controls": [\#(Samples.control("c", #""parts": [\#(Samples.objective("d"))]"#)), \#(Samples.control("d"))]"#,
  ])
  func `two things of one id are refused`(body: String) {
    #expect(fault(Samples.document(body))?.code == .duplicate)
  }

  @Test func `a duplicate is named with its place`() {
    let error = fault(S.document(#""controls": [\#(S.control("c")), \#(S.control("c"))]"#))
    #expect(error?.message == "catalog/controls[1]: two controls have the id 'c'")
    #expect(error?.hint != nil)
  }

  @Test func `words are found in ids, titles, functions and prose, those in headings first`() throws {
    let catalog = try Samples.bundled("nist-800-171-r2")
    let found = catalog.search("AUDIT log").map(\.id.local)
    #expect(found.contains("3.3.1"))
    #expect(catalog.search("3.13.11").first?.id.local == "3.13.11")
    #expect(catalog.search("fips").map(\.id.local).contains("3.13.11"))
    #expect(catalog.search("  ").isEmpty && catalog.search("no such words").isEmpty)
    #expect(try Samples.bundled("it-functions").search("onboarding").first?.id.local == "identity-access")
  }
}
