public import Rendering
internal import Findings
internal import Catalogs
internal import Obligations
internal import Statements
internal import Ownership

extension OwnershipReport: StampedReport {
  /// What is nobody's first, then the whole matrix.
  public func blocks(width: Int) -> [Block] {
    var blocks = [stamp.heading(selection == .all ? "Ownership" : "Unowned controls")] + totalBlocks
    if selection == .all { blocks += summaryBlocks }
    blocks += unownedBlocks
    if selection == .all { blocks += matrix.frameworks.flatMap { frameworkBlocks($0) } }
    return blocks
  }

  private var totalBlocks: [Block] {
    var facts = stamp.facts
    if !frameworksLeftOut.isEmpty { facts.append(Block.Fact("left out", frameworksLeftOut.joined(separator: ", "))) }
    if let leftOut {
      facts.append(
        Block.Fact(
          "left out",
          "\(Wording.count(leftOut.owned, "owned control")), "
            + "\(Wording.count(leftOut.notApplicable, "control")) not applicable"))
    }
    let sums = [Block.Fact("controls", totals.controls.sum), Block.Fact("units", totals.units.sum)]
    let unreadable = matrix.unreadable.map { framework in
      Block.Fact(
        "undecided",
        "the catalog of '\(framework)' cannot be read: its controls are undecided, and no total counts them")
    }
    return [.facts(facts), .gap, .facts(sums + unreadable)]
  }

  // MARK: Summaries

  private var summaryBlocks: [Block] {
    let summary = OwnershipSummary(matrix, state)
    return [
      .heading("By party"), .table(partyTable(summary)), .heading("By domain"), .table(domainTable(summary)),
    ]
  }

  private func partyTable(_ summary: OwnershipSummary) -> Table {
    var parties = Table([
      "party", "name", .number("controls"), .number("units"), .number("of all"), .number("with current evidence"),
    ])
    for share in summary.parties {
      parties.add([
        .text(share.party), .text(share.name), .integer(share.controls), .integer(share.units),
        .text(Wording.percent(share.units, of: totals.units.total)), .integer(share.current),
      ])
    }
    if summary.sharedControls > 0 { parties.add(["(shared)", .empty, .integer(summary.sharedControls)]) }
    for (name, controls, units) in [
      ("(nobody)", totals.controls.unowned, totals.units.unowned),
      ("(not applicable)", totals.controls.notApplicable, totals.units.notApplicable),
      ("(all)", totals.controls.total, totals.units.total),
    ] {
      parties.add([
        .text(name), .empty, .integer(controls), .integer(units),
        .text(Wording.percent(units, of: totals.units.total)),
      ])
    }
    return parties
  }

  private func domainTable(_ summary: OwnershipSummary) -> Table {
    var domains = Table([
      "domain", .number("units"), .number("owned"), .number("not owned"), .number("not applicable"), "accountable",
    ])
    for share in summary.domains {
      domains.add([
        .text(share.domain ?? "(none)"), .integer(share.units), .integer(share.owned), .integer(share.unowned),
        .integer(share.notApplicable), .list(share.parties.sorted()),
      ])
    }
    return domains
  }

  // MARK: Unowned

  /// Nothing to own is not everything owned: the day may be one before anybody adopted anything.
  private var nothingUnowned: String {
    let units = matrix.totals.units
    guard matrix.unreadable.isEmpty else { return "Nobody can say who owns what: a catalog cannot be read." }
    if matrix.frameworks.isEmpty { return "No framework is adopted on \(matrix.asOf): there is nothing to own." }
    return units.total == units.notApplicable
      ? "No control applies on \(matrix.asOf): there is nothing to own." : "Every control that applies has an owner."
  }

