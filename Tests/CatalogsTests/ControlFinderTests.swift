import Catalogs
import Testing

@Suite struct ControlFinderTests {
  private let finder: ControlFinder

  init() throws {
    finder = ControlFinder(catalogs: try Samples.allBundled())
  }

  private func found(_ ids: String...) -> ControlMatch { .found(ids.compactMap(ControlID.init(parsing:))) }

  @Test(arguments: [
    ("3.1.1", "nist-800-171-r2/3.1.1"), ("nist-800-171-r2/3.1.1", "nist-800-171-r2/3.1.1"),
    (" NIST-800-171-R2/3.1.1 ", "nist-800-171-r2/3.1.1"),
    ("3.1.1[a]", "nist-800-171-r2/3.1.1[a]"), ("3.1.1 [A]", "nist-800-171-r2/3.1.1[a]"),
    ("3.4.4", "nist-800-171-r2/3.4.4"), ("3.4.4[a]", "nist-800-171-r2/3.4.4[a]"),
    ("03.01.01", "nist-800-171-r3/03.01.01"), ("SP_800_171_03.01.01", "nist-800-171-r3/03.01.01"),
    ("A.03.01.01.b[01]", "nist-800-171-r3/A.03.01.01.b[01]"), ("a.03.01.01.B[01]", "nist-800-171-r3/A.03.01.01.b[01]"),
    ("164.308(a)(1)(ii)(A)", "hipaa-security/164.308(a)(1)(ii)(A)"),
    ("164.308.a.1.ii.A", "hipaa-security/164.308(a)(1)(ii)(A)"),
    ("164.308(a)(1)(II)(a)", "hipaa-security/164.308(a)(1)(ii)(A)"),
    ("hipaa-security/164.308.a.2", "hipaa-security/164.308(a)(2)"),
    ("hipaa-164.308.a.2", "hipaa-security/164.308(a)(2)"),
    ("AC.L2-3.1.1", "nist-800-171-r2/3.1.1"), ("ac.l2-3.1.1", "nist-800-171-r2/3.1.1"),
    ("cmmc-level-2/AC.L2-3.1.1", "nist-800-171-r2/3.1.1"), ("AC.L2-3.1.1[a]", "nist-800-171-r2/3.1.1[a]"),
    ("CM.L2-3.4.4 [a]", "nist-800-171-r2/3.4.4[a]"),
    ("AC.L1-b.1.i", "nist-800-171-r2/3.1.1"), ("AC.L1-B.1.I", "nist-800-171-r2/3.1.1"),
    ("AC.L3-3.1.2e", "cmmc-level-3/AC.L3-3.1.2e"), ("ac.l3-3.1.2E", "cmmc-level-3/AC.L3-3.1.2e"),
    ("CC6.1", "soc2/CC6.1"), ("cc6.1", "soc2/CC6.1"), ("soc2/a1.2", "soc2/A1.2"),
    ("help-desk", "it-functions/help-desk"), ("it-functions/backup-recovery", "it-functions/backup-recovery"),
  ])
  func `a control is found by every spelling`(text: String, id: String) {
    #expect(finder.resolve(text) == found(id))
  }

  @Test(arguments: [
    ("SC.L2-3.1.1", ["cmmc-level-2/AC.L2-3.1.1", "cmmc-level-2/SC.L2-3.13.1"]),
    ("pe.l2-3.1.1", ["cmmc-level-2/AC.L2-3.1.1", "cmmc-level-2/PE.L2-3.10.1"]),
    ("AC.L3-3.1.2", ["cmmc-level-2/AC.L2-3.1.2", "cmmc-level-3/AC.L3-3.1.2e"]),
    ("XX.L2-3.1.1", ["cmmc-level-2/AC.L2-3.1.1"]),
  ])
  func `a practice whose letters or level contradict its number is none`(_ text: String, _ proposals: [String]) {
    guard case .unknown(let suggestions) = finder.resolve(text) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(proposals.allSatisfy(suggestions.contains), "\(suggestions)")
    #expect(Set(suggestions).count == suggestions.count)
    #expect(finder.resolve("AC.L1-3.1.1") == found("nist-800-171-r2/3.1.1"))
  }

