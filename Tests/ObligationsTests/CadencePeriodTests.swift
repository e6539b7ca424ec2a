import Catalogs
import Obligations
import Statements
import Testing

/// Promises are held against stretches of the calendar.
struct CadencePeriodTests {
  private func period(_ cadence: Cadence, _ day: String, anchor: String = "2026-03-15") throws -> CadencePeriod {
    let (day, anchor) = (try #require(Day(day)), try #require(Day(anchor)))
    return try #require(CadencePeriod(cadence, around: day, anchor: anchor))
  }

  @Test(arguments: [
    (Cadence.day, "2026-09-14", "2026-09-14", "2026-09-14", "2026-09-14"),
    // 14 September 2026 is a Monday; so is 29 December 2025, whose week goes over the year's end.
    (.week, "2026-09-20", "2026-09-14", "2026-09-20", "2026-09-14..2026-09-20"),
    (.week, "2026-01-01", "2025-12-29", "2026-01-04", "2025-12-29..2026-01-04"),
    (.month, "2026-02-10", "2026-02-01", "2026-02-28", "2026-02"),
    (.month, "2028-02-10", "2028-02-01", "2028-02-29", "2028-02"),
    (.quarter, "2026-09-30", "2026-07-01", "2026-09-30", "2026-q3"),
    (.halfYear, "2026-06-30", "2026-01-01", "2026-06-30", "2026-h1"),
    (.year, "2026-12-31", "2026-01-01", "2026-12-31", "2026"),
    (.twoYears, "2027-05-01", "2026-01-01", "2027-12-31", "2026..2027"),
    (.twoYears, "2028-01-01", "2028-01-01", "2029-12-31", "2028..2029"),
    (.twoYears, "2025-12-31", "2024-01-01", "2025-12-31", "2024..2025"),
    (.threeYears, "2029-01-01", "2029-01-01", "2031-12-31", "2029..2031"),
  ])
  func `a day lies in one period`(
    cadence: Cadence, day: String, from: String, through: String, name: String
  ) throws {
    let period = try period(cadence, day)
    #expect("\(period.from) \(period.through)" == "\(from) \(through)")
    #expect("\(period)" == name)
  }

  @Test func `what is owed when something happens has no periods`() throws {
    let day = try #require(Day("2026-09-14"))
    #expect(CadencePeriod(.event, around: day, anchor: day) == nil)
  }

  @Test(arguments: Cadence.allCases.filter { $0 != .event })
  func `periods follow each other without a gap, and back again`(cadence: Cadence) throws {
    var period = try period(cadence, "2024-02-29")
    let anchor = try #require(Day("2026-03-15"))
    for _ in 0..<40 {
      let next = try #require(period.next(anchor: anchor))
      #expect(next.from == period.through.adding(days: 1))
      #expect(next.previous(anchor: anchor) == period)
      period = next
    }
  }
}
