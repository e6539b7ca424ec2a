package import Agreements
package import Statements

/// What one cost of a plan comes to over the term, with the terms that it was multiplied from.
package struct PlanSum: Sendable, Equatable {
  package enum Factor: Sendable, Equatable {
    case users(Int)
    case devices(Int)
    case people(Decimal)
    case hours(Decimal)
    case money(Decimal)
    /// With what comes on top: 122.5 for benefits of 22.5 percent.
    case percent(Decimal)
    case months(Int)
    /// So many months of what is paid for a year.
    case twelfths(Int)
  }

  package let factors: [Factor]
  /// The product, exactly but for a year's twelfths; nil where a number is missing.
  package let amount: Decimal?
  /// Whether it was rounded up to the next cent: a year's twelfths need not come out even.
  package let isRounded: Bool
  /// The keys of the plan, or of its line, that nobody has given.
  package let missing: [String]

  package init(_ cost: PlanCost, in plan: Plan) {
    var factors: [Factor] = []
    var missing: [String] = []
    func need<Number>(_ number: Number?, _ key: String, _ factor: (Number) -> Factor) {
      if let number { factors.append(factor(number)) } else { missing.append(key) }
    }
    switch cost.kind {
    case .perUser:
      need(plan.users, "users") { .users($0) }
      need(cost.amount, "amount") { .money($0) }
    case .perDevice:
      need(plan.devices, "devices") { .devices($0) }
      need(cost.amount, "amount") { .money($0) }
    case .blockHours:
      need(cost.hours, "hours") { .hours($0) }
      need(cost.rate, "rate") { .money($0) }
    case .salary:
      need(cost.headcount, "headcount") { .people($0) }
      need(cost.amount, "amount") { .money($0) }
      need(cost.benefits, "benefits") { .percent(Decimal(100) + $0) }
    case .tier, .retainer, .project, .hardware, .exitFee, .training, .tools, .afterHours:
      need(cost.amount, "amount") { .money($0) }
    }
    switch cost.every {
    case .once: break
    case .month: need(plan.months, "months") { .months($0) }
    case .year: need(plan.months, "months") { .twelfths($0) }
    case nil: missing.append("every")
    }
    self.factors = factors
    self.missing = missing
    guard missing.isEmpty else {
      (amount, isRounded) = (nil, false)
      return
    }
    var product = Decimal(1)
    var isYearly = false
    for factor in factors {
      switch factor {
      case .users(let count), .devices(let count), .months(let count): product = product * Decimal(count)
      case .people(let number), .hours(let number), .money(let number): product = product * number
      case .percent(let percent): product = (product * percent).shifted(by: 2)
      case .twelfths(let count):
        product = product * Decimal(count)
        isYearly = true
      }
    }
    guard isYearly else {
      (amount, isRounded) = (product, false)
      return
    }
    let quotient = product.divided(by: 12, places: 2, roundsUp: true)
    (amount, isRounded) = (quotient, quotient * Decimal(12) != product)
  }
}

/// What an option of a plan costs over the term.
package struct PlanTotal: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package let cost: PlanCost
    package let sum: PlanSum
  }

  package let option: Plan.Option
  package let lines: [Line]
  /// Of the lines whose numbers are all there.
  package let known: Decimal

  package init(_ option: Plan.Option, in plan: Plan) {
    self.option = option
    lines = (plan.costs[option] ?? []).map { Line(cost: $0, sum: PlanSum($0, in: plan)) }
    known = lines.compactMap(\.sum.amount).reduce(.zero, +)
  }

  /// All that it costs; nil where it has no costs, or a number is missing.
  package var amount: Decimal? {
    lines.isEmpty || lines.contains { $0.sum.amount == nil } ? nil : known
  }
}
