package import Agreements
package import Statements

/// What has changed from one plan to a later one.
package struct PlanDifference: Sendable {
  package enum Course: String, Sendable {
    case better, worse, same
    /// Rated in one of the plans only: nothing can be said.
    case begun, dropped
  }

  package struct Aspect: Sendable, Equatable {
    package let aspect: Plan.Aspect
    package let before: Int?
    package let after: Int?

    /// nil where neither plan has a rating.
    package var course: Course? {
      switch (before, after) {
      case (nil, nil): nil
      case (nil, _): .begun
      case (_, nil): .dropped
      case (let before?, let after?): after > before ? .better : after < before ? .worse : .same
      }
    }
  }

  package struct Domain: Sendable, Equatable {
    package let id: String
    package let coverBefore: Plan.Cover?
    package let coverAfter: Plan.Cover?
    /// Those that either plan rates.
    package let aspects: [Aspect]
  }

  package struct Cost: Sendable, Equatable {
    package let option: Plan.Option
    package let before: Decimal?
    package let after: Decimal?
    /// nil where either is not known, or they cannot be compared.
    package let change: Decimal?
  }

  /// Those that either plan has, in the later one's order, then in the earlier one's.
  package let domains: [Domain]
  package let costs: [Cost]
  /// Whether both plans count in one currency.
  package let hasOneCurrency: Bool
  package let monthsBefore: Int?
  package let monthsAfter: Int?
  package let before: PlanDecision
  package let after: PlanDecision

  package init(from old: Plan, to new: Plan) {
    let names = new.domains.map(\.id) + old.domains.map(\.id).filter { id in !new.domains.contains { $0.id == id } }
    domains = names.map { id in
      let (earlier, later) = (old.domains.first { $0.id == id }, new.domains.first { $0.id == id })
      let aspects = Plan.Aspect.allCases.map {
        Aspect(aspect: $0, before: earlier?.ratings[$0]?.value, after: later?.ratings[$0]?.value)
      }
      return Domain(
        id: id, coverBefore: earlier?.cover, coverAfter: later?.cover, aspects: aspects.filter { $0.course != nil })
    }
    let (before, after) = (PlanDecision(old), PlanDecision(new))
    let hasOneCurrency = old.currency == new.currency
    costs = zip(before.totals, after.totals).map { earlier, later in
      let change = earlier.amount.flatMap { before in later.amount.map { $0 - before } }
      return Cost(
        option: later.option, before: earlier.amount, after: later.amount, change: hasOneCurrency ? change : nil)
    }
    (self.before, self.after, self.hasOneCurrency) = (before, after, hasOneCurrency)
    (monthsBefore, monthsAfter) = (old.months, new.months)
  }
}
