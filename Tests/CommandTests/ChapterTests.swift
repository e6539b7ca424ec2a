import Foundation
import TestSupport
import Testing

/// The chapters of the manual come out as they are printed. `RECORD=1` writes what stands in their fences anew: review
/// what changed.
struct ChapterTests {
  @Test(arguments: StagedChapter.all)
  func `a reader who types a chapter sees what is printed there`(chapter: StagedChapter) async throws {
    let expected = String(decoding: try Fixtures.bytes(chapter.article), as: UTF8.self)
    let page = try await chapter.replayed().page
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(page.utf8).write(to: URL(filePath: Fixtures.path(chapter.article)))
      return
    }
    let differences = page.split(separator: "\n", omittingEmptySubsequences: false)
      .difference(from: expected.split(separator: "\n", omittingEmptySubsequences: false))
    let shown = differences.map { change in
      switch change {
      case .insert(let line, let element, _): "+\(line + 1) \(element)"
      case .remove(let line, let element, _): "-\(line + 1) \(element)"
      }
    }
    #expect(shown == [], "set RECORD=1 to write \(chapter.page).md anew, and review it")
  }

  @Test(arguments: StagedChapter.all)
  func `a chapter fits a page`(chapter: StagedChapter) throws {
    let text = String(decoding: try Fixtures.bytes(chapter.article), as: UTF8.self)
    let wide = text.split(separator: "\n").map(String.init).filter { $0.count > 100 }
    #expect(wide == [])
  }

  @Test(arguments: [
    "```console\n$ custody status\n```", "```console\n$ 2023-01-09 @clinic/ann custody status\n```",
    "```yaml agreement.yaml\nid: clinic-onsite",
  ])
  func `a page without clocks or ends is refused`(page: String) {
    #expect(throws: Chapter.Unreadable.self) { try Chapter(page) }
  }

  @Test func `a step runs at its hour, goes on below, and finds the page's files`() throws {
    let page = """
      Prose stays, and so does a fence without a file.
      ```text
      $ not a step
      ```
      ```text note.txt
      what is written here
      ```
      ```console
      $ 2024-02-29T23:59 @clinic/ann custody init clinic --organization Clinic --quiet > said.txt 2>&1; \\
          cat note.txt
      old
      (exit 1)
      $ 2024-03-01T00:00 @clinic/ann custody log --format json | grep -o '"time": "2024-[^.]*'; false
      ```
      """
    let played = try Chapter(page).replay(in: Workplace(), client: "clinic")
    #expect(
      played == """
        Prose stays, and so does a fence without a file.
        ```text
        $ not a step
        ```
        ```text note.txt
        what is written here
        ```
        ```console
        $ 2024-02-29T23:59 @clinic/ann custody init clinic --organization Clinic --quiet > said.txt 2>&1; \\
            cat note.txt
        what is written here
        (exit 0)

        $ 2024-03-01T00:00 @clinic/ann custody log --format json | grep -o '"time": "2024-[^.]*'; false
        "time": "2024-02-29T23:59:00
        "time": "2024-02-29T23:59:00
        (exit 1)
        ```
        """)
  }
}
