import Statements
import Testing

/// Decimal numbers are what their digits say, however many.
struct DecimalTests {
  private func number(_ text: String) throws -> Decimal { try #require(Decimal(text)) }

  @Test(arguments: [
    ("99.90", "99.9"), ("0099.9", "99.9"), ("20", "20"), ("-0.50", "-0.5"), ("0.00", "0"), ("-0", "0"),
    ("0.000001", "0.000001"), ("12345678901234567890.12345678901234567890", "12345678901234567890.1234567890123456789"),
  ])
  func `one number has one spelling`(written: String, spelled: String) throws {
    #expect("\(try number(written))" == spelled)
  }

  @Test(arguments: ["", ".5", "5.", "1e3", "+1", "1,5", "--1", "1.2.3", "٣"])
  func `what is no decimal number is refused`(text: String) {
    #expect(Decimal(text) == nil)
  }

  @Test func `they are in order by value, not by spelling or length`() throws {
    #expect(try number("99.9") == number("99.900"))
    #expect(try number("99.89999999999999999999") < number("99.9"))
    #expect(try number("100") > number("99.99"))
    #expect(try number("-2") < number("-1.5") && number("-1") < number("0.1") && number("9") < number("10"))
    #expect(try Set([number("1.0"), number("1")]).count == 1)
  }

  @Test func `sums are exact`() throws {
    // What binary floating point makes 0.30000000000000004 of.
    #expect(try number("0.1") + number("0.2") == number("0.3"))
    #expect(try (1...1000).reduce(Decimal.zero) { sum, _ in sum + (try number("0.1")) } == number("100"))
    #expect(try number("999.99") + number("0.01") == number("1000"))
    #expect(try number("10") - number("0.25") == number("9.75"))
    #expect(try number("1.5") - number("2.25") == number("-0.75"))
    #expect(try number("-1.5") + number("1.5") == .zero)
  }

  @Test func `products by a whole number are exact`() throws {
    #expect(try number("2.5").multiplied(by: 3_600_000) == number("9000000"))
    #expect(try number("-0.125").multiplied(by: 8) == number("-1"))
    #expect(try number("7").multiplied(by: 0) == .zero)
  }

  @Test func `quotients are rounded as is asked for, and not where they come out even`() throws {
    #expect(try number("2").divided(by: 3, places: 4, roundsUp: false) == number("0.6666"))
    #expect(try number("2").divided(by: 3, places: 4, roundsUp: true) == number("0.6667"))
    #expect(try number("1").divided(by: 4, places: 4, roundsUp: true) == number("0.25"))
    #expect(try number("-2").divided(by: 3, places: 2, roundsUp: true) == number("-0.66"))
    #expect(try number("-2").divided(by: 3, places: 2, roundsUp: false) == number("-0.67"))
    #expect(try number("0.00001").divided(by: 1, places: 4, roundsUp: false) == .zero)
    #expect(try number("0.00001").divided(by: 1, places: 4, roundsUp: true) == number("0.0001"))
    #expect(try number("43.2").shifted(by: 2) == number("0.432"))
    #expect(try number("43.2").shifted(by: -3) == number("43200"))
  }
}
