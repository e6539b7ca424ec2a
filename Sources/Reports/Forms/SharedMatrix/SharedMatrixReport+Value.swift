internal import Catalogs
internal import Findings
public import Rendering

extension SharedMatrixReport {
  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("party", .optional(party)), ("client", .string(client)),
        ("frameworks", .array(frameworks.map(json))), ("parties", .array(parties.map(json))),
        ("notTold", .strings(otherFrameworks)),
      ])
  }

  private func json(_ counts: Counts) -> [(String, JSONOutput)] {
    Allocation.allCases.map { ($0.rawValue, .integer(counts[$0])) } + [("total", .integer(counts.total))]
  }

  private func json(_ framework: Framework) -> JSONOutput {
    .object([
      ("framework", .string(framework.id)), ("title", .string(framework.title)),
      ("totals", .object(json(framework.totals))),
      (
        "families",
        .array(
          framework.families.map { family in
            .object(
              [("family", .optional(family.id?.description)), ("title", .string(family.title))] + json(family.counts))
          })
      ), ("leftOut", .integer(leftOut[framework.id] ?? 0)), ("objectives", .array(framework.rows.map(json))),
    ])
  }

  private func json(_ row: Row) -> JSONOutput {
    .object([
      ("requirement", .string(row.requirement)), ("objective", .string(row.objective)),
      ("control", .string(row.control.description)), ("unit", .optional(row.unit?.description)),
      ("title", .string(row.title)), ("text", .string(row.text)),
      ("responsibility", .string(row.allocation.rawValue)), ("reason", .optional(row.reason)),
      ("osc", json(row.client)), ("esp", json(row.others)), ("providers", .strings(row.providers)),
      ("espParties", .array(row.each.map { .object([("party", .string($0.party)), ("does", json($0.part))]) })),
      ("espConsulted", .strings(row.consulted)), ("espInformed", .strings(row.informed)),
      ("namedPersons", .strings(row.people)), ("evidence", row.evidence?.json ?? .null),
      ("agreement", row.agreement.map(json) ?? .null), ("findings", .strings(row.findings.map(\.rawValue))),
    ])
  }

  private func json(_ part: SidePart) -> JSONOutput {
    [
      "accountable": .bool(part.isAccountable), "responsible": .bool(part.isResponsible),
      "consulted": .bool(part.isConsulted), "informed": .bool(part.isInformed), "people": .strings(part.people),
      "note": .optional(part.note),
    ]
  }

  private func json(_ word: AgreementWord) -> JSONOutput { word.json }

  private func json(_ each: MatrixParty) -> JSONOutput {
    [
      "party": .string(each.party), "name": .string(each.name), "kind": .string(each.kind),
      "answersFor": .integer(each.accountable), "doesPartOf": .integer(each.acting),
      "agreement": each.agreement?.json ?? .null, "model": .optional(each.model),
      "from": .optional(each.termFrom.map { "\($0)" }), "through": .optional(each.termThrough.map { "\($0)" }),
      "document": .optional(each.document), "duties": .strings(each.duties),
    ]
  }
}

extension AgreementWord {
  /// For machines.
  var json: JSONOutput {
    func json(_ signature: Signature) -> JSONOutput {
      [
        "party": .string(signature.party), "member": .string(signature.member), "day": .string("\(signature.day)"),
        "entry": .integer(signature.entry),
      ]
    }
    return [
      "engagement": .string(engagement), "version": .integer(number), "entry": .integer(entry),
      "effective": .string("\(effective)"), "assignedBy": .optional(assignedBy),
      "client": client.map(json) ?? .null, "others": .array(others.map(json)),
    ]
  }
}

extension SharedMatrixReport {
  /// The matrix, its totals by family, the parties with their agreements, and what the words mean.
  public func sheets() throws -> [WorkbookSheet] {
    var totals = Table(
      ["framework", "family", "title"] + Allocation.allCases.map { .number($0.word) } + [.number("objectives")])
    for framework in frameworks {
      for family in framework.families {
        totals.add(
          [.text(framework.id), .text(family.id?.local ?? ""), .text(family.title)]
            + Allocation.allCases.map { .integer(family.counts[$0]) } + [.integer(family.counts.total)])
      }
      totals.add(
        [.text(framework.id), "total", .empty] + Allocation.allCases.map { .integer(framework.totals[$0]) }
          + [.integer(framework.totals.total)])
    }
    var legend = Table(["word", "meaning"])
    for each in Allocation.allCases { legend.add([.text(each.word), .text(each.meaning)]) }
    legend.add(["OSC", .text("organization seeking certification: \(names.party(client)) (\(client))")])
    legend.add(["ESP", "external service provider (32 CFR 170.4)"])
    legend.add([
      "Signed", "the newest acceptance of the agreement's line by each side: who, and the day it was recorded",
    ])
    legend.add(["Reviewed", "the day on which the last of both sides accepted the line"])
    legend.add(["Evidence", "the newest that counts: its entry in the log, who submitted it, SHA-256 of its files"])
    return [
      WorkbookSheet("Matrix", records ?? Table([])), WorkbookSheet("Totals by family", totals),
      WorkbookSheet("Parties and agreements", partySheet), WorkbookSheet("Legend", legend),
    ]
  }

  private var partySheet: Table {
    var table = Table([
      "party", "name", "kind", .number("answers for"), .number("does part of"), "engagement", .number("version"),
      .number("entry"), "effective", "from", "through", "model", "document SHA-256", "signed OSC", "signed OSC on",
      "signed ESP", "signed ESP on", "duties",
    ])
    for each in parties {
      let word = each.agreement
      let other = word?.others.first
      table.add([
        .text(each.party), .text(each.name), .text(each.kind), .integer(each.accountable), .integer(each.acting),
        .optional(word?.engagement), word.map { .integer($0.number) } ?? .empty,
        word.map { .integer($0.entry) } ?? .empty, word.map { .day("\($0.effective)") } ?? .empty,
        each.termFrom.map { .day("\($0)") } ?? .empty, each.termThrough.map { .day("\($0)") } ?? .empty,
        .optional(each.model), .optional(each.document), .optional(word?.client?.member),
        word?.client.map { .day("\($0.day)") } ?? .empty, .optional(other?.member),
        other.map { .day("\($0.day)") } ?? .empty, .list(each.duties),
      ])
    }
    return table
  }
}
