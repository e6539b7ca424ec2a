package import Agreements
package import Catalogs
package import Obligations

/// A plan's gaps, its decision matrix and what its options cost, each sum laid open; no recommendation beyond that.
public struct PlanReport: Sendable {
  package let plan: Plan
  package let coverage: [PlanCoverage]
  package let decision: PlanDecision
  package let scoreTurns: [PlanTurn]
  package let costTurns: [PlanTurn]
  /// What the plan leaves open.
  package let open: [String]
  /// The frameworks whose controls were counted.
  package let frameworks: [String]
  /// What has changed since an earlier plan, and what that is called.
  package let since: (name: String, difference: PlanDifference)?

  /// - Parameters:
  ///   - functions: The catalog of the functions.
  ///   - frameworks: Those whose controls are counted.
  ///   - open: What the plan leaves open, a sentence each.
  ///   - since: An earlier plan, and what it is called.
  package init(
    _ plan: Plan, functions: Catalog, frameworks: [Catalog], open: [String], since: (name: String, plan: Plan)? = nil
  ) {
    self.plan = plan
    coverage = PlanCoverage.all(plan, functions: functions, frameworks: frameworks)
    decision = PlanDecision(plan)
    scoreTurns = PlanTurn.ofScores(plan)
    costTurns = PlanTurn.ofCosts(plan)
    self.open = open
    self.frameworks = frameworks.map(\.framework).filter { $0 != functions.framework }
    self.since = since.map { ($0.name, PlanDifference(from: $0.plan, to: plan)) }
  }
}
