import Foundation
import TestSupport
import Testing

/// Whole stories from the command line, line by line. `RECORD=1` writes them anew: review what changed.
struct TranscriptTests {
  static let stories = [
    "first-evening", "keys", "members", "frameworks", "a-provider-leaves", "an-end", "fingerprints", "contested",
    "the-way-back", "a-provider-keeps-the-store", "an-auditors-day", "a-quarter", "evidence-for-many",
    "before-an-agreement",
    "a-clinics-papers", "from-a-spreadsheet",
  ]

  @Test(arguments: stories)
  func `people see what they saw`(story: String) throws {
    let name = "transcripts/\(story).txt"
    let expected = String(decoding: try Fixtures.bytes(name), as: UTF8.self)
    let place = try Workplace()
    try FileManager.default.copyItem(
      atPath: Fixtures.path("catalogs/three-controls.json"), toPath: "\(place.desk)/three-controls.json")
    for plan in ["acme-2026.yaml", "acme-2027.yaml", "wrong.yaml"] {
      try FileManager.default.copyItem(atPath: Fixtures.path("plans/\(plan)"), toPath: "\(place.desk)/\(plan)")
    }
    try FileManager.default.copyItem(
      atPath: Fixtures.path("field/responsibility-matrix/raci.xlsx"), toPath: "\(place.desk)/raci.xlsx")
    let text = try Transcript(expected).replay(in: place)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(text.utf8).write(to: URL(filePath: Fixtures.path(name)))
      return
    }
    let differences = text.split(separator: "\n", omittingEmptySubsequences: false)
      .difference(from: expected.split(separator: "\n", omittingEmptySubsequences: false))
    let shown = differences.map { change in
      switch change {
      case .insert(let line, let element, _): "+\(line + 1) \(element)"
      case .remove(let line, let element, _): "-\(line + 1) \(element)"
      }
    }
    #expect(shown == [], "set RECORD=1 to write \(name) anew, and review it")
  }
}
