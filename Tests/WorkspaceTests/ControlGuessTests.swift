import Catalogs
import Testing

@testable import Workspace

/// What names say in catalogs whose controls have enhancements, as NIST SP 800-53 has them.
struct ControlGuessTests {
  private func finder() throws -> ControlFinder {
    func control(_ id: String, _ label: String) -> String {
      #"{"id": "\#(id)", "title": "T", "props": [{"name": "label", "value": "\#(label)"}]}"#
    }
    let body = [control("ac-2", "AC-2"), control("ac-2.1", "AC-2(1)")].joined(separator: ", ")
    let text = #"""
      {"catalog": {"uuid": "5b7c1c2e-0d4f-4e0e-9d59-2b8f4f6b7a10", "metadata": {"title": "T", "version": "1",
      "oscal-version": "1.1.3"}, "controls": [\#(body)]}}
      """#
    return ControlFinder(catalogs: [try Catalog(parsing: Array(text.utf8), framework: "x")])
  }

  @Test(arguments: [
    ("AC-2.pdf", ["x/AC-2"]), ("AC-2(1).pdf", ["x/AC-2(1)"]), ("ac-2.1 list.csv", ["x/AC-2(1)"]),
    ("AC-02 accounts.pdf", ["x/AC-2"]),
    // The enhancement, or the second file of that name: nobody can say.
    ("AC-2 (1).pdf", []), ("AC-2 (7).pdf", ["x/AC-2"]), ("MAC-2.pdf", []),
  ])
  func `enhancements are told from copies`(_ name: String, _ ids: [String]) throws {
    #expect(ControlGuess(name, try finder()).ids == ids)
  }
}
