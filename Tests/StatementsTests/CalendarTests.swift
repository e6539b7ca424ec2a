import Foundation
import Statements
import Testing

struct CalendarTests {
  @Test func `days are those of the calendar`() throws {
    // Every day of four hundred years, counted one by one.
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var count = 0
    for year in 1970..<2370 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 1...12 {
        for day in 1...(month == 2 && isLeap ? 29 : months[month - 1]) {
          let made = Day(year: year, month: month, day: day)
          if made?.daysSinceEpoch != count { Issue.record("\(year)-\(month)-\(day)") }
          if let made, made.components != (year, month, day) { Issue.record("\(made)") }
          count += 1
        }
      }
    }
    #expect(count == 146_097)
  }

  @Test(arguments: ["0001-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"])
  func `a day is read and written the same`(_ text: String) {
    #expect(Day(text)?.description == text)
  }

  @Test(arguments: [
    "", "0000-01-01", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-02-29", "1900-02-29", "2026-04-31",
    "2026-1-1", "26-01-01", "12026-01-01", "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01Z", "-026-01-01",
    "2026-01-0a", "２０２６-01-01", "+026-01-01", "2026-W01-1",
  ])
  func `what is no day is none`(_ text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-01-31", 3, "2026-04-30"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-12-31", 2, "2027-02-28"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-06-30", 0, "2026-06-30"),
    ("2026-02-28", 1, "2026-03-28"), ("1999-12-31", 2, "2000-02-29"),
  ])
  func `a month later is the same day or the month's last`(_ day: String, _ months: Int, _ expected: String) throws {
    #expect(try #require(Day(day)).adding(months: months).description == expected)
  }

  @Test func `what is added beyond the calendar's end stops there or is a day still`() throws {
    let last = try #require(Day("9999-12-31"))
    #expect(last.adding(months: 36) >= last)
    #expect(last.adding(days: 1) > last)
    #expect(last.adding(days: -1).description == "9999-12-30")
  }

  @Test(arguments: [
    "0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z", "2024-02-29T12:34:56.789Z",
    "9999-12-31T23:59:59.999Z",
  ])
  func `an instant is read and written the same`(_ text: String) throws {
    let instant = try #require(Instant(text))
    #expect(instant.description == text)
    #expect(instant.day.description == String(text.prefix(10)))
  }

  @Test(arguments: [
    "", "2026-01-01", "2026-01-01T24:00:00.000Z", "2026-01-01T23:60:00.000Z", "2026-01-01T23:59:60.000Z",
    "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.00Z", "2026-01-01T00:00:00.0000Z", "2026-01-01T00:00:00.000",
    "2026-01-01T00:00:00.000z", "2026-01-01t00:00:00.000Z", "2026-01-01 00:00:00.000Z",
    "2026-01-01T00:00:00.000+00:00", "2026-02-30T00:00:00.000Z", "2026-01-01T0:00:00.000Z", "0000-01-01T00:00:00.000Z",
    "2026-01-01T00:00:00,000Z", "2026-01-01T-1:00:00.000Z",
  ])
  func `what is no instant is none`(_ text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `milliseconds count from the epoch on both sides`() throws {
    #expect(try #require(Instant("1970-01-01T00:00:00.001Z")).millisecondsSinceEpoch == 1)
    #expect(try #require(Instant("1969-12-31T23:59:59.999Z")).millisecondsSinceEpoch == -1)
    #expect(try #require(Instant("2026-01-01T00:00:00.000Z")).adding(milliseconds: -1).day == Day("2025-12-31"))
    #expect(Instant(millisecondsSinceEpoch: -1).description == "1969-12-31T23:59:59.999Z")
  }
}
