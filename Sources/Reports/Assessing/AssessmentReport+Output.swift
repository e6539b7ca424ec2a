internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension AssessmentReport: StampedReport {
  /// A line for each framework, then what each asks for in its own way.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if let side { facts.append(Block.Fact("by", side == .client ? "the client itself" : "auditors")) }
    if let period { facts.append(Block.Fact("period", "\(period.lowerBound) through \(period.upperBound)")) }
    let outcomes = frameworks.flatMap { outcome($0) }
    facts += outcomes.filter { $0.name == "score" } + outcomes.filter { $0.name != "score" }
    let perFramework = frameworks.map { self.counts($0) }
    // What only the Security Rule knows is no column where it is not asked for.
    let states = AssessmentReport.states.filter { each in
      each.state != .alternative || perFramework.contains { $0[.alternative] != nil }
    }
    var summary = Table(["framework", .number("controls")] + states.map { .number($0.title) })
    for (rows, counts) in zip(frameworks, perFramework) {
      summary.add(
        [.text(rows.id), .integer(rows.controls.count)] + states.map { .integer(counts[$0.state] ?? 0) })
    }
    var blocks = [stamp.heading("Assessment"), .facts(facts), .gap, .table(summary)]
    for rows in frameworks { blocks += own(rows) }
    let disagreements = disagreements
    if !disagreements.isEmpty {
      var table = Table(["control", "client", "auditor"])
      for each in disagreements {
        table.add([.text(each.control), .text(each.client.rawValue), .text(each.auditor.rawValue)])
      }
      blocks += [.heading("Where client and auditor do not say the same"), .table(table)]
    }
    let ahead = ahead
    if !ahead.isEmpty {
      var table = Table([.number("entry"), "units", "by", "recorded", "met through"])
      for mark in ahead {
        table.add([
          .integer(mark.entry), .list(mark.assessment.units), .text(mark.member), .text("\(mark.day)"),
          .optional(mark.assessment.through.map { "\($0)" }),
        ])
      }
      blocks += [.heading("Said to be met on days that nobody had seen when it was said"), .table(table)]
    }
    let outdated = marks.filter { $0.outdated != nil }
    if !outdated.isEmpty {
      var table = Table([.number("entry"), "units", "by", "what it rests on"])
      for mark in outdated {
        table.add([
          .integer(mark.entry), .list(mark.assessment.units), .text(mark.member),
          .text("\(mark.assessment.evidence?.short ?? ""), \(mark.outdated?.rawValue ?? "")"),
        ])
      }
      blocks += [.heading("assessment-outdated: what they rest on is not there any more"), .table(table)]
    }
    return blocks
  }

  static let states: [(state: AssessmentBook.State, title: String)] = [
    (.met, "met"), (.notMet, "not met"), (.planned, "planned"), (.partly, "partly"), (.notApplicable, "n/a"),
    (.alternative, "alternative"), (.none, "nobody said"),
  ]

  /// So many rows of a list are shown unless all are asked for.
  private static let listLimit = 12

  /// A table as far as it is shown, and how many rows are left out.
  private func shown(_ titles: [Table.Column], _ rows: [[Cell]]) -> [Block] {
    guard !rows.isEmpty else { return [] }
    let limit = AssessmentReport.listLimit
    // One or two more are shown sooner than counted.
    let count = listsAll || rows.count <= limit + 2 ? rows.count : limit
    var table = Table(titles)
    for row in rows.prefix(count) { table.add(row) }
    guard count < rows.count else { return [.table(table)] }
    return [.table(table), .paragraph("… and \(rows.count - count) more: --full lists all")]
  }

  /// What is wanted to be known first: the score, and the status that this would give.
  private func outcome(_ rows: ResponsibilityMatrix.FrameworkRows) -> [Block.Fact] {
    var facts: [Block.Fact] = []
    if !isScoredElsewhere(rows), let score = score(rows) {
      facts.append(Block.Fact("score", score.score.map { "\($0) of 110" } ?? "none"))
    }
    if let status = status(rows) {
      facts.append(
        Block.Fact(
          "level \(status.level)",
          "CMMC would be \(status.verdict == .none ? "no status" : "\(status.verdict.rawValue) level \(status.level)")")
      )
    }
    return facts
  }

  /// CMMC level 2 is the same requirements under other names: one score is enough.
  private func isScoredElsewhere(_ rows: ResponsibilityMatrix.FrameworkRows) -> Bool {
    rows.id == "cmmc-level-2" && frameworks.contains { $0.id == "nist-800-171-r2" }
  }

  /// What a framework asks for in its own way, and its controls if all are to be listed.
  private func own(_ rows: ResponsibilityMatrix.FrameworkRows) -> [Block] {
    var blocks: [Block] = []
    if !isScoredElsewhere(rows), let score = score(rows) { blocks += self.blocks(score) }
    if let status = status(rows) { blocks += self.blocks(status, rows) }
    if rows.id == "hipaa-security" { blocks += specificationBlocks(rows) }
    if let period { blocks += coverageBlocks(rows, period) }
    guard listsAll else { return blocks }
    var table = Table(["control", "title", "state", .number("entry"), "day", "by", "note"])
    for row in rows.controls {
      let mark = book.newest(row)
      table.add([
        .text(row.control.id.local), .text(row.control.title), .text(book.state(row).rawValue),
        mark.map { .integer($0.entry) } ?? .empty, .optional(mark.map { "\($0.day)" }), .optional(mark?.member),
        .optional(mark?.assessment.terms),
      ])
    }
    return blocks + [.heading("\(rows.title) (\(rows.id))"), .table(table)]
  }

  private func specificationBlocks(_ rows: ResponsibilityMatrix.FrameworkRows) -> [Block] {
    var blocks: [Block] = []
    let specifications = specifications(rows)
    if !specifications.isEmpty {
      var table = Table(["specification", "title", "rule", "state", "in its place", "what is wrong"])
      for each in specifications {
        table.add([
          .text(each.row.control.id.local), .text(each.row.control.title), .optional(each.row.control.requirement),
          .text(each.state.rawValue), .optional(each.alternative), .optional(each.fault),
        ])
      }
      blocks += [.heading("Specifications that are not implemented as they stand (45 CFR 164.306(d))"), .table(table)]
    }
    let unassessed = unassessed(rows)
    // Where nobody has begun, the line above says all.
    guard !unassessed.isEmpty, counts(rows).contains(where: { $0.key != .none && $0.value > 0 }) else { return blocks }
    blocks.append(.heading("Specifications that nobody assessed, or not wholly"))
    return blocks
      + shown(
        ["specification", "title", "rule", "state"],
        unassessed.map { row in
          [
            .text(row.control.id.local), .text(row.control.title), .optional(row.control.requirement),
            .text(book.state(row).rawValue),
          ]
        })
  }

  private func blocks(_ score: DoDScore) -> [Block] {
    let isExcused = score.items.contains { $0.requirement == DoDScore.planRequirement && $0.state.isSatisfied }
    let points =
      score.score.map { "\($0) of 110" }
      ?? (isExcused
        ? "none: it presumes a system security plan, and 3.12.4 cannot be not applicable (170.24(c)(2)(i)(B)(5))"
        : "none: 3.12.4, the system security plan, is not met")
    var facts = [Block.Fact("score", points)]
    if score.unassessed > 0 {
      facts.append(
        Block.Fact(
          "open",
          "\(Wording.count(score.unassessed, "requirement")) that nobody assessed count as not implemented; met, they would "
            + "make it \(score.best.map(String.init) ?? "none")"))
    }
    let table = shown(
      ["requirement", "title", "state", .number("points"), "less, because"],
      score.items.filter { $0.state != .none }.map { item in
        [
          .text(item.requirement), .text(item.title), .text(item.state.rawValue),
          item.deduction == 0 ? .text("-") : .integer(-item.deduction), .optional(item.partial),
        ]
      })
    var blocks: [Block] = [
      .heading("Score of NIST SP 800-171 revision 2 (32 CFR 170.24(c)(2))"), .facts(facts),
    ]
    if !table.isEmpty { blocks += [.gap] + table }
    return blocks
  }

  private func blocks(_ status: CMMCStatus, _ rows: ResponsibilityMatrix.FrameworkRows) -> [Block] {
    var facts = [
      Block.Fact("would be", status.verdict == .none ? "no status" : "\(status.verdict.rawValue) level \(status.level)")
    ]
    facts += status.reasons.map { Block.Fact("because", $0) }
    if let conditionalSince, status.verdict != .final {
      let end = CMMCStatus.closeOut(since: conditionalSince)
      let days = end.daysSinceEpoch - stamp.asOf.daysSinceEpoch
      facts.append(
        Block.Fact(
          "close-out",
          "by \(end), 180 days from \(conditionalSince) (170.21(b)): "
            + (days < 0
              ? "\(Wording.count(-days, "day")) ago" : days == 0 ? "today" : "\(Wording.count(days, "day")) left")))
    }
    let staying = status.items.filter(\.mayStayOpen).map(\.requirement)
    if !staying.isEmpty {
      facts.append(Block.Fact("may stay open", "\(staying.count): \(AssessmentReport.some(staying))"))
    }
    let table = shown(
      ["requirement", "must be closed first, because"],
      status.items.filter { !$0.mayStayOpen }.map { [.text($0.requirement), .optional($0.reason)] })
    return [.heading("CMMC level \(status.level): what this would give"), .facts(facts)]
      + (table.isEmpty ? [] : [.gap] + table)
  }

  private static func some(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }

  private func coverageBlocks(_ rows: ResponsibilityMatrix.FrameworkRows, _ period: ClosedRange<Day>) -> [Block] {
    var table = Table(["control", "title", "covered", "days that nothing covers", "exceptions"])
    var bare = 0
    for row in rows.controls where row.applies && row.control.sameAs.isEmpty {
      let coverage = coverage(row, period)
      if !listsAll, coverage.extent == .none, coverage.exceptions.isEmpty {
        bare += 1
        continue
      }
      let missing = coverage.extent == .none ? [] : coverage.missing
      table.add([
        .text(row.control.id.local), .text(row.control.title), .text(coverage.extent.rawValue),
        .list(missing.map { "\($0.lowerBound)..\($0.upperBound)" }),
        .list(coverage.exceptions.map { "entry \($0.entry)\($0.assessment.terms.map { ": \($0)" } ?? "")" }),
      ])
    }
    guard !table.isEmpty || bare > 0 else { return [] }
    return [.heading("Operation over the period: \(rows.id)")] + (table.isEmpty ? [] : [.table(table)])
      + (bare > 0
        ? [.paragraph("Of \(Wording.count(bare, "control")) no assessment covers any day: --full lists all")] : [])
  }

  /// A row for each control.
  public var records: Table? {
    let titles = [
      "framework", "control", "title", "state", "points", "entry", "day", "member", "party", "evidence", "outdated",
      "note", "covered", "exceptions",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for rows in frameworks {
      let points = Dictionary(
        (score(rows)?.items ?? []).map { ($0.requirement, $0.deduction) }, uniquingKeysWith: { first, _ in first })
      for row in rows.controls {
        let mark = book.newest(row)
        let coverage = period.map { self.coverage(row, $0) }
        table.add(
          [
            .text(rows.id), .text(row.control.id.local), .text(row.control.title), .text(book.state(row).rawValue),
            points[DoDScore.requirement(row)].map { .integer(-$0) } ?? .empty,
            mark.map { .integer($0.entry) } ?? .empty, mark.map { .day("\($0.day)") } ?? .empty,
            .optional(mark?.member), .optional(mark?.party), .optional(mark?.assessment.evidence?.hex),
            .optional(mark?.outdated?.rawValue), .optional(mark?.assessment.note),
            .optional(coverage?.extent.rawValue), coverage.map { .integer($0.exceptions.count) } ?? .empty,
          ] + stamp.cells)
      }
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("by", .optional(side?.rawValue)), ("frameworks", .array(frameworks.map(json))),
        (
          "disagreements",
          .array(
            disagreements.map {
              [
                "control": .string($0.control), "client": .string($0.client.rawValue),
                "auditor": .string($0.auditor.rawValue),
              ]
            })
        ),
        ("ahead", .array(ahead.map { .integer($0.entry) })),
        ("outdated", .array(marks.filter { $0.outdated != nil }.map { .integer($0.entry) })),
      ])
  }

  private func json(_ rows: ResponsibilityMatrix.FrameworkRows) -> JSONOutput {
    var members: [(String, JSONOutput)] = [
      ("framework", .string(rows.id)),
      (
        "counts",
        .object(AssessmentReport.states.map { ($0.state.rawValue, .integer(counts(rows)[$0.state] ?? 0)) })
      ),
    ]
    if let score = score(rows) {
      members.append(
        (
          "score",
          [
            "score": score.score.map { .integer($0) } ?? .null, "best": score.best.map { .integer($0) } ?? .null,
            "unassessed": .integer(score.unassessed),
            "deductions": .array(
              score.items.map {
                [
                  "requirement": .string($0.requirement), "state": .string($0.state.rawValue),
                  "points": .integer($0.deduction), "partial": .optional($0.partial),
                ]
              }),
          ]
        ))
    }
    if let status = status(rows) {
      members.append(
        (
          "cmmc",
          [
            "level": .integer(status.level), "status": .string(status.verdict.rawValue),
            "reasons": .strings(status.reasons),
            "closeOut": .optional(conditionalSince.map { "\(CMMCStatus.closeOut(since: $0))" }),
            "open": .array(
              status.items.map {
                [
                  "requirement": .string($0.requirement), "mayStayOpen": .bool($0.mayStayOpen),
                  "reason": .optional($0.reason),
                ]
              }),
          ]
        ))
    }
    if rows.id == "hipaa-security" {
      members.append(("unassessed", .strings(unassessed(rows).map(\.control.id.description))))
      members.append(
        (
          "specifications",
          .array(
            specifications(rows).map {
              [
                "control": .string($0.row.control.id.description), "rule": .optional($0.row.control.requirement),
                "state": .string($0.state.rawValue), "alternative": .optional($0.alternative),
                "fault": .optional($0.fault),
              ]
            })
        ))
    }
    members.append(
      (
        "controls",
        .array(
          rows.controls.map { row in
            let mark = book.newest(row)
            return [
              "control": .string(row.control.id.description), "state": .string(book.state(row).rawValue),
              "entry": mark.map { .integer($0.entry) } ?? .null, "member": .optional(mark?.member),
              "note": .optional(mark?.assessment.note), "outdated": .optional(mark?.outdated?.rawValue),
              "covered": .optional(period.map { coverage(row, $0).extent.rawValue }),
            ]
          })
      ))
    return .object(members)
  }
}
