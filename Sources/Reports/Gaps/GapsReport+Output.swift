package import Rendering
internal import Findings
internal import Catalogs
internal import Ownership

extension GapsReport {
  /// For people: what has the same cause and cure stands together.
  package func text(width: Int = 100) -> String {
    var page = TextPage(width: width)
    stamp.write(title: "Gaps", to: &page)
    writeSummary(&page)
    for group in groups { write(group, &page) }
    return page.text
  }

  private func writeSummary(_ page: inout TextPage) {
    if !frameworksLeftOut.isEmpty {
      page.add(frameworksLeftOut.joined(separator: ", "), lead: "left out    ")
    }
    if lighterLeftOut > 0 {
      page.add("\(Wording.count(lighterLeftOut, "lighter finding"))", lead: "left out    ")
    }
    page.skip()
    guard !gaps.isEmpty else { return page.add("There is nothing to act on.") }
    var table = TextTable([
      "severity", "finding", .init(title: "gaps", isRightAligned: true), .init(title: "units", isRightAligned: true),
      "what it says",
    ])
    for count in counts {
      table.add([
        count.code.severity.rawValue, count.code.rawValue, "\(count.gaps)", count.units == 0 ? "" : "\(count.units)",
        count.code.meaning,
      ])
    }
    page.add(table)
  }

  private func write(_ group: GapGroup, _ page: inout TextPage) {
    let controls = group.gaps.filter { $0.control != nil }.count
    var size = controls == 0 ? "" : ", " + Wording.count(controls, "control")
    if group.unitCount > controls { size += ", \(Wording.count(group.unitCount, "unit"))" }
    page.heading("\(group.code.severity.rawValue): \(group.code.rawValue)\(size)")
    group.write(to: &page)
    guard controls > 0 else { return }
    page.skip()
    page.add(group.table)
  }

  /// A row for each control and reason.
  package func csv() -> String {
    var output = CSVOutput(
      columns: ["severity", "code", "control", "units", "title", "party", "member", "why", "remedy", "act"]
        + ReportStamp.columns)
    for gap in gaps {
      let actor = gap.advice.actors.first
      output.add(
        [
          gap.severity.rawValue, gap.code.rawValue, gap.control?.description ?? "",
          gap.units.map(\.description).joined(separator: " "), gap.title, actor?.party ?? "", actor?.member ?? "",
          gap.advice.why, gap.advice.remedy, actor?.command ?? "",
        ] + stamp.cells)
    }
    return output.text
  }

  /// For machines.
  package func json() -> JSONOutput {
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
  /// Why, who and what to type.
  func write(to page: inout TextPage) {
    page.add(reason, lead: "why   ")
    page.add(remedy, lead: "then  ")
    let commands = self.commands
    for (index, actor) in actors.enumerated() {
      page.add(actor.member.map { "\(actor.party), by \($0)" } ?? actor.party, lead: index == 0 ? "who   " : "or    ")
      if index < commands.count { page.add(command: commands[index], lead: "type  ") }
    }
  }

  /// The controls, with units where not all have it.
  var table: TextTable {
    let frameworks = Set(gaps.compactMap { $0.control?.framework })
    let hasUnits = gaps.contains { !$0.isWhole }
    let hasDetails = gaps.contains { !$0.advice.detail.isEmpty }
    var table = TextTable(["control"] + (hasUnits ? ["units"] : []) + ["title"] + (hasDetails ? ["detail"] : []))
    table.isTitled = false
    table.indentation = 2
    for gap in gaps {
      guard let control = gap.control else { continue }
      var cells = [frameworks.count > 1 ? control.description : control.local]
      if hasUnits { cells.append(gap.isWhole ? "" : gap.suffixes) }
      cells.append(gap.title)
      if hasDetails { cells.append(gap.advice.detail) }
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