  private var unownedBlocks: [Block] {
    let groups = gaps.groups
    guard !groups.isEmpty else { return [.gap, .paragraph(nothingUnowned)] }
    return FindingCode.ownershipErrors.flatMap { code -> [Block] in
      let own = groups.filter { $0.code == code }
      guard !own.isEmpty else { return [] }
      let units = own.reduce(0) { $0 + $1.unitCount }
      let controls = Set(own.flatMap(\.gaps).compactMap(\.control)).count
      let head: [Block] = [
        .heading(
          "Nobody answers: \(code.rawValue), \(Wording.count(controls, "control"))"
            + (units > controls ? ", \(Wording.count(units, "unit"))" : "")),
        .paragraph(code.meaning.prefix(1).uppercased() + code.meaning.dropFirst() + "."),
      ]
      return head
        + GapSection.sections(own).flatMap { [.gap] + $0.reasons(familyTitles, listsAll: listsAll) }
    }
  }

  // MARK: Matrix

  private func frameworkBlocks(_ framework: ResponsibilityMatrix.FrameworkRows) -> [Block] {
    // What nobody assessed has no column.
    let book = assessments.flatMap { book in framework.controls.contains { book.newest($0) != nil } ? book : nil }
    let isAssessed = book != nil
    var table = Table(
      [.init("control", preferredWidth: 22), .init("title", preferredWidth: 14), "domain", "A", "R", "ok"]
        + (isAssessed ? ["assessed"] : []) + ["engagement", "assigned by", "findings"])
    let notes = ReasonNotes(listed(framework).flatMap { $0.units.compactMap(\.notApplicable) })
    for family in FamilyRows.families(listed(framework)) {
      let title = family.id.map { "\($0.local)\(familyTitles[$0].map { "  \($0)" } ?? "")" }
      let alike = listsAll ? [] : family.alike { terms($0, notes, book) }
      // A line that stands for a control or two says less than their own.
      let isFolded = alike.count > 2
      if isFolded, let first = alike.first {
        table.add(cells(alike, like: first, title: title ?? framework.id, of: family.rows.count, notes, book))
      } else if let title {
        table.addHeading(title)
      }
      let told = isFolded ? Set(alike.map(\.control.id)) : []
      for row in family.rows where !told.contains(row.control.id) {
        table.add(cells(row, notes, book))
        if row.isSplit {
          for group in MatrixLine.groups(row.units, book) { table.add(cells(group, of: row, notes, book)) }
        }
      }
    }
    let key =
      "A is accountable, R responsible; ok: everybody who has to accept has accepted"
      + (isAssessed ? "; assessed: what was said last of whether it is met." : ".")
    let more = listsAll ? "" : " Controls of a family that are alike stand in one line; --full lists each."
    return [
      .heading("\(framework.title), \(framework.version) (\(framework.id))"), .paragraph(key + more), .gap,
      .table(table),
    ] + notes.blocks
  }

  /// What a control has to have in common with others to stand in one line with them; nil where its units differ.
  private func terms(_ row: ControlRow, _ notes: ReasonNotes, _ book: AssessmentBook?) -> [Cell]? {
    guard !row.isSplit else { return nil }
    var cells = cells(row, notes, book)
    cells.remove(at: cells.count - 2)
    return Array(cells[3...])
  }

  /// A line for the controls of a family that are alike.
  private func cells(
    _ rows: [ControlRow], like first: ControlRow, title: String, of count: Int, _ notes: ReasonNotes,
    _ book: AssessmentBook?
  ) -> [Cell] {
    let all = rows.map { cells($0, notes, book) }
    let own = cells(first, notes, book)
    // The line that assigns them.
    let reason = own.count - 2
    /// What all of them say.
    func common(_ column: Int) -> Cell { all.allSatisfy { $0[column] == own[column] } ? own[column] : .empty }
    let size = rows.count == count ? "all \(count) controls" : "\(rows.count) of \(count) controls"
    let parts = title.split(separator: " ", maxSplits: 1).map { $0.drop { $0 == " " } }
    let name = parts.count > 1 ? "\(parts[1]): \(size)" : size
    return [.text(parts.first.map(String.init) ?? title), .text(name), common(2)] + own[3..<reason]
      + [common(reason), own[reason + 1]]
  }

