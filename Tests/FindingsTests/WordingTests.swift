import Findings
import Testing

struct WordingTests {
  @Test(arguments: [
    (0, 10, "0 %"), (1, 1000, "<1 %"), (999, 1000, "99 %"), (1000, 1000, "100 %"), (1, 3, "33 %"), (2, 3, "67 %"),
    (0, 0, "0 %"),
  ])
  func `a share is never rounded to all or nothing`(_ part: Int, _ whole: Int, _ text: String) {
    #expect(Wording.percent(part, of: whole) == text)
  }

  @Test func `one of something is one, and several are joined as people join them`() {
    #expect(Wording.entries(1) == "1 entry")
    #expect(Wording.entries(2) == "2 entries")
    #expect(Wording.list(["a"]) == "a")
    #expect(Wording.list(["a", "b", "c"]) == "a, b and c")
    #expect(Wording.list(["a", "b"], "or") == "a or b")
  }
}
