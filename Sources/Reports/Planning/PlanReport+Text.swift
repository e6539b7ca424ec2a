internal import Agreements
internal import Findings
internal import Obligations
internal import Rendering
internal import Statements

extension PlanReport {
  /// How many ids of controls are named of each function and framework.
  private static let shownControls = 3

  func page() -> [Block] {
    let number = { (number: Int?) in number.map { "\($0)" } ?? "not known" }
    var blocks: [Block] = [
      .heading("Plan of \(plan.organization)"),
      .facts([
        Block.Fact("users", number(plan.users)), Block.Fact("devices", number(plan.devices)),
        Block.Fact("months", number(plan.months)), Block.Fact("amounts in", plan.currency ?? "not known"),
        Block.Fact(
          "frameworks", frameworks.isEmpty ? "none: --framework ID counts controls" : Wording.list(frameworks)),
      ]),
    ]
    if !open.isEmpty {
      blocks.append(.heading("Left open: \(Wording.count(open.count, "gap"))"))
      blocks += open.map { .paragraph("- \($0)") }
    }
    blocks += functions + matrix + costs
    if let since { blocks += PlanReport.changes(since.difference, since: since.name) }
    return blocks
  }

  // MARK: Functions

  private var functions: [Block] {
    var table = Table(
      [
        "domain", "covered by", .number("skills"), .number("tools"), .number("proc."), .number("posture"), "lowest",
        "controls",
      ])
    let rated = coverage.filter { $0.domain != nil }
    for row in rated {
      let cells = Plan.Aspect.allCases.map { aspect in
        row.domain?.ratings[aspect].map { Cell.text("\($0.value)") } ?? .text("-")
      }
      let lowest = row.lowest.map { "\(Plan.Rating($0.value).text): \(Wording.list($0.aspects.map(\.rawValue)))" }
      table.add(
        [.text(row.id), .text(row.domain?.cover?.rawValue ?? "not known")] + cells
          + [.text(lowest ?? "not rated"), .text(controls(row))])
    }
    var blocks: [Block] = [
      .heading("Today, function by function"),
      .paragraph(
        "Ratings: \(Plan.Rating.words.enumerated().map { "\($0.offset) \($0.element)" }.joined(separator: ", "))."),
    ]
    if !table.isEmpty { blocks += [.gap, .table(table)] }
    let bare = rated.filter { $0.domain?.cover == .nobody }.map(\.id)
    blocks += [
      .gap,
      .paragraph(
        bare.isEmpty ? "No function that has a line is left to nobody." : "Nobody covers \(Wording.list(bare))."),
    ]
    let silent = coverage.filter { $0.domain == nil }.map(\.id)
    if !silent.isEmpty { blocks.append(.paragraph("The plan says nothing of \(Wording.list(silent)).")) }
    let words = rated.flatMap { row in
      Plan.Aspect.allCases.compactMap { aspect in
        row.domain?.ratings[aspect]?.why.map { Block.Fact("\(row.id), \(aspect.rawValue)", $0) }
      } + (row.domain?.pains ?? []).map { Block.Fact("\(row.id), pain", $0) }
    }
    if !words.isEmpty { blocks += [.heading("In their own words"), .facts(words)] }
    return blocks
  }

  /// `nist-800-171-r2 22: 3.1.1, 3.1.2, 3.1.3, …`
  private func controls(_ row: PlanCoverage) -> String {
    row.controls.map { controls in
      let shown = controls.ids.prefix(PlanReport.shownControls).joined(separator: ", ")
      let more = controls.ids.count > PlanReport.shownControls ? ", …" : ""
      return "\(controls.framework) \(controls.ids.count): \(shown)\(more)"
    }.joined(separator: "; ")
  }

  // MARK: Decision

  private var matrix: [Block] {
    var blocks: [Block] = [.heading("Decision matrix: weight × score, of 0 through 10")]
    guard !plan.criteria.isEmpty else { return blocks + [.paragraph("There are no criteria.")] }
    var table = Table(["criterion", .number("weight")] + decision.scores.map { .number($0.option.rawValue) })
    for (index, criterion) in plan.criteria.enumerated() {
      let weight = criterion.weight.map { "\($0)" }
      table.add(
        [.text(criterion.name), .text(weight ?? "not known")]
          + decision.scores.map { score in
            let line = score.lines[index]
            guard let value = line.score else { return .text("no score") }
            return .text(line.product.map { "\(weight ?? "") × \(value) = \($0)" } ?? "? × \(value)")
          })
    }
    let weights = plan.criteria.compactMap(\.weight).reduce(.zero, +)
    table.add(
      [.text("sum"), .text("\(weights)")]
        + decision.scores.map { .text($0.sum.map { "\($0)" } ?? "not known") })
    blocks.append(.table(table))
    return blocks + [.gap]
      + verdict(
        decision.highest, "scores highest", "score highest",
        decision.scores.filter { $0.sum == nil }.map(\.option), scoreTurns)
  }

