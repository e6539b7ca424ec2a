internal import Catalogs
internal import Findings
internal import Rendering

/// Gaps of one kind that the same people close in the same way, for whatever reasons: who and how is told once.
struct GapSection {
  private(set) var groups: [GapGroup]

  /// Of groups that stand in the order in which they are to be told.
  static func sections(_ groups: [GapGroup]) -> [GapSection] {
    var sections: [GapSection] = []
    for group in groups {
      let known = sections.firstIndex { section in
        guard let first = section.groups.first else { return false }
        return first.code == group.code && first.remedy == group.remedy
          && first.actors.map(\.pattern) == group.actors.map(\.pattern)
      }
      if let known { sections[known].groups.append(group) } else { sections.append(GapSection(groups: [group])) }
    }
    return sections
  }

  /// Whether any of its controls are only counted.
  var isFolded: Bool { groups.contains { $0.controlCount > GapGroup.listed } }

  /// A heading, who and how, and each reason with what it is about.
  func blocks(_ titles: [ControlID: String], listsAll: Bool) -> [Block] {
    guard let first = groups.first else { return [] }
    let controls = groups.reduce(0) { $0 + $1.controlCount }
    let units = groups.reduce(0) { $0 + $1.unitCount }
    var size = controls == 0 ? "" : ", " + Wording.count(controls, "control")
    if units > controls { size += ", \(Wording.count(units, "unit"))" }
    return [.heading("\(first.code.severity.rawValue): \(first.code.rawValue)\(size)")]
      + reasons(titles, listsAll: listsAll)
  }

  /// Who and how, and each reason with what it is about, under whatever heading.
  func reasons(_ titles: [ControlID: String], listsAll: Bool) -> [Block] {
    guard let first = groups.first else { return [] }
    if groups.count == 1 {
      return [.facts([first.why, first.then] + first.acts(first.commands))] + first.list(titles, listsAll: listsAll)
    }
    return [.facts([first.then] + first.acts(first.actors.map(\.pattern)))]
      + groups.flatMap { [.gap, .facts([$0.why])] + $0.list(titles, listsAll: listsAll) }
  }
}

extension GapGroup {
  /// So many controls are listed, more are counted by family.
  static let listed = 8

  var controlCount: Int { gaps.filter { $0.control != nil }.count }

  /// What is particular to each control, where it is the same of all.
  private var sharedDetail: String? {
    guard let first = gaps.first?.advice.detail, gaps.allSatisfy({ $0.advice.detail == first }) else { return nil }
    return first
  }

  var why: Block.Fact {
    let detail = sharedDetail.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return Block.Fact("why", reason + detail)
  }

  var then: Block.Fact { Block.Fact("then", remedy) }

  /// Who and what to type.
  func acts(_ commands: [String]) -> [Block.Fact] {
    actors.enumerated().flatMap { index, actor -> [Block.Fact] in
      let who = actor.member.map { "\(actor.party), by \($0)" } ?? actor.party
      return [Block.Fact(index == 0 ? "who" : "or", who)]
        + (index < commands.count ? [Block.Fact("type", command: commands[index])] : [])
    }
  }

  /// The controls, few of them one by one, many by family.
  func list(_ titles: [ControlID: String], listsAll: Bool) -> [Block] {
    guard controlCount > 0 else { return [] }
    return [.gap, .table(listsAll || controlCount <= GapGroup.listed ? controlTable : familyTable(titles))]
  }

  /// The controls, with units where not all have it.
  private var controlTable: Table {
    let frameworks = Set(gaps.compactMap { $0.control?.framework })
    let hasUnits = gaps.contains { !$0.isWhole }
    let hasDetails = sharedDetail == nil
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

  /// How many controls and units each family has, and what is particular to them where it is the same within one.
  private func familyTable(_ titles: [ControlID: String]) -> Table {
    var families: [(family: String, title: String, framework: String, gaps: [Gap])] = []
    for gap in gaps {
      guard let control = gap.control else { continue }
      let family = gap.family?.local ?? ""
      if let index = families.firstIndex(where: { $0.framework == control.framework && $0.family == family }) {
        families[index].gaps.append(gap)
      } else {
        families.append((family, gap.family.flatMap { titles[$0] } ?? "", control.framework, [gap]))
      }
    }
    var table = Table([
      "family", "title", .init("controls", isRightAligned: true), .init("units", isRightAligned: true), "detail",
    ])
    table.isTitled = false
    table.indentation = 2
    var framework: String?
    for row in families {
      if row.framework != framework { table.addHeading(row.framework) }
      framework = row.framework
      let details = Set(row.gaps.map(\.advice.detail))
      let detail = sharedDetail == nil && details.count == 1 ? details.first ?? "" : ""
      let units = row.gaps.reduce(0) { $0 + $1.units.count }
      // Without families a framework's controls are counted as a whole.
      table.add([
        .text(row.family.isEmpty ? "(all)" : row.family), .text(row.title),
        .text(Wording.count(row.gaps.count, "control")), .text(units == 0 ? "" : Wording.count(units, "unit")),
        .text(detail),
      ])
    }
    return table
  }
}
