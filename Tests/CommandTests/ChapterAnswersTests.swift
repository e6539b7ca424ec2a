import Foundation
import TestSupport
import Testing

/// What was worked out by hand from the rules and the story, asked of the store that a chapter leaves behind.
///
/// Each row is asked for its day, `as-of`, with what was known by the end of that day: no later entry is looked at. The
/// questions:
///
/// | question | subject | answer |
/// | --- | --- | --- |
/// | `owner` | control or objective | the party; several, where objectives differ, with `and`; or the finding: `unowned`, `lapsed`, … |
/// | `staffed` | control | `yes`, or `no` where it is `unstaffed` |
/// | `owned`, `unowned` | framework | how many controls are, and are not |
/// | `finding` | code | how many there are in `report gaps` |
/// | `score`, `status` | framework | the DoD score, or `none`; `none`, `conditional` or `final` |
/// | `met`, `not-met`, `planned`, `partly`, `not-assessed` | framework | how many controls |
/// | `alternatives` | framework | how many specifications have something in their place |
/// | `hours-left`, `hours-beyond` | block | of the day's month, or `none` where it gives none |
/// | `due`, `late` | duty | the day, `done` where it is owed no more; `yes` or `no`; `none` where it does not hold |
/// | `paper` | agreement/file | its state, or `none` |
/// | `level` | level@period | its state, or `none` |
/// | `item` | control | `late`, else the day by which it is to be closed, else `open`; `none` where it is not on the plan |
struct ChapterAnswersTests {
  struct Row {
    let day: String
    let question: String
    let subject: String
    let answer: String
    let because: String
  }

  @Test(arguments: StagedChapter.answered)
  func `the store answers as was worked out by hand`(chapter: StagedChapter) async throws {
    let rows = try ChapterAnswersTests.rows(of: chapter)
    let played = try await chapter.replayed()
    var asked: [String: DayAnswers] = [:]
    for row in rows {
      var answers = asked[row.day] ?? DayAnswers(day: row.day, chapter: chapter, place: played.place)
      let found = try answers.answer(row.question, row.subject)
      asked[row.day] = answers
      let place = "\(row.day) \(row.question) \(row.subject)"
      #expect(found == row.answer, "\(place), because: \(row.because)")
    }
  }

  @Test(arguments: StagedChapter.answered)
  func `answers sit on many days, and say why`(chapter: StagedChapter) throws {
    let rows = try ChapterAnswersTests.rows(of: chapter)
    #expect(Set(rows.map(\.day)).count >= 42)
    #expect(rows.filter { $0.because.isEmpty }.map(\.day) == [])
    for (day, rows) in Dictionary(grouping: rows, by: \.day) {
      #expect(rows.count { $0.question == "owner" } >= 4, "\(day) asks for too few owners")
    }
  }

  static func rows(of chapter: StagedChapter) throws -> [Row] {
    let answers = try #require(chapter.answers)
    let text = String(decoding: try Fixtures.bytes("chapters/\(answers).csv"), as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    try #require(lines.removeFirst() == "as-of,question,subject,answer,because")
    return try lines.map { line in
      let fields = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 5, "'\(line)' has not five fields")
      return Row(
        day: fields[0], question: fields[1], subject: fields[2], answer: fields[3],
        because: fields[4].trimmingCharacters(in: ["\""]))
    }
  }
}
