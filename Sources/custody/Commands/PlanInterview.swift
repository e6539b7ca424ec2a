internal import Agreements
internal import CommandLine
internal import Findings

/// Asks at the terminal what there is today, function by function. An empty answer stays unknown.
struct PlanInterview {
  private let console: Console

  init(_ console: Console) throws {
    guard console.canAsk else {
      throw Failure(.usage, "there is no terminal to ask on", hint: "leave --ask out, and fill in the file")
    }
    self.console = console
  }

  /// - Parameter named: Whether the organisation is known.
  func ask(_ plan: inout Plan, _ functions: [PlanText.Function], named: Bool) throws {
    console.say(
      "An empty answer stays unknown, and Ctrl-D ends the questions. Ratings: 0 none, 1 by chance, 2 basic, 3 good, 4 strong."
    )
    if !named, let name = try console.ask("organization") { plan.organization = name }
    plan.users = try number("users", 10_000_000)
    plan.devices = try number("devices", 10_000_000)
    plan.months = try number("months of the term", 600).flatMap { $0 == 0 ? nil : $0 }
    plan.currency = try console.ask("currency, as USD")
    for function in functions {
      if console.inputHasEnded {
        plan.domains.append(Plan.Domain(id: function.id))
        continue
      }
      console.say("\(function.title) (\(function.id))")
      var domain = Plan.Domain(id: function.id)
      domain.cover = try cover()
      for aspect in Plan.Aspect.allCases {
        domain.ratings[aspect] = try number("  \(aspect.rawValue), 0 to 4", 4).map { Plan.Rating($0) }
      }
      if let pain = try console.ask("  what hurts") { domain.pains = [pain] }
      plan.domains.append(domain)
    }
  }

  private func cover() throws -> Plan.Cover? {
    while let answer = try console.ask("  covered by in-house, provider or nobody") {
      if let cover = Plan.Cover(rawValue: answer.lowercased()) { return cover }
      console.say("  '\(answer)' is none of in-house, provider and nobody")
    }
    return nil
  }

  private func number(_ question: String, _ limit: Int) throws -> Int? {
    while let answer = try console.ask(question) {
      if let number = Int(answer), (0...limit).contains(number) { return number }
      console.say("  '\(answer)' is not a whole number from 0 through \(limit)")
    }
    return nil
  }
}
