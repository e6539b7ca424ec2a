internal import Crypto
internal import Findings
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
      let blocks = blocks(limits)
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
    var soon = 3

    /// Takes a line from the longest part.
    ///
    /// - Returns: false where each is down to its last.
    mutating func tighten() -> Bool {
      let parts: [WritableKeyPath<Limits, Int>] = [\.due, \.reach, \.parties, \.soon, \.waiting, \.unowned]
      guard let longest = parts.max(by: { self[keyPath: $0] < self[keyPath: $1] }), self[keyPath: longest] > 1 else {
        return false
      }
      self[keyPath: longest] -= 1
      return true
    }
  }

  private func blocks(_ limits: Limits) -> [Block] {
    var blocks = chainBlocks(limits) + ownerBlocks(limits)
    if !unowned.isEmpty {
      blocks.append(.gap)
      blocks += lines(unowned, limits.unowned, lead: "unowned     ") { group in
        "\(group.code.rawValue), \(group.size): \(group.reason)"
      }
    }
    if !waiting.isEmpty {
      blocks.append(.gap)
      blocks += lines(waiting, limits.waiting, lead: "waiting     ") { wait in
        "\(wait.party) has \(wait.hasDeclined ? "declined" : "not accepted") \(Wording.count(wait.units, "unit")) of '\(wait.engagement)'"
          + (wait.from.map { ", from \($0) on" } ?? "")
      }
    }
    return blocks + agingBlocks(limits) + soonBlocks(limits) + [.gap] + stepBlocks
  }

  // MARK: Parts

  private func chainBlocks(_ limits: Limits) -> [Block] {
    let name = input.state.membership.parties.first?.name ?? input.state.client
    let chain =
      switch input.chain {
      case .sound(let what): "sound: \(what)"
      case .unsound(let what): "NOT SOUND: \(what)"
      case .unchecked: "not checked"
      }
    let others = input.state.outsideReach
    let head: [Block] = [
      .line("\(name), as of \(stamp.asOf)"),
      .line("log         \(input.checkpoint.origin), \(Wording.entries(input.checkpoint.size))"),
      .line("root        \(input.checkpoint.root.hex)"), .line("chain       \(chain)"),
    ]
    guard !others.isEmpty else {
      return head + [
        .line("seen by     nobody but \(input.state.keeper ?? "") yet: no other party has signed anything")
      ]
    }
    return head
      + lines(others, limits.reach, lead: "seen by     ") { other in
        "\(other.party) up to \(other.reach.size) of \(Wording.entries(input.checkpoint.size)), on "
          + "\(other.reach.time.day) (entry \(other.reach.entry))"
      }
  }

  private func ownerBlocks(_ limits: Limits) -> [Block] {
    let total = totals.units.total
    var bars = summary.parties.map { (name: $0.party, units: $0.units, note: "\($0.current) with current evidence") }
    if bars.count > limits.parties {
      let rest = bars[(limits.parties - 1)...]
      bars = Array(bars[..<(limits.parties - 1)])
      bars.append(("\(rest.count) others", rest.reduce(0) { $0 + $1.units }, ""))
    }
    bars.append(("(nobody)", totals.units.unowned, ""))
    if totals.units.notApplicable > 0 { bars.append(("(does not apply)", totals.units.notApplicable, "")) }
    let sums: [Block] = [
      .gap, .facts([Block.Fact("controls  ", totals.controls.sum), Block.Fact("units", totals.units.sum)]),
    ]
    return sums
      + bars.map { bar in
        let name = TextWrapping.padded(TextWrapping.shortened(bar.name, width: 22), to: 22)
        let share = Wording.percent(bar.units, of: total)
        let number = "\(bar.units)"
        let space = String(repeating: " ", count: max(0, 6 - number.count) + max(0, 6 - share.count))
        return .line("  \(name)  [\(plot(bar.units, of: total))] \(space)\(number)  \(share)  \(bar.note)")
      }
  }

  /// A bar of 30 characters, at least one of them filled where there is anything.
  private func plot(_ part: Int, of whole: Int) -> String {
    let filled = part == 0 || whole == 0 ? 0 : max(1, (part * 60 + whole) / (whole * 2))
    return String(repeating: "#", count: min(30, filled)) + String(repeating: ".", count: max(0, 30 - filled))
  }

  private func agingBlocks(_ limits: Limits) -> [Block] {
    guard !due.isEmpty || unitsWithoutEvidence > 0 else { return [] }
    var blocks: [Block] = [.gap]
    blocks += lines(due, limits.due, lead: "evidence    ") { due in
      "\(due.isStale ? "was" : "is") due \(due.due)  \(due.control)"
        + (due.units > 1 ? " (\(due.units) units)" : "") + "  \(due.party), newest of \(due.day)"
    }
    if unitsWithoutEvidence > 0 {
      let lead = due.isEmpty ? "evidence    " : "            "
      blocks.append(.line("\(lead)\(Wording.count(unitsWithoutEvidence, "owned unit")) without any"))
    }
    return blocks
  }

  private func soonBlocks(_ limits: Limits) -> [Block] {
    var notes = input.snapshot.generalFindings.map { "\($0.code.rawValue): \($0.message)" }
    notes += input.endings.map { ending in
      "'\(ending.engagement)' ends on \(ending.lastDay): \(Wording.count(ending.units, "unit")) would lapse"
    }
    notes += input.unconfirmed.map { "the first key of \($0.party) is not confirmed: \($0.fingerprint)" }
    if input.offersWaiting > 0 { notes.append("\(Wording.count(input.offersWaiting, "file")) in the inbox") }
    return notes.isEmpty ? [] : [.gap] + lines(notes, limits.soon, lead: "look at     ") { $0 }
  }

  private var stepBlocks: [Block] {
    guard !steps.isEmpty else { return [.line("do first    nothing: no error and no warning stands")] }
    return steps.enumerated().flatMap { index, step -> [Block] in
      [
        .command(step.command, lead: index == 0 ? "do first    " : "            "),
        .line("              \(step.reason)"),
      ]
    }
  }

  // MARK: Lines

  /// The first items, a line for each, and how many more there are.
  private func lines<Item>(_ items: [Item], _ limit: Int, lead: String, _ text: (Item) -> String) -> [Block] {
    let shown = items.count > limit ? max(1, limit - 1) : items.count
    let margin = String(repeating: " ", count: lead.count)
    var lines: [Block] = []
    for (index, item) in items.prefix(shown).enumerated() {
      lines.append(.line((index == 0 ? lead : margin) + text(item)))
    }
    return items.count > shown ? lines + [.line("\(margin)and \(items.count - shown) more")] : lines
  }
}
