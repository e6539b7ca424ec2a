internal import Crypto
internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension FleetReport: CoveredReport {
  /// From which checkpoints it comes.
  public var cover: ReportCover {
    let read = lines.count { $0.facts != nil }
    return ReportCover(foot: [
      "Made on the checkpoints of \(Wording.count(read, "store")), as of \(asOf); SHA-256 over their origins, sizes and roots: "
        + "\(checkpointDigest.hex). The JSON, the CSV and the workbook name each of them."
    ])
  }

  /// How many stand how, the worst, and a line for each.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [.heading("\(Wording.count(lines.count, "client")), as of \(asOf)"), .facts(sums)]
    let worst = worst
    if worst.isEmpty {
      blocks += [.gap, .verdict("Nothing to act on.", .good)]
    } else {
      blocks.append(.heading(worst.count == 1 ? "First" : "The worst \(worst.count)"))
      for line in worst {
        blocks.append(.paragraph("\(line.name): \(line.reasons(on: asOf).joined(separator: "; "))"))
        if let page = line.page {
          blocks.append(.fact("  ", page))
        } else if let command = line.next {
          blocks.append(.command(command, lead: "  "))
        }
      }
    }
    blocks += [.heading("Every client"), .table(table(width: width)), .gap, .paragraph(legend)]
    let pages = lines.contains { $0.page != nil }
    if !pages { blocks.append(.command("custody report ownership --store FOLDER", lead: "a client's own report: ")) }
    return blocks
  }

  private var sums: [Block.Fact] {
    let tally = tally
    var facts = [
      Block.Fact("sound", "\(tally.sound) of \(lines.count)", tone: tally.sound == lines.count ? .good : .plain)
    ]
    if tally.unsound > 0 { facts.append(Block.Fact("NOT SOUND", "\(tally.unsound)", tone: .bad)) }
    if tally.unreadable > 0 { facts.append(Block.Fact("cannot be read", "\(tally.unreadable)", tone: .bad)) }
    return facts + [
      Block.Fact("with units that nobody answers for", "\(tally.errors)"),
      Block.Fact("with something stale or overdue", "\(tally.overdue)"),
      Block.Fact("with none of this", "\(tally.quiet)"),
    ]
  }

  private var legend: String {
    "unowned, unaccepted (or declined) and contested count units; stale counts controls whose evidence is too old; overdue "
      + "counts duties, items of plans of action and auditors' requests; new counts entries since "
      + (since.map { "\($0)" } ?? "your last look on an earlier day") + "; ends says when an agreement ends first."
  }

  /// Where there is little room the day of the newest entry is left out, and days are told from the report's on.
  private func table(width: Int) -> Table {
    let isWide = width >= 110
    var columns: [Table.Column] = [
      .init("client", overflow: .shorten, preferredWidth: 14), "sound", .number("unowned"),
      .number(isWide ? "unaccepted" : "not accepted"), .number("contested"), .number("stale"), .number("overdue"),
      .number("new"), .number("ends"),
    ]
    if width >= 90 { columns.append(.init("newest", overflow: .keep)) }
    var table = Table(columns)
    for line in lines {
      guard let facts = line.facts else {
        table.add([.text(line.name), .text(line.state == "unreadable" ? "unread" : "NO")])
        continue
      }
      let ends = facts.ending.map { ending in
        isWide ? "\(ending.lastDay)" : "\(ending.lastDay.daysSinceEpoch - asOf.daysSinceEpoch) d"
      }
      table.add(
        [
          .text(line.name), .text(facts.fault == nil ? "yes" : "NO"), .integer(facts.unowned),
          .integer(facts.unaccepted), .integer(facts.contested), .integer(facts.stale), .integer(facts.overdue),
          facts.news.map { .integer($0.entries) } ?? .empty, .optional(ends),
          .optional(facts.newest.map { "\($0)" }),
        ])
    }
    return table
  }

  /// A row for each client, with all that is known of it.
  public var records: Table? {
    let titles = [
      "name", "state", "why", "client", "organization", "units", "owned", "unowned", "unaccepted", "contested",
      "not_applicable", "stale", "stale_soon", "overdue_duties", "duties_soon", "late_actions", "overdue_requests",
      "new_since", "new_since_size", "new_entries", "moved_units", "ends", "ending", "newest", "checked", "folder",
      "report", "as_of", "origin", "size", "root",
    ]
    var table = Table(titles.map { Table.Column($0) })
    for line in lines {
      let head: [Cell] = [
        .text(line.name), .text(line.state), .text(line.reasons(on: asOf).joined(separator: "; ")),
      ]
      let report: Cell = .text(line.page ?? line.command)
      guard let facts = line.facts else {
        table.add(
          head + Array(repeating: .empty, count: 22) + [.text(line.path), report, .day("\(asOf)")])
        continue
      }
      let counts = [
        facts.units.total, facts.units.owned, facts.unowned, facts.unaccepted, facts.contested,
        facts.units.notApplicable, facts.stale, facts.staleSoon, facts.overdueDuties, facts.dutiesSoon,
        facts.lateActions, facts.overdueRequests,
      ]
      let news: [Cell] =
        facts.news.map { [.day("\($0.day)"), .integer($0.size), .integer($0.entries), .integer($0.moved)] }
        ?? Array(repeating: .empty, count: 4)
      table.add(
        head + [.text(facts.client), .text(facts.organization)] + counts.map { .integer($0) } + news + [
          facts.ending.map { .day("\($0.lastDay)") } ?? .empty, .optional(facts.ending?.engagement),
          facts.newest.map { .day("\($0)") } ?? .empty, .text(facts.scope), .text(line.path), report,
          .day("\(asOf)"), .text(facts.checkpoint.origin), .integer(facts.checkpoint.size),
          .text(facts.checkpoint.root.hex),
        ])
    }
    return table
  }

  /// For machines: how many stand how, the names of the worst, and every line.
  public var value: JSONOutput {
    let tally = tally
    return [
      "asOf": .string("\(asOf)"), "rules": .integer(FoldRules.version),
      "since": .optional(since.map { "\($0)" }), "checkpoints": .string(checkpointDigest.hex),
      "totals": [
        "stores": .integer(lines.count), "sound": .integer(tally.sound), "notSound": .integer(tally.unsound),
        "unreadable": .integer(tally.unreadable), "withErrors": .integer(tally.errors),
        "withOverdue": .integer(tally.overdue), "quiet": .integer(tally.quiet),
      ],
      "worst": .strings(worst.map(\.name)), "stores": .array(lines.map { $0.json(on: asOf) }),
    ]
  }

  /// The worst and every client, each on a sheet.
  public func sheets() -> [WorkbookSheet] {
    var table = Table(["client", "why", "report"])
    for line in worst {
      table.add([
        .text(line.name), .text(line.reasons(on: asOf).joined(separator: "; ")), .text(line.page ?? line.command),
      ])
    }
    return [WorkbookSheet("Worst", table)] + (records.map { [WorkbookSheet("Clients", $0)] } ?? [])
  }
}

