internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What changed and by whom, what ends soon, and what hangs on one person.
struct SteeringOutlook {
  private let input: SteeringReport.Input
  private let snapshot: Snapshot

  /// Agreements that end within so many days are told.
  static let daysAhead = 180

  init(_ input: SteeringReport.Input) {
    self.input = input
    snapshot = input.fold.snapshot
  }

  // MARK: What changed, by whom?

  /// What a committee wants to see one by one; of the rest it is told how much there was.
  private static let told: Set<ChangeEvent.Kind> = [
    .framework, .party, .agreement, .end, .acceptance, .decline, .hold, .redaction,
  ]

  func changes() -> SteeringPart {
    let changes = input.changes
    let (from, to) = (changes.from.asOf, changes.to.asOf)
    let command = "custody report changes --from \(from) --to \(to)"
    guard !changes.isEmpty else {
      return SteeringPart(key: .changes, answer: "Nothing changed since \(from), and nothing was put in.")
    }
    let (hands, others) = SteeringOutlook.sorted(changes.handovers)
    func units(_ moves: [SteeringOutlook.Move]) -> Int { moves.reduce(0) { $0 + $1.units } }
    let aside =
      others.isEmpty ? "" : ", \(units(others)) that nobody answers for, then or now, stand differently"
    let told = changes.events.filter { SteeringOutlook.told.contains($0.kind) }
    let since = input.start == nil ? "Since the log begins" : "Since \(from)"
    var part = SteeringPart(
      key: .changes,
      answer: "\(since): \(Wording.count(units(hands), "unit")) changed hands\(aside), and "
        + "\(Wording.count(told.count, "decision")) \(told.count == 1 ? "was" : "were") recorded.")
    var handovers = SteeringPart.Grid(
      key: "handovers",
      columns: [
        .init("from", "from"), .init("", "", .picture), .init("to", "to"), .init("units", "units", .number),
      ], command: command, isTitled: false)
    for hand in hands + others {
      handovers.rows.append(
        SteeringPart.Row(
          [.text(hand.before.text), "to", .text(hand.after.text), .integer(hand.units)],
          .init(
            line: "from \(hand.before.text) to \(hand.after.text)", value: .integer(hand.units), who: hand.after.party))
      )
    }
    var decisions = SteeringPart.Grid(
      key: "decisions",
      columns: [.init("day", "day", .day), .init("member", "by"), .init("what", "what")], command: command,
      isTitled: false)
    // What was said last is what a committee has not heard yet.
    for event in told.reversed() {
      decisions.rows.append(
        SteeringPart.Row(
          [.day("\(event.day)"), .text(event.member), .text(event.what)],
          .init(line: "entry \(event.entry)", value: .text(event.what), who: event.member)))
    }
    part.grids = [handovers, decisions].filter { !$0.rows.isEmpty }
    if let rest = rest(changes) { part.notes.append(rest) }
    return part
  }

  private typealias Move = (before: Standing, after: Standing, units: Int)

  /// What went from or to a party, and what stands differently without anybody who answered before or answers now.
  private static func sorted(_ moves: [Move]) -> (hands: [Move], others: [Move]) {
    func isHanded(_ move: Move) -> Bool { move.before.party != move.after.party }
    return (moves.filter(isHanded), moves.filter { !isHanded($0) })
  }

  /// How much was put in that is not told one by one: `Also 12 evidence (acme 10, onsite 2), 3 member (acme 3).`
  private func rest(_ changes: Changes) -> String? {
    var kinds: [(kind: String, parties: [(party: String, count: Int)])] = []
    func add(_ kind: String, _ party: String, _ count: Int) {
      let place = kinds.firstIndex { $0.kind == kind } ?? kinds.count
      if place == kinds.count { kinds.append((kind, [])) }
      if let own = kinds[place].parties.firstIndex(where: { $0.party == party }) {
        kinds[place].parties[own].count += count
      } else {
        kinds[place].parties.append((party, count))
      }
    }
    for count in changes.counts { add(count.type, count.party, count.count) }
    for event in changes.events where !SteeringOutlook.told.contains(event.kind) {
      add(event.kind.rawValue, event.party, 1)
    }
    guard !kinds.isEmpty else { return nil }
    let texts = kinds.map { kind, parties in
      let sum = parties.reduce(0) { $0 + $1.count }
      return "\(sum) \(kind) (\(parties.map { "\($0.party) \($0.count)" }.joined(separator: ", ")))"
    }
    return "Also put in: \(texts.joined(separator: ", "))."
  }

  // MARK: What ends soon?

