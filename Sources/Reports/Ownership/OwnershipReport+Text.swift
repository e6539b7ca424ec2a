internal import Rendering
internal import Findings
internal import Catalogs
internal import Ownership

extension OwnershipReport {
  /// For people: what is nobody's first, then the whole matrix.
  package func text(width: Int = 100) -> String {
    var page = TextPage(width: width)
    stamp.write(title: selection == .all ? "Ownership" : "Unowned controls", to: &page)
    writeTotals(&page)
    if selection == .all { writeSummaries(&page) }
    writeUnowned(&page)
    if selection == .all {
      for framework in matrix.frameworks { write(framework, &page) }
    }
    return page.text
  }

  private func writeTotals(_ page: inout TextPage) {
    if !frameworksLeftOut.isEmpty { page.add(frameworksLeftOut.joined(separator: ", "), lead: "left out    ") }
    if let leftOut {
      page.add(
        "\(Wording.count(leftOut.owned, "owned control")), "
          + "\(Wording.count(leftOut.notApplicable, "control")) not applicable", lead: "left out    ")
    }
    page.skip()
    page.add(totals.controls.sum, lead: "controls    ")
    page.add(totals.units.sum, lead: "units       ")
    for framework in matrix.unreadable {
      page.add(
        "the catalog of '\(framework)' cannot be read: its controls are undecided, and no total counts them",
        lead: "undecided   ")
    }
  }

  // MARK: Summaries

  private func writeSummaries(_ page: inout TextPage) {
    let summary = OwnershipSummary(matrix, state)
    page.heading("By party")
    var parties = TextTable([
      "party", "name", .init(title: "controls", isRightAligned: true), .init(title: "units", isRightAligned: true),
      .init(title: "of all", isRightAligned: true), .init(title: "with current evidence", isRightAligned: true),
    ])
    for share in summary.parties {
      parties.add([
        share.party, share.name, "\(share.controls)", "\(share.units)",
        Wording.percent(share.units, of: totals.units.total), "\(share.current)",
      ])
    }
    if summary.sharedControls > 0 { parties.add(["(shared)", "", "\(summary.sharedControls)"]) }
    for (name, controls, units) in [
      ("(nobody)", totals.controls.unowned, totals.units.unowned),
      ("(not applicable)", totals.controls.notApplicable, totals.units.notApplicable),
      ("(all)", totals.controls.total, totals.units.total),
    ] {
      parties.add([name, "", "\(controls)", "\(units)", Wording.percent(units, of: totals.units.total)])
    }
    page.add(parties)

    page.heading("By domain")
    var domains = TextTable([
      "domain", .init(title: "units", isRightAligned: true), .init(title: "owned", isRightAligned: true),
      .init(title: "unowned", isRightAligned: true), .init(title: "not applicable", isRightAligned: true),
      "accountable",
    ])
    for share in summary.domains {
      domains.add([
        share.domain ?? "(none)", "\(share.units)", "\(share.owned)", "\(share.unowned)", "\(share.notApplicable)",
        share.parties.sorted().joined(separator: ", "),
      ])
    }
    page.add(domains)
  }

  // MARK: Unowned

  private func writeUnowned(_ page: inout TextPage) {
    let groups = gaps.groups
    guard !groups.isEmpty else {
      page.skip()
      return page.add("Every control that applies has an owner.")
    }
    for code in FindingCode.ownershipErrors {
      let own = groups.filter { $0.code == code }
      guard !own.isEmpty else { continue }
      let units = own.reduce(0) { $0 + $1.unitCount }
      let controls = Set(own.flatMap(\.gaps).compactMap(\.control)).count
      page.heading(
        "Nobody answers: \(code.rawValue), \(Wording.count(controls, "control"))"
          + (units > controls ? ", \(Wording.count(units, "unit"))" : ""))
      page.add(code.meaning.prefix(1).uppercased() + code.meaning.dropFirst() + ".")
      for group in own {
        page.skip()
        group.write(to: &page)
        guard !group.table.isEmpty else { continue }
        page.skip()
        page.add(group.table)
      }
    }
  }

  // MARK: Matrix

  private func write(_ framework: ResponsibilityMatrix.FrameworkRows, _ page: inout TextPage) {
    page.heading("\(framework.title), \(framework.version) (\(framework.id))")
    page.add("A is accountable, R responsible; ok: everybody who has to has accepted.")
    page.skip()
    var table = TextTable([
      .init(title: "control", preferredWidth: 22), .init(title: "title", preferredWidth: 14), "domain", "A", "R", "ok",
      "engagement", "assigned by", "findings",
    ])
    var family: ControlID?
    for row in listed(framework) {
      if let own = row.control.families.first, own != family {
        table.addHeading("\(own.local)\(familyTitles[own].map { "  \($0)" } ?? "")")
        family = own
      }
      table.add(cells(row))
      if row.isSplit { for group in MatrixLine.groups(row.units) { table.add(cells(group, of: row)) } }
    }
    page.add(table)
  }

  private func cells(_ row: ControlRow) -> [String] {
    var title = row.control.title
    if !row.control.sameAs.isEmpty {
      title +=
        " (same as \(Wording.list(row.control.sameAs.map(\.description)))"
        + (isCounted(row) ? ")" : ", counted there)")
    }
    if row.control.retained != nil { title += " (stays with the client)" }
    let accountable: String =
      if !row.applies {
        "not applicable"
      } else if row.isShared || (row.accountable == nil && row.applicable.contains { $0.accountable != nil }) {
        "split"
      } else {
        row.accountable ?? (row.error == .contested ? "contested" : "nobody")
      }
    let isKnown = row.applies && !row.applicable.isEmpty
    return [
      row.control.id.local, title, row.domain ?? "", accountable,
      row.union(\.responsible).joined(separator: ", "), isKnown ? (row.isAccepted ? "yes" : "no") : "",
      row.common(\.engagements) ?? "", row.common(\.assignedBy).flatMap { $0 }.map { short($0, row) } ?? "",
      row.applies
        ? row.findings.map(\.rawValue).joined(separator: ", ") : row.units.first?.notApplicable ?? "",
    ]
  }

  /// `domain` for the domain that stands in the same line.
  private func short(_ assignedBy: String, _ row: ControlRow) -> String {
    row.domain.map { assignedBy == "domain \($0)" } ?? false ? "domain" : assignedBy
  }

  private func cells(_ group: [UnitRow], of row: ControlRow) -> [String] {
    guard let first = group.first else { return [] }
    return [
      "· " + group.map(\.suffix).joined(separator: " "), "", "",
      first.applies
        ? first.accountable ?? (first.ownership.error == .contested ? "contested" : "nobody") : "not applicable",
      first.responsible.joined(separator: ", "),
      first.applies ? (first.isAccepted ? "yes" : "no") : "", first.engagements,
      first.assignedBy.map { short($0, row) } ?? "",
      first.notApplicable ?? first.findings.map(\.rawValue).joined(separator: ", "),
    ]
  }
}

/// Lines below a control whose units differ.
private enum MatrixLine {
  /// Neighbours of which a line would say the same, together.
  static func groups(_ units: [ResponsibilityMatrix.UnitRow]) -> [[ResponsibilityMatrix.UnitRow]] {
    var groups: [[ResponsibilityMatrix.UnitRow]] = []
    for unit in units {
      if let last = groups.last?.first, last.isLike(unit) {
        groups[groups.count - 1].append(unit)
      } else {
        groups.append([unit])
      }
    }
    return groups
  }
}
