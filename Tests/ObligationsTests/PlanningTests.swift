import Agreements
import Obligations
import Statements
import TestSupport
import Testing

/// Sums, scores and turning points of plans.
struct PlanningTests {
  private let domains = ["help-desk", "governance"]

  private func plan(_ text: String) throws -> Plan {
    let (plan, _, faults) = Plan.read(Array(text.utf8), domains: domains)
    try #require(faults == [])
    return try #require(plan)
  }

  private func gaps(_ text: String) throws -> [String] {
    let (plan, sources, faults) = Plan.read(Array(text.utf8), domains: domains)
    try #require(faults == [])
    return PlanGaps.of(try #require(plan), sources, domains: domains).map(\.message)
  }

  private func amount(_ line: String, head: String = "users: 40\ndevices: 55\nmonths: 36") throws -> PlanSum {
    let text = "organization: Acme\n\(head)\ncosts:\n  managed:\n    - \(line)\n"
    return try #require(PlanTotal(.managed, in: plan(text)).lines.first).sum
  }

  // By hand: 40 × 85 × 36 = 122,400; 55 × 6.50 × 36 = 12,870; 20 × 120.50 × 36 = 86,760;
  // 2 × 62,000 × 1.225 × 3 = 455,700; 20 × 120.50 = 2,410.
  @Test(arguments: [
    ("{ kind: per-user, amount: 85.00 }", "122400"), ("{ kind: per-device, amount: 6.50 }", "12870"),
    ("{ kind: tier, amount: 1450 }", "52200"), ("{ kind: retainer, amount: 0.01 }", "0.36"),
    ("{ kind: block-hours, hours: 20, rate: 120.50, every: month }", "86760"),
    ("{ kind: block-hours, hours: 20, rate: 120.50, every: once }", "2410"),
    ("{ kind: salary, headcount: 2, amount: 62000, benefits: 22.5 }", "455700"),
    ("{ kind: training, amount: 3000, every: year }", "9000"), ("{ kind: exit-fee, amount: 0 }", "0"),
  ])
  func `a cost comes to what it comes to by hand`(_ line: String, _ wanted: String) throws {
    let sum = try amount(line)
    #expect(sum.amount == Decimal(wanted))
    #expect(!sum.isRounded)
  }

  @Test func `a year's twelfths are rounded up to the cent, and it is said`() throws {
    // 100 × 7 / 12 = 58.333…
    let uneven = try amount("{ kind: tools, amount: 100, every: year }", head: "months: 7")
    #expect(uneven.amount == Decimal("58.34"))
    #expect(uneven.isRounded)
    let even = try amount("{ kind: tools, amount: 100, every: year }", head: "months: 6")
    #expect(even.amount == Decimal(50))
    #expect(!even.isRounded)
  }

  @Test(arguments: [
    ("{ kind: per-user, amount: unknown }", ["amount"]), ("{ kind: per-user, amount: 1 }", ["users"]),
    ("{ kind: salary, headcount: 1, amount: 5 }", ["benefits"]), ("{ kind: tools, amount: 5 }", ["every"]),
  ])
  func `a missing number is named, and is no nought`(_ line: String, _ wanted: [String]) throws {
    let head = wanted == ["users"] ? "months: 36" : "users: 40\nmonths: 36"
    let sum = try amount(line, head: head)
    #expect(sum.amount == nil)
    #expect(sum.missing == wanted)
  }

  private func scored(_ managed: Int, _ other: Int, weights: (Int, Int) = (60, 40)) -> String {
    """
    organization: Acme
    criteria:
      - { id: a, weight: \(weights.0), scores: { managed: \(managed), co-managed: \(other), in-house: 0 } }
      - { id: b, weight: \(weights.1), scores: { managed: 5, co-managed: 5, in-house: 0 } }

    """
  }

  @Test func `the highest score is the highest weighted sum, and level ones are both`() throws {
    let ahead = PlanDecision(try plan(scored(6, 5)))
    let wanted: [Decimal?] = [Decimal(560), Decimal(500), Decimal(0)]
    #expect(ahead.scores.map(\.sum) == wanted)
    #expect(ahead.highest == [.managed])
    #expect(PlanDecision(try plan(scored(5, 5))).highest == [.managed, .coManaged])
  }

  @Test func `an option with a score missing is not compared`() throws {
    let text = scored(6, 5).replacing(
      "co-managed: 5, in-house: 0 } }\n  - { id: b", with: "in-house: 0 } }\n  - { id: b")
    let decision = PlanDecision(try plan(text))
    #expect(decision.scores[1].sum == nil)
    #expect(decision.highest == [.managed])
  }

  @Test func `a lead of one point turns with two points of its score, and one of three does not`() throws {
    let turns = PlanTurn.ofScores(try plan(scored(6, 5)))
    let wanted: [PlanTurn.Change] = [
      .score(criterion: "a", option: .managed, from: 6, to: 4),
      .score(criterion: "a", option: .coManaged, from: 5, to: 7),
      // 60 points of lead: two of the 40 in 'b' are 80.
      .score(criterion: "b", option: .managed, from: 5, to: 3),
      .score(criterion: "b", option: .coManaged, from: 5, to: 7),
    ]
    #expect(turns.map(\.change) == wanted)
    #expect(PlanTurn.ofScores(try plan(scored(8, 5))) == [])
  }

  @Test func `points of weight turn a decision where they are enough`() throws {
    let text = """
      organization: Acme
      criteria:
        - { id: a, weight: 52, scores: { managed: 6, co-managed: 5, in-house: 0 } }
        - { id: b, weight: 48, scores: { managed: 5, co-managed: 6, in-house: 0 } }

      """
    // 52 − 48 = 4 ahead; each point moved takes 2: at 2 they are level, at 3 it has turned.
    let turns = PlanTurn.ofScores(try plan(text)).map(\.change)
    #expect(turns.contains(.weight(from: "a", to: "b", points: 3)))
    #expect(!turns.contains { if case .weight(from: "b", _, _) = $0 { true } else { false } })
  }

  private func priced(_ other: String) -> String {
    """
    organization: Acme
    users: 100
    months: 10
    costs:
      managed: [{ kind: per-user, amount: 10 }]
      co-managed: [{ kind: project, amount: \(other) }]

    """
  }

  @Test func `a cost turns a decision within a tenth, and not beyond`() throws {
    // 10,000 against 10,500: 5 % makes them level, 5.1 % turns it; of the other's, 4.8 %: 4.76… % is level.
    let turns = PlanTurn.ofCosts(try plan(priced("10500")))
    let wanted: [PlanTurn.Change] = [
      .amount(option: .managed, line: 0, name: "per-user", tenths: 51, isDearer: true),
      .amount(option: .coManaged, line: 0, name: "project", tenths: 48, isDearer: false),
      .users(from: 100, to: 106), .months(from: 10, to: 11),
    ]
    #expect(turns.map(\.change) == wanted)
    #expect(turns.allSatisfy { $0.ahead == [.coManaged] })
    #expect(PlanTurn.ofCosts(try plan(priced("99999"))) == [])
  }

  @Test func `weights that do not add up to 100 are a gap, and those that do are none`() throws {
    let sentence = "the weights add up to 90, not to 100"
    #expect(try gaps(scored(6, 5, weights: (50, 40))).contains(sentence))
    #expect(try !gaps(scored(6, 5)).contains { $0.contains("add up") })
  }

  @Test func `domains without a line and options without costs are gaps, and others are none`() throws {
    let found = try gaps(
      "organization: A\ndomains: [{ domain: help-desk, covered-by: nobody, skills: 1, tools: 1, processes: 0 }]\n"
        + "costs: { managed: [{ kind: project, amount: 1 }] }\n")
    #expect(found.contains("a domain has no line: 'governance'"))
    #expect(found.contains("'help-desk': nobody has rated posture"))
    #expect(found.contains("the option 'in-house' has no costs"))
    #expect(!found.contains("the option 'managed' has no costs"))
  }

  @Test func `a later plan is better, worse, the same, or cannot be compared`() throws {
    let head = "organization: A\ncurrency: USD\n"
    let old = try plan(
      head + "domains: [{ domain: help-desk, covered-by: nobody, skills: 1, tools: 3, processes: 2 }]\n"
        + "costs: { managed: [{ kind: project, amount: 10 }] }\n")
    let new = try plan(
      head + "domains: [{ domain: help-desk, covered-by: provider, skills: 2, tools: 1, processes: 2, posture: 1 }]\n"
        + "costs: { managed: [{ kind: project, amount: 8.50 }] }\n")
    let difference = PlanDifference(from: old, to: new)
    let courses: [PlanDifference.Course?] = [.better, .worse, .same, .begun]
    #expect(difference.domains.first?.aspects.map(\.course) == courses)
    #expect(difference.costs.first?.change == Decimal("-1.5"))
    var euros = new
    euros.currency = "EUR"
    #expect(PlanDifference(from: old, to: euros).costs.first?.change == nil)
  }
}
