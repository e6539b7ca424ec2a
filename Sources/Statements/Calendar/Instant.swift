/// A moment of UTC to the millisecond, written `YYYY-MM-DDTHH:MM:SS.sssZ`.
package struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z; leap seconds do not count.
  package let millisecondsSinceEpoch: Int

  package init(millisecondsSinceEpoch: Int) {
    self.millisecondsSinceEpoch = millisecondsSinceEpoch
  }

  /// The instant that exactly `YYYY-MM-DDTHH:MM:SS.sssZ` spells.
  ///
  /// - Returns: nil for any other spelling and for times that do not exist, a leap second among them.
  package init?(_ text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 24, digits[10] == UInt8(ascii: "T"), digits[13] == UInt8(ascii: ":"),
      digits[16] == UInt8(ascii: ":"), digits[19] == UInt8(ascii: "."), digits[23] == UInt8(ascii: "Z"),
      let day = Day(String(decoding: digits[0..<10], as: UTF8.self)),
      let hour = Day.number(digits[11..<13]), let minute = Day.number(digits[14..<16]),
      let second = Day.number(digits[17..<19]), let millisecond = Day.number(digits[20..<23]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    millisecondsSinceEpoch = seconds * 1000 + millisecond
  }

  /// The UTC day that the instant lies in.
  package var day: Day {
    let day = millisecondsSinceEpoch / 86_400_000
    return Day(daysSinceEpoch: millisecondsSinceEpoch % 86_400_000 < 0 ? day - 1 : day)
  }

  /// The instant that many milliseconds later.
  package func adding(milliseconds: Int) -> Instant {
    Instant(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
  }
}

extension Instant: CustomStringConvertible {
  package var description: String {
    let rest = millisecondsSinceEpoch - day.daysSinceEpoch * 86_400_000
    let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { Decimal.padded($0, 2) }
    return "\(day)T\(time.joined(separator: ":")).\(Decimal.padded(rest % 1000, 3))Z"
  }
}
