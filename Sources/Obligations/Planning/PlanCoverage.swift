package import Agreements
package import Catalogs

/// A function of IT as it stands today, and what hangs on it.
package struct PlanCoverage: Sendable {
  /// The controls of one framework that belong to the function.
  package struct Controls: Sendable, Equatable {
    package let framework: String
    /// In the catalog's order.
    package let ids: [String]
  }

  package let id: String
  package let title: String
  /// nil where the plan has no line for it.
  package let domain: Plan.Domain?
  /// One for each framework that has any.
  package let controls: [Controls]

  /// The lowest rating, with what has it; nil where nothing is rated.
  package var lowest: (value: Int, aspects: [Plan.Aspect])? {
    guard let ratings = domain?.ratings, let value = ratings.values.map(\.value).min() else { return nil }
    return (value, Plan.Aspect.allCases.filter { ratings[$0]?.value == value })
  }

  /// Each function of the catalog, in its order.
  ///
  /// - Parameters:
  ///   - functions: The catalog of the functions.
  ///   - frameworks: Those whose controls count.
  package static func all(_ plan: Plan, functions: Catalog, frameworks: [Catalog]) -> [PlanCoverage] {
    var byDomain: [String: [(framework: String, id: String)]] = [:]
    for catalog in frameworks where catalog.framework != functions.framework {
      for control in catalog.controls {
        guard let domain = control.domain else { continue }
        byDomain[domain, default: []].append((catalog.framework, control.id.local))
      }
    }
    return functions.controls.map { function in
      let id = function.id.local
      let controls = frameworks.compactMap { catalog -> Controls? in
        let ids = (byDomain[id] ?? []).filter { $0.framework == catalog.framework }.map(\.id)
        return ids.isEmpty ? nil : Controls(framework: catalog.framework, ids: ids)
      }
      return PlanCoverage(
        id: id, title: function.title, domain: plan.domains.first { $0.id == id }, controls: controls)
    }
  }
}
