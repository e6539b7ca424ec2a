internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension AgendaReport: StampedReport {
  /// The most rows of a matter that the text lists.
  static let rowLimit = 8

  /// The most lines that the text takes: two printed pages, of 54 lines each on letter paper with an inch around.
  public static let height = 108

  /// A numbered matter after the other; the last tells where the minutes go.
  ///
  /// It prints on two pages: matters are cut down to their first rows, the longest first, until all fit, and what is left
  /// out is counted.
  public func blocks(width: Int) -> [Block] {
    var limits = sections.map { min($0.rows.count, AgendaReport.rowLimit) }
    let renderer = TextRenderer(width: width)
    while true {
      let blocks = blocks(limits)
      guard renderer.height(blocks) > AgendaReport.height,
        let longest = limits.indices.max(by: { limits[$0] < limits[$1] }), limits[longest] > 1
      else { return blocks }
      limits[longest] -= 1
    }
  }

  /// As of the day on which the period is over, if it is; the checkpoint and the period, since both move on.
  public var again: String? { "--period \(from)..\(through) --as-of \(settledOn) --known-at \(stamp.knownAt)" }

  private func blocks(_ limits: [Int]) -> [Block] {
    let settled = settledOn == stamp.asOf ? [] : [Block.Fact("levels, hours", "as of \(settledOn): the period is over")]
    let before = knownBefore.map { "the first \(Wording.entries($0))" } ?? "nothing: the log begins later"
    var blocks: [Block] = [
      stamp.heading("Agenda of the \(committee.rawValue) committee, \(client)"),
      .facts(
        [Block.Fact("period", "\(from) through \(through)")] + stamp.facts + settled
          + [Block.Fact("known before", before)]),
    ]
    for (index, section) in sections.enumerated() {
      blocks.append(.heading("\(index + 1). \(section.title)"))
      guard !section.rows.isEmpty else {
        blocks.append(.paragraph(section.nothing))
        continue
      }
      // The line that counts the others takes a row's place, where more than one is shown.
      let shown = section.rows.count > limits[index] ? max(1, limits[index] - 1) : section.rows.count
      var table = Table(
        section.columns.enumerated().map { place, title in
          section.rows.allSatisfy { $0[place].isNumber } ? .number(title) : Table.Column(title)
        })
      for row in section.rows.prefix(shown) { table.add(row) }
      blocks.append(.table(table))
      if shown < section.rows.count { blocks.append(.paragraph("and \(section.rows.count - shown) more")) }
    }
    return blocks + [
      .heading("\(sections.count + 1). Minutes"),
      .paragraph("Present, for each side: ____________________   Next meeting: ____________________"),
      .paragraph("The minutes go back in as evidence that the committee met:"), .command(minutes, lead: "  "),
    ]
  }

  /// A page of many matters has no rows.
  public var records: Table? { nil }

  /// For machines: every row of every matter.
  public var value: JSONOutput {
    let matters = sections.map { section in
      (
        section.key,
        JSONOutput.array(
          section.rows.map { row in
            .object(zip(section.columns, row).map { (AgendaReport.name($0), $1.json) })
          })
      )
    }
    return .object(
      stamp.members + [
        ("committee", .string(committee.rawValue)), ("from", .string("\(from)")), ("through", .string("\(through)")),
        ("knownBefore", knownBefore.map { .integer($0) } ?? .null), ("settledOn", .string("\(settledOn)")),
      ] + matters + [("minutes", .string(minutes))])
  }

  /// `lastDone` of `last done`.
  private static func name(_ column: String) -> String {
    let words = column.split(separator: " ")
    return words.dropFirst().reduce(words.first.map { String($0) } ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}

extension Cell {
  fileprivate var isNumber: Bool { if case .integer = self { true } else { false } }

  /// As machines read it.
  var json: JSONOutput {
    switch self {
    case .empty: .null
    case .text(let text), .day(let text), .number(let text): .string(text)
    case .integer(let number): .integer(number)
    case .flag(let value): .bool(value)
    case .list(let names): .strings(names)
    }
  }
}
