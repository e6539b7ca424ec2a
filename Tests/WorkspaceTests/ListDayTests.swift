import Statements
import Testing

@testable import Workspace

/// Days, instants and counts as lists write them.
struct ListDayTests {
  @Test(arguments: [
    "2026-09-30", "2026-09-30 00:00:00", "2026-09-30T00:00:00Z", "2026-09-30T00:00:00.000", "2026-09-30T14:05:00Z",
    "2026-09-30 14:05", "2026/09/30", "2026.9.30", "30-Sep-2026", "30 Sep 2026", "30 September 2026",
    "30. September 2026",
    "Sep 30, 2026", "September 30 2026", "Sept 30, 2026", "30th September 2026", "2026-Sep-30", "9/30/2026",
    "30/9/2026",
    "30.09.2026", "9/30/2026 12:00:00 AM", "9/30/2026 0:00", "46295", "46295.0",
  ])
  func `a day is read`(_ text: String) throws {
    #expect(try "\(ListText.day(text, nil) { _ in })" == "2026-09-30")
  }

  @Test(arguments: [
    ("1/2/2026", "--dates"), ("1.2.2026", "--dates"), ("1/2/2026 0:00", "--dates"), ("1/2/26", "four digits"),
    ("30-Sep-26", "not a day"), ("2026-02-30", "not a day"), ("31/2/2026", "not a day"), ("30-Sem-2026", "not a day"),
    ("2026", "not a day"), ("2026-09", "not a day"), ("462", "not a day"), ("462950", "not a day"),
    ("46295.5", "not a day"),
    ("tomorrow", "not a day"), ("2026-09-30T23:30:00-05:00", "in UTC"), ("Sep 2026", "not a day"), ("", "not a day"),
  ])
  func `what does not say which day it is, is refused`(_ text: String, _ reason: String) {
    #expect { try ListText.day(text, nil) { _ in } } throws: { "\($0)".contains(reason) }
  }

  @Test func `a known order settles it, and refuses what does not follow it`() throws {
    #expect(try "\(ListText.day("1/2/2026", .dmy) { _ in })" == "2026-02-01")
    #expect(try "\(ListText.day("1/2/2026", .mdy) { _ in })" == "2026-01-02")
    #expect(throws: (any Error).self) { try ListText.day("30/9/2026", .mdy) { _ in } }
    // The same whichever comes first.
    #expect(try "\(ListText.day("3/3/2026", nil) { _ in })" == "2026-03-03")
  }

  @Test func `a spreadsheet's number for a day is read, and told`() throws {
    var told: [String] = []
    _ = try ListText.day("46295", nil) { told.append($0) }
    #expect(told.count == 1 && told[0].contains("2026-09-30"))
    _ = try ListText.day("2026-09-30", nil) { told.append($0) }
    #expect(told.count == 1)
  }

  @Test func `an instant has a zone, or is a day`() throws {
    for (text, instant) in [
      ("2026-09-30", "2026-09-30T00:00:00.000Z"), ("2026-09-30 00:00:00", "2026-09-30T00:00:00.000Z"),
      ("2026-09-30 14:05:00Z", "2026-09-30T14:05:00.000Z"), ("30-Sep-2026", "2026-09-30T00:00:00.000Z"),
      ("46295", "2026-09-30T00:00:00.000Z"),
    ] {
      #expect(try "\(ListText.instant(text, nil) { _ in })" == instant, "\(text)")
    }
    for (text, reason) in [
      ("2026-09-30 14:05:00", "time zone"), ("2026-09-30T14:05:00+02:00", "not in UTC"), ("1/2/2026", "--dates"),
      ("noon", "not an instant"),
    ] {
      #expect { try ListText.instant(text, nil) { _ in } } throws: { "\($0)".contains(reason) }
    }
  }

  @Test func `a count is whole, whatever stands behind its point`() throws {
    for (text, number) in [("12", 12), ("12.0", 12), ("0", 0), ("12.00", 12)] {
      #expect(try ListText.count(text) == number)
    }
    for text in ["12.5", "12.", "1,234", "-1", "many", "", "1e3"] {
      #expect(throws: (any Error).self, "\(text)") { try ListText.count(text) }
    }
  }
}
