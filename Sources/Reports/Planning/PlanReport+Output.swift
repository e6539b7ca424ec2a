internal import Agreements
internal import Obligations
public import Rendering
internal import Statements

extension PlanReport: Report {
  /// What there is, the decision matrix, the costs, and what has changed.
  public func blocks(width: Int) -> [Block] { page() }

  /// A row for each function, score, cost and sum, and for what would turn a decision.
  public var records: Table? {
    var table = Table([
      "row", "option", "id", "title", "covered_by", "skills", "tools", "processes", "posture", "lowest", "pains",
      "controls", "weight", "score", "terms", "amount", "missing", "currency", "before", "after",
    ])
    func add(_ kind: String, _ cells: [String: Cell]) {
      table.add(table.columns.map { $0.title == "row" ? .text(kind) : cells[$0.title] ?? .empty })
    }
    for row in coverage {
      var cells: [String: Cell] = [
        "id": .text(row.id), "title": .text(row.title), "covered_by": .optional(row.domain?.cover?.rawValue),
        "lowest": row.lowest.map { .integer($0.value) } ?? .empty, "pains": .list(row.domain?.pains ?? []),
        "controls": .list(row.controls.flatMap { controls in controls.ids.map { "\(controls.framework)/\($0)" } }),
      ]
      for aspect in Plan.Aspect.allCases {
        cells[aspect.rawValue] = row.domain?.ratings[aspect].map { .integer($0.value) } ?? .empty
      }
      add("domain", cells)
    }
    for score in decision.scores {
      for line in score.lines {
        add(
          "score",
          [
            "option": .text(score.option.rawValue), "id": .text(line.criterion.id),
            "title": .optional(line.criterion.title), "weight": .optional(line.criterion.weight.map { "\($0)" }),
            "score": line.score.map { .integer($0) } ?? .empty, "amount": .optional(line.product.map { "\($0)" }),
          ])
      }
      add("score-sum", ["option": .text(score.option.rawValue), "amount": .optional(score.sum.map { "\($0)" })])
    }
    let currency = Cell.optional(plan.currency)
    for total in decision.totals {
      for line in total.lines {
        add(
          "cost",
          [
            "option": .text(total.option.rawValue), "id": .text(line.cost.kind.rawValue),
            "title": .optional(line.cost.title), "terms": .text(PlanWords.terms(line.sum)),
            "amount": .optional(line.sum.amount.map { "\($0)" }), "missing": .list(line.sum.missing),
            "currency": currency,
          ])
      }
      add(
        "cost-sum",
        [
          "option": .text(total.option.rawValue), "amount": .optional(total.amount.map { "\($0)" }),
          "currency": currency,
        ])
    }
    for turn in scoreTurns + costTurns {
      add("turn", ["option": .text(PlanWords.options(turn.ahead)), "title": .text(PlanWords.turn(turn))])
    }
    for sentence in open { add("open", ["title": .text(sentence)]) }
    if let difference = since?.difference {
      for domain in difference.domains {
        for aspect in domain.aspects {
          add(
            "change",
            [
              "id": .text(domain.id), "title": .text("\(aspect.aspect.rawValue): \(aspect.course?.rawValue ?? "")"),
              "before": aspect.before.map { .integer($0) } ?? .empty,
              "after": aspect.after.map { .integer($0) } ?? .empty,
            ])
        }
      }
      for cost in difference.costs {
        add(
          "cost-change",
          [
            "option": .text(cost.option.rawValue), "amount": .optional(cost.change.map { "\($0)" }),
            "currency": currency, "before": .optional(cost.before.map { "\($0)" }),
            "after": .optional(cost.after.map { "\($0)" }),
          ])
      }
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object([
      ("organization", .string(plan.organization)), ("users", PlanReport.json(plan.users)),
      ("devices", PlanReport.json(plan.devices)), ("months", PlanReport.json(plan.months)),
      ("currency", .optional(plan.currency)), ("frameworks", .strings(frameworks)), ("open", .strings(open)),
      ("domains", .array(coverage.map(PlanReport.json))), ("scores", .array(decision.scores.map(PlanReport.json))),
      ("highest", .strings(decision.highest.map(\.rawValue))),
      ("costs", .array(decision.totals.map(PlanReport.json))),
      ("cheapest", .strings(decision.cheapest.map(\.rawValue))),
      ("turns", .array((scoreTurns.map { ("score", $0) } + costTurns.map { ("cost", $0) }).map(PlanReport.json))),
      ("since", since.map { PlanReport.json($0.difference, since: $0.name) } ?? .null),
    ])
  }

  private static func json(_ number: Int?) -> JSONOutput { number.map { .integer($0) } ?? .null }

  private static func json(_ number: Decimal?) -> JSONOutput { .optional(number.map { "\($0)" }) }

  private static func json(_ row: PlanCoverage) -> JSONOutput {
    let ratings = Plan.Aspect.allCases.map { aspect -> (String, JSONOutput) in
      guard let rating = row.domain?.ratings[aspect] else { return (aspect.rawValue, .null) }
      return (aspect.rawValue, ["rating": .integer(rating.value), "why": .optional(rating.why)])
    }
    let lowest = row.lowest.map {
      JSONOutput.object([
        ("rating", .integer($0.value)), ("aspects", .strings($0.aspects.map(\.rawValue))),
      ])
    }
    return .object(
      [
        ("domain", .string(row.id)), ("title", .string(row.title)),
        ("coveredBy", .optional(row.domain?.cover?.rawValue)),
      ] + ratings + [
        ("lowest", lowest ?? .null), ("pains", .strings(row.domain?.pains ?? [])),
        (
          "controls",
          .array(
            row.controls.map {
              [
                "framework": .string($0.framework), "count": .integer($0.ids.count), "controls": .strings($0.ids),
              ]
            })
        ),
      ])
  }

  private static func json(_ score: PlanScore) -> JSONOutput {
    [
      "option": .string(score.option.rawValue), "sum": json(score.sum),
      "lines": .array(
        score.lines.map { line in
          [
            "criterion": .string(line.criterion.id), "title": .optional(line.criterion.title),
            "weight": json(line.criterion.weight), "score": json(line.score), "product": json(line.product),
          ]
        }),
    ]
  }

  private static func json(_ total: PlanTotal) -> JSONOutput {
    [
      "option": .string(total.option.rawValue), "total": json(total.amount), "known": .string("\(total.known)"),
      "lines": .array(
        total.lines.map { line in
          [
            "kind": .string(line.cost.kind.rawValue), "title": .optional(line.cost.title),
            "every": .optional(line.cost.every?.rawValue), "terms": .string(PlanWords.terms(line.sum)),
            "amount": json(line.sum.amount), "rounded": .bool(line.sum.isRounded),
            "missing": .strings(line.sum.missing),
          ]
        }),
    ]
  }

  private static func json(_ kind: String, _ turn: PlanTurn) -> JSONOutput {
    [
      "of": .string(kind), "change": .string(PlanWords.turn(turn)), "ahead": .strings(turn.ahead.map(\.rawValue)),
    ]
  }

  private static func json(_ change: PlanDifference, since name: String) -> JSONOutput {
    [
      "plan": .string(name), "monthsBefore": json(change.monthsBefore), "oneCurrency": .bool(change.hasOneCurrency),
      "domains": .array(
        change.domains.map { domain in
          [
            "domain": .string(domain.id), "coveredBefore": .optional(domain.coverBefore?.rawValue),
            "coveredAfter": .optional(domain.coverAfter?.rawValue),
            "ratings": .array(
              domain.aspects.map { aspect in
                [
                  "aspect": .string(aspect.aspect.rawValue), "before": json(aspect.before),
                  "after": json(aspect.after), "course": .optional(aspect.course?.rawValue),
                ]
              }),
          ]
        }),
      "costs": .array(
        change.costs.map { cost in
          [
            "option": .string(cost.option.rawValue), "before": json(cost.before), "after": json(cost.after),
            "change": json(cost.change),
          ]
        }),
      "highestBefore": .strings(change.before.highest.map(\.rawValue)),
      "cheapestBefore": .strings(change.before.cheapest.map(\.rawValue)),
    ]
  }
}
