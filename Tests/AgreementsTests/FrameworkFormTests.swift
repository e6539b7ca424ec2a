import Testing

@testable import Agreements
import Catalogs

@Suite("A framework written by hand")
struct FrameworkFormTests {
  private let domains = ["governance", "backup-recovery"]

  private func read(_ text: String) -> (form: FrameworkForm?, faults: [Diagnostic]) {
    FrameworkForm.read(yaml: Array(text.utf8), domains: domains)
  }

  @Test("every field of the YAML form arrives in the catalog")
  func fields() throws {
    let (form, faults) = read(
      """
      title: House rules
      version: "2"
      date: 2026-01-31
      cadence: quarterly
      families: { plans: Plans }
      controls:
        - { id: 1.10(a), title: no, domain: backup-recovery, cadence: monthly, family: plans, citation: Rule 1 }
        - { id: 1.1, title: Kept, retained: yes, citation: Rule 2 }
      """)
    #expect(faults == [])
    let bytes = try #require(form).catalogBytes(modified: "2026-01-31T00:00:00.000Z")
    let catalog = try Catalog(parsing: bytes, framework: "house")
    #expect(catalog.title == "House rules")
    #expect(catalog.version == "2")
    #expect(catalog.controls.map(\.id.local).sorted() == ["1.1", "1.10(a)"])
    let first = try #require(catalog.controls.first { $0.id.local == "1.10(a)" })
    #expect(first.title == "no")
    #expect(first.domain == "backup-recovery")
    #expect(first.cadence == .month)
    #expect(catalog.families.map(\.title) == ["Plans"])
    let kept = try #require(catalog.controls.first { $0.id.local == "1.1" })
    #expect(kept.retained == "Rule 2")
  }

  @Test("ids that fall together as OSCAL tokens stay apart, and the same form gives the same bytes")
  func tokens() throws {
    var form = FrameworkForm(title: "T", version: "1")
    form.controls = ["a(1)", "a[1]", "a.1", "a.1."].map { FrameworkForm.Line(id: $0, title: $0) }
    let bytes = form.catalogBytes(modified: "2026-01-31T00:00:00.000Z")
    #expect(bytes == form.catalogBytes(modified: "2026-01-31T00:00:00.000Z"))
    #expect(try Catalog(parsing: bytes, framework: "t").controls.map(\.id.local) == ["a(1)", "a[1]", "a.1", "a.1."])
    form.title = "U"
    #expect(bytes != form.catalogBytes(modified: "2026-01-31T00:00:00.000Z"))
  }

  @Test(
    "what cannot stand is told with its place",
    arguments: [
      ("title: T\nversion: 1\ncontrols: []", "line 3, column 11: 'controls' must be a list"),
      ("version: 1\ncontrols: [{ id: a, title: t }]", "the framework has no 'title'"),
      ("title: T\nversion: 1\ncontrols: [{ id: a b, title: t }]", "the id 'a b' has other characters"),
      ("title: T\nversion: 1\ncontrols: [{ id: a, title: t }, { id: a, title: u }]", "the id 'a' is there twice"),
      ("title: T\nversion: 1\ncontrols: [{ id: a, title: t, domain: governence }]", "did you mean 'governance'"),
      ("title: T\nversion: 1\ncontrols: [{ id: a, title: t, cadence: often }]", "is not a cadence"),
      ("title: T\nversion: 1\ncontrols: [{ id: a, title: t, retained: yes }]", "needs its source"),
      ("title: T\nversion: 1\ncontrols: [{ id: a, titel: t }]", "did you mean 'title'"),
      ("title: T\nversion: 1\ndate: 2026-02-30\ncontrols: [{ id: a, title: t }]", "a day of the calendar"),
    ])
  func faults(_ text: String, _ message: String) {
    let (form, faults) = read(text)
    #expect(form == nil)
    #expect(faults.contains { $0.description.contains(message) }, "\(faults)")
  }

  @Test("a family in words is named by an id that can stand in an agreement")
  func families() {
    #expect(
      FrameworkForm.family("Incident  response!", title: nil)
        == .init(id: "incident-response", title: "Incident  response!"))
    #expect(FrameworkForm.family("3.1", title: "Access") == .init(id: "3.1", title: "Access"))
    #expect(FrameworkForm.family("§§", title: nil) == nil)
  }
}
