internal import Catalogs
internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension AssessmentReport: Report {
  /// A line for each framework, then what each asks for in its own way.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if let side { facts.append(Block.Fact("by", side == .client ? "the client itself" : "auditors")) }
    if let period { facts.append(Block.Fact("period", "\(period.lowerBound) through \(period.upperBound)")) }
    var summary = Table(
      ["framework", .number("controls")] + AssessmentReport.states.map { .number($0.title) })
    for rows in frameworks {
      let counts = counts(rows)
      summary.add(
        [.text(rows.id), .integer(rows.controls.count)]
          + AssessmentReport.states.map { .integer(counts[$0.state] ?? 0) })
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

  private static let states: [(state: AssessmentBook.State, title: String)] = [
    (.met, "met"), (.notMet, "not met"), (.planned, "planned"), (.partly, "partly"), (.notApplicable, "n/a"),
    (.none, "nobody said"),
  ]

  /// What a framework asks for in its own way, and its controls if all are to be listed.
  private func own(_ rows: ResponsibilityMatrix.FrameworkRows) -> [Block] {
    var blocks: [Block] = []
    // CMMC level 2 is the same requirements under other names: one score is enough.
    let isTold = rows.id == "cmmc-level-2" && frameworks.contains { $0.id == "nist-800-171-r2" }
    if !isTold, let score = score(rows) { blocks += self.blocks(score) }
    if let status = status(rows) { blocks += self.blocks(status, rows) }
    let specifications = rows.id == "hipaa-security" ? specifications(rows) : []
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
    if let period { blocks += coverageBlocks(rows, period) }
    guard listsAll else { return blocks }
    var table = Table(["control", "title", "state", .number("entry"), "day", "by", "note"])
    for row in rows.controls {
      let mark = book.newest(row)
      table.add([
        .text(row.control.id.local), .text(row.control.title), .text(book.state(row).rawValue),
        mark.map { .integer($0.entry) } ?? .empty, .optional(mark.map { "\($0.day)" }), .optional(mark?.member),
        .optional(mark?.assessment.note?.replacing("\n", with: "; ")),
      ])
    }
    return blocks + [.heading("\(rows.title) (\(rows.id))"), .table(table)]
  }

  private func blocks(_ score: DoDScore) -> [Block] {
    let points = score.score.map { "\($0) of 110" } ?? "none: 3.12.4, the system security plan, is not met"
    var facts = [Block.Fact("score", points)]
    if score.unassessed > 0 {
      facts.append(
        Block.Fact(
          "open",
          "\(Wording.count(score.unassessed, "requirement")) that nobody assessed count as not implemented; met, they would "
            + "make it \(score.best.map(String.init) ?? "none")"))
    }
    var table = Table(["requirement", "title", "state", .number("points"), "less, because"])
    for item in score.items where item.state != .none {
      table.add([
        .text(item.requirement), .text(item.title), .text(item.state.rawValue),
        item.deduction == 0 ? .text("-") : .integer(-item.deduction), .optional(item.partial),
      ])
    }
    var blocks: [Block] = [
      .heading("Score of NIST SP 800-171 revision 2 (32 CFR 170.24(c)(2))"), .facts(facts),
    ]
    if !table.isEmpty { blocks += [.gap, .table(table)] }
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
    var table = Table(["requirement", "must be closed first, because"])
    for item in status.items where !item.mayStayOpen { table.add([.text(item.requirement), .optional(item.reason)]) }
    return [.heading("CMMC level \(status.level): what this would give"), .facts(facts)]
      + (table.isEmpty ? [] : [.gap, .table(table)])
  }

  private static func some(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }

  private func coverageBlocks(_ rows: ResponsibilityMatrix.FrameworkRows, _ period: ClosedRange<Day>) -> [Block] {
    var table = Table(["control", "title", "covered", "days that nothing covers", "exceptions"])
    for row in rows.controls where row.applies && row.control.sameAs.isEmpty {
      let coverage = coverage(row, period)
      let missing = coverage.extent == .none ? [] : coverage.missing
      table.add([
        .text(row.control.id.local), .text(row.control.title), .text(coverage.extent.rawValue),
        .list(missing.map { "\($0.lowerBound)..\($0.upperBound)" }),
        .list(coverage.exceptions.map { "entry \($0.entry)\($0.assessment.note.map { ": \($0)" } ?? "")" }),
      ])
    }
    return table.isEmpty ? [] : [.heading("Operation over the period: \(rows.id)"), .table(table)]
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
