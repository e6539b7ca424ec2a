/// A decimal number of any length, held digit by digit, so that sums and comparisons are exact.
///
/// `99.9` is not a number that binary floating point has; an auditor's `99.90` and `99.9` are one number here.
package struct Decimal: Sendable, Hashable {
  /// Without zeros in front; empty for zero.
  private var digits: [UInt8]
  /// How many of the digits stand behind the point; the last of them is no zero.
  private var scale: Int
  package private(set) var isNegative: Bool

  package static let zero = Decimal(0)

  package init(_ number: Int) {
    self.init(digits: String(number.magnitude).utf8.map { $0 - UInt8(ascii: "0") }, scale: 0, isNegative: number < 0)
  }

  /// Digits, with a point and further digits or without, and a minus sign in front or none: `99.95`.
  ///
  /// - Returns: nil for any other spelling.
  package init?(_ text: String) {
    guard Measurement.isDecimal(text) else { return nil }
    let parts = text.utf8.drop { $0 == UInt8(ascii: "-") }
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    self.init(
      digits: parts.joined().map { $0 - UInt8(ascii: "0") }, scale: parts.count == 2 ? parts[1].count : 0,
      isNegative: text.utf8.first == UInt8(ascii: "-"))
  }

  private init(digits: [UInt8], scale: Int, isNegative: Bool) {
    var (digits, scale) = (digits, scale)
    while scale > 0, digits.last == 0 {
      digits.removeLast()
      scale -= 1
    }
    self.digits = Array(digits.drop { $0 == 0 })
    self.scale = self.digits.isEmpty ? 0 : scale
    self.isNegative = isNegative && !self.digits.isEmpty
  }

  package var isZero: Bool { digits.isEmpty }

  /// How many digits stand behind the point.
  package var places: Int { scale }

  /// The digits with so many of them behind the point, and with zeros in front up to a length.
  private func aligned(scale wanted: Int, count: Int = 0) -> [UInt8] {
    let whole = digits + Array(repeating: 0, count: wanted - scale)
    return Array(repeating: 0, count: max(0, count - whole.count)) + whole
  }

  /// A tenth of itself, so many times over; ten times itself where that is negative.
  package func shifted(by places: Int) -> Decimal {
    let scale = scale + places
    guard scale < 0 else { return Decimal(digits: digits, scale: scale, isNegative: isNegative) }
    return Decimal(digits: digits + Array(repeating: 0, count: -scale), scale: 0, isNegative: isNegative)
  }

  /// The product.
  package func multiplied(by factor: Int) -> Decimal {
    precondition(factor >= 0 && factor < Int.max / 16, "numbers are multiplied by counts and units of time")
    var carried = 0
    var product: [UInt8] = []
    for digit in digits.reversed() {
      let value = Int(digit) * factor + carried
      product.append(UInt8(value % 10))
      carried = value / 10
    }
    while carried > 0 {
      product.append(UInt8(carried % 10))
      carried /= 10
    }
    return Decimal(digits: product.reversed(), scale: scale, isNegative: isNegative)
  }

  /// The product of any two, exactly.
  package static func * (left: Decimal, right: Decimal) -> Decimal {
    var product = Array(repeating: 0, count: left.digits.count + right.digits.count)
    for (row, digit) in left.digits.reversed().enumerated() {
      var carried = 0
      for (column, other) in right.digits.reversed().enumerated() {
        let value = product[row + column] + Int(digit) * Int(other) + carried
        product[row + column] = value % 10
        carried = value / 10
      }
      product[row + right.digits.count] = carried
    }
    return Decimal(
      digits: product.reversed().map { UInt8($0) }, scale: left.scale + right.scale,
      isNegative: left.isNegative != right.isNegative)
  }

  /// The quotient to so many digits behind the point.
  ///
  /// - Parameter roundsUp: Whether what does not come out even becomes the next greater number, else the next smaller.
  package func divided(by divisor: Int, places: Int, roundsUp: Bool) -> Decimal {
    precondition(divisor > 0 && divisor < Int.max / 16, "numbers are divided by counts and spans of time")
    var remainder = 0
    var quotient: [UInt8] = []
    let wanted = max(places, scale)
    for digit in aligned(scale: wanted) {
      let value = remainder * 10 + Int(digit)
      quotient.append(UInt8(value / divisor))
      remainder = value % divisor
    }
    var isEven = remainder == 0
    for digit in quotient.suffix(min(wanted - places, quotient.count)) where digit != 0 { isEven = false }
    quotient.removeLast(min(wanted - places, quotient.count))
    let cut = Decimal(digits: quotient, scale: places, isNegative: isNegative)
    guard !isEven, roundsUp != isNegative else { return cut }
    let step = Decimal(digits: [1], scale: places, isNegative: isNegative)
    return cut + step
  }
}

extension Decimal: Comparable {
  package static func < (left: Decimal, right: Decimal) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative
      ? magnitude(right, precedes: left) : magnitude(left, precedes: right)
  }

  private static func magnitude(_ left: Decimal, precedes right: Decimal) -> Bool {
    let scale = max(left.scale, right.scale)
    let count = max(left.digits.count - left.scale, right.digits.count - right.scale, 0) + scale
    return left.aligned(scale: scale, count: count).lexicographicallyPrecedes(right.aligned(scale: scale, count: count))
  }
}

extension Decimal: AdditiveArithmetic {
  package static func + (left: Decimal, right: Decimal) -> Decimal {
    let scale = max(left.scale, right.scale)
    let count = max(left.digits.count - left.scale, right.digits.count - right.scale, 0) + scale + 1
    let first = left.aligned(scale: scale, count: count)
    let second = right.aligned(scale: scale, count: count)
    if left.isNegative == right.isNegative {
      return Decimal(digits: sum(first, second), scale: scale, isNegative: left.isNegative)
    }
    return first.lexicographicallyPrecedes(second)
      ? Decimal(digits: difference(second, first), scale: scale, isNegative: right.isNegative)
      : Decimal(digits: difference(first, second), scale: scale, isNegative: left.isNegative)
  }

  package static func - (left: Decimal, right: Decimal) -> Decimal {
    left + Decimal(digits: right.digits, scale: right.scale, isNegative: !right.isNegative)
  }

  /// Of numbers of the same length, with room for what is carried.
  private static func sum(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    var result = first
    var carried: UInt8 = 0
    for index in result.indices.reversed() {
      let value = first[index] + second[index] + carried
      result[index] = value % 10
      carried = value / 10
    }
    return result
  }

  /// Of numbers of the same length, the first the greater or equal.
  private static func difference(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    var result = first
    var borrowed: UInt8 = 0
    for index in result.indices.reversed() {
      let value = first[index] + 10 - second[index] - borrowed
      result[index] = value % 10
      borrowed = value < 10 ? 1 : 0
    }
    return result
  }
}

extension Decimal: CustomStringConvertible {
  /// `99.95`, `-0.5`, `20`: the shortest spelling.
  package var description: String {
    let padded = Array(repeating: 0, count: max(0, scale + 1 - digits.count)) + digits
    let text = padded.map { String($0) }
    let whole = text.dropLast(scale).joined()
    return (isNegative ? "-" : "") + (scale == 0 ? whole : "\(whole).\(text.suffix(scale).joined())")
  }
}

extension Decimal {
  /// The number with zeros in front, at least `width` digits long.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
