import Agreements
import Obligations
import Statements
import TestSupport
import Testing

/// Random plans, added up a second time in whole hundredths and by trying every change.
struct RandomPlanTests {
  private static let kinds: [PlanCost.Kind] = [.perUser, .perDevice, .tier, .project, .salary, .blockHours, .tools]

  private static func random(_ random: inout SeededRandom) -> Plan {
    var plan = Plan(organization: "Acme")
    plan.users = Int.random(in: 0...200, using: &random)
    plan.devices = Int.random(in: 0...200, using: &random)
    plan.months = Int.random(in: 1...60, using: &random)
    for index in 0..<Int.random(in: 1...4, using: &random) {
      var criterion = Plan.Criterion(id: "c\(index)", weight: Decimal(Int.random(in: 0...50, using: &random)))
      for option in Plan.Option.allCases where Int.random(in: 0...9, using: &random) > 0 {
        criterion.scores[option] = Int.random(in: 0...10, using: &random)
      }
      plan.criteria.append(criterion)
    }
    for option in Plan.Option.allCases {
      plan.costs[option] = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        var cost = PlanCost(kinds[Int.random(in: 0..<kinds.count, using: &random)])
        let cents = { (random: inout SeededRandom) in Decimal(Int.random(in: 0...99_999, using: &random)).shifted(by: 2)
        }
        if cost.every == nil { cost.every = [.once, .month, .year][Int.random(in: 0...2, using: &random)] }
        cost.amount = cents(&random)
        cost.hours = Decimal(Int.random(in: 0...40, using: &random))
        cost.rate = cents(&random)
        cost.headcount = Decimal(Int.random(in: 0...30, using: &random)).shifted(by: 1)
        cost.benefits = Decimal(Int.random(in: 0...400, using: &random)).shifted(by: 1)
        return cost
      }
    }
    return plan
  }

  /// A number in units of a millionth of a hundredth.
  private func units(_ number: Decimal?, _ places: Int) throws -> Int {
    try #require(number.flatMap { Int($0.shifted(by: -places).description) })
  }

  /// The cost in whole cents, worked out with integers alone; a year's twelfths rounded up.
  private func cents(_ cost: PlanCost, _ plan: Plan) throws -> (numerator: Int, denominator: Int) {
    let times =
      switch cost.every {
      case .once: (1, 1)
      case .month: (plan.months ?? 0, 1)
      default: (plan.months ?? 0, 12)
      }
    let amount = try units(cost.amount, 2)
    switch cost.kind {
    case .perUser: return (amount * (plan.users ?? 0) * times.0, times.1)
    case .perDevice: return (amount * (plan.devices ?? 0) * times.0, times.1)
    case .blockHours: return (try units(cost.hours, 0) * units(cost.rate, 2) * times.0, times.1)
    case .salary:
      return (try amount * units(cost.headcount, 1) * (1000 + units(cost.benefits, 1)) * times.0, times.1 * 10_000)
    default: return (amount * times.0, times.1)
    }
  }

  @Test func `sums, scores and who is ahead are what integers give`() throws {
    let seed: UInt64 = 20_261_127
    var source = SeededRandom(seed: seed)
    for round in 0..<400 {
      let plan = Self.random(&source)
      let decision = PlanDecision(plan)
      for total in decision.totals {
        for line in total.lines {
          let (numerator, denominator) = try cents(line.cost, plan)
          if line.cost.every == .year {
            let wanted = (numerator + denominator - 1) / denominator
            #expect(try units(line.sum.amount, 2) == wanted, "seed \(seed), plan \(round)")
            #expect(line.sum.isRounded == (numerator % denominator != 0), "seed \(seed), plan \(round)")
          } else {
            #expect(try units(line.sum.amount, 2) * denominator == numerator, "seed \(seed), plan \(round)")
          }
        }
      }
      let sums = try Plan.Option.allCases.compactMap { option -> (Plan.Option, Int)? in
        guard plan.criteria.allSatisfy({ $0.scores[option] != nil }) else { return nil }
        return (option, try plan.criteria.reduce(0) { try $0 + units($1.weight, 0) * ($1.scores[option] ?? 0) })
      }
      let best = sums.map(\.1).max()
      let wanted = sums.count > 1 ? sums.filter { $0.1 == best }.map(\.0) : []
      #expect(decision.highest == wanted, "seed \(seed), plan \(round)")
    }
  }

  @Test func `each turn does turn, and one step less does not`() throws {
    let seed: UInt64 = 1_127_2026
    var source = SeededRandom(seed: seed)
    var seen = 0
    for round in 0..<300 {
      let plan = Self.random(&source)
      let decision = PlanDecision(plan)
      for turn in PlanTurn.ofScores(plan) + PlanTurn.ofCosts(plan) {
        for isShort in [false, true] {
          guard let changed = apply(turn.change, to: plan, isShort: isShort) else { continue }
          let after = PlanDecision(changed)
          let (old, new) =
            isScore(turn.change) ? (decision.highest, after.highest) : (decision.cheapest, after.cheapest)
          if isShort {
            #expect(new.contains(old[0]), "seed \(seed), plan \(round), \(turn)")
          } else {
            #expect(new == turn.ahead, "seed \(seed), plan \(round), \(turn)")
            seen += 1
          }
        }
      }
    }
    #expect(seen > 100)
  }

  private func isScore(_ change: PlanTurn.Change) -> Bool {
    switch change {
    case .score, .weight: true
    case .amount, .users, .devices, .months: false
    }
  }

  /// The plan after the change, or after one that is a step smaller; nil where that cannot be written as a plan.
  private func apply(_ change: PlanTurn.Change, to plan: Plan, isShort: Bool) -> Plan? {
    var plan = plan
    func nearer(_ from: Int, _ to: Int) -> Int { isShort ? to + (to > from ? -1 : 1) : to }
    switch change {
    case .score(let id, let option, let from, let to):
      guard let index = plan.criteria.firstIndex(where: { $0.id == id }) else { return nil }
      plan.criteria[index].scores[option] = nearer(from, to)
    case .weight(let from, let to, let points):
      let step = Decimal(isShort ? points - 1 : points)
      for index in plan.criteria.indices {
        let weight = plan.criteria[index].weight ?? .zero
        if plan.criteria[index].id == from { plan.criteria[index].weight = weight - step }
        if plan.criteria[index].id == to { plan.criteria[index].weight = weight + step }
      }
    case .users(let from, let to): plan.users = nearer(from, to)
    case .devices(let from, let to): plan.devices = nearer(from, to)
    case .months(let from, let to): plan.months = nearer(from, to)
    case .amount(let option, let line, _, let tenths, let isDearer):
      let steps = isShort ? tenths - 1 : tenths
      guard let cost = plan.costs[option]?[line], cost.every != .year else { return nil }
      let factor = Decimal(isDearer ? 1000 + steps : 1000 - steps).shifted(by: 3)
      plan.costs[option]?[line].amount = cost.amount.map { $0 * factor }
      plan.costs[option]?[line].rate = cost.rate.map { $0 * factor }
    }
    return plan
  }
}
