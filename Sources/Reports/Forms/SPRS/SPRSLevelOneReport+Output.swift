internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension SPRSLevelOneReport: StampedReport {
  /// The form's fields in its order, what is missing, and what is not met.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [
      stamp.heading("SPRS worksheet, CMMC Level 1 (Self)"), .facts(stamp.facts), .gap,
      .facts(fields.map { Block.Fact($0.name, $0.value ?? "to be filled in") }),
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
    let open = rows.filter(\.isOpen)
    blocks.append(.heading("What is not met"))
    guard !open.isEmpty else { return blocks + [.paragraph("Nothing: all \(rows.count) requirements are met.")] }
    var table = Table(["requirement", .init("title", preferredWidth: 24), "state", "assessed"])
    for row in open {
      table.add([
        .text(row.requirement), .text(row.title), .text(row.state.rawValue), .optional(row.day.map { "\($0)" }),
      ])
    }
    return blocks + [
      .paragraph("Level 1 has no plan of action: with any of these open there is no status (32 CFR 170.21(a)(1))."),
      .table(table),
    ]
  }

  private var fields: [(name: String, value: String?)] {
    let assessed = basis.assessed
    return [
      ("CMMC level", "1 (Self)"), ("assessor", basis.assessorText),
      ("status date", "the day on which it is submitted (170.4); again within a year (170.15(a)(1))"),
      ("scope", details.scope?.rawValue),
      ("CAGE codes", details.cageCodes.isEmpty ? nil : details.cageCodes.joined(separator: ", ")),
      ("compliance result", result), ("assessment date", assessed.map { "\($0.last)" }),
      ("assessed since", assessed.map { "\($0.first)" }),
    ]
  }

  /// A row for each requirement, with the form's fields in every row.
  public var records: Table? {
    let titles = [
      "requirement", "title", "state", "open", "entry", "day", "member", "evidence_missing", "unowned", "level",
      "assessor", "cage_codes", "scope", "assessment_date", "result",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in rows {
      table.add(
        [
          .text(row.requirement), .text(row.title), .text(row.state.rawValue), .flag(row.isOpen),
          row.entry.map { .integer($0) } ?? .empty, day(row.day), .optional(row.member), .flag(row.lacksEvidence),
          .flag(row.isUnowned), .integer(1), .optional(basis.assessorText), .list(details.cageCodes),
          .optional(details.scope?.rawValue), day(basis.assessed?.last), .optional(result),
        ] + stamp.cells)
    }
    return table
  }

  private func day(_ day: Day?) -> Cell { day.map { .day("\($0)") } ?? .empty }

  /// The requirements, and the form's fields on a sheet of their own.
  public func sheets() throws -> [WorkbookSheet] {
    var form = Table(["field", "value"])
    for field in fields { form.add([.text(field.name), .text(field.value ?? "to be filled in")]) }
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
        ("level", .integer(1)), ("assessors", .array(basis.assessors.map(\.json))),
        ("cageCodes", .strings(details.cageCodes)), ("scope", .optional(details.scope?.rawValue)),
        ("assessmentDate", .optional(basis.assessed.map { "\($0.last)" })),
        ("assessedSince", .optional(basis.assessed.map { "\($0.first)" })), ("result", .optional(result)),
        ("missing", .strings(missing)), ("withoutEvidence", .strings(basis.withoutEvidence)),
        ("unowned", .strings(basis.unowned)), ("requirements", .array(rows.map(json))),
      ])
  }

  private func json(_ row: Row) -> JSONOutput {
    [
      "requirement": .string(row.requirement), "title": .string(row.title), "state": .string(row.state.rawValue),
      "open": .bool(row.isOpen), "entry": row.entry.map { .integer($0) } ?? .null,
      "day": .optional(row.day.map { "\($0)" }), "member": .optional(row.member),
      "evidenceMissing": .bool(row.lacksEvidence), "unowned": .bool(row.isUnowned),
    ]
  }
}
