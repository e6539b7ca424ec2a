/// Decimal numbers of a fixed width.
enum Decimal {
  /// The number with zeros in front, at least `width` digits long.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
