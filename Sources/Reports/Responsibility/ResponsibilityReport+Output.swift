internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension ResponsibilityReport: StampedReport {
  /// What is not in order first, then all that it answers for, then what it hears of, owes and promised.
  public func blocks(width: Int) -> [Block] {
    let named = name.isEmpty ? party : "\(name) (\(party))"
    var blocks: [Block] = [stamp.heading("What \(named) would be asked about"), .facts(stamp.facts), .gap]
    blocks.append(.table(countTable))
    blocks += controls("Given to it, and not its own", given)
    blocks += controls("Answers for, or does", own)
    blocks += controls("Is asked or told about", heard)
    if !duties.rows.isEmpty { blocks += [.heading("Owes"), .table(dutyTable)] }
    if !levels.isEmpty { blocks += [.heading("Promised"), .table(levelTable)] }
    if own.isEmpty, heard.isEmpty, given.isEmpty, duties.rows.isEmpty, levels.isEmpty {
      blocks += [.gap, .paragraph("On \(stamp.asOf) it answers for nothing, and owes nothing.")]
    }
    return blocks
  }

  /// What of what it answers for is not in order.
  static let told: [FindingCode] = [
    .staleEvidence, .noEvidence, .outsiderEvidence, .unstaffed, .pending, .backdated, .disputed,
  ]

  private var countTable: Table {
    var table = Table([.number("units"), "what of them"])
    table.add([.integer(units), "it answers for"])
    let given = self.given.reduce(0) { $0 + $1.units.count }
    if given > 0 { table.add([.integer(given), "an agreement gives to it, and it does not answer for"]) }
    for code in ResponsibilityReport.told where count(code) > 0 {
      table.add([.integer(count(code)), .text("\(code.rawValue): \(code.meaning)")])
    }
    let late = duties.rows.count(where: \.duty.isOverdue)
    if late > 0 { table.add([.empty, .text("\(late == 1 ? "1 duty" : "\(late) duties") late")]) }
    let missed = levels.count { $0.state == .missed || $0.state == .unmeasured }
    if missed > 0 {
      table.add([.empty, .text("\(Wording.count(missed, "period")) of service levels missed or not measured")])
    }
    return table
  }

  private func controls(_ title: String, _ rows: [Row]) -> [Block] {
    var frameworks: [String] = []
    for row in rows where !frameworks.contains(row.framework) { frameworks.append(row.framework) }
    return frameworks.flatMap { framework -> [Block] in
      var table = Table([
        .init("control", preferredWidth: 12), .init("title", preferredWidth: 14), "as", "who does it",
        .number("evidence"), .init("due", overflow: .keep), "findings",
      ])
      var family: ControlID?
      for row in rows where row.framework == framework {
        if let own = row.family, own != family {
          table.addHeading("\(own.local)\(familyTitles[own].map { "  \($0)" } ?? "")")
        }
        family = row.family
        table.add([
          .text(row.name), .text(row.title), .text(row.letters), .list(row.responsible),
          row.evidence.map { .integer($0) } ?? .empty, .optional(row.due.map { "\($0)" }),
          .list(row.findings.map(\.rawValue)),
        ])
      }
      return [.heading("\(title): \(framework)"), .table(table)]
    }
  }

  private var dutyTable: Table {
    var table = Table(["duty", "cadence", "last done", .init("next due", overflow: .keep), "state", "title"])
    for row in duties.rows {
      let duty = row.duty
      table.add([
        .text(duty.name), .text(duty.cadence), .optional(duty.newest.map { "\($0.day)" }),
        .optional(duty.due.map { "\($0)" }), .text(duties.state(row)), .text(duty.title),
      ])
    }
    return table
  }

  private var levelTable: Table {
    var table = Table(["level", "period", "target", "value", "state"])
    for level in levels {
      table.add([
        .text(level.name), .text("\(level.period)"), .text("\(level.target) \(level.unit)"),
        .optional(level.measured.map(\.measurement.value)), .text(level.state.rawValue),
      ])
    }
    return table
  }

  /// For machines.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("party", .string(party)), ("name", .string(name)), ("units", .integer(units)),
        (
          "counts",
          .object(ResponsibilityReport.told.map { ($0.rawValue, .integer(count($0))) })
        ), ("controls", .array((own + heard).map(json))), ("given", .array(given.map(json))),
        (
          "duties",
          .array(
            duties.rows.map { row in
              [
                "duty": .string(row.duty.name), "title": .string(row.duty.title), "cadence": .string(row.duty.cadence),
                "newest": .optional(row.duty.newest.map { "\($0.day)" }),
                "due": .optional(row.duty.due.map { "\($0)" }),
                "overdue": .bool(row.duty.isOverdue), "daysLate": .integer(row.daysLate),
              ]
            })
        ),
        (
          "levels",
          .array(
            levels.map { level in
              [
                "level": .string(level.name), "period": .string("\(level.period)"), "target": .string(level.target),
                "unit": .string(level.unit), "value": .optional(level.measured.map(\.measurement.value)),
                "state": .string(level.state.rawValue),
              ]
            })
        ),
      ])
  }

  private func json(_ row: Row) -> JSONOutput {
    [
      "framework": .string(row.framework), "family": .optional(row.family?.description),
      "control": .string(row.control.description), "units": .strings(row.units.map(\.description)),
      "title": .string(row.title), "letters": .string(row.letters),
      "accountable": .optional(row.accountable ?? (row.letters.contains("A") ? party : nil)),
      "responsible": .strings(row.responsible), "cadence": .string(row.cadence.rawValue),
      "evidence": row.evidence.map { .integer($0) } ?? .null, "day": .optional(row.evidenceDay.map { "\($0)" }),
      "due": .optional(row.due.map { "\($0)" }), "engagement": .optional(row.engagement),
      "findings": .strings(row.findings.map(\.rawValue)),
    ]
  }
}
