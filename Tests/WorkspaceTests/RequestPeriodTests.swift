import Testing

@testable import Workspace

/// The days of a request, as auditors write them.
struct RequestPeriodTests {
  @Test(arguments: [
    "Q1 2026", "2026-q1", "1/1/2026 - 3/31/2026", "2026-01-01 to 2026-03-31", "2026-01-01..2026-03-31",
    "2026-01-01-2026-03-31", "1 January 2026 through 31 March 2026", "Jan - Mar 2026", "January 2026 – March 2026",
    "from 2026-01-01 TO 2026-03-31",
  ])
  func `a span is read`(_ text: String) throws {
    let span = try #require(RequestPeriod.read(text, .mdy))
    #expect("\(span.from) \(span.through)" == "2026-01-01 2026-03-31")
  }

  @Test func `a day is a span of one`() throws {
    let span = try #require(RequestPeriod.read("as of 30 June 2026", nil))
    #expect("\(span.from) \(span.through)" == "2026-06-30 2026-06-30")
  }

  @Test(arguments: ["FY2026", "2/3/2026 - 4/5/2026", "2026-03-31 to 2026-01-01", "ongoing", "", "-", " to "])
  func `what does not say which days is not guessed`(_ text: String) {
    #expect(RequestPeriod.read(text, nil) == nil)
  }

  @Test func `how a list is read comes back from what its statement says`() {
    var reading = RequestReading()
    #expect(reading.query == nil)
    for (sheet, dates) in [("A; dates=dmy", DateOrder.mdy), ("Requests", nil), (nil, .dmy)] as [(String?, DateOrder?)] {
      (reading.sheet, reading.dates) = (sheet, dates)
      #expect(RequestReading(query: reading.query) == reading)
    }
    #expect(RequestReading(query: "anything else") == RequestReading())
  }
}
