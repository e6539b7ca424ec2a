import Testing
import Findings

struct SpellingTests {
  @Test(
    arguments: [
      ("sumbit", "submit"), ("submit", "submit"), ("submits", "submit"), ("elephant", nil), ("", nil), ("x", nil),
      ("lgo", "log"), ("statsu", "status"), ("log-", "log"), ("acept", "accept"), ("verfiy", "verify"),
    ] as [(String, String?)])
  func `the nearest name is proposed, if one is near`(text: String, name: String?) {
    let names = ["submit", "log", "status", "accept", "verify", "statute"]
    #expect(Spelling.nearest(to: text, among: names) == name)
  }

  @Test func `distances count insertions, deletions, changes and swaps`() {
    #expect(Spelling.distance(Array("kitten".utf8), Array("sitting".utf8)) == 3)
    #expect(Spelling.distance(Array("abcd".utf8), Array("badc".utf8)) == 2)
    #expect(Spelling.distance([], Array("abc".utf8)) == 3)
    #expect(Spelling.distance(Array("abc".utf8), []) == 3)
  }

  @Test func `long texts are no slips`() {
    let long = String(repeating: "a", count: 65)
    #expect(Spelling.nearest(to: long, among: [long]) == nil)
  }
}