  @Test func `a control that is the same as several leads to them all`() {
    let targets = ["3.10.3", "3.10.4", "3.10.5"].map { "nist-800-171-r2/\($0)" }
    #expect(finder.resolve("pe.l1-b.1.ix") == .found(targets.compactMap(ControlID.init(parsing:))))
    #expect(
      finder.resolve("PE.L1-B.1.IX[a]") == .ambiguous(targets.compactMap { ControlID(parsing: $0 + "[a]") }))
  }

  @Test func `every id of every catalog leads to itself, or to what it is the same as`() throws {
    for catalog in finder.catalogs {
      for control in catalog.controls {
        let canonical = try #require(finder.canonical(control.id))
        #expect(finder.resolve(control.id.description) == .found(canonical))
        #expect(finder.resolve(control.id.local) == .found(canonical))
        #expect(finder.isCanonical(control.id) == control.sameAs.isEmpty)
        #expect(canonical.allSatisfy { finder.control($0) != nil && finder.isCanonical($0) == true })
        for unit in control.units {
          #expect(finder.resolve(unit.id.description) == .found([unit.id]))
          #expect(finder.resolve(unit.id.local) == .found([unit.id]))
          #expect(finder.canonical(unit.id) == [unit.id] && finder.isCanonical(unit.id) == true)
        }
      }
      for family in catalog.families {
        #expect(finder.resolve(family.id.description) == .family(family.id))
      }
    }
  }

  @Test func `families are found, and told apart by their framework`() throws {
    #expect(finder.resolve("3.6") == .family(try id("nist-800-171-r2/3.6")))
    #expect(finder.resolve("164.308.a.1.i") == .family(try id("hipaa-security/164.308(a)(1)(i)")))
    #expect(finder.resolve("cmmc-level-2/ac") == .family(try id("cmmc-level-2/AC")))
    let all = try ["cmmc-level-1/AC", "cmmc-level-2/AC", "cmmc-level-3/AC"].map(id)
    #expect(finder.resolve("AC") == .ambiguous(all))
    #expect(finder.family(try id("soc2/CC1"))?.parent == (try id("soc2/security")))
  }

  @Test func `where a family is wanted, only families are found`() throws {
    #expect(finder.resolveFamily("3.6") == .family(try id("nist-800-171-r2/3.6")))
    #expect(finder.resolveFamily("nist-800-171-r3/03.06") == .family(try id("nist-800-171-r3/03.06")))
    guard case .unknown = finder.resolveFamily("3.6.1") else { return #expect(Bool(false)) }
    #expect(finder.resolveFamily("nist-800-171-r2/3.15.") != .unknown(suggestions: []))
    let both = try Samples.catalog(
      #""controls": [\#(Samples.control("x"))], "groups": [{"id": "x", "title": "Family"}]"#)
    let finder = ControlFinder(catalogs: [both])
    #expect(finder.resolve("x") == found("sample/x"))
    #expect(finder.resolveFamily("x") == .family(try id("sample/x")))
  }

  @Test func `what several frameworks have must be said in full`() throws {
    let one = try Samples.catalog(#""controls": [\#(Samples.control("x-1"))]"#, framework: "one")
    let two = try Samples.catalog(#""controls": [\#(Samples.control("X-1"))]"#, framework: "two")
    let both = ControlFinder(catalogs: [one, two])
    #expect(both.resolve("x-1") == found("one/x-1"), "the very spelling wins")
    #expect(both.resolve("X-1") == found("two/X-1"))
    #expect(both.resolve("one/X-1") == found("one/x-1"))
    let three = try Samples.catalog(#""controls": [\#(Samples.control("x-1"))]"#, framework: "three")
    #expect(
      ControlFinder(catalogs: [one, three]).resolve("x-1") == .ambiguous([try id("one/x-1"), try id("three/x-1")]))
  }

  @Test func `names of one control are not ambiguous`() throws {
    let one = try Samples.catalog(#""controls": [\#(Samples.control("x-1"))]"#, framework: "one")
    let props = #""props": [\#(Samples.ours("same-as", "one/x-1"))]"#
    let two = try Samples.catalog(#""controls": [\#(Samples.control("x-1", props))]"#, framework: "two")
    #expect(ControlFinder(catalogs: [two, one]).resolve("x-1") == found("one/x-1"))
  }

  @Test func `a control comes before a unit of the same id`() throws {
    let body =
      #""controls": [\#(Samples.control("a", #""parts": [\#(Samples.objective("b"))]"#)), \#(Samples.control("b", #""parts": [\#(Samples.objective("c"))]"#))]"#
    let finder = ControlFinder(catalogs: [try Samples.catalog(body)])
    #expect(finder.resolve("b") == found("sample/b"))
    #expect(finder.resolve("c") == found("sample/c"))
  }

  @Test func `what is unknown comes with what may have been meant`() {
    #expect(finder.resolve("3.1.99") != .unknown(suggestions: []))
    guard case .unknown(let near) = finder.resolve("backup-recovry") else { return #expect(Bool(false)) }
    #expect(near == ["it-functions/backup-recovery"])
    guard case .unknown(let frameworks) = finder.resolve("nist-800-171-r1/3.1.1") else { return #expect(Bool(false)) }
    #expect(frameworks == ["nist-800-171-r2", "nist-800-171-r3"])
    guard case .unknown(let words) = finder.resolve("multi-factor") else { return #expect(Bool(false)) }
    #expect(words.contains("it-functions/identity-access"))
    for text in [
      "", " ", "/", "//", "[", "[a]", "a/", "x/y", "3.1.1[", "3.1.1[z]", String(repeating: "3", count: 5000),
    ] {
      guard case .unknown = finder.resolve(text) else {
        Issue.record("'\(text.prefix(20))' is known")
        continue
      }
    }
  }

  @Test func `same-as is followed through catalogs, and circles lead nowhere`() throws {
    func catalog(_ framework: String, _ targets: String...) throws -> Catalog {
      let props = targets.map { Samples.ours("same-as", $0) }.joined(separator: ",")
      return try Samples.catalog(
        #""controls": [\#(Samples.control("c", #""props": [\#(props)]"#))]"#, framework: framework)
    }
    let chain = ControlFinder(catalogs: [
      try catalog("a", "b/c", "z/9"), try catalog("b", "d/c", "e/c"), try catalog("d"), try catalog("e", "d/c"),
    ])
    #expect(chain.canonical(try id("a/c")) == [try id("d/c"), try id("z/9")])
    #expect(chain.isCanonical(try id("a/c")) == false)
    #expect(chain.isCanonical(try id("d/c")) == true)
    #expect(chain.isCanonical(try id("z/9")) == nil)
    #expect(chain.canonical(try id("z/9")) == nil)
    let circle = ControlFinder(catalogs: [try catalog("a", "b/c"), try catalog("b", "a/c")])
    #expect(circle.canonical(try id("a/c")) == nil)
    guard case .unknown = circle.resolve("a/c") else { return #expect(Bool(false)) }
  }

  @Test func `domains are the controls of it-functions`() throws {
    #expect(finder.domains.count == 25 && finder.domains.first == "governance")
    #expect(ControlFinder(catalogs: []).domains.isEmpty)
  }

  @Test func `a search goes over all catalogs`() throws {
    #expect(finder.search("media sanitization").contains(try id("cmmc-level-1/MP.L1-B.1.VII")))
    #expect(finder.search("").isEmpty)
  }

  private func id(_ text: String) throws -> ControlID { try #require(ControlID(parsing: text)) }
}
