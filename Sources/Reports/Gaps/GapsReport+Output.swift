internal import Catalogs
internal import Findings
public import Rendering

extension GapsReport: StampedReport {
  /// What has the same cause and cure stands together.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    if lighterLeftOut > 0 { facts.append(Block.Fact("left out", Wording.count(lighterLeftOut, "lighter finding"))) }
    let head = [stamp.heading("Gaps"), .facts(facts), .gap]
    guard !gaps.isEmpty else { return head + [.paragraph(nothing)] }
    let sections = GapSection.sections(groups)
    let counted = Block.paragraph(
      "A gap is what units of one control have for one reason. 'custody verify' counts each unit by itself.")
    let blocks =
      head + [.table(countTable), .gap, counted] + sections.flatMap { $0.blocks(familyTitles, listsAll: listsAll) }
    guard !listsAll, givesAdvice, sections.contains(where: \.isFolded) else { return blocks }
    return blocks + [.gap, .paragraph("What is counted here by family is listed by 'custody report gaps --full'.")]
  }

  /// Nothing to own is not everything in order.
  private var nothing: String {
    hasFrameworks ? "There is nothing to act on." : "No framework is adopted on \(stamp.asOf): there is nothing to own."
  }

  private var countTable: Table {
    var table = Table(["severity", "finding", .number("gaps"), .number("units"), "what it says"])
    for count in counts {
      table.add([
        .text(count.code.severity.rawValue), .text(count.code.rawValue), .integer(count.gaps),
        count.units == 0 ? .empty : .integer(count.units), .text(count.code.meaning),
      ])
    }
    return table
  }

  /// A row for each control and reason. Whoever may act beside the first stands in the last columns.
  public var records: Table? {
    let titles = ["severity", "code", "control", "units", "title", "party", "member", "why", "remedy", "act"]
    var table = Table(
      titles.map { Table.Column($0) } + ReportStamp.columns + ["other_parties", "other_members", "other_acts"])
    for gap in gaps {
      let actor = gap.advice.actors.first
      let others = gap.advice.actors.dropFirst()
      table.add(
        [
          .text(gap.severity.rawValue), .text(gap.code.rawValue), .optional(gap.control?.description),
          .list(gap.units.map(\.description)), .text(gap.title), .optional(actor?.party), .optional(actor?.member),
          .text(gap.advice.why), .text(gap.advice.remedy), .optional(actor?.command),
        ] + stamp.cells
          + [
            .list(others.map(\.party)), .list(others.compactMap(\.member)),
            others.isEmpty ? .empty : .text(others.map(\.command).joined(separator: "; ")),
          ])
    }
    return table
  }

  /// For machines: every gap, with its units and who has to act.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("findings", .array(gaps.map { $0.json() })),
        (
          "counts",
          .object(
            Severity.allCases.reversed().map { severity in
              (severity.rawValue, .integer(gaps.filter { $0.severity == severity }.count))
            } + [("byCode", .object(counts.map { ($0.code.rawValue, .integer($0.gaps)) }))])
        ), ("leftOut", ["frameworks": .strings(frameworksLeftOut), "lighter": .integer(lighterLeftOut)]),
      ])
  }
}

extension Gap {
  /// `[a] [c]`.
  var suffixes: String {
    let whole = control?.local ?? ""
    return units.map { unit in
      unit.local.count > whole.count && unit.local.hasPrefix(whole)
        ? String(unit.local.dropFirst(whole.count)) : unit.local
    }.joined(separator: " ")
  }

  func json() -> JSONOutput {
    let actor = advice.actors.first
    return [
      "code": .string(code.rawValue), "severity": .string(severity.rawValue),
      "control": .optional(control?.description), "units": .strings(units.map(\.description)),
      "title": .string(title), "party": .optional(actor?.party), "member": .optional(actor?.member),
      "why": .string(advice.why), "remedy": .string(advice.remedy), "act": .optional(actor?.command),
      "actors": .array(
        advice.actors.map {
          ["party": .string($0.party), "member": .optional($0.member), "act": .string($0.command)]
        }),
    ]
  }
}
