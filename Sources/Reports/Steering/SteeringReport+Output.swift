internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension SteeringReport: StampedReport {
  /// The period where it was asked for, and the tree. A paper of a period that is over names no day, and is told whole
  /// whenever it is made; one of a day that was not over yet names it.
  public var again: String? {
    let some = (frameworks ?? []).map { " --framework \($0)" }.joined()
    let span = periodNote == nil ? "--period \(period.from)..\(period.through) " : ""
    let day = settledOn == stamp.asOf ? "--as-of \(stamp.asOf) " : ""
    return "\(span)\(day)--known-at \(stamp.knownAt)\(some)"
  }

  /// What a reader calls it.
  var title: String { "\(clientName): paper for the steering committee, as of \(stamp.asOf)" }

  /// What every part that looks back holds itself against.
  private var heldAgainst: Day { period.from.adding(days: -1) }

  /// From when to when, and what it is held against.
  var facts: [Block.Fact] {
    let note = periodNote.map { ", \($0)" } ?? ""
    var facts = [Block.Fact("period", "\(period.from) through \(period.through)\(note)")]
    if period.through < stamp.asOf {
      facts.append(Block.Fact("and since", "what came after it, through \(stamp.asOf), the day of this paper"))
    }
    if settledOn > stamp.asOf {
      facts.append(Block.Fact("levels, hours", "as of \(settledOn): the period is over"))
    }
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    facts.append(
      Block.Fact(
        "held against",
        knownBefore.map { "\(heldAgainst), as known then from the first \(Wording.entries($0))" }
          ?? "nothing: the log begins later"))
    return facts
  }

  /// A question after the other.
  public func blocks(width: Int) -> [Block] {
    zip(parts.indices, textLimits).reduce(into: head) { blocks, part in
      blocks += SteeringReport.blocks(parts[part.0], part.0 + 1, part.1)
    }
  }

  /// What stands above the questions.
  var head: [Block] { [.heading(title), .facts(facts)] }

  /// A question with so many rows of its grids.
  static func blocks(_ part: SteeringPart, _ number: Int, _ limits: [Int]) -> [Block] {
    var blocks: [Block] = [.subheading("\(number). \(part.question)"), .verdict(part.answer, part.tone)]
    for (place, (grid, count)) in zip(part.grids, limits).enumerated() {
      if place > 0, grid.isTitled, count > 0 { blocks.append(.gap) }
      if count > 0 { blocks.append(.table(grid.table(count))) }
      if let rest = grid.rest(count) { blocks.append(.paragraph("\(rest): \(grid.command)")) }
      if let footnote = grid.footnote(count) { blocks.append(.paragraph(footnote)) }
    }
    return blocks + part.notes.map { .paragraph($0) }
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
      for note in part.remarks { table.add([key, "note", .text(note), .empty, .empty, .empty] + stamp.cells) }
    }
    return table
  }

  /// For machines: every row of every question.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("client", .string(client)),
        ("period", ["from": .string("\(period.from)"), "through": .string("\(period.through)")]),
        ("settledOn", .string("\(settledOn)")), ("heldAgainst", .string("\(heldAgainst)")),
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
        } + [("notes", .strings(remarks))])
  }
}
