internal import Catalogs
internal import Findings
public import Rendering

extension SharedMatrixReport: StampedReport {
  /// The totals by family, then each requirement, its objectives in one line as far as they are alike.
  public func blocks(width: Int) -> [Block] {
    let whose = party.map { " of \(names.party($0)) (\($0))" } ?? ""
    var blocks: [Block] = [
      stamp.heading("Shared responsibility matrix\(whose)"), .facts(stamp.facts), .gap,
    ]
    guard frameworks.contains(where: { !$0.rows.isEmpty }) else {
      return blocks + [
        .paragraph(
          frameworks.isEmpty
            ? "No framework is adopted on \(stamp.asOf): there is nothing to answer for."
            : "On \(stamp.asOf) no agreement in force names it for any objective.")
      ]
    }
    blocks.append(
      .paragraph(
        "OSC is the organization, \(names.party(client)) (\(client)); ESP an external service provider. An objective is "
          + "Shared where both sides do part of it."))
    for framework in frameworks where !framework.rows.isEmpty {
      blocks += [.heading("\(framework.title) (\(framework.id)): totals"), .table(summary(framework))]
      if let left = leftOut[framework.id], left > 0, party != nil {
        blocks.append(.paragraph("\(Wording.count(left, "further objective")) in which it has no part are left out."))
      }
    }
    blocks += [.heading("Parties and agreements"), .table(partyTable)]
    for framework in frameworks where !framework.rows.isEmpty {
      blocks += [.heading("\(framework.title) (\(framework.id))"), .table(page(framework))]
    }
    if !otherFrameworks.isEmpty {
      blocks += [
        .gap,
        .paragraph("Not told here: \(Wording.list(otherFrameworks)). --framework ID asks for one."),
      ]
    }
    return blocks
  }

  private static let allocationColumns: [Table.Column] = Allocation.allCases.map { .number($0.word) }

  private func summary(_ framework: Framework) -> Table {
    var table = Table(["family", "title"] + SharedMatrixReport.allocationColumns + [.number("objectives")])
    for family in framework.families {
      table.add(
        [.text(family.id?.local ?? ""), .text(family.title)] + Allocation.allCases.map { .integer(family.counts[$0]) }
          + [.integer(family.counts.total)])
    }
    table.add(
      ["total", .empty] + Allocation.allCases.map { .integer(framework.totals[$0]) }
        + [.integer(framework.totals.total)])
    return table
  }

  private var partyTable: Table {
    var table = Table([
      "party", "kind", .number("answers for"), .number("does part of"), "agreement", "accepted", "term",
    ])
    for each in parties {
      let signed = each.party == client ? each.agreement?.client : each.agreement?.others.first
      table.add([
        .text("\(names.party(each.party)) (\(each.party))"), .text(each.kind), .integer(each.accountable),
        .integer(each.acting), .optional(each.agreement?.name), .optional(signed?.text),
        each.termFrom.flatMap { from in each.termThrough.map { .text("\(from) through \($0)") } } ?? .empty,
      ])
    }
    return table
  }

  /// Objectives of one requirement that read alike.
  private struct Line {
    var rows: [Row]
    var first: Row { rows[0] }

    func takes(_ row: Row) -> Bool {
      row.control == first.control && row.allocation == first.allocation && row.reason == first.reason
        && row.client == first.client && row.others == first.others && row.each == first.each
        && row.evidence == first.evidence
        && row.agreement == first.agreement
    }
  }

  private func page(_ framework: Framework) -> Table {
    var table = Table([
      .init("requirement", preferredWidth: 14), .init("title", preferredWidth: 14), .init("whose", overflow: .keep),
      .init("OSC", preferredWidth: 14), .init("ESP", preferredWidth: 14), "evidence", "agreement",
    ])
    var lines: [Line] = []
    for row in framework.rows {
      if let place = lines.lastIndex(where: { $0.takes(row) }), lines[place].first.control == lines.last?.first.control
      {
        lines[place].rows.append(row)
      } else {
        lines.append(Line(rows: [row]))
      }
    }
    var counts: [ControlID: Int] = [:]
    for row in framework.rows { counts[row.control, default: 0] += 1 }
    var family: ControlID?
    for line in lines {
      let row = line.first
      if let own = row.family, own != family {
        let title = framework.families.first { $0.id == own }?.title ?? ""
        table.addHeading(title.isEmpty ? own.local : "\(own.local)  \(title)")
      }
      family = row.family
      let objectives = line.rows.count == counts[row.control] ? [] : line.rows.map(\.objective)
      table.add([
        .text(([row.requirement] + objectives).joined(separator: " ")), .text(row.title), .text(row.allocation.word),
        .text(row.client.text), .text(othersText(row)),
        row.evidence.map { .text("\($0.party), entry \($0.entry)") } ?? .empty,
        .optional(row.agreement?.name ?? row.reason),
      ])
    }
    return table
  }

  private func othersText(_ row: Row) -> String {
    guard !row.others.isNothing else { return "" }
    return row.each.count > 1 ? row.othersText : "\(row.speaking.joined(separator: ", ")): \(row.others.text)"
  }

  /// A row for each objective.
  public var records: Table? {
    let titles = [
      "framework", "family", "requirement", "objective", "control", "unit", "title", "text", "responsibility", "reason",
      "osc_does", "esp_does", "esp", "esp_name", "named_person", "evidence_from", "evidence_by", "evidence_entry",
      "evidence_day", "evidence_source", "evidence_sha256", "engagement", "version", "version_entry", "effective",
      "assigned_by", "reviewed", "signed_osc", "signed_osc_on", "signed_esp", "signed_esp_on", "findings",
      "esp_consulted",
      "esp_informed",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in frameworks.flatMap(\.rows) { table.add(cells(row) + stamp.cells) }
    return table
  }

  private func cells(_ row: Row) -> [Cell] {
    let word = row.agreement
    let others = word?.others ?? []
    return [
      .text(row.framework), .optional(row.family?.local), .text(row.requirement), .text(row.objective),
      .text(row.control.description), .optional(row.unit?.description), .text(row.title), .text(row.text),
      .text(row.allocation.word), .optional(row.reason), .text(row.client.text), .text(row.othersText),
      .list(row.speaking), .list(row.speaking.map(names.party)), .list(row.people), .optional(row.evidence?.party),
      .optional(row.evidence?.member), row.evidence.map { .integer($0.entry) } ?? .empty,
      row.evidence.map { .day("\($0.covered?.through ?? $0.collected ?? $0.recorded)") } ?? .empty,
      .optional(row.evidence?.source), row.evidence?.cell ?? .empty, .optional(word?.engagement),
      word.map { .integer($0.number) } ?? .empty, word.map { .integer($0.entry) } ?? .empty,
      word.map { .day("\($0.effective)") } ?? .empty, .optional(word?.assignedBy),
      word?.accepted.map { .day("\($0)") } ?? .empty, .optional(word?.client?.member),
      word?.client.map { .day("\($0.day)") } ?? .empty, .list(others.map(\.member)),
      others.map(\.day).max().map { .day("\($0)") } ?? .empty, .list(row.findings.map(\.rawValue)),
      .list(row.consulted), .list(row.informed),
    ]
  }
}
