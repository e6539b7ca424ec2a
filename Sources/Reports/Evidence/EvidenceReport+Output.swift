internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension EvidenceReport: StampedReport {
  /// What was asked for put together, then the submissions.
  public func blocks(width: Int) -> [Block] {
    let facts =
      stamp.facts + [
        Block.Fact("period", "\(period.from) through \(period.through)"),
        Block.Fact("evidence", Wording.count(total, "submission")),
      ]
    var blocks: [Block] = [stamp.heading("Evidence, by \(order.rawValue)"), .facts(facts)]
    switch order {
    case .control: blocks += controlBlocks
    case .age: blocks += ageBlocks
    case .submitter: blocks += [.gap, .table(submitterTable)]
    }
    guard !rows.isEmpty else { return blocks }
    blocks += [.heading("Submissions"), .table(rowTable)]
    if rows.count < total {
      let more = total - rows.count
      blocks += [
        .gap,
        .paragraph(
          "\(more == 1 ? "1 more submission is" : "\(more) more are") not listed: narrow it with --control, --from and "
            + "--through; --format csv has every one."),
      ]
    }
    return blocks
  }

  private var controlBlocks: [Block] {
    guard !lines.isEmpty else { return [.gap, .paragraph("No control that applies was asked for, or none is stale.")] }
    var blocks: [Block] = []
    var frameworks: [String] = []
    for line in lines where !frameworks.contains(line.framework) { frameworks.append(line.framework) }
    for framework in frameworks {
      var table = Table([
        .init("control", preferredWidth: 16), "accountable", "every", .number("count"), .number("newest"),
        .init("covers to", overflow: .keep), .init("due", overflow: .keep), "without current evidence",
      ])
      for line in lines where line.framework == framework {
        let holes = line.holes.map { "\($0.from)..\($0.through)" }
        table.add([
          .text(line.name), .optional(line.accountable), .text(line.cadence.rawValue), .integer(line.count),
          line.newest.map { .integer($0.entry) } ?? .empty, .optional(line.ageDay.map { "\($0)" }),
          .optional(line.due.map { "\($0)" }), .text(EvidenceReport.some(holes, 3)),
        ])
      }
      blocks += [.heading("Controls of \(framework)"), .table(table)]
    }
    return blocks
  }

  private var ageBlocks: [Block] {
    var table = Table(["age", .number("submissions")])
    for band in ages { table.add([.text(band.title), .integer(band.count)]) }
    return [.gap, .table(table)]
  }

  private var submitterTable: Table {
    // What nobody has redacted in part is no column.
    let isPartly = submitters.contains { $0.partlyRedacted > 0 }
    var table = Table(
      ["party", "member", .number("submissions"), .number("replaced"), .number("redacted"), "first", "last"]
        + (isPartly ? [.number("partly redacted")] : []))
    for submitter in submitters {
      table.add(
        [
          .text(submitter.party), .text(submitter.member), .integer(submitter.count), .integer(submitter.replaced),
          .integer(submitter.redacted), .day("\(submitter.first)"), .day("\(submitter.last)"),
        ] + (isPartly ? [.integer(submitter.partlyRedacted)] : []))
    }
    return table
  }

  private var rowTable: Table {
    var table = Table([
      .number("entry"), .init("covered", preferredWidth: 10), .init("collected", overflow: .keep),
      .init("recorded", overflow: .keep), "by", "controls", "files", "state",
    ])
    for row in rows {
      let evidence = row.record.evidence
      table.add([
        .integer(row.record.entry), .optional(row.covered), .optional(evidence.collected.map { "\($0.day)" }),
        .text("\(row.record.recorded.day)"), .text(row.record.member),
        .text(EvidenceReport.some(evidence.controls, 3)), .text(row.fileText), .text(row.stateText),
      ])
    }
    return table
  }

  /// The first few of some names, and how many there are besides.
  static func some(_ names: [String], _ limit: Int) -> String {
    names.count > limit
      ? names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more" : names.joined(separator: ", ")
  }

  /// A row for each submission that is listed.
  public var records: Table? { EvidenceReport.table(rows, stamp) }

  /// Rows under the columns that all such tables have, so that many may be written one after the other.
  package static func table(_ rows: [Row], _ stamp: ReportStamp) -> Table {
    let titles = [
      "entry", "party", "member", "controls", "covered_from", "covered_through", "collected", "recorded", "age_day",
      "description", "label", "duty", "files", "file_count", "state", "replaced", "retain_until", "statement",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns + ["redacted_files"])
    for row in rows {
      let (record, evidence) = (row.record, row.record.evidence)
      func day(_ day: Day?) -> Cell { day.map { .day("\($0)") } ?? .empty }
      table.add(
        [
          .integer(record.entry), .text(record.party), .text(record.member), .list(evidence.controls),
          day(evidence.from), day(evidence.through), .optional(evidence.collected.map { "\($0)" }),
          .text("\(record.recorded)"), day(record.ageDay(asOf: stamp.asOf)), .optional(evidence.description),
          .optional(evidence.label), .optional(evidence.duty), .list(row.files), .integer(row.fileCount),
          .text(row.state), day(row.replaced), day(evidence.retainUntil), .text(record.statement.hex),
        ] + stamp.cells + [.list(row.redactedFiles)])
    }
    return table
  }

  /// For machines: all three ways of putting it together, and the submissions that are listed.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("period", ["from": .string("\(period.from)"), "through": .string("\(period.through)")]),
        ("total", .integer(total)), ("listed", .integer(rows.count)), ("controls", .array(lines.map(json))),
        ("ages", .array(ages.map { ["age": .string($0.title), "count": .integer($0.count)] })),
        (
          "submitters",
          .array(
            submitters.map { submitter in
              [
                "party": .string(submitter.party), "member": .string(submitter.member),
                "count": .integer(submitter.count), "replaced": .integer(submitter.replaced),
                "redacted": .integer(submitter.redacted), "first": .string("\(submitter.first)"),
                "last": .string("\(submitter.last)"), "partlyRedacted": .integer(submitter.partlyRedacted),
              ]
            })
        ), ("evidence", .array(rows.map { $0.json(asOf: stamp.asOf) })),
      ])
  }

  private func json(_ line: Line) -> JSONOutput {
    [
      "framework": .string(line.framework), "control": .string(line.control.description),
      "units": .strings(line.units.map(\.description)), "accountable": .optional(line.accountable),
      "cadence": .string(line.cadence.rawValue), "count": .integer(line.count),
      "newest": line.newest.map { .integer($0.entry) } ?? .null, "day": .optional(line.ageDay.map { "\($0)" }),
      "due": .optional(line.due.map { "\($0)" }), "stale": .bool(line.isStale(on: stamp.asOf)),
      "holes": .array(line.holes.map { ["from": .string("\($0.from)"), "through": .string("\($0.through)")] }),
    ]
  }
}

