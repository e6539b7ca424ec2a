import Testing

@testable import Workspace

/// Names of a series have one stem, and names of different things have not.
struct NameStemTests {
  @Test(arguments: [
    "access-review-2026-q1.pdf", "Access_Review_2026Q2 (final).pdf", "AccessReview March 2026 v2.csv",
    "access review 30-Sep-2026.xlsx", "3.1.1 access.review.pdf",
  ])
  func `days, numbers and versions fall out`(_ name: String) {
    #expect(NameStem(file: name).words == ["access", "review"])
  }

  @Test func `another word makes another stem`() {
    #expect(NameStem(file: "access-review-2026.pdf") != NameStem(file: "access-log-review-2026.pdf"))
    #expect(NameStem(file: "2026-01.pdf").words.isEmpty)
    #expect(!NameStem(file: "Screenshot 2026-01-02.png").isTelling)
    #expect(NameStem(file: "Screenshot firewall.png").isTelling)
  }

  @Test func `folders have a stem where their names say something`() {
    #expect(NameStem.folder(of: "2026-q1/firewall rules/a.txt") == NameStem.folder(of: "2026-q2/Firewall-Rules/b.txt"))
    #expect(NameStem.folder(of: "2026-q1/a.txt") == nil)
    #expect(NameStem.folder(of: "a.txt") == nil)
  }
}
