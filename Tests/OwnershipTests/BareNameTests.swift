import Agreements
import Catalogs
import Crypto
import Ownership
import Statements
import TestSupport
import Testing

/// Names without their framework in an agreement.
struct BareNameTests {
  private func adoption(_ framework: String, entry: Int, _ controls: [String], sameAs: [String: String] = [:]) throws
    -> ResolutionInput.Adoption
  {
    let family = try #require(ControlID(parsing: "\(framework)/F"))
    let units = try controls.map { local in
      let id = try #require(ControlID(parsing: "\(framework)/\(local)"))
      return UnitFacts(id: id, control: id, families: [family], domain: nil, isRetained: false)
    }
    var others: [ControlID: [ControlID]] = [:]
    for (local, target) in sameAs {
      others[try #require(ControlID(parsing: "\(framework)/\(local)"))] = [try #require(ControlID(parsing: target))]
    }
    return ResolutionInput.Adoption(
      entry: entry, framework: framework, effective: try day("2026-01-01"), catalog: .zero, units: units, sameAs: others
    )
  }

  @Test func `a name is that of the one framework that has it`() throws {
    let one = try adoption("one", entry: 1, ["3.1.1", "3.1.2"])
    let two = try adoption("two", entry: 2, ["3.1.2", "CC6.1"])
    let names = BareNames([one, two], before: 3)
    #expect(names.control("3.1.1") == "one/3.1.1" && names.control("CC6.1") == "two/CC6.1")
    // Both have it, nobody has it, and another spelling is another name.
    for text in ["3.1.2", "3.1.3", "cc6.1", ""] { #expect(names.control(text) == nil, "\(text)") }
    #expect(names.family("F") == nil && BareNames([one], before: 3).family("F") == "one/F")
  }

  @Test func `what is adopted after the version changes nothing`() throws {
    let one = try adoption("one", entry: 1, ["3.1.2"])
    let two = try adoption("two", entry: 4, ["3.1.2"])
    #expect(BareNames([one, two], before: 4).control("3.1.2") == "one/3.1.2")
    #expect(BareNames([one, two], before: 5).control("3.1.2") == nil)
  }

  @Test func `a practice of CMMC is its own, else the requirement that it names`() throws {
    let one = try adoption("one", entry: 1, ["3.1.1"])
    let level = try adoption("level", entry: 2, [], sameAs: ["AC.L2-3.1.1": "one/3.1.1"])
    let other = try adoption("other", entry: 3, [], sameAs: ["AC.L2-3.1.1": "one/3.1.1"])
    #expect(BareNames([one], before: 9).control("AC.L2-3.1.1") == "one/3.1.1")
    #expect(BareNames([one, level], before: 9).control("AC.L2-3.1.1") == "level/AC.L2-3.1.1")
    #expect(BareNames([one, level, other], before: 9).control("AC.L2-3.1.1") == nil)
  }

  @Test func `a catalog that cannot be read may have any name`() throws {
    let one = try adoption("one", entry: 1, ["3.1.1"])
    var two = try adoption("two", entry: 2, [])
    two.units = nil
    #expect(BareNames([one, two], before: 9).control("3.1.1") == nil)
    #expect(BareNames([one, two], before: 2).control("3.1.1") == "one/3.1.1")
  }

  @Test func `a document with a name that cannot be told is none`() throws {
    let names = BareNames([try adoption("one", entry: 1, ["3.1.1"])], before: 9)
    func document(_ control: String) throws -> EngagementDocument {
      let text = LogBuilder.agreement(more: "notes: [{ controls: [\(control), demo/2.2], client: keeps it }]")
      guard case .read(let document, _) = EngagementDocument.read(Array(text.utf8)) else {
        throw CaseError(reason: "unreadable")
      }
      return document
    }
    #expect(try document("3.1.1").spelledOut(names)?.notes.map(\.target) == [.controls(["one/3.1.1", "demo/2.2"])])
    #expect(try document("3.1.2").spelledOut(names) == nil)
    #expect(try document("demo/9").spelledOut(names) == document("demo/9"))
  }
}