  // MARK: Costs

  private var costs: [Block] {
    let currency = plan.currency.map { " in \($0)" } ?? ""
    var blocks: [Block] = [
      .heading("Costs\(currency) over \(plan.months.map { Wording.count($0, "month") } ?? "a term that is not known")")
    ]
    for total in decision.totals {
      guard !total.lines.isEmpty else {
        blocks += [.paragraph("\(total.option.rawValue): no costs are given"), .gap]
        continue
      }
      let sum = total.amount.map(PlanWords.money) ?? "not known; \(PlanWords.money(total.known)) of it is"
      blocks += [
        .paragraph("\(total.option.rawValue): \(sum)"),
        .facts(total.lines.map { Block.Fact("  \($0.cost.name)", PlanWords.terms($0.sum)) }), .gap,
      ]
    }
    return blocks
      + verdict(
        decision.cheapest, "costs least", "cost least", decision.totals.filter { $0.amount == nil }.map(\.option),
        costTurns)
  }

  /// Who is ahead, who was not compared and why, and what would turn it.
  private func verdict(
    _ ahead: [Plan.Option], _ one: String, _ several: String, _ out: [Plan.Option], _ turns: [PlanTurn]
  ) -> [Block] {
    var blocks: [Block] = []
    if ahead.isEmpty {
      blocks.append(.paragraph("Which \(one) cannot be said: fewer than two options have all their numbers."))
    } else if ahead.count == 1 {
      blocks.append(.paragraph("\(PlanWords.options(ahead)) \(one)."))
    } else {
      blocks.append(.paragraph("\(PlanWords.options(ahead)) \(several), level with each other."))
    }
    if !ahead.isEmpty, !out.isEmpty {
      blocks.append(.paragraph("Not compared, for numbers are missing: \(PlanWords.options(out))."))
    }
    guard ahead.count == 1 else { return blocks }
    guard !turns.isEmpty else { return blocks + [.paragraph("No small change of one number would turn it.")] }
    return blocks + [.paragraph("A small change would turn it:")] + turns.map { .paragraph("- \(PlanWords.turn($0))") }
  }

  // MARK: Since

  private static func changes(_ change: PlanDifference, since name: String) -> [Block] {
    var table = Table(["domain"] + Plan.Aspect.allCases.map { Table.Column($0.rawValue) } + ["covered by"])
    for domain in change.domains {
      let cells = Plan.Aspect.allCases.map { aspect in
        Cell.text(domain.aspects.first { $0.aspect == aspect }.map(course) ?? "-")
      }
      let (before, after) = (domain.coverBefore?.rawValue ?? "not known", domain.coverAfter?.rawValue ?? "not known")
      table.add([.text(domain.id)] + cells + [.text(before == after ? after : "\(before) → \(after)")])
    }
    var blocks: [Block] = [.heading("Since \(name)"), .table(table), .gap]
    if change.monthsBefore != change.monthsAfter {
      let months = [change.monthsBefore, change.monthsAfter].map { $0.map { "\($0)" } ?? "not known" }
      blocks.append(.paragraph("The term was \(months[0]) months and is \(months[1])."))
    }
    if !change.hasOneCurrency {
      blocks.append(.paragraph("The two plans count in different currencies: their costs are not compared."))
    }
    for cost in change.costs {
      let sums = [cost.before, cost.after].map { $0.map(PlanWords.money) ?? "not known" }
      let difference = cost.change.map {
        $0.isZero ? ": the same" : ": \($0.isNegative ? "" : "+")\(PlanWords.money($0))"
      }
      blocks.append(.paragraph("\(cost.option.rawValue): \(sums[0]) → \(sums[1])\(difference ?? "")"))
    }
    for (what, before, after) in [
      ("scores highest", change.before.highest, change.after.highest),
      ("costs least", change.before.cheapest, change.after.cheapest),
    ] {
      let names = [before, after].map { $0.isEmpty ? "nobody can say" : PlanWords.options($0) }
      blocks.append(
        .paragraph(
          before == after ? "Still \(what): \(names[1])" : "What \(what) has turned: \(names[0]) → \(names[1])"))
    }
    return blocks
  }

  private static func course(_ aspect: PlanDifference.Aspect) -> String {
    let numbers = [aspect.before, aspect.after].map { $0.map { "\($0)" } ?? "-" }
    switch aspect.course {
    case .better: return "better, \(numbers[0]) → \(numbers[1])"
    case .worse: return "worse, \(numbers[0]) → \(numbers[1])"
    case .same: return "same, \(numbers[1])"
    case .begun: return "now rated, \(numbers[1])"
    case .dropped: return "no longer rated, \(numbers[0])"
    case nil: return "-"
    }
  }
}
