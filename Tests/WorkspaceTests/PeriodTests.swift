import Statements
import Testing

@testable import Workspace

struct PeriodTests {
  @Test(arguments: [
    ("2026-09", "2026-09-01", "2026-09-30"), ("2028-02", "2028-02-01", "2028-02-29"),
    ("2026-12", "2026-12-01", "2026-12-31"), ("2026-q1", "2026-01-01", "2026-03-31"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2026-h1", "2026-01-01", "2026-06-30"),
    ("2026-H2", "2026-07-01", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
  ])
  func `a period has a first and a last day`(_ text: String, _ from: String, _ through: String) throws {
    let period = try #require(Period(text))
    #expect("\(period.from)" == from && "\(period.through)" == through)
  }

  @Test(arguments: [
    "", "26", "2026-", "2026-0", "2026-00", "2026-13", "2026-9", "2026-q0", "2026-q5", "2026-h0", "2026-h3", "2026-qq",
    "0000", "2026-09-01", "-2026", "2026-+9", "٢٠٢٦", "2026-q", "+202",
  ])
  func `anything else is none`(_ text: String) {
    #expect(Period(text) == nil)
  }
}