  func endings() throws -> SteeringPart {
    let endings = try EngagementEnding.list(snapshot, withinDays: SteeringOutlook.daysAhead)
    let papers = HeldPapers.ending(HeldPapers.list(snapshot), on: snapshot.asOf)
    var part = SteeringPart(
      key: .endings,
      answer:
        "No agreement ends, or has to be given notice, within \(SteeringOutlook.daysAhead) days; no paper runs out.")
    guard !endings.isEmpty || !papers.isEmpty else { return part }
    let units = endings.reduce(0) { $0 + $1.units }
    part.answer =
      "\(Wording.count(endings.count, "agreement")) to renew or leave within \(SteeringOutlook.daysAhead) days, "
      + "\(Wording.count(units, "unit")) would lapse; \(Wording.count(papers.count, "paper")) run\(papers.count == 1 ? "s" : "") out."
    let missed = endings.compactMap { ending -> String? in
      guard let notice = ending.noticeBy, let late = daysLate(notice) else { return nil }
      return "'\(ending.engagement)' had to be given by \(notice), \(Wording.count(late, "day")) ago"
    }
    if !missed.isEmpty {
      part.answer += " Notice of \(Wording.list(missed))."
      part.tone = .bad
    }
    var grid = SteeringPart.Grid(
      key: "endings",
      columns: [
        .init("what", "what"), .init("lastDay", "last day", .day), .init("days", "days", .number),
        .init("noticeBy", "notice by", .day), .init("noticeDays", "days to it", .number),
        .init("units", "units that lapse", .number),
      ], command: "custody status")
    for ending in endings {
      let early = ending.isEarly ? ", before its term" : ""
      grid.rows.append(
        SteeringPart.Row(
          [
            .text("agreement \(ending.engagement)\(early)"), .day("\(ending.lastDay)"), days(to: ending.lastDay),
            ending.noticeBy.map { .day("\($0)") } ?? .empty, ending.noticeBy.map(days(to:)) ?? .empty,
            .integer(ending.units),
          ],
          .init(line: "agreement \(ending.engagement): last day", value: .day("\(ending.lastDay)")),
          .init(
            line: "agreement \(ending.engagement): notice by",
            value: ending.noticeBy.map { .day("\($0)") } ?? "none is agreed"),
          .init(line: "agreement \(ending.engagement): units that lapse", value: .integer(ending.units))))
    }
    for paper in papers {
      grid.rows.append(
        SteeringPart.Row(
          [
            .text("\(paper.kind) '\(paper.file)' of \(paper.engagement)"), .day("\(paper.through)"),
            days(to: paper.through), .empty, .empty, .empty,
          ],
          .init(
            line: "paper '\(paper.file)' of \(paper.engagement): last day", value: .day("\(paper.through)"),
            who: paper.parties.joined(separator: ", "))))
    }
    part.grids = [grid]
    return part
  }

  /// How many days ago it was; nil where it is still to come.
  private func daysLate(_ day: Day) -> Int? {
    day < snapshot.asOf ? snapshot.asOf.daysSinceEpoch - day.daysSinceEpoch : nil
  }

  private func days(to day: Day) -> Cell { .integer(day.daysSinceEpoch - snapshot.asOf.daysSinceEpoch) }

  // MARK: Does too much hang on one person?

  func people() -> SteeringPart {
    let report = PeopleReport(snapshot)
    let single = report.people.filter(\.isSinglePoint)
    var part = SteeringPart(
      key: .people,
      answer: report.parties.contains { $0.controls > 0 }
        ? "Nobody is named for more than half of what their party answers for."
        : "Nobody answers for anything yet, so that nothing hangs on one person.")
    if !single.isEmpty {
      part.answer =
        "\(single.count == 1 ? "One person is" : "\(single.count) people are") named for more than half of what their "
        + "party answers for."
      part.tone = .bad
      var grid = SteeringPart.Grid(
        key: "people",
        columns: [
          .init("person", "person"), .init("name", "name"), .init("controls", "controls", .number),
          .init("partyControls", "of their party's", .number), .init("units", "units", .number),
        ], command: "custody report people")
      for person in single {
        grid.rows.append(
          SteeringPart.Row(
            [
              .text(person.id), .optional(person.name), .integer(person.controls), .integer(person.partyControls),
              .integer(person.units),
            ],
            .init(
              line: "controls of \(person.id), of \(person.partyControls)", value: .integer(person.controls),
              who: person.party)))
      }
      part.grids = [grid]
    }
    let unstaffed = report.parties.filter { $0.unstaffed > 0 }
    if !unstaffed.isEmpty {
      let named = unstaffed.map { "\($0.id) \($0.unstaffed)" }.joined(separator: ", ")
      let units = unstaffed.reduce(0) { $0 + $1.unstaffed }
      part.notes.append("\(Wording.count(units, "unit")) with nobody named who does the work: \(named).")
    }
    if let key = snapshot.state.membership.soleAdministrator {
      part.notes.append(
        "Only \(key.owner) can act for '\(snapshot.state.client)', with one key, and no recovery key is there.")
    }
    return part
  }
}
