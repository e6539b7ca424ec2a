import Catalogs
import Foundation
import Testing

@Suite struct BundledCatalogsTests {
  @Test func `what is embedded is what lies in Controls, byte for byte`() throws {
    let folder = Samples.repository.appending(path: "Controls")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    #expect(Set(files) == Set(BundledCatalogs.names.map { "\($0).json" }))
    for name in BundledCatalogs.names {
      let embedded = try #require(BundledCatalogs.bytes(of: name))
      #expect(embedded == (try Samples.bytes("Controls/\(name).json")), "\(name)")
    }
    #expect(BundledCatalogs.bytes(of: "nist-csf-2.0") == nil)
  }

  @Test func `no catalog leans on a later one`() throws {
    var before: Set<String> = []
    for catalog in try Samples.allBundled() {
      #expect(before.isSuperset(of: catalog.leansOn), "\(catalog.framework)")
      before.insert(catalog.framework)
    }
    #expect(try Samples.bundled("cmmc-level-1").leansOn == ["nist-800-171-r2"])
    #expect(try Samples.bundled("cmmc-level-2").leansOn == ["nist-800-171-r2"])
    #expect(try Samples.bundled("cmmc-level-3").leansOn.isEmpty)
  }

  @Test(arguments: [
    ("nist-800-171-r2", 110, 320, 14), ("nist-800-171-r3", 97, 422, 17), ("cmmc-level-1", 15, 0, 6),
    ("cmmc-level-2", 110, 0, 14), ("cmmc-level-3", 24, 24, 10), ("hipaa-security", 53, 53, 20), ("soc2", 61, 61, 25),
    ("it-functions", 25, 25, 0),
  ])
  func `controls, units and families are as many as the sources have`(
    framework: String, controls: Int, units: Int, families: Int
  ) throws {
    let catalog = try Samples.bundled(framework)
    #expect(catalog.controls.count == controls)
    #expect(catalog.unitCount == units)
    #expect(catalog.units.count == units)
    #expect(catalog.families.count == families)
    #expect(catalog.oscalVersion == "1.1.3")
    #expect(catalog.defaultCadence == .year)
    #expect(!catalog.title.isEmpty && !catalog.version.isEmpty)
    #expect(catalog.controls.allSatisfy { !$0.title.isEmpty && catalog.control($0.id) == $0 })
  }

  @Test func `every domain is a function`() throws {
    let functions = Set(try Samples.bundled("it-functions").controls.map(\.id.local))
    for catalog in try Samples.allBundled() {
      for control in catalog.controls {
        #expect(control.domain.map(functions.contains) == true, "\(control.id)")
      }
    }
  }

  @Test func `the weights of SP 800-171 sum to 313`() throws {
    for framework in ["nist-800-171-r2", "cmmc-level-2"] {
      let catalog = try Samples.bundled(framework)
      let weights = catalog.controls.compactMap(\.weight).compactMap(Int.init)
      #expect(weights.count == 109)
      #expect(weights.reduce(0, +) == 313)
      #expect(catalog.controls.filter { $0.weight == nil }.map(\.title) == ["System security plan (SSP)"])
      #expect(weights.filter { $0 == 5 }.count == 44 && weights.filter { $0 == 3 }.count == 14)
    }
  }

