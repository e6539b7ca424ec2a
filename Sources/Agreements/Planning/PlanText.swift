internal import Statements

/// A plan as YAML that reads as the same plan again, commented so that it can be filled in.
package struct PlanText {
  /// A function, as the catalog has it.
  package struct Function: Sendable {
    package let id: String
    package let title: String

    package init(id: String, title: String) {
      self.id = id
      self.title = title
    }
  }

  private let functions: [Function]

  /// - Parameter functions: Each gets a line; where the plan has none, one to fill in.
  package init(functions: [Function]) { self.functions = functions }

  /// The document: what the plan does not know says so.
  package func text(of plan: Plan) -> String {
    let number = { (number: Int?) in number.map { "\($0)" } ?? SchemaReader.unknown }
    var lines = [
      "# What there is, what is wanted and what it costs, before anybody signs.",
      "# Put your own numbers in place of 'unknown': nothing is assumed, and what is unknown is never taken for 0.",
      "# Then run 'custody plan check' on it, and 'custody plan report'.",
      "",
      "organization: \(DocumentText.scalar(plan.organization))",
      "users: \(number(plan.users))            # people who use the systems",
      "devices: \(number(plan.devices))          # computers, servers and phones",
      "months: \(number(plan.months))           # the term that costs are compared over",
      "currency: \(plan.currency.map(DocumentText.scalar) ?? SchemaReader.unknown)         # what amounts are in, as USD",
      "",
      "# Today, function by function. covered-by: in-house, provider or nobody.",
      "# Ratings: \(Plan.Rating.words.enumerated().map { "\($0.offset) \($0.element)" }.joined(separator: ", "));"
        + " or { rating: 2, why: one person, no deputy }.",
      functions.isEmpty && plan.domains.isEmpty ? "domains: []" : "domains:",
    ]
    for function in functions {
      lines += domain(plan.domains.first { $0.id == function.id } ?? Plan.Domain(id: function.id), function.title)
    }
    lines += criteria(plan) + costs(plan)
    return lines.joined(separator: "\n") + "\n"
  }

  private func domain(_ domain: Plan.Domain, _ title: String) -> [String] {
    var lines = [
      "  - domain: \(domain.id)  # \(title)", "    covered-by: \(domain.cover?.rawValue ?? SchemaReader.unknown)",
    ]
    for aspect in Plan.Aspect.allCases {
      let rating = domain.ratings[aspect]
      let value = rating.map { "\($0.value)" } ?? SchemaReader.unknown
      lines.append(
        "    \(aspect.rawValue): "
          + (rating?.why.map { "{ rating: \(value), why: \(DocumentText.scalar($0)) }" } ?? value))
    }
    let pains = domain.pains.map(DocumentText.scalar).joined(separator: ", ")
    return lines + ["    pains: [\(pains)]"]
  }

  private func criteria(_ plan: Plan) -> [String] {
    var lines = [
      "", "# What the decision turns on: weights that add up to 100, and scores from 0 through 10.",
      plan.criteria.isEmpty ? "criteria: []" : "criteria:",
    ]
    if plan.criteria.isEmpty {
      lines += [
        "#  - { id: control, title: Control over our systems, weight: unknown,",
        "#      scores: { managed: unknown, co-managed: unknown, in-house: unknown } }",
      ]
    }
    for criterion in plan.criteria {
      let title = criterion.title.map { ", title: \(DocumentText.scalar($0))" } ?? ""
      let scores = Plan.Option.allCases.map { option in
        "\(option.rawValue): \(criterion.scores[option].map { "\($0)" } ?? SchemaReader.unknown)"
      }
      lines += [
        "  - { id: \(criterion.id)\(title), weight: \(criterion.weight.map { "\($0)" } ?? SchemaReader.unknown),",
        "      scores: { \(scores.joined(separator: ", ")) } }",
      ]
    }
    return lines
  }

  private func costs(_ plan: Plan) -> [String] {
    var lines = [
      "", "# What each option costs. Paid each month: per-user, per-device, tier, retainer; once: project, hardware,",
      "# exit-fee; each year: salary, for each person. Those with 'every' say it: once, month or year.", "costs:",
    ]
    for option in Plan.Option.allCases {
      let costs = plan.costs[option] ?? []
      lines.append(costs.isEmpty ? "  \(option.rawValue): []" : "  \(option.rawValue):")
      lines += costs.isEmpty ? PlanText.examples(option) : costs.map(PlanText.line)
    }
    return lines
  }

  private static func line(_ cost: PlanCost) -> String {
    var parts = ["kind: \(cost.kind.rawValue)"]
    if let title = cost.title { parts.append("title: \(DocumentText.scalar(title))") }
    let numbers = [
      "amount": cost.amount, "hours": cost.hours, "rate": cost.rate, "headcount": cost.headcount,
      "benefits": cost.benefits,
    ]
    for key in cost.kind.numbers {
      parts.append("\(key): \((numbers[key] ?? nil).map { "\($0)" } ?? SchemaReader.unknown)")
    }
    if cost.kind.usualRhythm == nil { parts.append("every: \(cost.every?.rawValue ?? SchemaReader.unknown)") }
    return "    - { \(parts.joined(separator: ", ")) }"
  }

  /// Lines to take the # away from.
  private static func examples(_ option: Plan.Option) -> [String] {
    let lines =
      switch option {
      case .managed:
        [
          "{ kind: per-user, amount: unknown }", "{ kind: per-device, amount: unknown }",
          "{ kind: exit-fee, amount: unknown }",
        ]
      case .coManaged:
        [
          "{ kind: tier, title: Monitoring, amount: unknown }",
          "{ kind: block-hours, hours: unknown, rate: unknown, every: month }",
          "{ kind: project, title: Taking over, amount: unknown }",
        ]
      case .inHouse:
        [
          "{ kind: salary, headcount: unknown, amount: unknown, benefits: unknown }  # benefits in percent",
          "{ kind: training, amount: unknown, every: year }", "{ kind: tools, amount: unknown, every: year }",
          "{ kind: after-hours, amount: unknown, every: month }", "{ kind: hardware, amount: unknown }",
        ]
      }
    return lines.map { "#    - \($0)" }
  }
}
