internal import Catalogs
internal import CommandLine
internal import Findings
internal import Ownership
internal import Rendering
internal import Statements
internal import Workspace

extension ChangeList {
  /// So many changes are shown one by one, more by family.
  private static let listed = 12

  /// Which way each change goes: from whom to whom, from what to what.
  ///
  /// - Parameters:
  ///   - listsAll: Whether each control is shown, however many there are.
  ///   - showsDays: Whether each change has days of its own; of two days that are compared it has none.
  func print(to console: Console, listsAll: Bool = false, showsDays: Bool = true) throws {
    guard !isEmpty else { return try console.print("nothing changes") }
    if changes.isEmpty {
      let told = ([lineSummary, personSummary] as [String?]).compactMap { $0 }.joined(separator: "; ")
      try console.print(wrapped: "no control changes hands; \(told)")
    } else {
      for handover in Handover.list(changes) { try console.print(wrapped: ChangeList.sentence(handover)) }
      let isFolded = changes.count > ChangeList.listed && !listsAll
      try console.print(isFolded ? familyTable(showsDays) : controlTable(showsDays))
      if isFolded { console.say("control by control: --full") }
    }
    if !lines.isEmpty {
      try console.print("")
      try console.print(lineTable(showsDays))
    }
    for person in persons {
      try console.print(
        wrapped: "in \(Wording.count(person.units, "unit")) \(ChangeList.names(person.new)) "
          + "\(person.new.count > 1 ? "do" : "does") the work for '\(person.party)', before: \(ChangeList.names(person.old))"
      )
    }
    if changes.isEmpty, !lines.isEmpty {
      try console.print(
        wrapped:
          "until the client, and the parties that such a line names or named, have accepted it, the earlier one holds")
    }
  }

  /// `'acme' hands over 12 units to 'onsite'`
  private static func sentence(_ handover: Handover) -> String {
    let units = Wording.count(handover.units, "unit")
    return switch (handover.old, handover.new) {
    case (let old, let new) where old == new:
      "\(old.map { "'\($0)' keeps" } ?? "nobody has") \(units) on other terms"
    case (let old?, let new?): "'\(old)' hands over \(units) to '\(new)'"
    case (nil, let new?) where handover.elsewhere.isEmpty: "'\(new)' takes over \(units) that nobody answers for"
    case (nil, let new?):
      "'\(new)' takes over \(units) that nobody answers for by this agreement so far; "
        + Wording.list(
          handover.elsewhere.sorted { ByteOrder.precedes($0.key, $1.key) }.map {
            "'\($0.key)' covers \($0.value) of them"
          })
    case (let old?, nil): "'\(old)' gives up \(units), and nobody takes them over"
    case (nil, nil): "nobody answers for \(units)"
    }
  }

