internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What only the committee can settle: a line to tick for each, and who decides.
struct SteeringDecisions {
  private let input: SteeringReport.Input
  private let snapshot: Snapshot
  private let matrix: ResponsibilityMatrix
  private let client: String

  /// What is late by more days than this is the committee's to settle.
  static let patience = 30

  init(_ input: SteeringReport.Input, _ matrix: ResponsibilityMatrix) {
    self.input = input
    self.matrix = matrix
    snapshot = input.fold.snapshot
    client = snapshot.state.client
  }

  private struct Decision {
    var what: String
    var who: String
    /// Units it is about; nil where it is about none.
    var units: Int?
    /// Since its day went by; 0 where it has none, or it is still to come.
    var daysLate = 0
  }

  func part() throws -> SteeringPart {
    let decisions = sorted(agreements() + lines() + late() + (try notices()))
    var part = SteeringPart(key: .decisions, answer: "Nothing: all is owned and accepted, and nothing is long overdue.")
    guard !decisions.isEmpty else { return part }
    part.answer = "\(Wording.count(decisions.count, "decision")) asked for."
    part.tone = .bad
    var grid = SteeringPart.Grid(
      key: "decisions",
      columns: [
        .init("", "", .picture), .init("what", "decide"), .init("units", "units", .number), .init("who", "who"),
      ], command: "custody report steering --format csv", isKept: true)
    for decision in decisions {
      grid.rows.append(
        SteeringPart.Row(
          ["[ ]", .text(decision.what), SteeringPart.number(decision.units), .text(decision.who)],
          .init(line: decision.what, value: SteeringPart.number(decision.units), who: decision.who)))
    }
    part.grids = [grid]
    return part
  }

  /// Those that most units hang on come first, then those that are late by the most days.
  private func sorted(_ decisions: [Decision]) -> [Decision] {
    decisions.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      return (b.units ?? 0, b.daysLate, left.offset) < (a.units ?? 0, a.daysLate, right.offset)
    }.map(\.element)
  }

  /// Units that wait for somebody's word, that somebody declined, that two claim, or that nobody has.
  private func agreements() -> [Decision] {
    struct Wait: Hashable {
      var code: FindingCode
      var engagement: String
      var missing: [String]
      var reason: String?
    }
    var waits: [(wait: Wait, units: Int)] = []
    var counts: [FindingCode: Int] = [:]
    var claims: Set<String> = []
    for unit in matrix.units where unit.applies {
      guard let code = unit.ownership.error else { continue }
      if code == .contested { claims.formUnion(unit.ownership.claims.map(\.engagement)) }
      guard code == .declined || code == .unaccepted, let waiting = unit.ownership.waiting else {
        counts[code, default: 0] += 1
        continue
      }
      let wait = Wait(
        code: code, engagement: waiting.engagement, missing: waiting.missing,
        reason: code == .declined ? waiting.declineReason : nil)
      if let place = waits.firstIndex(where: { $0.wait == wait }) {
        waits[place].units += 1
      } else {
        waits.append((wait, 1))
      }
    }
    // Of the same weight, what was said no to is the harder part, so that it stands first.
    let sorted = waits.filter { $0.wait.code == .declined } + waits.filter { $0.wait.code != .declined }
    let open = sorted.map { wait, units in
      let party = Wording.list(wait.missing)
      guard wait.code == .declined else {
        return Decision(what: "'\(wait.engagement)': accept it, or say what has to change", who: party, units: units)
      }
      let reason = wait.reason.map { ": \($0)" } ?? ", without a reason"
      return Decision(
        what: "'\(wait.engagement)', which \(party) declined\(reason)", who: "\(client) and \(party)", units: units)
    }
    let rest = FindingCode.ownershipErrors.compactMap { code -> Decision? in
      guard let units = counts[code] else { return nil }
      let what =
        switch code {
        case .contested: "which agreement holds: \(Wording.list(claims.sorted(by: ByteOrder.precedes)))"
        case .unowned: "who answers for what nobody has"
        default: "\(code.rawValue): \(code.row.remedy)"
        }
      return Decision(what: what, who: client, units: units)
    }
    return open + rest
  }

  /// Duties, papers and the like that wait for a word.
  private func lines() -> [Decision] {
    snapshot.matrix.lines.filter { $0.finding != nil }.map { line in
      let missing = Wording.list(line.state.missing)
      return Decision(
        what: "'\(line.key)' of '\(line.engagement)': accept it, or say what has to change",
        who: missing.isEmpty ? client : missing)
    }
  }

  /// What is late by more than a month: duties, items of plans, auditors' requests.
  private func late() -> [Decision] {
    let day = snapshot.asOf
    func days(_ due: Day) -> Int { day.daysSinceEpoch - due.daysSinceEpoch }
    let duties = DutiesReport(snapshot, input.fold.book).rows.filter { $0.daysLate > SteeringDecisions.patience }.map {
      Decision(
        what: "when '\($0.duty.name)' is done, late by \($0.daysLate) days", who: $0.duty.party, daysLate: $0.daysLate)
    }
    let items = ActionItem.list(snapshot, marks: input.fold.marks).compactMap { item -> Decision? in
      guard let due = item.due, item.isLate, days(due) > SteeringDecisions.patience else { return nil }
      return Decision(
        what: "when \(item.name) is closed, late by \(days(due)) days", who: item.owner ?? client, daysLate: days(due))
    }
    let requests = input.fold.overdue.flatMap { list in
      list.states.compactMap { state -> Decision? in
        guard let due = state.request.due, state.isOverdue(on: day), days(due) > SteeringDecisions.patience else {
          return nil
        }
        return Decision(
          what: "what an auditor gets for '\(state.request.number)' of '\(list.list)', late by \(days(due)) days",
          who: state.request.owner ?? client, daysLate: days(due))
      }
    }
    return duties + items + requests
  }

  /// Agreements of which notice is due before the committee has met twice again, or that end without any.
  private func notices() throws -> [Decision] {
    let next = snapshot.asOf.adding(months: 6)
    return try EngagementEnding.list(snapshot, withinDays: SteeringOutlook.daysAhead).compactMap { ending in
      guard let notice = ending.noticeBy else {
        return Decision(
          what: "renew '\(ending.engagement)', or hand over: it ends on \(ending.lastDay)", who: client,
          units: ending.units)
      }
      guard notice <= next else { return nil }
      let daysLate = max(0, snapshot.asOf.daysSinceEpoch - notice.daysSinceEpoch)
      let what =
        daysLate > 0
        ? "renew '\(ending.engagement)', or hand over: notice had to be given by \(notice), "
          + "\(Wording.count(daysLate, "day")) ago"
        : "renew '\(ending.engagement)', or give notice by \(notice)"
      return Decision(what: what, who: client, units: ending.units, daysLate: daysLate)
    }
  }
}
