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
    var blocks: [Block] = [.heading(title), .facts(sums)]
    if let sentence = copiesSentence { blocks += [.gap, .paragraph(sentence)] }
    let worst = worst
    if worst.isEmpty {
      if let verdict { blocks += [.gap, .verdict(verdict, .good)] }
    } else {
      blocks.append(.heading(worst.count == 1 ? "First" : "The worst \(worst.count)"))
      for line in worst {
        blocks.append(.paragraph("\(line.called): \(line.reasons(on: asOf).joined(separator: "; "))"))
        if let page = line.page {
          blocks.append(.fact("  ", page))
        } else if let command = line.next {
          blocks.append(.command(command, lead: "  "))
        }
      }
    }
    let later = lines.filter { $0.begins != nil }
    if !later.isEmpty {
      blocks.append(.heading("Not known"))
      for line in later.prefix(FleetReport.worstCount) {
        blocks.append(.paragraph("\(line.called): \(line.remark(on: asOf) ?? "")"))
      }
      let more = later.count - FleetReport.worstCount
      if more > 0 { blocks.append(.paragraph("and \(more) more")) }
    }
    blocks += [.heading("Every client, the worst first"), .table(table(width: width)), .gap, .paragraph(legend)]
    let pages = lines.contains { $0.page != nil }
    if !pages { blocks.append(.command("custody report ownership --store FOLDER", lead: "a client's own report: ")) }
    return blocks
  }

  /// How many clients, and in how many folders where that is another number.
  var title: String {
    let clients = Wording.count(clientCount, "client")
    return copies.isEmpty ? "\(clients), as of \(asOf)" : "\(clients) in \(lines.count) folders, as of \(asOf)"
  }

  /// What is said where there is nothing to act on; nil where nothing is known at all.
  var verdict: String? {
    let later = tally.later
    if later == 0 { return "Nothing to act on." }
    return later == lines.count ? nil : "Nothing to act on in those whose log begins by \(asOf)."
  }

  /// Which folders claim to hold one and the same log; nil where none do.
  var copiesSentence: String? {
    let copies = copies
    guard !copies.isEmpty else { return nil }
    let shown = copies.prefix(3).map { group -> String in
      let names = group.prefix(4).map { "'\($0.name)'" } + (group.count > 4 ? ["\(group.count - 4) more"] : [])
      return Wording.list(names)
    }
    let more = copies.count > 3 ? "; and \(Wording.count(copies.count - 3, "other log"))" : ""
    return "Copies of one log, counted as one client and as a folder each: \(shown.joined(separator: "; "))\(more)."
  }

  private var sums: [Block.Fact] {
    let tally = tally
    var facts = [
      Block.Fact(
        "sound", "\(tally.sound) of \(lines.count)" + (copies.isEmpty ? "" : " folders"),
        tone: tally.sound == lines.count ? .good : .plain)
    ]
    if tally.unsound > 0 { facts.append(Block.Fact("NOT SOUND", "\(tally.unsound)", tone: .bad)) }
    if tally.unreadable > 0 { facts.append(Block.Fact("cannot be read", "\(tally.unreadable)", tone: .bad)) }
    facts.append(Block.Fact("with units that nobody answers for", "\(tally.errors)"))
    facts.append(Block.Fact("with something stale or overdue", "\(tally.overdue)"))
    if tally.missed > 0 { facts.append(Block.Fact("with a service level missed", "\(tally.missed)")) }
    if tally.later > 0 { facts.append(Block.Fact("whose log begins after that day", "\(tally.later)")) }
    return facts + [Block.Fact("with none of this", "\(tally.quiet)")]
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
      guard line.begins == nil else {
        // What is not known is not shown as none.
        table.add([.text(line.name), .text("yes")])
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
      "report", "as_of", "origin", "size", "root", "missed_levels", "unmeasured_levels", "notice_by", "log_begins",
      "same_log_as",
    ]
    var table = Table(titles.map { Table.Column($0) })
    let others = others
    for line in lines {
      let why = line.reasons(on: asOf) + [line.remark(on: asOf)].compactMap { $0 }
      let head: [Cell] = [.text(line.name), .text(line.state), .text(why.joined(separator: "; "))]
      let report: Cell = .optional(line.page ?? line.next)
      let same: Cell = .optional(others[line.path]?.joined(separator: "; "))
      guard let facts = line.facts else {
        table.add(
          head + Array(repeating: .empty, count: 22) + [.text(line.path), report, .day("\(asOf)")]
            + Array(repeating: .empty, count: 7) + [same])
        continue
      }
      let tail: [Cell] = [
        facts.newest.map { .day("\($0)") } ?? .empty, .text(facts.scope), .text(line.path), report, .day("\(asOf)"),
        .text(facts.checkpoint.origin), .integer(facts.checkpoint.size), .text(facts.checkpoint.root.hex),
      ]
      if let begins = line.begins {
        table.add(
          head + [.text(facts.client), .text(facts.organization)] + Array(repeating: .empty, count: 18) + tail
            + [.empty, .empty, .empty, .day("\(begins)"), same])
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
        ] + tail + [
          .integer(facts.missedLevels), .integer(facts.unmeasuredLevels),
          facts.ending?.noticeBy.map { .day("\($0)") } ?? .empty, .empty, same,
        ])
    }
    return table
  }

  /// By a folder: the names of the others that hold the same log.
  private var others: [String: [String]] {
    var others: [String: [String]] = [:]
    for group in copies {
      for line in group { others[line.path] = group.filter { $0.path != line.path }.map(\.name) }
    }
    return others
  }

  /// For machines: how many stand how, the names of the worst, and every line.
  public var value: JSONOutput {
    let (tally, others) = (tally, others)
    return [
      "asOf": .string("\(asOf)"), "rules": .integer(FoldRules.version),
      "since": .optional(since.map { "\($0)" }), "checkpoints": .string(checkpointDigest.hex),
      "totals": [
        "stores": .integer(lines.count), "sound": .integer(tally.sound), "notSound": .integer(tally.unsound),
        "unreadable": .integer(tally.unreadable), "withErrors": .integer(tally.errors),
        "withOverdue": .integer(tally.overdue), "quiet": .integer(tally.quiet),
        "withMissedLevels": .integer(tally.missed),
        "logBeginsLater": .integer(tally.later), "clients": .integer(clientCount),
      ],
      "worst": .strings(worst.map(\.name)),
      "stores": .array(lines.map { $0.json(on: asOf, sameLogAs: others[$0.path] ?? []) }),
    ]
  }

  /// The worst and every client, each on a sheet.
  public func sheets() -> [WorkbookSheet] {
    var table = Table(["client", "why", "report"])
    for line in worst {
      table.add([
        .text(line.name), .text(line.reasons(on: asOf).joined(separator: "; ")), .optional(line.page ?? line.next),
      ])
    }
    return [WorkbookSheet("Worst", table)] + (records.map { [WorkbookSheet("Clients", $0)] } ?? [])
  }
}
