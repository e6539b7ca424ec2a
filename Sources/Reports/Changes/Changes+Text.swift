internal import Catalogs
internal import Crypto
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import TreeLog

/// The page.
extension Changes {
  /// So many controls that changed alike are named one by one.
  private static let listed = 6

  var page: [Block] {
    var facts = [
      Block.Fact("log", to.checkpoint.origin), Block.Fact("from", end(from)), Block.Fact("to", end(to)),
      Block.Fact("rules", "\(FoldRules.version)"),
    ]
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    var blocks: [Block] = [
      .heading("Changes from \(from.asOf) to \(to.asOf)"), .facts(facts), .gap, .table(tallyTable),
    ]
    blocks += ownership
    for section in ChangeSection.allCases { blocks += told(section) }
    if !counts.isEmpty { blocks += [.heading("Put in"), .table(countTable)] }
    if isEmpty { blocks += [.gap, .paragraph("Nothing changed, and nothing was put in.")] }
    return blocks
  }

  private func end(_ stamp: ReportStamp) -> String {
    guard stamp.knownAt > 0 else { return "\(stamp.asOf), before the first entry" }
    return "\(stamp.asOf), the first \(Wording.entries(stamp.knownAt)), root \(stamp.checkpoint.root.hex)"
  }

  private var tallyTable: Table {
    var table = Table(["", .number("\(from.asOf)"), .number("\(to.asOf)"), .number("of")])
    for (name, was, now, all) in [
      ("controls owned", before.controls.owned, after.controls.owned, after.controls.total),
      ("units owned", before.units.owned, after.units.owned, after.units.total),
      ("units nobody answers for", before.units.unowned, after.units.unowned, after.units.total),
      ("units with current evidence", before.current, after.current, after.units.total),
    ] { table.add([.text(name), .integer(was), .integer(now), .integer(all)]) }
    return table
  }

  private var ownership: [Block] {
    guard !moves.isEmpty else { return [.heading("Ownership"), .paragraph("Nothing changed hands.")] }
    var sums = Table(["from", "to", .number("units")])
    for handover in handovers {
      sums.add([.text(handover.before.text), .text(handover.after.text), .integer(handover.units)])
    }
    var blocks: [Block] = [.heading("Ownership"), .table(sums)]
    var frameworks: [String] = []
    for move in moves where !frameworks.contains(move.framework) { frameworks.append(move.framework) }
    for framework in frameworks {
      var table = Table([
        .init("control", preferredWidth: 22), "from", "to", "by", .init("from day on", overflow: .keep),
      ])
      for (family, alike) in ChangeFold.families(moves.filter { $0.framework == framework }) {
        if let family { table.addHeading("\(family.local)\(familyTitles[family].map { "  \($0)" } ?? "")") }
        for fold in alike {
          let move = fold.first
          table.add([
            .text(fold.names(atMost: listsAll ? .max : Changes.listed)), .text(move.before.text),
            .text(move.after.text), .optional(move.by?.text), .optional(move.since.map { "\($0)" }),
          ])
        }
      }
      blocks += [.heading("Who answers for \(framework)"), .table(table)]
    }
    return blocks
  }

  private func told(_ section: ChangeSection) -> [Block] {
    let own = events.filter { section.kinds.contains($0.kind) }
    guard !own.isEmpty else { return [] }
    var table = Table([.number("entry"), .init("day", overflow: .keep), "by", "what"])
    for event in own {
      table.add([.integer(event.entry), .day("\(event.day)"), .text(event.member), .text(event.what)])
    }
    return [.heading(section.rawValue), .table(table)]
  }

  private var countTable: Table {
    var table = Table(["party", "by", "what", .number("statements")])
    for count in counts {
      table.add([.text(count.party), .text(count.member), .text(count.type), .integer(count.count)])
    }
    return table
  }
}

/// What stands under one heading.
private enum ChangeSection: String, CaseIterable {
  case frameworks = "Frameworks"
  case people = "Parties, members and keys"
  case agreements = "Agreements, and who said what of them"
  case staffing = "Staffing"
  case assessments = "Assessments"
  case removals = "Holds and redactions"
  case other = "Else"

  var kinds: [ChangeEvent.Kind] {
    switch self {
    case .frameworks: [.framework]
    case .people: [.log, .party, .member, .key]
    case .agreements: [.agreement, .acceptance, .decline, .end]
    case .staffing: [.staffing]
    case .assessments: [.assessment]
    case .removals: [.hold, .redaction]
    case .other: [.other]
    }
  }
}

/// Moves of one family that are alike but for their controls.
struct ChangeFold {
  private(set) var moves: [Changes.Move]
  var first: Changes.Move { moves[0] }

  /// - Parameter moves: Of one framework, in its order.
  static func families(_ moves: [Changes.Move]) -> [(family: ControlID?, alike: [ChangeFold])] {
    var families: [(family: ControlID?, alike: [ChangeFold])] = []
    for move in moves {
      if families.last?.family != move.family || families.isEmpty { families.append((move.family, [])) }
      let last = families.count - 1
      let place = families[last].alike.firstIndex { fold in
        fold.first.before == move.before && fold.first.after == move.after && fold.first.by == move.by
          && fold.first.since == move.since
      }
      if let place {
        families[last].alike[place].moves.append(move)
      } else {
        families[last].alike.append(ChangeFold(moves: [move]))
      }
    }
    return families
  }

  /// `A.1, A.3 [a] [b]`; of many, the first, the last and how many.
  func names(atMost limit: Int) -> String {
    let names = moves.map { move in
      let whole = move.control.local
      guard !move.isWhole else { return whole }
      let parts = UnitNames.suffixes(move.units, of: move.control)
      return "\(whole) \(parts.joined(separator: " "))"
    }
    guard names.count > limit, let first = names.first, let last = names.last else {
      return names.joined(separator: ", ")
    }
    return "\(first) … \(last): \(names.count) controls"
  }
}