extension FleetLine {
  fileprivate func json(on day: Day) -> JSONOutput {
    let head: [(String, JSONOutput)] = [
      ("name", .string(name)), ("folder", .string(path)), ("state", .string(state)),
      ("why", .strings(reasons(on: day))), ("page", .optional(page)), ("act", .string(command)),
    ]
    guard let facts else { return .object(head) }
    return .object(
      head + [
        (
          "checkpoint",
          [
            "origin": .string(facts.checkpoint.origin), "size": .integer(facts.checkpoint.size),
            "root": .string(facts.checkpoint.root.hex),
          ]
        ), ("client", .string(facts.client)), ("organization", .string(facts.organization)),
        ("checked", .string(facts.scope)), ("notice", .optional(facts.notice)), ("units", facts.units.json()),
        ("unowned", .integer(facts.unowned)), ("unaccepted", .integer(facts.unaccepted)),
        ("contested", .integer(facts.contested)), ("stale", .integer(facts.stale)),
        ("staleSoon", .integer(facts.staleSoon)), ("overdueDuties", .integer(facts.overdueDuties)),
        ("dutiesSoon", .integer(facts.dutiesSoon)), ("lateActions", .integer(facts.lateActions)),
        ("overdueRequests", .integer(facts.overdueRequests)),
        (
          "news",
          facts.news.map {
            [
              "since": .string("\($0.day)"), "size": .integer($0.size), "entries": .integer($0.entries),
              "movedUnits": .integer($0.moved),
            ]
          } ?? .null
        ),
        (
          "ending",
          facts.ending.map { ["engagement": .string($0.engagement), "lastDay": .string("\($0.lastDay)")] } ?? .null
        ), ("newest", .optional(facts.newest.map { "\($0)" })),
      ])
  }
}
