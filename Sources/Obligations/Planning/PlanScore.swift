package import Agreements
package import Statements

/// The weighted sum of what an option of a plan scores.
package struct PlanScore: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package let criterion: Plan.Criterion
    package let score: Int?
    /// Weight times score; nil where one of them is missing.
    package let product: Decimal?
  }

  package let option: Plan.Option
  /// In the plan's order.
  package let lines: [Line]
  /// Of the lines whose numbers are all there.
  package let known: Decimal

  package init(_ option: Plan.Option, in plan: Plan) {
    self.option = option
    lines = plan.criteria.map { criterion in
      let score = criterion.scores[option]
      let product = score.flatMap { score in criterion.weight.map { $0.multiplied(by: score) } }
      return Line(criterion: criterion, score: score, product: product)
    }
    known = lines.compactMap(\.product).reduce(.zero, +)
  }

  /// The weighted sum; nil where there are no criteria, or a number is missing.
  package var sum: Decimal? {
    lines.isEmpty || lines.contains { $0.product == nil } ? nil : known
  }
}

/// What a plan's numbers come to: which option scores highest, and which costs least.
///
/// Options with a number missing are in neither comparison.
package struct PlanDecision: Sendable, Equatable {
  package let scores: [PlanScore]
  package let totals: [PlanTotal]

  package init(_ plan: Plan) {
    scores = Plan.Option.allCases.map { PlanScore($0, in: plan) }
    totals = Plan.Option.allCases.map { PlanTotal($0, in: plan) }
  }

  /// Those that score highest of those whose scores are all there: several where they are level.
  package var highest: [Plan.Option] {
    PlanDecision.first(scores.compactMap { score in score.sum.map { (score.option, $0) } }) { $0 > $1 }
  }

  /// Those that cost least of those whose costs are all there.
  package var cheapest: [Plan.Option] {
    PlanDecision.first(totals.compactMap { total in total.amount.map { (total.option, $0) } }) { $0 < $1 }
  }

  /// The options whose number is ahead of all others'; none where there is nothing to compare.
  static func first(
    _ numbers: [(option: Plan.Option, number: Decimal)], isAhead: (Decimal, Decimal) -> Bool
  ) -> [Plan.Option] {
    guard numbers.count > 1 else { return [] }
    return numbers.filter { each in !numbers.contains { isAhead($0.number, each.number) } }.map(\.option)
  }
}
