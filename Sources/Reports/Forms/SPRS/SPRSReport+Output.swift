internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension SPRSReport: StampedReport {
  /// What stands for what was not given: nobody is to take an empty field for an answer.
  private static let open = "to be filled in"

  /// The form's fields in its order, what is missing, and what takes points off.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [
      stamp.heading("SPRS worksheet, NIST SP 800-171 revision 2"), .facts(stamp.facts), .gap, .facts(fields.map(fact)),
    ]
    let missing = missing
    if missing.isEmpty {
      blocks += [.gap, .verdict("Nothing is missing: it can be entered into SPRS.", .good)]
    } else {
      blocks.append(.heading("Before it can be entered"))
      var table = Table([.number("no."), "what is missing"])
      for (index, sentence) in missing.enumerated() { table.add([.integer(index + 1), .text(sentence)]) }
      blocks.append(.table(table))
    }
    blocks += conditional
    let off = rows.filter { $0.mayStayOpen != nil }
    blocks.append(.heading("What takes points off"))
    guard !off.isEmpty else { return blocks + [.paragraph("Nothing: all 110 requirements are met.")] }
    var table = Table([
      "requirement", .init("title", preferredWidth: 16), .number("value"), .number("less"),
      .init("why", preferredWidth: 24),
      "due", "may stay open",
    ])
    for row in off {
      table.add([
        .text(row.practice ?? row.requirement), .text(row.title), row.value.map { .integer($0) } ?? .text("-"),
        row.deduction == 0 ? .text("-") : .integer(-row.deduction), .text(row.why), .optional(row.due.map { "\($0)" }),
        row.mayStayOpen.map { .flag($0) } ?? .empty,
      ])
    }
    return blocks + [.table(table)]
  }

  private var conditional: [Block] {
    let proviso = basis.withoutEvidence.isEmpty ? "" : ", once evidence shows it (170.24(b))"
    let verdict =
      switch status.verdict {
      case .final: "all requirements are assessed as met: a Final Level 2 (Self) status would be possible\(proviso)"
      case .conditional: "possible\(proviso): what is open may stay open, and is closed within 180 days (170.21(b))"
      case .none: "not possible"
      }
    var facts = [Block.Fact("Conditional Level 2", verdict)]
    facts += status.reasons.map { Block.Fact("because", $0) }
    return [.heading("CMMC Level 2 by these assessments (32 CFR 170.21(a)(2))"), .facts(facts)]
  }

  /// A field of the form; nil where it is to be filled in.
  private typealias Field = (name: String, value: String?)

  private func fact(_ field: Field) -> Block.Fact { Block.Fact(field.name, field.value ?? SPRSReport.open) }

  private var fields: [Field] {
    [
      ("standard", "NIST SP 800-171 revision 2"), ("assessor", assessor), ("CAGE codes", cages),
      ("scope", details.scope?.rawValue), ("SSP", details.plan), ("SSP version", details.planVersion),
      ("SSP date", details.planDate.map { "\($0)" }), ("evidence of 3.12.4", planText ?? "none in this store"),
      ("assessment date", assessed.map { "\($0.last)" }), ("assessed since", assessed.map { "\($0.first)" }),
      ("score", scoreText), ("score by the log", score.score.map { "\($0) of 110" } ?? "none: 3.12.4 is not met"),
      ("110 expected by", expectedText),
    ]
  }

  private var assessor: String? { basis.assessorText }

  private var cages: String? { details.cageCodes.isEmpty ? nil : details.cageCodes.joined(separator: ", ") }

  private var planText: String? {
    planEvidence.map { "entry \($0.entry), \($0.member), \($0.digests.first ?? "")" }
  }

  private var scoreText: String? {
    if let scoreToEnter { return "\(scoreToEnter) of 110 (-203 to 110)" }
    if score.score == nil { return "none: 3.12.4 is not met" }
    guard let day = details.planDate else { return "none without the date of the SSP (3.12.4)" }
    return "none: the SSP of \(day) was not there when it was assessed (3.12.4)"
  }

  private var expectedText: String? {
    if rows.allSatisfy({ $0.mayStayOpen == nil }) { return "nothing is open" }
    return expected.map { "\($0)" + ($0 < stamp.asOf ? ", which is past" : "") }
  }

  /// A row for each requirement, with the form's fields in every row.
  public var records: Table? {
    let titles = [
      "requirement", "practice", "title", "state", "value", "deduction", "why", "due", "owner", "may_stay_open",
      "entry",
      "day", "member", "standard", "assessor", "cage_codes", "scope", "ssp", "ssp_version", "ssp_date",
      "assessment_date", "score", "score_by_log", "expected_110", "conditional_level_2", "evidence_missing", "unowned",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    let form: [Cell] = [
      "NIST SP 800-171 revision 2", .optional(assessor), .list(details.cageCodes), .optional(details.scope?.rawValue),
      .optional(details.plan), .optional(details.planVersion), day(details.planDate), day(assessed?.last),
      number(scoreToEnter), number(score.score), day(expected), .flag(status.verdict != .none),
    ]
    for row in rows {
      table.add(
        [
          .text(row.requirement), .optional(row.practice), .text(row.title), .text(row.state.rawValue),
          number(row.value), .integer(row.deduction), .text(row.why), day(row.due), .optional(row.owner),
          row.mayStayOpen.map { .flag($0) } ?? .empty, number(row.entry), day(row.day), .optional(row.member),
        ] + form + [.flag(row.lacksEvidence), .flag(row.isUnowned)] + stamp.cells)
    }
    return table
  }

  private func day(_ day: Day?) -> Cell { day.map { .day("\($0)") } ?? .empty }

  private func number(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .empty }

  /// The requirements, and the form's fields on a sheet of their own.
  public func sheets() throws -> [WorkbookSheet] {
    var form = Table(["field", "value"])
    for field in fields { form.add([.text(field.name), .text(field.value ?? SPRSReport.open)]) }
    form.add(["Conditional Level 2", .text(status.verdict == .none ? "not possible" : status.verdict.rawValue)])
    for reason in status.reasons { form.add(["because", .text(reason)]) }
    var gaps = Table(["what is missing before it can be entered"])
    for sentence in missing { gaps.add([.text(sentence)]) }
    return [
      WorkbookSheet("Requirements", records ?? Table([])), WorkbookSheet("Worksheet", form),
      WorkbookSheet("Missing", gaps),
    ]
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("standard", .string("NIST SP 800-171 revision 2")), ("level", .integer(2)),
        (
          "assessors",
          .array(assessors.map(\.json))
        ), ("cageCodes", .strings(details.cageCodes)), ("scope", .optional(details.scope?.rawValue)),
        (
          "ssp",
          [
            "name": .optional(details.plan), "version": .optional(details.planVersion),
            "date": .optional(details.planDate.map { "\($0)" }), "evidence": planEvidence?.json ?? .null,
          ]
        ), ("assessmentDate", .optional(assessed.map { "\($0.last)" })),
        ("assessedSince", .optional(assessed.map { "\($0.first)" })),
        ("score", scoreToEnter.map { .integer($0) } ?? .null),
        ("scoreByLog", score.score.map { .integer($0) } ?? .null), ("best", score.best.map { .integer($0) } ?? .null),
        ("unassessed", .integer(score.unassessed)), ("expected110", .optional(expected.map { "\($0)" })),
        (
          "levelTwo",
          ["status": .string(status.verdict.rawValue), "reasons": .strings(status.reasons)]
        ), ("missing", .strings(missing)), ("withoutEvidence", .strings(basis.withoutEvidence)),
        ("unowned", .strings(basis.unowned)), ("requirements", .array(rows.map(json))),
      ])
  }

  private func json(_ row: Row) -> JSONOutput {
    [
      "requirement": .string(row.requirement), "practice": .optional(row.practice), "title": .string(row.title),
      "state": .string(row.state.rawValue), "value": row.value.map { .integer($0) } ?? .null,
      "deduction": .integer(row.deduction), "why": .string(row.why), "due": .optional(row.due.map { "\($0)" }),
      "owner": .optional(row.owner), "mayStayOpen": row.mayStayOpen.map { .bool($0) } ?? .null,
      "entry": row.entry.map { .integer($0) } ?? .null, "day": .optional(row.day.map { "\($0)" }),
      "member": .optional(row.member),
      "evidenceMissing": .bool(row.lacksEvidence), "unowned": .bool(row.isUnowned),
    ]
  }
}

extension SPRSReport.Assessor {
  /// For machines.
  var json: JSONOutput {
    ["party": .string(party), "name": .string(name), "self": .bool(isClient), "people": .strings(people)]
  }
}