  private func cells(_ row: ControlRow, _ notes: ReasonNotes, _ book: AssessmentBook?) -> [Cell] {
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
      .text(row.control.id.local), .text(title), .optional(row.domain), .text(accountable),
      .list(row.union(\.responsible)), isKnown ? .flag(row.isAccepted) : .empty,
    ] + (book.map { [row.applies ? .text($0.state(row).rawValue) : .empty] } ?? []) + [
      .optional(row.common(\.engagements)), .optional(row.common(\.assignedBy).flatMap { $0 }.map { short($0, row) }),
      row.applies ? .list(row.findings.map(\.rawValue)) : .optional(notes.text(row.units.first?.notApplicable)),
    ]
  }

  /// `domain` for the domain that stands in the same line.
  private func short(_ assignedBy: String, _ row: ControlRow) -> String {
    row.domain.map { assignedBy == "domain \($0)" } ?? false ? "domain" : assignedBy
  }

  private func cells(
    _ group: [UnitRow], of row: ControlRow, _ notes: ReasonNotes, _ book: AssessmentBook?
  ) -> [Cell] {
    guard let first = group.first else { return [] }
    let assessed: [Cell] =
      book.map { book in
        [first.applies ? .text(book.mark(first)?.assessment.status.rawValue ?? "none") : .empty]
      } ?? []
    return [
      .text("· " + group.map(\.suffix).joined(separator: " ")), .empty, .empty,
      .text(
        first.applies
          ? first.accountable ?? (first.ownership.error == .contested ? "contested" : "nobody") : "not applicable"),
      .list(first.responsible), first.applies ? .flag(first.isAccepted) : .empty,
    ] + assessed + [
      .text(first.engagements), .optional(first.assignedBy.map { short($0, row) }),
      first.notApplicable.map { .optional(notes.text($0)) } ?? .list(first.findings.map(\.rawValue)),
    ]
  }
}

/// Why something does not apply: what many lines would repeat stands once below the table, under a number.
private struct ReasonNotes {
  /// More of one reason, and it is worth a note.
  private static let limit = 2

  private let reasons: [String]

  init(_ all: [String]) {
    let counts = Dictionary(grouping: all) { $0 }.mapValues(\.count)
    var seen: Set<String> = []
    reasons = all.filter { counts[$0, default: 0] > ReasonNotes.limit && seen.insert($0).inserted }
  }

  func text(_ reason: String?) -> String? {
    guard let reason, let index = reasons.firstIndex(of: reason) else { return reason }
    return "[\(index + 1)]"
  }

  var blocks: [Block] {
    guard !reasons.isEmpty else { return [] }
    let lines = reasons.enumerated().map { Block.Fact("[\($0.offset + 1)]", "not applicable: \($0.element)") }
    return [.gap, .facts(lines)]
  }
}

/// Lines below a control whose units differ.
private enum MatrixLine {
  /// Neighbours of which a line would say the same, together.
  ///
  /// - Parameter book: What was assessed, where the lines say so.
  static func groups(
    _ units: [ResponsibilityMatrix.UnitRow], _ book: AssessmentBook?
  ) -> [[ResponsibilityMatrix.UnitRow]] {
    func isAssessedAlike(_ left: ResponsibilityMatrix.UnitRow, _ right: ResponsibilityMatrix.UnitRow) -> Bool {
      book?.mark(left)?.assessment.status == book?.mark(right)?.assessment.status
    }
    var groups: [[ResponsibilityMatrix.UnitRow]] = []
    for unit in units {
      if let last = groups.last?.first, last.isLike(unit), isAssessedAlike(last, unit) {
        groups[groups.count - 1].append(unit)
      } else {
        groups.append([unit])
      }
    }
    return groups
  }
}
