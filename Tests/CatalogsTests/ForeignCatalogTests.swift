import Foundation
import TestSupport
import Testing

@testable import Catalogs

/// Catalogs as publishers have them.
struct ForeignCatalogTests {
  private func catalog(_ name: String) throws -> Catalog {
    try Catalog(parsing: try Fixtures.bytes("field/import-\(name)/catalog.json"), framework: "x")
  }

  private func fault(_ text: String) -> CatalogError? { fault(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> CatalogError? {
    do {
      _ = try Catalog(parsing: bytes, framework: "x")
      return nil
    } catch {
      return error
    }
  }

  @Test func `a group with a title alone is a family by its words`() throws {
    let catalog = try catalog("groups-without-id")
    #expect(catalog.families.map(\.id.description) == ["x/guidelines-for-doors"])
    #expect(catalog.controls.first?.families.map(\.local) == ["guidelines-for-doors"])
  }

  @Test func `groups of one title differ, by what is around them, or by what is in them`() throws {
    func group(_ title: String, _ inner: String, _ more: String = "") -> String {
      #"{"title": "\#(title)"\#(more), \#(inner)}"#
    }
    func control(_ id: String) -> String { "\"controls\": [\(Samples.control(id)), \(Samples.control(id + "0"))]" }
    func names(_ groups: String...) throws -> [String] {
      try Samples.catalog("\"groups\": [\(groups.joined(separator: ", "))]").families.map(\.id.local)
    }
    #expect(try names(group("Doors", control("d1")), group("Doors", control("e1"))) == ["doors.d1", "doors.e1"])
    // Another before them changes nothing.
    #expect(
      try names(group("Doors", control("c1")), group("Doors", control("d1")), group("Doors", control("e1")))
        == ["doors.c1", "doors.d1", "doors.e1"])
    let inner = { (id: String) in "\"groups\": [\(group("General", control(id)))]" }
    #expect(
      try names(group("Doors", inner("d1")), group("Windows", inner("w1")))
        == ["doors", "doors.general", "windows", "windows.general"])
    let twice = "\"groups\": [\(group("General", control("d1"))), \(group("General", control("e1")))]"
    #expect(try names(group("Doors", twice)) == ["doors", "general.d1", "general.e1"])
    // A title that is another's id is no name.
    #expect(
      try names(group("Locks", control("l1"), #", "id": "doors""#), group("Doors", control("d1"))) == [
        "doors", "doors.d1",
      ])
    // A family may be called as a control is.
    #expect(try names(group("d1", control("d1"))) == ["d1"])
  }

  @Test(arguments: ["07.01.01", "x/07.01.01", "HOUSE_07.01.01", "house_07.01.01"])
  func `an id that stands in brackets behind a label, or that is sorted by, finds the control`(_ text: String) throws {
    let finder = ControlFinder(catalogs: [try catalog("label-holds-title")])
    #expect(finder.resolve(text) == .found([try #require(ControlID(parsing: "x/HOUSE_07.01.01"))]))
  }

  @Test func `objectives by their older name are units`() throws {
    #expect(try catalog("objective-rev4").units.map(\.id.local) == ["HR-1[a]", "HR-1[b]"])
  }

  @Test func `labels that several groups have give way to ids`() throws {
    let catalog = try catalog("repeated-group-label")
    #expect(catalog.families.map(\.id.local) == ["DOOR", "DOOR.1", "WIN", "WIN.1"])
    #expect(catalog.controls.count == 2)
  }

