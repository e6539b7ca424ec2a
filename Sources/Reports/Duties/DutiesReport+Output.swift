internal import Findings
internal import Obligations
public import Rendering
internal import Statements

extension DutiesReport: StampedReport {
  /// A table of the duties; then, for those that were owed before, each time.
  public func blocks(width: Int) -> [Block] {
    var blocks = [stamp.heading(firstDays ? "The first days" : "Duties"), .facts(stamp.facts), .gap]
    for list in unreadable { blocks += [.paragraph(list.message), .gap] }
    blocks += held
    let past = (rows + ended).filter { $0.history.terms.contains { $0.state != .open } }
    if !firstDays || !ended.isEmpty, !past.isEmpty { blocks += [.heading("Times owed"), .table(history(past))] }
    if let first = (rows + ended).first(where: { $0.duty.isOverdue }) {
      blocks += [.gap, .fact("next", "custody submit FILE --duty \(first.duty.name)")]
    }
    return blocks
  }

  /// The duties that hold.
  private var held: [Block] {
    guard !rows.isEmpty else {
      return [
        .paragraph(leftOut == 0 ? "No agreement that holds has duties." : "None of \(leftOut) duties is like that.")
      ]
    }
    let late = rows.count(where: \.duty.isOverdue)
    let count = [Block.paragraph("\(rows.count == 1 ? "1 duty" : "\(rows.count) duties"), \(late) late"), .gap]
    var table = Table(["duty", "party", "cadence", "last done", .number("entry"), "next due", "state", "title"])
    for row in rows {
      let duty = row.duty
      table.add([
        .text(duty.name), .text(duty.party), .text(duty.cadence), .optional(duty.newest.map { "\($0.day)" }),
        duty.newest.map { .integer($0.entry) } ?? .empty, .optional(duty.due.map { "\($0)" }), .text(state(row)),
        .text(duty.title),
      ])
    }
    return count + [.table(table)]
  }

  private func history(_ rows: [Row]) -> Table {
    let haveEnded = rows.contains { $0.duty.heldThrough != nil }
    var table = Table(
      ["duty", "from", "due", "state", "done", .number("entry")] + (haveEnded ? ["held through"] : []))
    for row in rows {
      let ended = haveEnded ? [Cell.optional(row.duty.heldThrough.map { "\($0)" })] : []
      for term in row.history.terms where term.state != .open {
        let late = term.daysLate > 0 ? " by \(Wording.count(term.daysLate, "day"))" : ""
        let cells: [Cell] = [
          .text(row.duty.name), .text("\(term.from)"), .text("\(term.due)"),
          .text(term.state == .late ? "late\(late)" : term.state.rawValue),
          .optional(term.done.map { "\($0.day)" }), term.done.map { .integer($0.entry) } ?? .empty,
        ]
        table.add(cells + ended)
      }
    }
    return table
  }

  /// A row for each duty; those that hold no more come last, with the last day on which they did.
  public var records: Table? {
    let titles = [
      "engagement", "duty", "title", "party", "cadence", "last_done", "entry", "next_due", "overdue", "days_late",
      "met",
      "late", "missed", "version",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns + ["held_through"])
    for row in rows + ended {
      let duty = row.duty
      table.add(
        [
          .text(duty.engagement), .text(duty.id), .text(duty.title), .text(duty.party), .text(duty.cadence),
          duty.newest.map { .day("\($0.day)") } ?? .empty, duty.newest.map { .integer($0.entry) } ?? .empty,
          duty.due.map { .day("\($0)") } ?? .empty, .flag(duty.isOverdue), .integer(row.daysLate),
          .integer(row.history.count(.met)), .integer(row.history.count(.late)),
          .integer(row.history.count(.missed)), .integer(duty.version),
        ] + stamp.cells + [duty.heldThrough.map { .day("\($0)") } ?? .empty])
    }
    return table
  }

  /// For machines: every duty, with every time that it was owed.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("duties", .array(rows.map(json))), ("ended", .array(ended.map(json))),
        ("unreadable", .array(unreadable.map { .string($0.message) })),
      ])
  }

  private func json(_ row: Row) -> JSONOutput {
    let duty = row.duty
    return [
      "engagement": .string(duty.engagement), "duty": .string(duty.id), "title": .string(duty.title),
      "party": .string(duty.party), "cadence": .string(duty.cadence),
      "newest": .optional(duty.newest.map { "\($0.day)" }), "entry": duty.newest.map { .integer($0.entry) } ?? .null,
      "due": .optional(duty.due.map { "\($0)" }), "overdue": .bool(duty.isOverdue), "daysLate": .integer(row.daysLate),
      "history": .array(
        row.history.terms.map { term in
          [
            "from": .string("\(term.from)"), "due": .string("\(term.due)"), "state": .string(term.state.rawValue),
            "done": .optional(term.done.map { "\($0.day)" }), "entry": term.done.map { .integer($0.entry) } ?? .null,
            "daysLate": .integer(term.daysLate),
          ]
        }),
      "version": .integer(duty.version), "heldThrough": .optional(duty.heldThrough.map { "\($0)" }),
    ]
  }
}
