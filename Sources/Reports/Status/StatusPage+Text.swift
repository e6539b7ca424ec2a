internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension StatusPage: Report {
  /// At most 40 lines; what does not fit is counted.
  public func blocks(width: Int) -> [Block] {
    // Parts are cut down to their first lines, the longest first, until all fit.
    var limits = Limits()
    let renderer = TextRenderer(width: width)
    while true {
      let blocks = blocks(limits, width)
      if renderer.height(blocks) <= StatusPage.height || !limits.tighten() { return blocks }
    }
  }

  /// A page of many matters has no rows.
  public var records: Table? { nil }

  /// How many lines each part may take.
  private struct Limits {
    var reach = 3
    var parties = 6
    var unowned = 4
    var waiting = 4
    var due = 5
    var duties = 3
    var broken = 3
    var assessed = 3
    var soon = 3

    /// Takes a line from the longest part.
    ///
    /// - Returns: false where each is down to its last.
    mutating func tighten() -> Bool {
      let parts: [WritableKeyPath<Limits, Int>] = [
        \.due, \.assessed, \.broken, \.duties, \.reach, \.parties, \.soon, \.waiting, \.unowned,
      ]
      // Two parties and the others are the least that says who answers for how much.
      let least = { (part: WritableKeyPath<Limits, Int>) in part == \Limits.parties ? 3 : 1 }
      let longest = parts.filter { self[keyPath: $0] > least($0) }
        .max { self[keyPath: $0] < self[keyPath: $1] }
      guard let longest else { return false }
      self[keyPath: longest] -= 1
      return true
    }
  }

  private func blocks(_ limits: Limits, _ width: Int) -> [Block] {
    var blocks = chainBlocks(limits) + ownerBlocks(limits, width)
    if !unowned.isEmpty {
      blocks.append(.gap)
      blocks += lines(unowned, limits.unowned, lead: "unowned") { group in
        "\(group.code.rawValue), \(group.size): \(group.reason)"
      }
    }
    if !waiting.isEmpty {
      blocks.append(.gap)
      blocks += lines(waiting, limits.waiting, lead: "waiting") { wait in
        "\(wait.party) has \(wait.hasDeclined ? "declined" : "not accepted") \(StatusPage.extent(wait)) of '\(wait.engagement)'"
          + (wait.from.map { ", from \($0) on" } ?? "")
      }
    }
    return blocks + agingBlocks(limits) + promiseBlocks(limits) + soonBlocks(limits) + [.gap] + stepBlocks
  }

  // MARK: Parts

  /// All of it in one line, in words and not by colour alone.
  private var verdict: Block {
    let head: String
    switch input.chain {
    case .unsound:
      return .verdict("NOT SOUND: trust nothing here before 'custody verify' is understood.", .bad)
    case .sound: head = "Sound"
    case .unchecked: head = "Not checked"
    }
    var parts: [String] = []
    let units = totals.units
    if units.unowned > 0 { parts.append("nobody answers for \(units.unowned) of \(units.total) units") }
    let stale = Set(due.filter(\.isStale).map(\.control)).count
    let overdue = stale + duties.count(where: \.isOverdue) + lateActions.count + overdueRequests.count
    if overdue > 0 { parts.append("\(overdue) overdue") }
    let soon = Set(due.filter { !$0.isStale }.map(\.control)).count + duties.count { !$0.isOverdue }
    if soon > 0 { parts.append("\(soon) due within \(StatusPage.daysAhead) days") }
    let isGood = units.unowned == 0 && overdue == 0
    if isGood {
      parts.insert(units.total == 0 ? "no framework is adopted" : "every unit is owned, and nothing overdue", at: 0)
    }
    return .verdict("\(head): \(parts.joined(separator: "; ")).", isGood ? .good : .plain)
  }

  private func chainBlocks(_ limits: Limits) -> [Block] {
    let name = input.state.membership.parties.first?.name ?? input.state.client
    let chain =
      switch input.chain {
      case .sound(let what): "sound: \(what)"
      case .unsound(let what): "NOT SOUND: \(what)"
      case .unchecked: "not checked"
      }
    let others = input.state.outsideReach
    let head: [Block] =
      [
        .paragraph("\(name), as of \(stamp.asOf)"), verdict, .gap,
        StatusPage.line("log", "\(input.checkpoint.origin), \(Wording.entries(input.checkpoint.size))"),
        StatusPage.line("root", input.checkpoint.root.hex),
        StatusPage.line("chain", chain),
      ] + (input.succession.map { [.paragraph($0.sentence)] } ?? [])
    guard !others.isEmpty else {
      return head + [
        StatusPage.line("seen by", "nobody but \(input.state.keeper ?? "") yet: no other party has signed anything")
      ]
    }
    return head
      + lines(others, limits.reach, lead: "seen by") { other in
        "\(other.party) up to \(other.reach.size) of \(Wording.entries(input.checkpoint.size)), on "
          + "\(other.reach.time.day) (entry \(other.reach.entry))"
      }
  }

  private func ownerBlocks(_ limits: Limits, _ width: Int) -> [Block] {
    var shares = summary.parties.map { share in
      UnitShare(name: share.party, units: share.units, note: "\(share.current) with current evidence")
    }
    if shares.count > limits.parties {
      let rest = shares[(limits.parties - 1)...]
      shares = Array(shares[..<(limits.parties - 1)])
      shares.append(UnitShare(name: "\(rest.count) others", units: rest.reduce(0) { $0 + $1.units }))
    }
    shares.append(UnitShare(name: "(nobody)", units: totals.units.unowned))
    if totals.units.notApplicable > 0 {
      shares.append(UnitShare(name: "(does not apply)", units: totals.units.notApplicable))
    }
    return [
      .gap,
      .facts([Block.Fact("controls  ", totals.controls.shortSum), Block.Fact("units", totals.units.shortSum)]),
      .table(UnitShare.table(shares, of: totals.units.total, width: width)),
    ]
  }

  private func agingBlocks(_ limits: Limits) -> [Block] {
    guard !due.isEmpty || unitsWithoutEvidence > 0 else { return [] }
    var blocks: [Block] = [.gap]
    blocks += lines(due, limits.due, lead: "evidence") { due in
      "\(due.isStale ? "was" : "is") due \(due.due)  \(due.control)"
        + (due.units > 1 ? " (\(due.units) units)" : "") + "  \(due.party), newest of \(due.day)"
    }
    if unitsWithoutEvidence > 0 {
      let text = "\(Wording.count(unitsWithoutEvidence, "owned unit")) without any"
      blocks.append(StatusPage.line(due.isEmpty ? "evidence" : "", text))
    }
    return blocks
  }

  /// What is owed, what was assessed, and what is to be kept.
  private func promiseBlocks(_ limits: Limits) -> [Block] {
    var blocks: [Block] = []
    if !duties.isEmpty {
      blocks += lines(duties, limits.duties, lead: "duties") { duty in
        let newest = duty.newest.map { "newest of \($0.day) (entry \($0.entry))" } ?? "nothing submitted yet"
        return "\(duty.isOverdue ? "was" : "is") due \(duty.due.map { "\($0)" } ?? "")  \(duty.name), "
          + "\(duty.cadence)  \(duty.party), \(newest)"
      }
    } else if let next = input.duties.first {
      let due = next.due.map { ", the next on \($0): \(next.name)" } ?? ""
      blocks.append(StatusPage.line("duties", "none is due within \(StatusPage.daysAhead) days\(due)"))
    }
    if let first = lateActions.first {
      let details = [first.name, first.due.map { "due \($0)" }, first.owner].compactMap { $0 }
      let count = Wording.count(lateActions.count, "item")
      blocks.append(late("plan", "\(count) late", StatusPage.planCommand, lateActions.count, details))
    }
    if let first = overdueRequests.first?.request {
      let details = [first.number, first.due.map { "due \($0)" }, first.owner].compactMap { $0 }
      let count = overdueRequests.count
      blocks.append(late("requests", "\(count) overdue", StatusPage.requestsCommand, count, details))
    }
    let levels = input.matrix.lines.filter { $0.key.kind == .level && $0.holds }
    if !levels.isEmpty {
      let names = Wording.list(levels.map { "\($0.engagement)/\($0.key.id)" })
      blocks.append(StatusPage.line("levels", "\(Wording.count(levels.count, "service level")) promised: \(names)"))
    }
    blocks += lines(broken, limits.broken, lead: "promises") { "\($0.code.rawValue): \($0.reason)" }
    blocks += lines(assessments.frameworks, limits.assessed, lead: "assessed") { framework in
      let counts = framework.controls.map { "\($0.count) \($0.state == .none ? "not assessed" : $0.state.rawValue)" }
      return
        "\(framework.id): \(counts.joined(separator: ", ")), last on \(framework.last) (entry \(framework.lastEntry))"
    }
    // What answers an auditor's request is told with the requests.
    let labels = input.labels.filter { !$0.label.contains(RequestLabel.prefix) }
    if !labels.isEmpty {
      let named = labels.prefix(4).map { "\($0.label) (\($0.count))" }
      let more = labels.count - named.count
      blocks.append(
        StatusPage.line("labels", named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")))
    }
    if let retention = input.retention {
      blocks.append(
        StatusPage.line(
          "to keep", "\(Wording.count(retention.count, "submission")), the first until \(retention.first)"))
    }
    return blocks.isEmpty ? [] : [.gap] + blocks
  }

  /// How much is late, the command that shows it, and the first of it.
  private func late(_ lead: String, _ what: String, _ command: String, _ count: Int, _ first: [String]) -> Block {
    StatusPage.line(lead, "\(what) ('\(command)'): \(count > 1 ? "the first is " : "")\(first.joined(separator: ", "))")
  }

  private func soonBlocks(_ limits: Limits) -> [Block] {
    var notes: [String] = []
    if let key = input.state.membership.soleAdministrator {
      notes.append(
        "only \(key.owner) can act for '\(input.state.client)', with one key, and no recovery key is there")
    }
    notes += input.snapshot.generalFindings.map { "\($0.code.rawValue): \($0.message)" }
    notes += input.endings.map { ending in
      let notice =
        ending.noticeBy.map { day in
          day < stamp.asOf ? "; notice had to be given by \(day)" : "; notice must be given by \(day)"
        } ?? ""
      let lapse = ending.units == 0 ? "nothing would lapse" : "\(Wording.count(ending.units, "unit")) would lapse"
      let early = ending.isEarly ? ", before its term" : ""
      return "'\(ending.engagement)' ends on \(ending.lastDay)\(early): \(lapse)\(notice)"
    }
    notes += endingPapers.map { paper in
      "\(paper.kind) '\(paper.file)' of '\(paper.engagement)' ends on \(paper.through), and none follows"
    }
    notes += input.unconfirmed.map { "the first key of \($0.party) is not confirmed: \($0.fingerprint)" }
    if input.offersWaiting > 0 { notes.append("\(Wording.count(input.offersWaiting, "file")) in the inbox") }
    return notes.isEmpty ? [] : [.gap] + lines(notes, limits.soon, lead: "look at") { $0 }
  }

  private var stepBlocks: [Block] {
    guard !steps.isEmpty else { return [StatusPage.line("do first", "nothing: no error and no warning stands")] }
    return steps.enumerated().flatMap { index, step -> [Block] in
      [
        .command(step.command, lead: StatusPage.lead(index == 0 ? "do first" : "")),
        .brief(step.reason, lead: StatusPage.lead("") + "  ", columns: 160),
      ]
    }
  }

  // MARK: Lines

  private static func lead(_ name: String) -> String { TextWrapping.padded(name, to: 12) }

  /// `12 units`, `'paper baa' and 'duty minutes'`.
  private static func extent(_ wait: Waiting) -> String {
    wait.lines.isEmpty ? Wording.count(wait.units, "unit") : Wording.list(wait.lines.map { "'\($0)'" })
  }

  /// As much of it as two lines of a usual window hold.
  private static func line(_ name: String, _ text: String) -> Block { .brief(text, lead: lead(name), columns: 160) }

  /// The first items, each in brief, and how many more there are.
  private func lines<Item>(_ items: [Item], _ limit: Int, lead: String, _ text: (Item) -> String) -> [Block] {
    let shown = items.count > limit ? max(1, limit - 1) : items.count
    var lines: [Block] = []
    for (index, item) in items.prefix(shown).enumerated() {
      lines.append(StatusPage.line(index == 0 ? lead : "", text(item)))
    }
    return items.count > shown ? lines + [StatusPage.line("", "and \(items.count - shown) more")] : lines
  }
}
