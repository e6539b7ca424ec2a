internal import Catalogs
internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension AcceptancesReport: StampedReport {
  /// How many stand how, then each version, the newest of each agreement first.
  public func blocks(width: Int) -> [Block] {
    let counts = State.allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.words)" }
    var blocks: [Block] = [stamp.heading("Acceptances"), .facts(stamp.facts), .gap]
    guard !rows.isEmpty else { return blocks + [.paragraph("No agreement was ever recorded.")] }
    blocks.append(.paragraph(counts.joined(separator: ", ") + "."))
    var engagements: [String] = []
    for row in rows where !engagements.contains(row.engagement) { engagements.append(row.engagement) }
    for engagement in engagements {
      var table = Table([
        .number("version"), .number("entry"), "party", "answer", .number("entry"), .init("day", overflow: .keep), "by",
        .number("units"), .number("declined"), .number("open"), .number("days"), "why",
      ])
      var version: Int?
      for row in rows where row.engagement == engagement {
        let isFirst = row.version != version
        version = row.version
        let open = row.state == .superseded ? 0 : row.waiting.count + row.waitingLines.count
        table.add([
          isFirst ? .integer(row.number) : .empty, isFirst ? .integer(row.version) : .empty, .text(row.party),
          .text(row.state.words), row.entry.map { .integer($0) } ?? .empty, .optional(row.day.map { "\($0)" }),
          .optional(row.member), row.accepted.isEmpty ? .empty : .integer(row.accepted.count),
          row.declined.isEmpty ? .empty : .integer(row.declined.count), open == 0 ? .empty : .integer(open),
          row.state == .unasked ? .empty : .integer(row.days),
          .optional(row.reason),
        ])
      }
      blocks += [.heading(engagement), .table(table)]
    }
    blocks += [
      .gap,
      .paragraph(
        "units: what it accepted of what the version gives or takes; declined: what it declined; open: units and other lines that lack its word; days: from the version's entry to its "
          + "answer, or to \(stamp.asOf)."),
    ]
    return blocks
  }

  /// A row for each party and version.
  public var records: Table? {
    let titles = [
      "engagement", "number", "version", "version_day", "party", "state", "entry", "day", "member", "reason",
      "accepted_units", "declined_units", "waiting_units", "waiting_lines", "accepted_count", "days",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for row in rows {
      table.add(
        [
          .text(row.engagement), .integer(row.number), .integer(row.version), .day("\(row.versionDay)"),
          .text(row.party), .text(row.state.rawValue), row.entry.map { .integer($0) } ?? .empty,
          row.day.map { .day("\($0)") } ?? .empty, .optional(row.member), .optional(row.reason),
          .list(row.accepted.map(\.description)), .list(row.declined.map(\.description)),
          .list(row.waiting.map(\.description)), .list(row.waitingLines), .integer(row.accepted.count),
          .integer(row.days),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("counts", .object(State.allCases.map { ($0.rawValue, .integer(count($0))) })),
        (
          "answers",
          .array(
            rows.map { row in
              [
                "engagement": .string(row.engagement), "number": .integer(row.number), "version": .integer(row.version),
                "versionDay": .string("\(row.versionDay)"), "party": .string(row.party),
                "state": .string(row.state.rawValue), "entry": row.entry.map { .integer($0) } ?? .null,
                "day": .optional(row.day.map { "\($0)" }), "member": .optional(row.member),
                "reason": .optional(row.reason), "accepted": .strings(row.accepted.map(\.description)),
                "declined": .strings(row.declined.map(\.description)),
                "waiting": .strings(row.waiting.map(\.description)), "waitingLines": .strings(row.waitingLines),
                "days": .integer(row.days),
              ]
            })
        ),
      ])
  }
}

extension AcceptancesReport.State {
  /// As people read it.
  package var words: String {
    switch self {
    case .accepted: "accepted"
    case .partly: "accepted in part"
    case .declined: "declined"
    case .open: "not answered"
    case .superseded: "superseded, not answered"
    case .unasked: "nothing to answer"
    case .unreadable: "cannot be read"
    }
  }
}