  /// `2 duties are new: minutes and reviews; 1 paper goes: baa`
  private var lineSummary: String? {
    var parts: [String] = []
    for kind in Schedule.LineKey.Kind.allCases {
      let own = lines.filter { $0.key.kind == kind }
      for (what, changed) in [
        ("new", own.filter(\.isGained)), ("gone", own.filter(\.isLost)),
        ("changed", own.filter { !$0.isGained && !$0.isLost }),
      ] {
        var ids: [String] = []
        for line in changed where !ids.contains(line.key.id) { ids.append(line.key.id) }
        guard !ids.isEmpty else { continue }
        parts.append(
          "\(ids.count) \(kind.noun(ids.count)) \(ids.count == 1 ? "is" : "are") \(what): \(Wording.list(ids))")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var personSummary: String? { persons.isEmpty ? nil : "other people do the work" }

  /// A line for the controls of a family that change alike.
  private func familyTable(_ showsDays: Bool) -> TextTable {
    let families = FamilyChange.list(changes)
    let shown = columns(of: families.map(\.first))
    var table = TextTable(
      [.init("FAMILY"), .init("CONTROLS", isRightAligned: true), .init("UNITS", isRightAligned: true)]
        + (showsDays ? ["FROM", "THROUGH"] : []) + shown.map { TextTable.Column($0.title) })
    for change in families {
      table.add(
        [change.family?.description ?? change.framework, "\(change.controls)", "\(change.units)"]
          + (showsDays ? ["\(change.first.from)", "\(change.first.through)"] : [])
          + shown.map { ChangeList.cells(change.first)[$0.place] })
    }
    return table
  }

  private func controlTable(_ showsDays: Bool) -> TextTable {
    let shown = columns(of: changes)
    var table = TextTable(
      ["CONTROL"] + (showsDays ? ["FROM", "THROUGH"] : []) + shown.map { TextTable.Column($0.title) })
    for change in changes {
      let name = change.units.isEmpty ? change.control : change.units.joined(separator: " ")
      table.add(
        [name] + (showsDays ? ["\(change.from)", "\(change.through)"] : [])
          + shown.map { ChangeList.cells(change)[$0.place] })
    }
    return table
  }

  /// The columns that say something of some changes, and where they stand among the cells: nobody reads empty ones.
  private func columns(of changes: [Change]) -> [(title: String, place: Int)] {
    let rows = changes.map(ChangeList.cells)
    return ["WAS", "NEW", "RESPONSIBLE", "EVIDENCE"].enumerated().filter { place, _ in
      place < 2 || rows.contains { !$0[place].isEmpty }
    }.map { ($0.element, $0.offset) }
  }

  /// Who answered, who will, who does the work, and how often evidence is asked for.
  private static func cells(_ change: Change) -> [String] {
    [
      change.old.accountable ?? change.elsewhere.map { "\($0.party) (\($0.engagement))" } ?? "nobody",
      change.new.accountable ?? "nobody", change.new.responsible.joined(separator: ", "), change.new.cadence ?? "",
    ]
  }

  private func lineTable(_ showsDays: Bool) -> TextTable {
    var table = TextTable(["LINE"] + (showsDays ? ["FROM", "THROUGH"] : []) + ["WAS", "NEW"])
    for line in lines {
      table.add(
        ["\(line.key)"] + (showsDays ? ["\(line.from)", "\(line.through)"] : [])
          + [ChangeList.text(line.old), ChangeList.text(line.new)])
    }
    return table
  }

  private static func names(_ persons: [String]) -> String {
    persons.isEmpty ? "nobody by name" : Wording.list(persons)
  }

  /// Lines of a schedule without what their key says already: their kind and id.
  private static func text(_ lines: [String]) -> String {
    let shown = lines.map { line in
      line.split(separator: "\t").dropFirst(2).filter { $0 != "-" }.map { field in
        // A digest by its beginning: two of them that differ are told apart by it.
        field.utf8.count == 64 && field.allSatisfy(\.isHexDigit) ? String(field.prefix(12)) : String(field)
      }.joined(separator: ", ")
    }
    return shown.isEmpty ? "nothing" : shown.joined(separator: "; ")
  }

  /// The changes of controls.
  var json: JSONOutput {
    .array(
      changes.map { change in
        .object([
          ("control", .string(change.control)), ("units", .array(change.units.map { .string($0) })),
          ("from", .string("\(change.from)")), ("through", .string("\(change.through)")),
          ("was", change.old.accountable.map { .string($0) } ?? .null),
          ("wasElsewhere", .optional(change.elsewhere?.engagement)),
          ("willBe", change.new.accountable.map { .string($0) } ?? .null),
          ("responsible", .array(change.new.responsible.map { .string($0) })),
          ("cadence", change.new.cadence.map { .string($0) } ?? .null),
        ])
      })
  }

  /// What changes beside controls: lines as they are signed, and persons.
  var furtherMembers: [(String, JSONOutput)] {
    [
      (
        "lineChanges",
        .array(
          lines.map { line in
            .object([
              ("line", .string("\(line.key)")), ("from", .string("\(line.from)")),
              ("through", .string("\(line.through)")), ("was", .strings(line.old)), ("willBe", .strings(line.new)),
            ])
          })
      ),
      (
        "personChanges",
        .array(
          persons.map { person in
            .object([
              ("party", .string(person.party)), ("units", .integer(person.units)), ("was", .strings(person.old)),
              ("willBe", .strings(person.new)),
            ])
          })
      ),
    ]
  }
}

extension Schedule.LineKey.Kind {
  /// What so many of them are called.
  fileprivate func noun(_ count: Int) -> String {
    let isOne = count == 1
    return switch self {
    case .duty: isOne ? "duty" : "duties"
    case .level: isOne ? "service level" : "service levels"
    case .block: isOne ? "block of hours" : "blocks of hours"
    case .step: isOne ? "escalation" : "escalations"
    case .paper: isOne ? "paper" : "papers"
    }
  }
}