  @Test func `labels that several controls or objectives have give way to ids`() throws {
    let objective = { (id: String?) in
      #"{"name": "assessment-objective", "props": [\#(Samples.label("a"))]\#(id.map { #", "id": "\#($0)""# } ?? "")}"#
    }
    let control = { (id: String, part: String) in
      #"{"id": "\#(id)", "title": "T", "props": [\#(Samples.label("1"))], "parts": [\#(part)]}"#
    }
    let catalog = try Samples.catalog(
      #""controls": [\#(control("d1", objective("d1_obj"))), \#(control("w1", objective(nil)))]"#)
    #expect(catalog.controls.map(\.id.local) == ["d1", "w1"])
    #expect(catalog.units.map(\.id.local) == ["d1_obj", "w1.a"])
  }

  @Test func `a catalog without a control is read, and is empty`() throws {
    #expect(try catalog("empty-catalog").controls.isEmpty)
  }

  @Test func `withdrawn with a capital is withdrawn, and says where it went`() throws {
    let catalog = try catalog("withdrawn-capital")
    #expect(catalog.controls.map(\.id.local) == ["HR-1"])
    let finder = ControlFinder(catalogs: [catalog])
    let ids = try ["x/HR-2", "x/HR-1"].map { try #require(ControlID(parsing: $0)) }
    #expect(finder.resolve("hr-2") == .withdrawn(ids[0], [ids[1]]))
  }

  @Test func `values and constraints of parameters stand in the text`() throws {
    let params = """
      "params": [{"id": "a", "label": "frequency", "values": ["30 days"]},
        {"id": "b", "label": "time", "constraints": [{"description": "at most an hour"}]},
        {"id": "c", "constraints": [{"description": "twice"}]}, {"id": "d", "label": "place"},
        {"id": "e", "select": {"choice": ["daily", "weekly"]}, "constraints": [{"description": "never less"}]}]
      """
    let prose =
      "Every {{ insert: param, a }} within {{ insert: param, b }}, {{ insert: param, c }}, at {{ insert: param, d }}, {{ insert: param, e }}."
    let parts = #""parts": [{"name": "statement", "prose": "\#(prose)"}]"#
    let catalog = try Samples.catalog("\"controls\": [\(Samples.control("c", "\(params), \(parts)"))]")
    #expect(
      catalog.controls[0].statement
        == "Every [30 days] within [time: at most an hour], [twice], at [place], [daily; weekly: never less].")
  }

  @Test(arguments: ["withdrawn", "Withdrawn", " Withdrawn ", "WITHDRAWN", "withdrawn\\n"])
  func `withdrawn is withdrawn in whatever letters`(_ status: String) throws {
    let props = #""props": [{"name": "status", "value": "\#(status)"}]"#
    let catalog = try Samples.catalog("\"controls\": [\(Samples.control("a")), \(Samples.control("b", props))]")
    #expect(catalog.controls.map(\.id.local) == ["a"] && catalog.withdrawn.map(\.id.local) == ["b"])
  }

  @Test(arguments: [
    #""props": [{"name": "Status", "value": "withdrawn"}]"#,
    #""props": [{"name": "status", "ns": "http://csrc.nist.gov/ns/oscal/", "value": "withdrawn"}]"#,
    #""props": [{"name": "status", "value": "Withdrawn (moved to HR-1)"}]"#,
    #""props": [{"name": "withdrawn", "value": "True"}]"#, #""props": [{"name": "state", "value": "withdrawn"}]"#,
    #""parts": [{"name": "statement", "prose": "[Withdrawn: Incorporated into HR-1]."}]"#,
    #""parts": [{"name": "statement", "prose": " [withdrawn by the board] "}]"#,
  ])
  func `withdrawn is read however files made by hand say it`(_ more: String) throws {
    let catalog = try Samples.catalog("\"controls\": [\(Samples.control("a")), \(Samples.control("b", more))]")
    #expect(catalog.controls.map(\.id.local) == ["a"] && catalog.withdrawn.map(\.id.local) == ["b"])
  }

  @Test(arguments: ["[Withdrawn]", "[Withdrawn: see HR-1] Doors"])
  func `a title may say that its control is withdrawn`(_ title: String) throws {
    let catalog = try Samples.catalog(#""controls": [{"id": "b", "title": "\#(title)"}]"#)
    #expect(catalog.controls.isEmpty && catalog.withdrawn.count == 1)
  }

  @Test(arguments: [
    #""props": [{"name": "withdrawn", "value": "false"}]"#,
    #""props": [{"name": "status", "ns": "https://example.org/ns", "value": "withdrawn"}]"#,
    #""parts": [{"name": "statement", "prose": "[Withdrawn] keys are destroyed."}]"#,
    #""parts": [{"name": "statement", "prose": "Withdrawn keys are destroyed."}]"#,
    #""parts": [{"name": "statement", "prose": "[Withdrawn: x]", "parts": [{"name": "item", "prose": "y"}]}]"#,
  ])
  func `what only speaks of withdrawing is not withdrawn`(_ more: String) throws {
    #expect(try Samples.catalog("\"controls\": [\(Samples.control("b", more))]").controls.count == 1)
  }

  @Test(arguments: ["not withdrawn", "active", ""])
  func `another status is none`(_ status: String) throws {
    let props = #""props": [{"name": "status", "value": "\#(status)"}]"#
    #expect(try Samples.catalog("\"controls\": [\(Samples.control("b", props))]").controls.count == 1)
  }

  @Test func `the names of release candidates are read`() throws {
    let control = """
      {"id": "a-1", "title": "T", "properties": [{"name": "label", "value": "A-1"}],
       "parameters": [{"id": "p", "label": "time", "constraints": [{"detail": "daily"}]},
         {"id": "q", "select": {"alternatives": ["one", "two"]}}, {"id": "r", "value": "30 days"}],
       "parts": [{"name": "statement", "prose": "Every {{ p }}, {{q}}, {{ insert: r }}."}]}
      """
    let gone = #"{"id": "a-2", "title": "T", "annotations": [{"name": "status", "value": "Withdrawn"}]}"#
    let catalog = try Samples.catalog("\"controls\": [\(control), \(gone)]")
    #expect(catalog.controls.map(\.id.local) == ["A-1"] && catalog.withdrawn.map(\.id.local) == ["a-2"])
    #expect(catalog.controls[0].statement == "Every [time: daily], [one; two], [30 days].")
  }

  @Test(arguments: [
    "http://csrc.nist.gov/ns/oscal", "http://csrc.nist.gov/ns/oscal/1.0",
  ])
  func `OSCAL's namespace may be spelled out, with its version`(_ namespace: String) throws {
    let label = #"{"name": "label", "ns": "\#(namespace)", "value": "A-1"}"#
    let part = #"{"name": "assessment-objective", "ns": "\#(namespace)", "props": [\#(Samples.label("A-1[a]"))]}"#
    let control = Samples.control("c", #""props": [\#(label)], "parts": [\#(part)]"#)
    #expect(try Samples.catalog("\"controls\": [\(control)]").units.map(\.id.local) == ["A-1[a]"])
    let foreign = control.replacing(namespace, with: "https://example.org/ns")
    #expect(try Samples.catalog("\"controls\": [\(foreign)]").units.map(\.id.local) == ["c"])
  }

  @Test(arguments: [
    ("{{ insert: param, p }}", "[time]"), ("{{insert: param,p}}", "[time]"), ("{{ p }}", "[time]"), ("{{p}}", "[time]"),
    (#"<insert param-id=\"p\"/>"#, "[time]"), (#"<insert type=\"param\" id-ref=\"p\" />"#, "[time]"),
    ("{{ insert: param, x }}", "[x]"), ("{{ p", "{{ p"), ("a < b {c} <insert x>", "a < b {c} <insert x>"),
    ("{{ n }}", "[{{ p }} <insert param-id='p'/>]"),
  ])
  func `parameters stand in the text however they are put there`(_ prose: String, _ text: String) throws {
    let params = """
      "params": [{"id": "p", "label": "time"}, {"id": "n", "label": "{{ p }} <insert param-id='p'/>"}]
      """
    let parts = #""parts": [{"name": "statement", "prose": "\#(prose)"}]"#
    let catalog = try Samples.catalog("\"controls\": [\(Samples.control("c", "\(params), \(parts)"))]")
    #expect(catalog.controls[0].statement == text)
  }

  @Test(arguments: [
    (#"[{"catalog": {}}]"#, "a JSON list", ".[0]"), (#" [ {"id": 1} ]"#, "a JSON list", ".[0]"),
    ("{\"id\": 1}\n{\"id\": 2}\n", "JSON in lines", "a file of its own"),
    (#"{"uuid": "x", "metadata": {}, "groups": []}"#, "the inside of an OSCAL catalog", "{catalog: .}"),
    (#"{"metadata": {}, "controls": []}"#, "the inside of an OSCAL catalog", "{catalog: .}"),
    (#"{"component-definition": {}}"#, "component-definition", "its controls come from"),
    (#"{"assessment-results": {}}"#, "assessment-results", "its controls come from"),
    ("profile:\n  metadata:\n    oscal-version: 1.1.3\n", "OSCAL in YAML", "OSCAL catalog in JSON"),
    ("id;title\n", "a table (CSV)", "OSCAL catalog in JSON"),
    ("PK\u{3}\u{4}……xl/workbook.xml", "a spreadsheet (XLSX)", "OSCAL catalog in JSON"),
    ("<?xml version=\"1.0\"?>\n<profile xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"/>", "OSCAL in XML", "JSON"),
  ])
  func `what is nearly a catalog is named, with what to do`(_ text: String, _ name: String, _ hint: String) {
    let fault = fault(text)
    #expect(fault?.code == .notACatalog && fault?.message.contains(name) == true, "\(fault?.message ?? "none")")
    #expect(fault?.hint?.contains(hint) == true, "\(fault?.hint ?? "none")")
  }

  @Test(arguments: [
    ("<?xml version=\"1.0\"?>\n<catalog xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"/>", "OSCAL in XML"),
    ("<note/>", "this is XML"), ("<!DOCTYPE html><html></html>", "web page"),
    ("---\ncatalog:\n  uuid: x\n", "OSCAL in YAML"),
    ("name: house\ncontrols:\n", "this is YAML"), ("id,title\n1,Lock\n", "a table (CSV)"),
    ("id;title\n", "a table (CSV)"),
    ("%PDF-1.7", "a PDF"), ("PK\u{3}\u{4}", "XLSX"), (#"{"response": {"elements": {}}}"#, "CPRT"),
    (#"{"definitions": {}, "$schema": "x"}"#, "a JSON schema"), (#"{"profile": {}}"#, "an OSCAL profile"),
    (#"{"system-security-plan": {}}"#, "system-security-plan"), (#"{"type": "bundle", "objects": []}"#, "STIX"),
    ("  \n", "empty"),
  ])
  func `other formats are named for what they are`(_ text: String, _ name: String) {
    let fault = fault(text)
    #expect(fault?.code == .notACatalog && fault?.message.contains(name) == true, "\(fault?.message ?? "none")")
  }

  @Test func `UTF-16, archives and old OSCAL are named, and a mark before UTF-8 is passed over`() throws {
    let bytes = try Fixtures.bytes("field/import-withdrawn-capital/catalog.json")
    let wide = String(decoding: bytes, as: UTF8.self).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    for text in [wide, [0xff, 0xfe] + wide] { #expect(fault(text)?.message.contains("UTF-16") == true) }
    #expect(fault([0x1f, 0x8b, 8, 0])?.message.contains("gzip") == true)
    #expect(fault([0xef, 0xbb, 0xbf] + bytes) == nil)
    let old = String(decoding: bytes, as: UTF8.self).replacing("1.1.2", with: "1.0.0-milestone3")
    #expect(fault(old)?.message.contains("before 1.0") == true)
    for name in ["xml", "yaml"] {
      let other = try Fixtures.bytes("field/import-other-format/catalog.\(name)")
      #expect(fault(other)?.message.contains(name.uppercased()) == true)
    }
  }

  @Test func `what real documents write leads where it should`() throws {
    let finder = ControlFinder(catalogs: try Samples.allBundled())
    let table = String(decoding: try Fixtures.bytes("field/control-spellings/spellings.tsv"), as: UTF8.self)
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      try #require(parts.count == 2)
      switch finder.resolve(parts[0]) {
      case .found(let ids): #expect(ids.map(\.description) == [parts[1]], "\(parts[0])")
      case .withdrawn(_, let successors):
        #expect(parts[1].contains("withdrawn") && successors.allSatisfy { parts[1].contains($0.local) }, "\(parts[0])")
      case let other: Issue.record("\(parts[0]): \(other)")
      }
    }
  }

  @Test(arguments: [
    ("45 C.F.R. § 164.312(b)", "hipaa-security/164.312(b)"), ("Section 164.312(b)", "hipaa-security/164.312(b)"),
    ("3.1.1 a", "nist-800-171-r2/3.1.1[a]"), ("3.1.1a", "nist-800-171-r2/3.1.1[a]"),
    ("3.1.1,", "nist-800-171-r2/3.1.1"),
    ("AC.L2\u{2011}3.1.1", "nist-800-171-r2/3.1.1"), ("NIST SP 800-171 3.1.1", "nist-800-171-r2/3.1.1"),
    ("“CC6.1”", "soc2/CC6.1"), ("3.1.3e", "cmmc-level-3/AC.L3-3.1.3e"),
  ])
  func `further spellings`(_ text: String, _ id: String) throws {
    let finder = ControlFinder(catalogs: try Samples.allBundled())
    #expect(finder.resolve(text) == .found([try #require(ControlID(parsing: id))]))
  }

  @Test func `numbers filled up with zeros are the same numbers`() throws {
    let finder = ControlFinder(catalogs: [
      try Samples.catalog("\"controls\": [\(Samples.control("ac-2")), \(Samples.control("gv.oc-03"))]")
    ])
    for (text, local) in [("AC-02", "ac-2"), ("ac-2", "ac-2"), ("GV.OC-3", "gv.oc-03"), ("gv.oc-03", "gv.oc-03")] {
      guard case .found(let ids) = finder.resolve(text) else {
        Issue.record("\(text)")
        continue
      }
      #expect(ids.map(\.local) == [local])
    }
  }

  @Test func `a standard of the HIPAA rule is known by its own id`() throws {
    let finder = ControlFinder(catalogs: [try Samples.bundled("hipaa-security")])
    let standard = try #require(ControlID(parsing: "hipaa-security/164.308(a)(7)(i)"))
    for text in ["164.308(a)(7)(i)", "164.308(a)(7)", "§164.308(a)(7)"] {
      #expect(finder.resolve(text) == .family(standard))
    }
    #expect(finder.family(standard)?.isStandard == true)
    let requirements = finder.catalogs[0].controls(inFamily: standard).map(\.requirement)
    #expect(requirements == ["required", "required", "required", "addressable", "addressable"])
  }
}
