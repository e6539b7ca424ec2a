internal import Catalogs
internal import Findings
public import Rendering
internal import Statements

extension RACIReport: StampedReport {
  /// A table for each framework, with families as headings; where names of parties have no room, numbers stand for them.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [stamp.heading("Responsibility matrix"), .facts(stamp.facts), .gap]
    guard !rows.isEmpty else {
      return blocks + [.paragraph("No framework is adopted on \(stamp.asOf): there is nothing to answer for.")]
    }
    blocks.append(
      .paragraph("A is accountable, R responsible, C consulted, I informed; a member stands for their party."))
    let headings = self.headings(width)
    if headings != parties {
      let legend = zip(headings, parties).map { heading, party in
        Block.Fact(heading, names[party].map { "\(party) (\($0))" } ?? party)
      }
      blocks += [.gap, .facts(legend)]
    }
    let hasRemarks = rows.contains { $0.remark != nil }
    for framework in frameworks {
      var table = Table(
        [.init("control", preferredWidth: 14), .init("title", preferredWidth: 20)]
          + headings.map { Table.Column($0, overflow: .keep) } + (hasRemarks ? ["nobody answers"] : []))
      var family: ControlID?
      for row in rows where row.framework == framework.id {
        if let own = row.family, own != family {
          table.addHeading("\(own.local)\(familyTitles[own].map { "  \($0)" } ?? "")")
        }
        family = row.family
        table.add(
          [.text(row.name), .text(row.title)] + parties.map { .optional(row.letters[$0]) } + [.optional(row.remark)])
      }
      blocks += [.heading("\(framework.title) (\(framework.id))"), .table(table)]
    }
    return blocks
  }

  /// Beside the control and its title there has to be room for a column of each party.
  private func headings(_ width: Int) -> [String] {
    let needed = parties.reduce(0) { $0 + DisplayWidth.of($1) + 2 }
    return needed <= max(40, width) - 56 ? parties : parties.indices.map { "\($0 + 1)" }
  }

  /// A row for each control, or for each kind of its units; a column for each party.
  public var records: Table? {
    var table = Table(
      (["framework", "family", "control", "units", "title"] + parties + ["nobody_answers"]).map { Table.Column($0) }
        + ReportStamp.columns)
    for row in rows {
      let head: [Cell] = [
        .text(row.framework), .optional(row.family?.local), .text(row.control.description),
        .list(row.units.map(\.description)), .text(row.title),
      ]
      table.add(head + parties.map { .optional(row.letters[$0]) } + [.optional(row.remark)] + stamp.cells)
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        (
          "parties", .array(parties.map { ["party": .string($0), "name": .optional(names[$0])] })
        ),
        (
          "rows",
          .array(
            rows.map { row in
              [
                "framework": .string(row.framework), "family": .optional(row.family?.description),
                "control": .string(row.control.description), "units": .strings(row.units.map(\.description)),
                "title": .string(row.title),
                "letters": .object(parties.compactMap { party in row.letters[party].map { (party, .string($0)) } }),
                "nobodyAnswers": .optional(row.remark),
              ]
            })
        ),
      ])
  }
}
