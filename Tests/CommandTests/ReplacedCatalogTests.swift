import Foundation
import TestSupport
import Testing

/// Another catalog under an id that is adopted: what it changes is shown, and asked about.
struct ReplacedCatalogTests {
  private func house() throws -> Workplace {
    let place = try SampleHouse.copy()
    let text = String(decoding: place.folder.read("desk/three-controls.json") ?? [], as: UTF8.self)
    try #require(text.contains("Accounts") && text.contains("\"1.2\""))
    try place.folder.write(
      Array(text.replacing("\"1.2\"", with: "\"1.3\"").replacing("updates are found", with: "updates are sought").utf8),
      to: "desk/other.json")
    return place
  }

  @Test func `gained, lost and reworded units are shown, and nothing is signed before yes is said`() throws {
    let place = try house()
    let size = try place.shell("custody status --format json").object["size"] as? Int
    for options in ["", "--dry-run"] {
      let shown = try place.shell("custody framework import other.json --id house \(options) </dev/null")
      #expect(shown.status == (options.isEmpty ? 64 : 0), "\(shown.talk)")
      #expect(shown.output.contains("1 unit gained: house/1.3"), "\(shown.output)")
      #expect(shown.output.contains("1 unit lost: house/1.2"), "\(shown.output)")
      #expect(shown.output.contains("1 unit reworded: house/1.1[a]"), "\(shown.output)")
      if options.isEmpty { #expect(shown.talk.contains("Replace it?"), "\(shown.talk)") }
    }
    #expect(try place.shell("custody status --format json").object["size"] as? Int == size)
    let done = try place.shell("custody framework import other.json --id house --yes --format json")
    #expect(done.status == 0, "\(done.talk)")
    #expect(done.object["gained"] as? [String] == ["house/1.3"])
    #expect(done.object["lost"] as? [String] == ["house/1.2"])
    #expect(done.object["reworded"] as? [String] == ["house/1.1[a]"])
  }

  @Test func `the same catalog again, and one under a new id, ask nothing`() throws {
    let place = try house()
    for line in [
      "adopt house --not-applicable 2.1 --reason 'no doors'", "import three-controls.json --id house",
      "import other.json --id annexe",
    ] {
      let done = try place.shell("custody framework \(line) </dev/null")
      #expect(done.status == 0 && !done.output.contains("lost"), "\(line): \(done.talk)")
    }
  }

  @Test func `the list counts what is adopted`() throws {
    let place = try house()
    let before = try place.shell("custody framework list --format json").output
    try place.prepare(("acme/bo", "custody framework import other.json --id house --yes"))
    let after = try place.shell("custody framework list --format json").output
    #expect(before != after)
    #expect(try place.shell("custody framework show house").output.contains("1.3"))
  }
}
