package import Agreements
internal import Statements

/// A small change of one number that puts another option ahead.
package struct PlanTurn: Sendable, Equatable {
  package enum Change: Sendable, Equatable {
    /// An option's score for a criterion.
    case score(criterion: String, option: Plan.Option, from: Int, to: Int)
    /// So many points of weight go from one criterion to another.
    case weight(from: String, to: String, points: Int)
    /// A cost is more than so many tenths of a percent dearer or, where `isDearer` is false, cheaper. `line` from 0.
    case amount(option: Plan.Option, line: Int, name: String, tenths: Int, isDearer: Bool)
    case users(from: Int, to: Int)
    case devices(from: Int, to: Int)
    case months(from: Int, to: Int)
  }

  package let change: Change
  /// Who is ahead then.
  package let ahead: [Plan.Option]

  /// What counts as small: points of a score, points of weight, tenths of a percent, a tenth of a count, months.
  package static let scoreLimit = 2
  package static let weightLimit = 10
  package static let tenthsLimit = 100
  package static let monthsLimit = 6

  /// The least changes that would take the highest score from the one option that has it.
  package static func ofScores(_ plan: Plan) -> [PlanTurn] {
    let decision = PlanDecision(plan)
    guard let leader = decision.highest.first, decision.highest.count == 1 else { return [] }
    var turns: [PlanTurn] = []
    let sums = decision.scores.compactMap { score in score.sum.map { (option: score.option, number: $0) } }
    func ahead(_ change: (Plan.Option) -> Decimal) -> [Plan.Option]? {
      let changed = sums.map { (option: $0.option, number: $0.number + change($0.option)) }
      let first = PlanDecision.first(changed) { $0 > $1 }
      return first.contains(leader) ? nil : first
    }
    for criterion in plan.criteria {
      guard let weight = criterion.weight else { continue }
      for (option, _) in sums {
        guard let score = criterion.scores[option] else { continue }
        for step in 1...scoreLimit {
          let to = option == leader ? score - step : score + step
          guard (0...10).contains(to) else { break }
          let moved = weight.multiplied(by: step)
          let change = option == leader ? Decimal.zero - moved : moved
          guard let ahead = ahead({ $0 == option ? change : .zero }) else { continue }
          turns.append(
            PlanTurn(change: .score(criterion: criterion.id, option: option, from: score, to: to), ahead: ahead))
          break
        }
      }
    }
    for giver in plan.criteria {
      for taker in plan.criteria where taker.id != giver.id {
        func turned(_ points: Int) -> [Plan.Option]? {
          guard let weight = giver.weight, weight >= Decimal(points) else { return nil }
          return ahead { Decimal(points * ((taker.scores[$0] ?? 0) - (giver.scores[$0] ?? 0))) }
        }
        for points in 1...weightLimit {
          guard let ahead = turned(points) else { continue }
          turns.append(PlanTurn(change: .weight(from: giver.id, to: taker.id, points: points), ahead: ahead))
          break
        }
      }
    }
    return turns
  }

  /// The least changes that would make another option the cheapest than the one that is.
  package static func ofCosts(_ plan: Plan) -> [PlanTurn] {
    let decision = PlanDecision(plan)
    guard let leader = decision.cheapest.first, decision.cheapest.count == 1 else { return [] }
    let amounts = decision.totals.compactMap { total in total.amount.map { (option: total.option, number: $0) } }
    var turns: [PlanTurn] = []
    for total in decision.totals where total.amount != nil {
      for (index, line) in total.lines.enumerated() {
        guard let amount = line.sum.amount else { continue }
        let isDearer = total.option == leader
        for tenths in 1...tenthsLimit {
          let share = amount.multiplied(by: tenths).shifted(by: 3)
          let change = isDearer ? share : Decimal.zero - share
          let changed = amounts.map { ($0.option, $0.option == total.option ? $0.number + change : $0.number) }
          let first = PlanDecision.first(changed) { $0 < $1 }
          guard !first.contains(leader) else { continue }
          turns.append(
            PlanTurn(
              change: .amount(
                option: total.option, line: index, name: line.cost.name, tenths: tenths, isDearer: isDearer),
              ahead: first))
          break
        }
      }
    }
    func ahead(_ change: (inout Plan) -> Void) -> [Plan.Option]? {
      var changed = plan
      change(&changed)
      let first = PlanDecision(changed).cheapest
      return first.contains(leader) ? nil : first
    }
    for sign in [1, -1] {
      if let users = plan.users, let (step, first) = least(users, sign, { users in ahead { $0.users = users } }) {
        turns.append(PlanTurn(change: .users(from: users, to: step), ahead: first))
      }
      if let devices = plan.devices,
        let (step, first) = least(devices, sign, { devices in ahead { $0.devices = devices } })
      {
        turns.append(PlanTurn(change: .devices(from: devices, to: step), ahead: first))
      }
      guard let months = plan.months else { continue }
      for step in 1...monthsLimit where months + sign * step > 0 {
        guard let first = ahead({ $0.months = months + sign * step }) else { continue }
        turns.append(PlanTurn(change: .months(from: months, to: months + sign * step), ahead: first))
        break
      }
    }
    return turns
  }

  /// The nearest count, within a tenth, at which something turns. Each option's costs grow evenly with the count, so
  /// that what has turned once stays so, and halving finds where.
  private static func least(
    _ count: Int, _ sign: Int, _ turned: (Int) -> [Plan.Option]?
  ) -> (Int, [Plan.Option])? {
    var (low, high) = (1, count / 10)
    guard high >= 1, turned(count + sign * high) != nil else { return nil }
    while low < high {
      let middle = (low + high) / 2
      if turned(count + sign * middle) != nil { high = middle } else { low = middle + 1 }
    }
    return turned(count + sign * low).map { (count + sign * low, $0) }
  }
}
