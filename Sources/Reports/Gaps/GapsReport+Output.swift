internal import Catalogs
internal import Findings
internal import Ownership
public import Rendering

extension GapsReport: Report {
  /// What has the same cause and cure stands together.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    if lighterLeftOut > 0 { facts.append(Block.Fact("left out", Wording.count(lighterLeftOut, "lighter finding"))) }
    let head = [stamp.heading("Gaps"), .facts(facts), .gap]
    guard !gaps.isEmpty else { return head + [.paragraph(nothing)] }
    return head + [.table(countTable)] + groups.flatMap(\.section)
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

  /// A row for each control and reason.
  public var records: Table? {
    let titles = ["severity", "code", "control", "units", "title", "party", "member", "why", "remedy", "act"]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for gap in gaps {
      let actor = gap.advice.actors.first
      table.add(
        [
          .text(gap.severity.rawValue), .text(gap.code.rawValue), .optional(gap.control?.description),
          .list(gap.units.map(\.description)), .text(gap.title), .optional(actor?.party), .optional(actor?.member),
          .text(gap.advice.why), .text(gap.advice.remedy), .optional(actor?.command),
        ] + stamp.cells)
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

extension GapGroup {
  /// Why, who and what to type, and the controls that it is about.
  fileprivate var section: [Block] {
    let controls = gaps.filter { $0.control != nil }.count
    var size = controls == 0 ? "" : ", " + Wording.count(controls, "control")
    if unitCount > controls { size += ", \(Wording.count(unitCount, "unit"))" }
    let blocks: [Block] = [.heading("\(code.severity.rawValue): \(code.rawValue)\(size)"), .facts(facts)]
    return controls > 0 ? blocks + [.gap, .table(table)] : blocks
  }

  /// Why, who and what to type.
  var facts: [Block.Fact] {
    var facts = [Block.Fact("why", reason), Block.Fact("then", remedy)]
    let commands = self.commands
    for (index, actor) in actors.enumerated() {
      facts.append(
        Block.Fact(index == 0 ? "who" : "or", actor.member.map { "\(actor.party), by \($0)" } ?? actor.party))
      if index < commands.count { facts.append(Block.Fact("type", command: commands[index])) }
    }
    return facts
  }

  /// The controls, with units where not all have it.
  var table: Table {
    let frameworks = Set(gaps.compactMap { $0.control?.framework })
    let hasUnits = gaps.contains { !$0.isWhole }
    let hasDetails = gaps.contains { !$0.advice.detail.isEmpty }
    var table = Table(["control"] + (hasUnits ? ["units"] : []) + ["title"] + (hasDetails ? ["detail"] : []))
    table.isTitled = false
    table.indentation = 2
    for gap in gaps {
      guard let control = gap.control else { continue }
      var cells: [Cell] = [.text(frameworks.count > 1 ? control.description : control.local)]
      if hasUnits { cells.append(gap.isWhole ? .empty : .text(gap.suffixes)) }
      cells.append(.text(gap.title))
      if hasDetails { cells.append(.text(gap.advice.detail)) }
      if table.isEmpty, frameworks.count == 1 { table.addHeading(control.framework) }
      table.add(cells)
    }
    return table
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
