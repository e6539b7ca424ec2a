internal import Catalogs
internal import Findings
package import Obligations
package import Ownership
public import Rendering
internal import Statements

/// A plan of action and milestones: what is open, who sees to it, and by when.
public struct ActionPlanReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  package let items: [ActionItem]
  /// Requirements that may not be on a plan of action for CMMC level 2, with the reason; empty where that is not adopted.
  private let closed: [String: String]

  /// - Parameters:
  ///   - marks: In log order.
  ///   - frameworks: Only these; nil for all.
  package init(_ snapshot: Snapshot, marks: [AssessmentBook.Mark], frameworks: [String]? = nil) {
    stamp = ReportStamp(snapshot)
    let book = AssessmentBook(marks, client: snapshot.state.client)
    let rows = snapshot.matrix.frameworks
    // What is another framework's control under another name is open there.
    let asked = frameworks.map { ids in rows.filter { ids.contains($0.id) } } ?? []
    let targets = Set(asked.flatMap(\.controls).flatMap(\.control.sameAs).map(\.description))
    items = rows.flatMap { ActionItem.list($0.id, $0.controls, book, marks: marks, asOf: snapshot.asOf) }.filter {
      guard let frameworks else { return true }
      return frameworks.contains($0.framework)
        || targets.contains("\($0.framework)/\($0.control)")
    }
    guard let level = rows.first(where: { $0.id == "cmmc-level-2" }) else {
      closed = [:]
      return
    }
    let status = CMMCStatus.levelTwo(DoDScore(level.controls, book))
    closed = Dictionary(
      status.items.compactMap { item in item.reason.map { (item.requirement, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func reason(_ item: ActionItem) -> String? {
    item.framework == "nist-800-171-r2" ? closed[item.control] : nil
  }
}

extension ActionPlanReport: StampedReport {
  /// An item after the other, the late ones told.
  public func blocks(width: Int) -> [Block] {
    let late = items.count(where: \.isLate)
    let head: [Block] = [
      stamp.heading("Plan of action and milestones"), .facts(stamp.facts), .gap,
      .paragraph(
        items.isEmpty
          ? "Nothing that was assessed is open."
          : "\(Wording.count(items.count, "open item"))\(late > 0 ? ", \(late) late" : "")"),
    ]
    return head
      + items.flatMap { item -> [Block] in
        var facts = [
          Block.Fact("status", "\(item.status.rawValue) since \(item.since) (entry \(item.entry))"),
          Block.Fact("owner", item.owner ?? "nobody is named"),
          Block.Fact("due", (item.due.map { "\($0)" } ?? "no day is named") + (item.isLate ? ", LATE" : "")),
        ]
        if !item.units.isEmpty { facts.insert(Block.Fact("open", Wording.list(item.units)), at: 0) }
        if !item.weakness.isEmpty { facts.append(Block.Fact("weakness", item.weakness.replacing("\n", with: "; "))) }
        facts += item.milestones.map { Block.Fact("milestone", "\($0.day)  \($0.text)") }
        if let reason = reason(item) { facts.append(Block.Fact("CMMC", "must be closed first: \(reason)")) }
        return [.heading("\(item.framework)/\(item.control)  \(item.title)"), .facts(facts)]
      }
  }

  /// A row for each item, as such plans are kept in spreadsheets.
  public var records: Table? {
    let titles = [
      "item", "framework", "control", "title", "units", "weakness", "status", "owner", "identified", "due",
      "milestones",
      "late", "must_close_first", "entry",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for (index, item) in items.enumerated() {
      table.add(
        [
          .integer(index + 1), .text(item.framework), .text(item.control), .text(item.title), .list(item.units),
          .text(item.weakness), .text(item.status.rawValue), .optional(item.owner), .day("\(item.since)"),
          item.due.map { .day("\($0)") } ?? .empty, .list(item.milestones.map { "\($0.day) \($0.text)" }),
          .flag(item.isLate), .optional(reason(item)), .integer(item.entry),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        (
          "items",
          .array(
            items.map { item in
              [
                "framework": .string(item.framework), "control": .string(item.control), "title": .string(item.title),
                "units": .strings(item.units), "weakness": .string(item.weakness),
                "status": .string(item.status.rawValue), "owner": .optional(item.owner),
                "identified": .string("\(item.since)"), "due": .optional(item.due.map { "\($0)" }),
                "milestones": .array(
                  item.milestones.map { ["day": .string("\($0.day)"), "text": .string($0.text)] }),
                "late": .bool(item.isLate), "mustCloseFirst": .optional(reason(item)), "entry": .integer(item.entry),
              ]
            })
        )
      ])
  }
}
