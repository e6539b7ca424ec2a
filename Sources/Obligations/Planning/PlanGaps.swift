package import Agreements
internal import Findings
internal import Statements

/// What a plan leaves open, so that its report can only be a part of the answer.
package enum PlanGaps {
  /// - Parameters:
  ///   - sources: Where the plan's values stand.
  ///   - domains: The functions that there are.
  package static func of(_ plan: Plan, _ sources: SourceMap, domains: [String]) -> [Diagnostic] {
    head(plan, sources) + functions(plan, sources, domains) + criteria(plan, sources) + costs(plan, sources)
  }

  private static func head(_ plan: Plan, _ sources: SourceMap) -> [Diagnostic] {
    var missing: [String] = []
    let kinds = Set(plan.costs.values.joined().map(\.kind))
    if plan.users == nil, kinds.contains(.perUser) {
      missing.append("'users' is not known, and costs are for each user")
    }
    if plan.devices == nil, kinds.contains(.perDevice) {
      missing.append("'devices' is not known, and costs are for each device")
    }
    if plan.months == nil { missing.append("'months' is not known: costs are compared over a term") }
    if plan.currency == nil { missing.append("'currency' is not known: say what the amounts are in") }
    return missing.map { Diagnostic(sources.position(), $0) }
  }

  private static func functions(_ plan: Plan, _ sources: SourceMap, _ domains: [String]) -> [Diagnostic] {
    var gaps: [Diagnostic] = []
    for (index, domain) in plan.domains.enumerated() {
      let place = sources.position("domains", .index(index))
      if domain.cover == nil { gaps.append(Diagnostic(place, "'\(domain.id)': 'covered-by' is not known")) }
      let open = Plan.Aspect.allCases.filter { domain.ratings[$0] == nil }.map(\.rawValue)
      if !open.isEmpty { gaps.append(Diagnostic(place, "'\(domain.id)': nobody has rated \(Wording.list(open))")) }
    }
    let named = Set(plan.domains.map(\.id))
    let silent = domains.filter { !named.contains($0) }
    if !silent.isEmpty {
      let names = Wording.list(silent.map { "'\($0)'" })
      gaps.append(
        Diagnostic(
          sources.position("domains"), "\(silent.count == 1 ? "a domain has" : "domains have") no line: \(names)"))
    }
    return gaps
  }

  private static func criteria(_ plan: Plan, _ sources: SourceMap) -> [Diagnostic] {
    guard !plan.criteria.isEmpty else {
      return [Diagnostic(sources.position("criteria"), "there are no criteria to decide by")]
    }
    var gaps: [Diagnostic] = []
    for (index, criterion) in plan.criteria.enumerated() {
      let place = sources.position("criteria", .index(index))
      if criterion.weight == nil { gaps.append(Diagnostic(place, "'\(criterion.id)' has no weight")) }
      let open = Plan.Option.allCases.filter { criterion.scores[$0] == nil }.map(\.rawValue)
      if !open.isEmpty { gaps.append(Diagnostic(place, "'\(criterion.id)' has no score for \(Wording.list(open))")) }
    }
    let weights = plan.criteria.compactMap(\.weight)
    let sum = weights.reduce(.zero, +)
    if weights.count == plan.criteria.count, sum != Decimal(100) {
      gaps.append(Diagnostic(sources.position("criteria"), "the weights add up to \(sum), not to 100"))
    }
    return gaps
  }

  private static func costs(_ plan: Plan, _ sources: SourceMap) -> [Diagnostic] {
    var gaps: [Diagnostic] = []
    for option in Plan.Option.allCases {
      let total = PlanTotal(option, in: plan)
      if total.lines.isEmpty {
        gaps.append(Diagnostic(sources.position("costs"), "the option '\(option.rawValue)' has no costs"))
      }
      for (index, line) in total.lines.enumerated() {
        // What the whole plan lacks has been told.
        let missing = line.sum.missing.filter { !["users", "devices", "months"].contains($0) }.map { "'\($0)'" }
        guard !missing.isEmpty else { continue }
        let place = sources.position("costs", .key(option.rawValue), .index(index))
        gaps.append(
          Diagnostic(
            place,
            "\(option.rawValue), '\(line.cost.name)': \(Wording.list(missing)) \(missing.count == 1 ? "is" : "are") not known"
          ))
      }
    }
    return gaps
  }
}
