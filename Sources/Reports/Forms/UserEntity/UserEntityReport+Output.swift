internal import Catalogs
internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension UserEntityReport: StampedReport {
  /// What is presumed of whom, control by control, then what the client owes by agreement.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [
      stamp.heading("Complementary user entity controls"), .facts(stamp.facts), .gap,
    ]
    guard !rows.isEmpty || !owed.isEmpty else {
      return blocks + [
        .paragraph("On \(stamp.asOf) no control that a provider answers for leaves anything to somebody else.")
      ]
    }
    let gaps = rows.count { !$0.missing.isEmpty } + owed.count { !$0.missing.isEmpty }
    blocks.append(
      .paragraph(
        "\(count(.userEntity)) with \(names.party(client)) (\(client)), \(count(.subservice)) with other organizations, "
          + "\(Wording.count(owed.count, "duty", "duties")) by agreement; \(gaps) with something missing."))
    for kind in Kind.allCases where count(kind) > 0 {
      var table = Table([
        .init("control", preferredWidth: 10), .init("title", preferredWidth: 14), "whose",
        .init("duty", preferredWidth: 20),
        "source", "taken", .number("evidence"), "missing",
      ])
      for (row, objectives) in alike(kind) {
        table.add([
          .text(([row.control.local] + objectives).joined(separator: " ")), .text(row.title), .optional(row.bearer),
          .text(row.duty), .optional(row.source?.name),
          .optional(row.taken?.text), row.evidence.map { .integer($0.entry) } ?? .empty, .list(row.missing),
        ])
      }
      let title =
        kind == .userEntity ? "User entity controls" : "Complementary subservice organization controls"
      blocks += [.heading(title), .table(table)]
    }
    guard !owed.isEmpty else { return blocks }
    var table = Table(["duty", "title", "cadence", "taken", "last done", "due", "missing"])
    for each in owed {
      table.add([
        .text(each.duty.name), .text(each.duty.title), .text(each.duty.cadence), .optional(each.taken?.text),
        .optional(each.duty.newest.map { "\($0.day)" }), .optional(each.duty.due.map { "\($0)" }), .list(each.missing),
      ])
    }
    return blocks + [.heading("Duties of \(client) by agreement"), .table(table)]
  }

  /// Rows of a kind, and the objectives of each control that read alike.
  private func alike(_ kind: Kind) -> [(row: Row, objectives: [String])] {
    var lines: [(row: Row, objectives: [String])] = []
    for row in rows where row.kind == kind {
      var whole = row
      (whole.unit, whole.objective) = (nil, "")
      if let last = lines.last, last.row == whole, !row.objective.isEmpty {
        lines[lines.count - 1].objectives.append(row.objective)
      } else {
        lines.append((whole, row.objective.isEmpty ? [] : [row.objective]))
      }
    }
    return lines
  }

  /// A row for each, duties by agreement last.
  public var records: Table? {
    let titles = [
      "kind", "framework", "control", "unit", "title", "providers", "bearer", "bearer_name", "duty", "engagement",
      "version", "version_entry", "assigned_by", "taken_by", "taken_on", "taken_entry", "evidence_entry", "evidence_by",
      "evidence_day", "evidence_sha256", "missing",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in rows {
      let evidence = row.evidence
      table.add(
        [
          .text(row.kind.rawValue), .text(row.framework), .text(row.control.description),
          .optional(row.unit?.description), .text(row.title), .list(row.providers), .optional(row.bearer),
          .optional(row.bearer.map(names.party)), .text(row.duty), .optional(row.source?.engagement),
          row.source.map { .integer($0.number) } ?? .empty, row.source.map { .integer($0.entry) } ?? .empty,
          .optional(row.source?.assignedBy),
        ] + cells(row.taken) + [
          evidence.map { .integer($0.entry) } ?? .empty, .optional(evidence?.member),
          evidence.map { .day("\($0.covered?.through ?? $0.collected ?? $0.recorded)") } ?? .empty,
          evidence?.cell ?? .empty, .list(row.missing),
        ] + stamp.cells)
    }
    for each in owed {
      table.add(
        [
          "agreement-duty", .empty, .empty, .empty, .text(each.duty.title), .list(each.providers), .text(client),
          .text(names.party(client)), .text("\(each.duty.name), \(each.duty.cadence)"), .text(each.duty.engagement),
          .empty, .integer(each.duty.version), .empty,
        ] + cells(each.taken) + [
          each.duty.newest.map { .integer($0.entry) } ?? .empty, .empty,
          each.duty.newest.map { .day("\($0.day)") } ?? .empty, .empty, .list(each.missing),
        ] + stamp.cells)
    }
    return table
  }

  private func cells(_ taken: AgreementWord.Signature?) -> [Cell] {
    [
      .optional(taken?.member), taken.map { .day("\($0.day)") } ?? .empty, taken.map { .integer($0.entry) } ?? .empty,
    ]
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("client", .string(client)),
        ("counts", .object(Kind.allCases.map { ($0.rawValue, .integer(count($0))) })),
        ("controls", .array(rows.map(json))),
        (
          "duties",
          .array(
            owed.map { each in
              [
                "duty": .string(each.duty.name), "title": .string(each.duty.title),
                "cadence": .string(each.duty.cadence), "providers": .strings(each.providers),
                "taken": each.taken.map(json) ?? .null, "newest": .optional(each.duty.newest.map { "\($0.day)" }),
                "due": .optional(each.duty.due.map { "\($0)" }), "missing": .strings(each.missing),
              ]
            })
        ),
      ])
  }

  private func json(_ row: Row) -> JSONOutput {
    [
      "kind": .string(row.kind.rawValue), "framework": .string(row.framework),
      "control": .string(row.control.description), "unit": .optional(row.unit?.description),
      "title": .string(row.title),
      "providers": .strings(row.providers), "bearer": .optional(row.bearer), "duty": .string(row.duty),
      "agreement": row.source?.json ?? .null, "taken": row.taken.map(json) ?? .null,
      "evidence": row.evidence?.json ?? .null, "missing": .strings(row.missing),
    ]
  }

  private func json(_ taken: AgreementWord.Signature) -> JSONOutput {
    ["member": .string(taken.member), "day": .string("\(taken.day)"), "entry": .integer(taken.entry)]
  }
}

extension UserEntityReport.Row {
  /// `CC6.1`, or `A.1 [b]`.
  var name: String { objective.isEmpty ? control.local : "\(control.local) \(objective)" }
}
