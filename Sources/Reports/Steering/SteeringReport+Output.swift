internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension SteeringReport: StampedReport {
  /// The most lines that its text takes at 80 columns: two printed pages.
  public static let height = 110
  /// For so many columns is decided how much of each part is listed: a paper says the same in every window and format.
  static let width = 80

  /// The period where it was asked for, and the tree.
  public var again: String? {
    let some = (frameworks ?? []).map { " --framework \($0)" }.joined()
    let span = periodNote == nil ? "--period \(period.from)..\(period.through) " : ""
    return "\(span)--as-of \(stamp.asOf) --known-at \(stamp.knownAt)\(some)"
  }

  /// What a reader calls it.
  var title: String { "\(clientName): paper for the steering committee, as of \(stamp.asOf)" }

  /// From when to when, and what it is held against.
  var facts: [Block.Fact] {
    let note = periodNote.map { ", \($0)" } ?? ""
    var facts = [Block.Fact("period", "\(period.from) through \(period.through)\(note)")]
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    facts.append(
      Block.Fact(
        "held against",
        knownBefore.map { "\(period.from.adding(days: -1)), as known then from the first \(Wording.entries($0))" }
          ?? "nothing: the log begins later"))
    return facts
  }

  /// How many rows are listed of each part's grids, so that all fits on two pages: the longest lists give way first.
  var limits: [[Int]] {
    var limits = parts.map { $0.grids.map { min($0.rows.count, $0.limit) } }
    let renderer = TextRenderer(width: SteeringReport.width)
    // An empty line stands above the foot.
    let room = SteeringReport.height - 1 - renderer.height(cover.foot.map { .paragraph($0) })
    while renderer.height(blocks(limits)) > room {
      let places = limits.indices.flatMap { part in
        limits[part].indices.filter { !parts[part].grids[$0].isKept }.map { (part, $0) }
      }
      func length(_ place: (Int, Int)) -> Int {
        let (shown, weight) = (limits[place.0][place.1], parts[place.0].grids[place.1].weight)
        // Where nothing else helps, a list gives way to the command that shows it.
        return shown > (weight > 0 ? 1 : 0) ? max(1, shown - weight) : 0
      }
      guard let longest = places.max(by: { length($0) < length($1) }), length(longest) > 0 else { break }
      limits[longest.0][longest.1] -= 1
    }
    return limits
  }

  /// A question after the other.
  public func blocks(width: Int) -> [Block] { blocks(limits) }

  private func blocks(_ limits: [[Int]]) -> [Block] {
    var blocks: [Block] = [.heading(title), .facts(facts)]
    for (number, part) in parts.enumerated() {
      blocks += [.subheading("\(number + 1). \(part.question)"), .verdict(part.answer, part.tone)]
      for (place, grid) in part.grids.enumerated() {
        let count = grid.shown(atMost: limits[number][place])
        if place > 0, grid.isTitled, count > 0 { blocks.append(.gap) }
        if count > 0 { blocks.append(.table(grid.table(first: count))) }
        if let more = SteeringReport.more(grid, shown: count) { blocks.append(.paragraph(more)) }
      }
      blocks += part.notes.map { .paragraph($0) }
    }
    return blocks
  }

  /// What is not listed, and where it is; nil where all is.
  static func more(_ grid: SteeringPart.Grid, shown count: Int) -> String? {
    guard count < grid.rows.count else { return nil }
    return count == 0
      ? "\(Wording.count(grid.rows.count, "line")): \(grid.command)"
      : "and \(grid.rows.count - count) more: \(grid.command)"
  }

  /// A row for each line of each question, all of them.
  public var records: Table? {
    let titles = ["question", "line", "value", "before", "change", "who"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for part in parts {
      let key = Cell.text(part.key.rawValue)
      table.add([key, "answer", .text(part.answer), .empty, .empty, .empty] + stamp.cells)
      for record in part.grids.flatMap(\.rows).flatMap(\.records) {
        table.add(
          [key, .text(record.line), record.value, record.before, record.change, .optional(record.who)] + stamp.cells)
      }
      for note in part.notes { table.add([key, "note", .text(note), .empty, .empty, .empty] + stamp.cells) }
    }
    return table
  }

  /// For machines: every row of every question.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("client", .string(client)),
        ("period", ["from": .string("\(period.from)"), "through": .string("\(period.through)")]),
        ("knownBefore", knownBefore.map { .integer($0) } ?? .null),
        ("leftOut", ["frameworks": .strings(frameworksLeftOut)]), ("parts", .array(parts.map(\.json))),
      ])
  }

  /// The rows of all questions, then a sheet for each table of the paper.
  public func sheets() throws -> [WorkbookSheet] {
    let all = records.map { [WorkbookSheet("Paper", $0)] } ?? []
    return all
      + parts.enumerated().flatMap { number, part in
        part.grids.map { grid in
          let name = grid.key == part.key.rawValue ? grid.key : "\(part.key.rawValue) \(grid.key)"
          return WorkbookSheet("\(number + 1) \(name)", grid.sheet)
        }
      }
  }
}

extension SteeringPart {
  fileprivate var json: JSONOutput {
    .object(
      [("key", .string(key.rawValue)), ("question", .string(question)), ("answer", .string(answer))]
        + grids.map { grid in
          let named = grid.columns.indices.filter { grid.columns[$0].kind != .picture }
          let rows = grid.rows.map { row in
            JSONOutput.object(named.map { (grid.columns[$0].name, row.cells[$0].json) })
          }
          return (grid.key, .array(rows))
        } + [("notes", .strings(notes))])
  }
}