extension EvidenceReport.Line {
  /// `A.1 [a] [b]`; of all its units, `A.1`.
  package var name: String {
    guard !isWhole else { return control.local }
    return "\(control.local) " + UnitNames.suffixes(units, of: control).joined(separator: " ")
  }
}

extension EvidenceReport.Row {
  /// `2026-01-01..2026-03-31`
  package var covered: String? {
    let evidence = record.evidence
    switch (evidence.from, evidence.through) {
    case (let from?, let through?): return from == through ? "\(from)" : "\(from)..\(through)"
    case (let from?, nil): return "from \(from)"
    case (nil, let through?): return "to \(through)"
    case (nil, nil): return nil
    }
  }

  /// Whether it shows something: `shown`, `partly-redacted`, `replaced` or `redacted`.
  package var state: String {
    if isRedacted { return "redacted" }
    if replaced != nil { return "replaced" }
    return redactedFiles.isEmpty ? "shown" : "partly-redacted"
  }

  /// The same for a page, with what is redacted.
  fileprivate var stateText: String {
    guard !isRedacted, !redactedFiles.isEmpty else { return state }
    let names = EvidenceReport.some(redactedFiles, 3)
    return replaced == nil ? "partly redacted: \(names)" : "replaced; redacted: \(names)"
  }

  fileprivate var fileText: String {
    guard let first = files.first else { return "" }
    return fileCount > 1 ? "\(first) and \(fileCount - 1) more" : first
  }

  fileprivate func json(asOf day: Day) -> JSONOutput {
    let evidence = record.evidence
    return [
      "entry": .integer(record.entry), "statement": .string(record.statement.hex), "party": .string(record.party),
      "member": .string(record.member), "controls": .strings(evidence.controls),
      "from": .optional(evidence.from.map { "\($0)" }), "through": .optional(evidence.through.map { "\($0)" }),
      "collected": .optional(evidence.collected.map { "\($0)" }), "recorded": .string("\(record.recorded)"),
      "day": .string("\(record.ageDay(asOf: day))"), "description": .optional(evidence.description),
      "label": .optional(evidence.label), "duty": .optional(evidence.duty), "files": .strings(files),
      "fileCount": .integer(fileCount), "state": .string(state), "replaced": .optional(replaced.map { "\($0)" }),
      "redactedFiles": .strings(redactedFiles),
    ]
  }
}
