internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements

extension LevelsReport: StampedReport {
  /// The levels of providers first, then those that are outside their party's scope, then the client's own.
  public func blocks(width: Int) -> [Block] {
    var facts = stamp.facts
    if let span { facts.append(Block.Fact("periods", "those that touch \(span.from) through \(span.through)")) }
    let head = [stamp.heading("Service levels"), .facts(facts), .gap]
    guard !results.isEmpty else {
      return head + [.paragraph(hasLevels ? "No period lies there." : "No service level is promised.")]
    }
    let counts = LevelResults.State.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
    return head + [.paragraph("\(Wording.count(results.count, "period")): \(counts)")]
      + Part.allCases.flatMap { part in blocks(of: part, levels(part)) }
  }

  private func title(_ part: Part) -> String {
    switch part {
    case .provider: "Levels on functions that their party answers for"
    case .outside: "Levels on functions that their party does not answer for"
    case .internal: "Internal standards of \(client)"
    }
  }

  private func blocks(of part: Part, _ levels: [[Line]]) -> [Block] {
    guard !levels.isEmpty else { return [] }
    return [.heading(title(part))]
      + levels.flatMap { level -> [Block] in
        guard let first = level.first?.result else { return [] }
        var facts = [
          Block.Fact("level", "\(first.name), \(first.target) \(first.unit) every \(first.every)"),
          Block.Fact("party", first.party), Block.Fact("for", Wording.list(first.domains)),
        ]
        if !first.outside.isEmpty { facts.append(Block.Fact("not theirs", Wording.list(first.outside))) }
        facts += credits(level)
        return [.facts(facts), .table(table(level)), .gap]
      }.dropLast()
  }

  /// What a level gives back in all, and by which table.
  private func credits(_ level: [Line]) -> [Block.Fact] {
    var facts: [Block.Fact] = []
    var told: Set<String> = []
    for answer in level.compactMap(\.credit) {
      guard case .unreadable(let why) = answer.table, told.insert(answer.file).inserted else { continue }
      facts.append(Block.Fact("credits", "'\(answer.file)' cannot be read: \(why)"))
    }
    var sums: [(unit: String, amount: Decimal, count: Int, files: [String])] = []
    for answer in level.compactMap(\.credit) {
      guard let credit = answer.credit else { continue }
      let index = sums.firstIndex { $0.unit == credit.unit } ?? sums.count
      if index == sums.count { sums.append((credit.unit, Decimal(0), 0, [])) }
      sums[index].amount = sums[index].amount + credit.amount
      sums[index].count += 1
      if !sums[index].files.contains(answer.file) { sums[index].files.append(answer.file) }
    }
    return facts
      + sums.map { sum in
        let periods = Wording.count(sum.count, "period")
        let files = Wording.list(sum.files.map { "'\($0)'" })
        // Percentages are of different periods' fees: their sum is of nothing.
        let owed = sum.unit == "%" && sum.count > 1 ? "one each" : "\(sum.amount) \(sum.unit)"
        return Block.Fact("credits", "\(owed) for \(periods), by \(files)")
      }
  }

  private func table(_ level: [Line]) -> Table {
    let hasCredits = level.contains { $0.credit?.credit != nil }
    var table = Table(
      ["period", .number("value"), .number("count"), "state"] + (hasCredits ? [.number("credit")] : [])
        + [.number("entry"), "shown by"])
    table.indentation = 2
    for line in level {
      let result = line.result
      let rows = result.measured.map { _ in result.rows.map { "rows of entry \($0)" } ?? "asserted" }
      table.add(
        [
          .text("\(result.period)"), .optional(result.measured?.measurement.value),
          result.measured?.measurement.count.map { .integer($0) } ?? .empty, .text(result.state.rawValue),
        ] + (hasCredits ? [.optional(line.credit?.credit?.description)] : []) + [
          result.measured.map { .integer($0.entry) } ?? .empty, .optional(rows),
        ])
    }
    return table
  }

  /// A row for each period.
  public var records: Table? {
    let titles = [
      "part", "party", "engagement", "level", "domains", "outside", "target", "unit", "every", "period", "from",
      "through", "value", "count", "state", "entry", "member", "earlier", "rows_entry",
      "credit", "credit_unit", "credit_table",
    ]
    var table = Table(titles.map { Table.Column($0) } + ReportStamp.columns)
    for line in lines {
      let result = line.result
      let measured = result.measured
      let promise: [Cell] = [
        .text(LevelsReport.part(result).rawValue), .text(result.party), .text(result.engagement), .text(result.level),
        .list(result.domains), .list(result.outside), .text(result.target), .text(result.unit), .text(result.every),
      ]
      let period: [Cell] = [
        .text("\(result.period)"), .day("\(result.period.from)"), .day("\(result.period.through)"),
        measured.map { .number($0.measurement.value) } ?? .empty,
        measured?.measurement.count.map { .integer($0) } ?? .empty,
        .text(result.state.rawValue), measured.map { .integer($0.entry) } ?? .empty, .optional(measured?.member),
        .integer(result.earlier), result.rows.map { .integer($0) } ?? .empty,
      ]
      let credit: [Cell] = [
        line.credit?.credit.map { .number("\($0.amount)") } ?? .empty, .optional(line.credit?.credit?.unit),
        .optional(line.credit?.file),
      ]
      table.add(promise + period + credit + stamp.cells)
    }
    return table
  }

  /// For machines: every period, with its promise.
  public var value: JSONOutput {
    let counts = LevelResults.State.allCases.map { ($0.rawValue, JSONOutput.integer(count($0))) }
    return .object(
      stamp.members + [("periods", .array(lines.map(LevelsReport.json))), ("counts", .object(counts))])
  }

  private static func json(_ line: Line) -> JSONOutput {
    let result = line.result
    let credit: JSONOutput =
      line.credit.map { answer in
        [
          "amount": .optional(answer.credit.map { "\($0.amount)" }), "unit": .optional(answer.credit?.unit),
          "table": .string(answer.file),
        ]
      } ?? .null
    let measured = result.measured
    return [
      "part": .string(part(result).rawValue), "party": .string(result.party),
      "engagement": .string(result.engagement), "level": .string(result.level), "domains": .strings(result.domains),
      "outside": .strings(result.outside), "target": .string(result.target), "unit": .string(result.unit),
      "every": .string(result.every), "period": .string("\(result.period)"), "from": .string("\(result.period.from)"),
      "through": .string("\(result.period.through)"), "value": .optional(measured?.measurement.value),
      "count": measured?.measurement.count.map { .integer($0) } ?? .null, "state": .string(result.state.rawValue),
      "entry": measured.map { .integer($0.entry) } ?? .null, "member": .optional(measured?.member),
      "earlier": .integer(result.earlier), "rows": result.rows.map { .integer($0) } ?? .null,
      "version": .integer(result.version), "credit": credit,
    ]
  }
}
