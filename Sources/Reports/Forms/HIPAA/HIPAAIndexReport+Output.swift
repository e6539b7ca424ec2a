internal import Catalogs
internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension HIPAAIndexReport: StampedReport {
  /// A line for each citation, with what is missing.
  public func blocks(width: Int) -> [Block] {
    let gaps = rows.filter { !$0.missing.isEmpty && !($0.isStandard && $0.rule == nil) }
    let blocks: [Block] = [
      stamp.heading("HIPAA Security Rule, policies and evidence by citation"), .facts(stamp.facts), .gap,
      .paragraph(
        "\(Wording.count(rows.count, "citation")), \(gaps.count) with something missing. Documents are kept six years from "
          + "their creation or from when they were last in effect, the later (45 CFR 164.316(b)(2)(i))."),
    ]
    var table = Table([
      .init("45 CFR", overflow: .keep), .init("title", preferredWidth: 14), "rule", "accountable", "assessed",
      .number("missing"),
    ])
    for row in rows {
      let open = row.parts.map { $0.open == 0 ? "" : "\($0.open) of \($0.all)" }
      table.add([
        .text(row.control.local), .text(row.title), .text(row.rule.map { $0 == "required" ? "R" : "A" } ?? ""),
        .text(accountable(row)), .text(assessed(row)),
        .text(open ?? (row.missing.isEmpty ? "" : "\(row.missing.count)")),
      ])
    }
    return blocks + [
      .gap, .table(table), .gap,
      .paragraph(
        "R is required, A addressable (45 CFR 164.306(d)). A standard without either is what its specifications make of it: "
          + "'missing' counts those that lack something."),
    ] + part("What is missing", missingTable(gaps)) + part("In place of a specification, or not applicable", instead)
      + part("Newest documents", newest)
  }

  private func part(_ title: String, _ table: Table) -> [Block] {
    table.isEmpty ? [] : [.heading(title), .table(table)]
  }

  private func missingTable(_ gaps: [Row]) -> Table {
    var table = Table([.init("45 CFR", overflow: .keep), "what is missing"])
    for row in gaps { table.add([.text(row.control.local), .text(row.missing.joined(separator: "; "))]) }
    return table
  }

  /// What 164.306(d)(3)(ii)(B) wants in writing, and why something does not apply.
  private var instead: Table {
    var table = Table([
      .init("45 CFR", overflow: .keep), "assessed", .init("what is done in its place", preferredWidth: 20),
      .init("why", preferredWidth: 20),
    ])
    for row in rows where row.alternative != nil || row.reason != nil {
      table.add([
        .text(row.control.local), .text(assessed(row)), .text(row.alternative ?? "nothing is said"),
        .text(row.reason ?? "no reason is said"),
      ])
    }
    return table
  }

  private var newest: Table {
    var table = Table([
      .init("45 CFR", overflow: .keep), .init("document", preferredWidth: 20), .number("entry"), "day", "keep until",
    ])
    for row in rows {
      guard let document = row.documents.first else { continue }
      let mark = document.mark
      table.add([
        .text(row.control.local), .text(document.files.first ?? mark.description ?? "evidence"), .integer(mark.entry),
        .day("\(mark.covered?.through ?? mark.collected ?? mark.recorded)"), day(row.keepUntil),
      ])
    }
    return table
  }

  /// `msp (1 of 4), nobody (3 of 4)` where different parties answer for a standard's specifications, or nobody does.
  private func accountable(_ row: Row) -> String {
    guard let all = row.parts?.all, all > 0, !row.unowned.isEmpty || row.shares.count > 1 else {
      return row.accountable.joined(separator: ", ")
    }
    var parts = row.shares.map { "\($0.party) (\($0.count) of \(all))" }
    if !row.unowned.isEmpty { parts.append("nobody (\(row.unowned.count) of \(all))") }
    return parts.joined(separator: ", ")
  }

  private func assessed(_ row: Row) -> String {
    guard row.applies else { return "does not apply" }
    if row.alternative != nil, row.state == .met { return "met by an alternative" }
    return row.state.rawValue
  }

  /// A row for each citation, with its newest document.
  public var records: Table? {
    let titles = [
      "citation", "kind", "title", "rule", "applies", "accountable", "accountable_names", "engagement", "version",
      "document_entry", "document_files", "document_by", "covered_from", "covered_through", "collected", "recorded",
      "sha256", "documents", "state", "assessed_entry", "assessed_on", "assessed_by", "keep_until", "keep_why",
      "missing", "alternative", "reason", "state_from", "unowned",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in rows {
      let newest = row.documents.first
      let longest = row.documents.max { $0.keepUntil < $1.keepUntil }
      table.add(
        [
          .text(row.citation), .text(kind(row)), .text(row.title), .optional(row.rule), .flag(row.applies),
          .list(row.accountable), .list(row.accountable.map(names.party)), .optional(row.agreement?.engagement),
          row.agreement.map { .integer($0.number) } ?? .empty,
        ] + cells(newest) + [
          .integer(row.documents.count), .text(row.state.rawValue), row.assessed.map { .integer($0.entry) } ?? .empty,
          day(row.assessed?.day), .optional(row.assessed?.member), day(row.keepUntil), .optional(longest?.keepWhy),
          .text(row.missing.joined(separator: "; ")), .optional(row.alternative), .optional(row.reason),
          .text(source(row)), .list(row.unowned),
        ] + stamp.cells)
    }
    return table
  }

  private func kind(_ row: Row) -> String { row.isStandard ? "standard" : "specification" }

  /// Whose assessment the state is: the citation's own, or that of its specifications.
  private func source(_ row: Row) -> String { row.parts == nil ? "assessment" : "specifications" }

  private func day(_ day: Day?) -> Cell { day.map { .day("\($0)") } ?? .empty }

  private func cells(_ document: Document?) -> [Cell] {
    guard let document else { return Array(repeating: .empty, count: 8) }
    let mark = document.mark
    return [
      .integer(mark.entry), .list(document.files), .text(mark.member), day(mark.covered?.from),
      day(mark.covered?.through), day(mark.collected), day(mark.recorded), mark.cell,
    ]
  }

  /// The citations, and each document on a line of its own.
  public func sheets() throws -> [WorkbookSheet] {
    var table = Table([
      "citation", "title", .number("entry"), "files", "by", "from", "through", "collected", "recorded", "SHA-256",
      "in effect", "keep until", "why",
    ])
    for row in rows {
      for document in row.documents {
        table.add(
          [.text(row.citation), .text(row.title)] + cells(document) + [
            .flag(document.isInEffect), day(document.keepUntil), .text(document.keepWhy),
          ])
      }
    }
    return [WorkbookSheet("Index", records ?? Table([])), WorkbookSheet("Documents", table)]
  }

  /// For machines.
  public var value: JSONOutput {
    .object(stamp.members + [("citations", .array(rows.map(json)))])
  }

  private func json(_ row: Row) -> JSONOutput {
    [
      "citation": .string(row.citation), "control": .string(row.control.description), "kind": .string(kind(row)),
      "title": .string(row.title), "rule": .optional(row.rule), "applies": .bool(row.applies),
      "accountable": .strings(row.accountable), "agreement": row.agreement?.json ?? .null,
      "documents": .array(
        row.documents.map {
          [
            "evidence": $0.mark.json, "files": .strings($0.files), "inEffect": .bool($0.isInEffect),
            "keepUntil": .string("\($0.keepUntil)"), "keepWhy": .string($0.keepWhy),
          ]
        }), "state": .string(row.state.rawValue),
      "assessed": row.assessed.map {
        ["entry": .integer($0.entry), "day": .string("\($0.day)"), "member": .string($0.member)]
      } ?? .null, "keepUntil": .optional(row.keepUntil.map { "\($0)" }), "missing": .strings(row.missing),
      "alternative": .optional(row.alternative), "reason": .optional(row.reason), "stateFrom": .string(source(row)),
      "unowned": .strings(row.unowned),
    ]
  }
}
