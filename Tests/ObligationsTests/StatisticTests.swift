import Obligations
import Statements
import Testing

/// What is made of many numbers.
struct StatisticTests {
  private func numbers(_ texts: [String]) throws -> [Decimal] { try texts.map { try #require(Decimal($0)) } }

  private func value(_ statistic: Statistic, _ texts: [String], unit: Int = 1, roundsUp: Bool = false) throws -> String?
  {
    statistic.measure(try numbers(texts), unit: unit, roundsUp: roundsUp).map { "\($0)" }
  }

  @Test func `the mean is the exact sum divided once`() throws {
    #expect(try value(.mean, ["0.1", "0.2", "0.3"]) == "0.2")
    // 10 / 3: against a target of at most, it is rounded up.
    #expect(try value(.mean, ["1", "4", "5"]) == "3.333333")
    #expect(try value(.mean, ["1", "4", "5"], roundsUp: true) == "3.333334")
    // 1.5 and 2.5 hours in milliseconds.
    #expect(try value(.mean, ["5400000", "9000000"], unit: 3_600_000) == "2")
  }

  // Of 20 numbers the 95th percentile by nearest rank is the 19th, of 10 the tenth, of 1 the first.
  @Test func `a percentile is a number that is there`() throws {
    #expect(try value(.percentile(95), (1...20).map { "\($0)" }.shuffled()) == "19")
    #expect(try value(.percentile(95), (1...10).map { "\($0)" }) == "10")
    #expect(try value(.percentile(50), ["7", "1", "3", "5"]) == "3")
    #expect(try value(.percentile(1), ["7", "1"]) == "1")
    #expect(try value(.percentile(100), ["7", "1"]) == "7")
  }

  @Test func `a share counts what keeps the limit, the limit itself among it`() throws {
    let four = try #require(Decimal("4"))
    #expect(try value(.share(.atMost(four)), ["1", "4", "4.01", "9"]) == "50")
    #expect(try value(.share(.atLeast(four)), ["1", "4", "4.01", "9"]) == "75")
    #expect(try value(.share(.atMost(four)), ["1", "2", "9"]) == "66.666666")
  }

  @Test func `of nothing there is nothing to say`() throws {
    #expect(try value(.mean, []) == nil && value(.percentile(95), []) == nil)
  }

  // In September: opened in August and resolved on the 2nd (in full: 3 days); resolved within it (1 day); opened on the
  // 29th and resolved in October (2 days up to the end); never resolved (1 day). Not: resolved in August, opened later.
  @Test func `tickets count where they end, and where they are still open, up to the end`() throws {
    let tickets = try [
      ("2026-08-30", "2026-09-02"), ("2026-09-10", "2026-09-11"), ("2026-09-29", "2026-10-09"), ("2026-09-30", nil),
      ("2026-08-01", "2026-08-31"), ("2026-10-02", nil),
    ].map { start, end in
      Stretch(
        start: try #require(Instant(written: start)), end: try end.map { try #require(Instant(written: $0)) })
    }
    let found = Statistic.durations(
      tickets, from: try #require(Instant(written: "2026-09-01")), to: try #require(Instant(written: "2026-10-01")))
    #expect(
      found.milliseconds.map { "\($0.divided(by: 86_400_000, places: 0, roundsUp: false))" } == ["3", "1", "2", "1"])
    #expect(found.open == 2)
  }
}
