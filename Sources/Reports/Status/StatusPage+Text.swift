internal import Rendering
internal import Findings
internal import Crypto
internal import Ownership
internal import Statements
internal import TreeLog

extension StatusPage {
  /// At most 40 lines of at most 100 columns; what does not fit is counted.
  package func text(width: Int = StatusPage.width) -> String {
    // Parts are cut down to their first lines, those of the least weight first, until all fit.
    var limits = Limits()
    while true {
      let page = page(width: width, limits)
      if page.lines.count <= StatusPage.height || !limits.tighten() { return page.text }
    }
  }

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

  private func page(width: Int, _ limits: Limits) -> TextPage {
    var page = TextPage(width: width)
    writeChain(&page, limits)
    writeOwners(&page, limits)
    writeUnowned(&page, limits)
    writeWaiting(&page, limits)
    writeAging(&page, limits)
    writeSoon(&page, limits)
    page.skip()
    guard !steps.isEmpty else {
      page.add("nothing: no error and no warning stands", lead: "do first    ")
      return page
    }
    for (index, step) in steps.enumerated() {
      page.add(command: step.command, lead: index == 0 ? "do first    " : "            ")
      line("              \(step.reason)", &page)
    }
    return page
  }

  // MARK: Parts

  private func writeChain(_ page: inout TextPage, _ limits: Limits) {
    let name = input.state.membership.parties.first?.name ?? input.state.client
    line("\(name), as of \(stamp.asOf)", &page)
    line("log         \(input.checkpoint.origin), \(Wording.entries(input.checkpoint.size))", &page)
    line("root        \(input.checkpoint.root.hex)", &page)
    switch input.chain {
    case .sound(let what): line("chain       sound: \(what)", &page)
    case .unsound(let what): line("chain       NOT SOUND: \(what)", &page)
    case .unchecked: line("chain       not checked", &page)
    }
    let others = reach
    if others.isEmpty { line("seen by     nobody outside yet: no other party has signed anything", &page) }
    write(others, limits.reach, lead: "seen by     ", &page) { other in
      "\(other.party) up to \(other.reach.size) of \(Wording.entries(input.checkpoint.size)), on "
        + "\(other.reach.time.day) (entry \(other.reach.entry))"
    }
  }

  private func writeOwners(_ page: inout TextPage, _ limits: Limits) {
    page.skip()
    page.add(totals.controls.sum, lead: "controls    ")
    page.add(totals.units.sum, lead: "units       ")
    let total = totals.units.total
    var bars = summary.parties.map { (name: $0.party, units: $0.units, note: "\($0.current) with current evidence") }
    if bars.count > limits.parties {
      let rest = bars[(limits.parties - 1)...]
      bars = Array(bars[..<(limits.parties - 1)])
      bars.append(("\(rest.count) others", rest.reduce(0) { $0 + $1.units }, ""))
    }
    bars.append(("(nobody)", totals.units.unowned, ""))
    if totals.units.notApplicable > 0 { bars.append(("(does not apply)", totals.units.notApplicable, "")) }
    for bar in bars {
      let name = TextWrapping.padded(TextWrapping.shortened(bar.name, width: 22), to: 22)
      let share = Wording.percent(bar.units, of: total)
      let number = "\(bar.units)"
      let space = String(repeating: " ", count: max(0, 6 - number.count) + max(0, 6 - share.count))
      line("  \(name)  [\(plot(bar.units, of: total))] \(space)\(number)  \(share)  \(bar.note)", &page)
    }
  }

  /// A bar of 30 characters, at least one of them filled where there is anything.
  private func plot(_ part: Int, of whole: Int) -> String {
    let filled = part == 0 || whole == 0 ? 0 : max(1, (part * 60 + whole) / (whole * 2))
    return String(repeating: "#", count: min(30, filled)) + String(repeating: ".", count: max(0, 30 - filled))
  }

  private func writeUnowned(_ page: inout TextPage, _ limits: Limits) {
    guard !unowned.isEmpty else { return }
    page.skip()
    write(unowned, limits.unowned, lead: "unowned     ", &page) { group in
      "\(group.code.rawValue), \(group.size): \(group.reason)"
    }
  }

  private func writeWaiting(_ page: inout TextPage, _ limits: Limits) {
    guard !waiting.isEmpty else { return }
    page.skip()
    write(waiting, limits.waiting, lead: "waiting     ", &page) { wait in
      "\(wait.party) has \(wait.hasDeclined ? "declined" : "not accepted") \(Wording.count(wait.units, "unit")) of '\(wait.engagement)'"
        + (wait.from.map { ", from \($0) on" } ?? "")
    }
  }

  private func writeAging(_ page: inout TextPage, _ limits: Limits) {
    guard !due.isEmpty || unitsWithoutEvidence > 0 else { return }
    page.skip()
    write(due, limits.due, lead: "evidence    ", &page) { due in
      "\(due.isStale ? "was" : "is") due \(due.due)  \(due.control)"
        + (due.units > 1 ? " (\(due.units) units)" : "") + "  \(due.party), newest of \(due.day)"
    }
    if unitsWithoutEvidence > 0 {
      line(
        "\(due.isEmpty ? "evidence    " : "            ")\(Wording.count(unitsWithoutEvidence, "owned unit")) "
          + "without any", &page)
    }
  }

  private func writeSoon(_ page: inout TextPage, _ limits: Limits) {
    var notes = input.endings.map { ending in
      "'\(ending.engagement)' ends on \(ending.lastDay): \(Wording.count(ending.units, "unit")) would lapse"
    }
    notes += input.unconfirmed.map { "the first key of \($0.party) is not confirmed: \($0.fingerprint)" }
    if input.offersWaiting > 0 { notes.append("\(Wording.count(input.offersWaiting, "file")) in the inbox") }
    guard !notes.isEmpty else { return }
    page.skip()
    write(notes, limits.soon, lead: "look at     ", &page) { $0 }
  }

  // MARK: Lines

  /// The first items, a line for each, and how many more there are.
  private func write<Item>(
    _ items: [Item], _ limit: Int, lead: String, _ page: inout TextPage, _ text: (Item) -> String
  ) {
    let shown = items.count > limit ? max(1, limit - 1) : items.count
    let margin = String(repeating: " ", count: lead.count)
    for (index, item) in items.prefix(shown).enumerated() { line((index == 0 ? lead : margin) + text(item), &page) }
    if items.count > shown { line("\(margin)and \(items.count - shown) more", &page) }
  }

  /// A line that is cut where it is too long.
  private func line(_ text: String, _ page: inout TextPage) {
    page.add(cut: text)
  }

  /// How far the word of each party but the client reaches.
  var reach: [(party: String, reach: LogState.Reach)] {
    input.state.membership.parties.compactMap { party in
      guard party.id != input.state.client, let reach = input.state.reach[party.id] else { return nil }
      return (party.id, reach)
    }
  }
}
