internal import Agreements
internal import Obligations
internal import Statements

/// How numbers and changes of a plan are written.
enum PlanWords {
  /// `122,400.00`: at least two digits behind the point, and none are dropped.
  static func money(_ number: Decimal) -> String {
    let parts = number.description.split(separator: ".").map(String.init)
    let isNegative = parts.first?.first == "-"
    let whole = Array((parts.first ?? "0").drop { $0 == "-" })
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    let cents = parts.count > 1 ? parts[1] : ""
    return (isNegative ? "-" : "") + grouped + "." + cents + String(repeating: "0", count: max(0, 2 - cents.utf8.count))
  }

  /// `40 users × 85.00 × 36 months = 122,400.00`, or what is missing from it.
  static func terms(_ sum: PlanSum) -> String {
    guard let amount = sum.amount else {
      return "not known: \(sum.missing.joined(separator: ", ")) \(sum.missing.count == 1 ? "is" : "are") missing"
    }
    guard sum.factors.count > 1 else { return money(amount) }
    let product = sum.factors.map(factor).joined(separator: " × ")
    return "\(product) = \(money(amount))\(sum.isRounded ? ", rounded up to the cent" : "")"
  }

  private static func factor(_ factor: PlanSum.Factor) -> String {
    switch factor {
    case .users(let count): "\(count) \(count == 1 ? "user" : "users")"
    case .devices(let count): "\(count) \(count == 1 ? "device" : "devices")"
    case .people(let number): "\(number) \(number == Decimal(1) ? "person" : "people")"
    case .hours(let number): "\(number) \(number == Decimal(1) ? "hour" : "hours")"
    case .money(let number): money(number)
    case .percent(let percent): "\(percent) %"
    case .months(let count): "\(count) \(count == 1 ? "month" : "months")"
    case .twelfths(let count): "\(count) \(count == 1 ? "month" : "months") ÷ 12"
    }
  }

  /// `managed`, `managed and in-house`
  static func options(_ options: [Plan.Option]) -> String {
    options.map(\.rawValue).joined(separator: " and ")
  }

  static func turn(_ turn: PlanTurn) -> String {
    let then = "\(options(turn.ahead)) would be ahead"
    switch turn.change {
    case .score(let criterion, let option, let from, let to):
      return "\(criterion): \(option.rawValue) scores \(to) instead of \(from): \(then)"
    case .weight(let from, let to, let points):
      return "\(points) \(points == 1 ? "point" : "points") of weight from \(from) to \(to): \(then)"
    case .amount(let option, _, let name, let tenths, let isDearer):
      return
        "\(option.rawValue), \(name): \(Decimal(tenths).shifted(by: 1)) % \(isDearer ? "dearer" : "cheaper"): \(then)"
    case .users(let from, let to): return "\(to) users instead of \(from): \(then)"
    case .devices(let from, let to): return "\(to) devices instead of \(from): \(then)"
    case .months(let from, let to): return "\(to) months instead of \(from): \(then)"
    }
  }
}