  @Test func `47 requirements of level 2 may be on a plan of action`() throws {
    let catalog = try Samples.bundled("cmmc-level-2")
    let allowed = catalog.controls.filter { $0.property("poam-allowed") == "yes" }
    #expect(allowed.count == 47)
    #expect(allowed.filter { $0.weight != "1" }.map(\.id.local) == ["SC.L2-3.13.11"])
    #expect(
      try Samples.bundled("cmmc-level-1").controls.allSatisfy { $0.property("poam-allowed") == "no" })
  }

  @Test func `level 2 is revision 2 under other names`() throws {
    let original = try Samples.bundled("nist-800-171-r2")
    let catalog = try Samples.bundled("cmmc-level-2")
    #expect(catalog.controls.flatMap(\.sameAs) == original.controls.map(\.id))
    #expect(catalog.controls.allSatisfy { $0.units.isEmpty })
    let first = try Samples.bundled("cmmc-level-1")
    #expect(first.controls.flatMap(\.sameAs).count == 17)
    #expect(first.controls.flatMap(\.sameAs).compactMap(original.control).flatMap(\.units).count == 59)
  }

  @Test func `23 requirements have a single objective, and each objective its letter`() throws {
    let catalog = try Samples.bundled("nist-800-171-r2")
    #expect(catalog.controls.filter { $0.units.count == 1 }.count == 23)
    for control in catalog.controls {
      for (unit, letter) in zip(control.units, "abcdefghijklmnopqrstuvwxyz") {
        #expect(unit.id.local == "\(control.id.local)[\(letter)]")
        #expect(unit.control == control.id && !unit.prose.isEmpty)
      }
    }
    #expect(catalog.controls.filter { $0.property("kind") == "basic" }.count == 31)
  }

  @Test func `what cannot be handed over is marked, with the text that says so`() throws {
    func retained(_ framework: String) throws -> [String] {
      try Samples.bundled(framework).controls.filter { $0.retained != nil }.map(\.id.local)
    }
    #expect(
      try retained("hipaa-security") == [
        "164.308(a)(1)(ii)(C)", "164.308(a)(2)", "164.308(b)(3)", "164.314(a)(2)(i)", "164.314(a)(2)(ii)",
        "164.314(b)(2)(i)", "164.314(b)(2)(ii)", "164.314(b)(2)(iii)", "164.314(b)(2)(iv)",
      ])
    #expect(try retained("soc2") == ["CC1.2"])
    #expect(try retained("nist-800-171-r2") == ["3.12.4"])
    #expect(try retained("nist-800-171-r3") == ["03.15.02"])
    #expect(try retained("cmmc-level-2") == ["CA.L2-3.12.4"])
    #expect(try retained("cmmc-level-1") == [])
    #expect(try retained("it-functions") == [])
    let plan = try Samples.bundled("nist-800-171-r2").controls.first { $0.id.local == "3.12.4" }
    #expect(plan?.retained?.hasPrefix("32 CFR 170.24") == true)
  }

  @Test func `a HIPAA standard that has specifications is a family in that of its safeguard`() throws {
    let catalog = try Samples.bundled("hipaa-security")
    let analysis = try #require(catalog.controls.first)
    #expect(analysis.families.map(\.local) == ["164.308(a)(1)(i)", "administrative"])
    #expect(analysis.property("requirement") == "required")
    let official = try #require(catalog.controls.first { $0.id.local == "164.308(a)(2)" })
    #expect(official.families.map(\.local) == ["administrative"])
    #expect(catalog.controls(inFamily: try id("hipaa-security/164.308(a)(1)(i)")).count == 4)
    let family = try #require(catalog.family(try id("hipaa-security/164.308(a)(1)(i)")))
    #expect(family.parent?.local == "administrative")
    #expect(catalog.families.filter { $0.parent == nil }.count == 5)
    #expect(catalog.families.filter { $0.parent != nil }.count == 15)
    let perSafeguard = catalog.families.filter { $0.parent == nil }.map { catalog.controls(inFamily: $0.id).count }
    #expect(perSafeguard.reduce(0, +) == 53)
  }

  @Test func `SOC 2 has titles of our own and no text`() throws {
    let catalog = try Samples.bundled("soc2")
    #expect(catalog.controls.allSatisfy { $0.statement.isEmpty && $0.title.split(separator: " ").count <= 7 })
    let security = try #require(catalog.families.first)
    #expect(security.id.local == "security" && catalog.controls(inFamily: security.id).count == 33)
  }

  @Test func `withdrawn requirements of revision 3 are none`() throws {
    let catalog = try Samples.bundled("nist-800-171-r3")
    #expect(catalog.control(try id("nist-800-171-r3/03.01.13")) == nil)
    #expect(catalog.control(try id("nist-800-171-r3/03.01.12")) != nil)
    #expect(catalog.unit(try id("nist-800-171-r3/A.03.01.01.b[01]"))?.control.local == "03.01.01")
  }

  @Test func `functions say whose they usually are`() throws {
    let functions = try Samples.bundled("it-functions").controls
    #expect(functions.allSatisfy { $0.domain == $0.id.local && $0.typicalManaged != nil })
    #expect(functions.filter { $0.typicalManaged == "client" }.count == 5)
    #expect(
      functions.filter { $0.typicalManaged == "shared" }.map(\.id.local) == ["risk-management", "vendor-management"])
  }

  @Test func `cadences come from the catalog where it has them`() throws {
    let catalog = try Samples.bundled("nist-800-171-r2")
    #expect(catalog.control(try id("nist-800-171-r2/3.11.2"))?.cadence == .month)
    #expect(catalog.control(try id("nist-800-171-r2/3.4.3"))?.cadence == .event)
    #expect(catalog.control(try id("nist-800-171-r2/3.1.1"))?.cadence == nil)
  }

  private func id(_ text: String) throws -> ControlID { try #require(ControlID(parsing: text)) }
}
