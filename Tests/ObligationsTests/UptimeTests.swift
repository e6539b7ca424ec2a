import Obligations
import Statements
import Testing

/// What outages leave of a month.
struct UptimeTests {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(written: text)) }

  private func uptime(
    _ outages: [(String, String?)], from: String = "2026-09-01", to: String = "2026-10-01"
  ) throws -> Measured {
    Uptime.measure(
      try outages.map { Stretch(start: try instant($0.0), end: try $0.1.map { try instant($0) }) },
      from: try instant(from), to: try instant(to))
  }

  private func percent(_ text: String, _ count: Int, open: Int = 0) throws -> Measured {
    Measured(value: try #require(Decimal(text)), count: count, open: open)
  }

  @Test func `a month without outages was up all the time`() throws {
    #expect(try uptime([]) == percent("100", 0))
  }

  // 99.9 % of 30 days: 43,200 minutes less 43.2, which are 43 minutes and 12 seconds.
  @Test func `forty-three minutes and twelve seconds of thirty days are exactly a tenth of a per cent`() throws {
    #expect(try uptime([("2026-09-10T10:00:00Z", "2026-09-10T10:43:12Z")]) == percent("99.9", 1))
  }

  // 2,592,000,000 ms less 2,592,001 are 99.89999996… per cent.
  @Test func `a millisecond more misses three nines, and is not rounded away`() throws {
    let value = try uptime([("2026-09-10T10:00:00.000Z", "2026-09-10T10:43:12.001Z")]).value
    #expect(value < (try #require(Decimal("99.9"))))
    #expect("\(value)" == "99.899999")
  }

  // 29 days are 41,760 minutes, of which 41.76 are a thousandth; of 28 days 40.32 are.
  @Test func `a leap February has a day more`() throws {
    let outage = ("2028-02-10T00:00:00Z", "2028-02-10T00:41:45.600Z")
    #expect(try uptime([outage], from: "2028-02-01", to: "2028-03-01") == percent("99.9", 1))
    let shorter = ("2026-02-10T00:00:00Z", "2026-02-10T00:40:19.200Z")
    #expect(try uptime([shorter], from: "2026-02-01", to: "2026-03-01") == percent("99.9", 1))
  }

  // 10:00 to 10:30 and 10:20 to 10:43:12 are 43 minutes and 12 seconds together, whatever their order.
  @Test func `outages that overlap count once`() throws {
    let outages: [(String, String?)] = [
      ("2026-09-10T10:20:00Z", "2026-09-10T10:43:12Z"), ("2026-09-10T10:00:00Z", "2026-09-10T10:30:00Z"),
      ("2026-09-10T10:05:00Z", "2026-09-10T10:10:00Z"),
    ]
    #expect(try uptime(outages) == percent("99.9", 3))
    #expect(try uptime(outages.reversed()) == percent("99.9", 3))
  }

  // Of each only 21 minutes and 36 seconds lie in September.
  @Test func `outages over the edges of the month are clipped, and those outside are no matter`() throws {
    let outages: [(String, String?)] = [
      ("2026-08-31T20:00:00Z", "2026-09-01T00:21:36Z"), ("2026-09-30T23:38:24Z", "2026-10-02T00:00:00Z"),
      ("2026-08-31T00:00:00Z", "2026-09-01T00:00:00Z"), ("2026-10-01T00:00:00Z", "2026-10-01T05:00:00Z"),
    ]
    #expect(try uptime(outages) == percent("99.9", 2, open: 1))
  }

  @Test func `an outage that is not over lasts to the month's end`() throws {
    #expect(try uptime([("2026-09-30T23:16:48Z", nil)]) == percent("99.9", 1, open: 1))
    #expect(try uptime([("2026-08-01T00:00:00Z", nil)]) == percent("0", 1, open: 1))
  }
}
