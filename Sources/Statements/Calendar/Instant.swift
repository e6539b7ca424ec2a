/// A moment of UTC to the millisecond, written `YYYY-MM-DDTHH:MM:SS.sssZ`.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z; leap seconds do not count.
  public let millisecondsSinceEpoch: Int

  /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
  public init(millisecondsSinceEpoch: Int) {
    self.millisecondsSinceEpoch = millisecondsSinceEpoch
  }

  /// The moment that many seconds after 1970, as others count them who may say anything: within what can be written, which
  /// ends with the year 9999.
  public init(clampingSeconds seconds: Int) {
    self.init(millisecondsSinceEpoch: min(max(0, seconds), 253_402_300_799) * 1000)
  }

  /// The instant that exactly `YYYY-MM-DDTHH:MM:SS.sssZ` spells.
  ///
  /// - Returns: nil for any other spelling and for times that do not exist, a leap second among them.
  public init?(_ text: some StringProtocol) {
    self.init(ascii: Array(text.utf8)[...])
  }

  /// The same of a text's bytes.
  init?(ascii text: ArraySlice<UInt8>) {
    let start = text.startIndex
    func stands(_ mark: Unicode.Scalar, at offset: Int) -> Bool { text[start + offset] == UInt8(ascii: mark) }
    func number(_ offset: Int, _ count: Int) -> Int? { Day.number(text[start + offset..<start + offset + count]) }
    guard text.count == 24, stands("T", at: 10), stands(":", at: 13), stands(":", at: 16), stands(".", at: 19),
      stands("Z", at: 23), let day = Day(ascii: text[start..<start + 10]),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2), let millisecond = number(20, 3),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    millisecondsSinceEpoch = seconds * 1000 + millisecond
  }

  /// The UTC day that the instant lies in.
  public var day: Day {
    let day = millisecondsSinceEpoch / 86_400_000
    return Day(daysSinceEpoch: millisecondsSinceEpoch % 86_400_000 < 0 ? day - 1 : day)
  }

  /// The instant that many milliseconds later.
  public func adding(milliseconds: Int) -> Instant {
    Instant(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
  }

  /// Whether the left moment is the earlier.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
  }
}

extension Instant: CustomStringConvertible {
  /// `YYYY-MM-DDTHH:MM:SS.sssZ`.
  public var description: String {
    let rest = millisecondsSinceEpoch - day.daysSinceEpoch * 86_400_000
    let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { Decimal.padded($0, 2) }
    return "\(day)T\(time.joined(separator: ":")).\(Decimal.padded(rest % 1000, 3))Z"
  }
}
