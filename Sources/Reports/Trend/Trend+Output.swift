internal import Findings
internal import Ownership
public import Rendering
internal import Statements

extension Trend: StampedReport {
  /// As many points as there are.
  public var again: String? {
    "--every \(every.rawValue) --last \(max(1, points.count - 1)) --as-of \(stamp.asOf) --known-at \(stamp.knownAt)"
  }

  /// A line for each point, the newest last, with what became of each number since the first.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if let frameworks { facts.append(Block.Fact("frameworks", frameworks.joined(separator: ", "))) }
    let head: [Block] = [
      stamp.heading("Trend, by \(every.rawValue)"), .facts(facts), .gap,
      .paragraph(
        "Each line is what was known at that day's end, for that day. Errors, warnings and notes are gaps, as 'custody "
          + "report gaps' counts them: 'custody verify' counts each unit by itself."), .gap,
    ]
    var table = Table([
      .init("day", overflow: .keep), .number("entries"), .number("units"), .number("owned"), .number("%"),
      .number("with current evidence"), .number("%"), .number("errors"), .number("warnings"), .number("notes"),
    ])
    for point in points {
      table.add([
        .day("\(point.day)"), .integer(point.size), .integer(point.applicable), .integer(point.units.owned),
        .text(Wording.percent(point.units.owned, of: point.applicable)), .integer(point.current),
        .text(Wording.percent(point.current, of: point.applicable)), .integer(point.errors),
        .integer(point.warnings), .integer(point.notes),
      ])
    }
    guard let first = points.first, let last = points.last, points.count > 1 else { return head + [.table(table)] }
    return head + [
      .table(table), .gap,
      .paragraph(
        "Since \(first.day): owned \(signed(last.units.owned - first.units.owned)), with current evidence "
          + "\(signed(last.current - first.current)), errors \(signed(last.errors - first.errors)), warnings "
          + "\(signed(last.warnings - first.warnings))."),
    ]
  }

  private func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : "\(number)" }

  /// A row for each point.
  public var records: Table? {
    let titles = [
      "day", "entries", "controls", "controls_owned", "controls_unowned", "controls_not_applicable", "units",
      "units_owned", "units_unowned", "units_not_applicable", "units_current_evidence", "errors", "warnings", "notes",
      "every",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for point in points {
      table.add(
        [
          .day("\(point.day)"), .integer(point.size), .integer(point.controls.total), .integer(point.controls.owned),
          .integer(point.controls.unowned), .integer(point.controls.notApplicable), .integer(point.units.total),
          .integer(point.units.owned), .integer(point.units.unowned), .integer(point.units.notApplicable),
          .integer(point.current), .integer(point.errors), .integer(point.warnings), .integer(point.notes),
          .text(every.rawValue),
        ] + stamp.cells)
    }
    return table
  }

  /// For machines: totals as `report ownership` has them, and gaps by weight.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("every", .string(every.rawValue)),
        (
          "points",
          .array(
            points.map { point in
              [
                "day": .string("\(point.day)"), "knownAt": .integer(point.size), "controls": point.controls.json(),
                "units": point.units.json(), "currentEvidence": .integer(point.current),
                "signedByAll": .bool(point.size <= signedByAll),
                "gaps": [
                  "error": .integer(point.errors), "warning": .integer(point.warnings), "note": .integer(point.notes),
                ],
              ]
            })
        ),
      ])
  }
}
