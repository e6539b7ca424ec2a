internal import Findings
internal import Obligations
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension RequestsReport: Report {
  /// So many entries are named for each request.
  private static let entryLimit = 3

  /// A table for each list, or each request whole.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = [.heading("Requests, as of \(day)"), .facts(ReportStamp.facts(checkpoint))]
    if sections.isEmpty {
      blocks.append(
        .paragraph("No auditor's request list is in this store: 'custody requests import FILE' takes one in."))
    }
    for section in sections {
      blocks += [.gap, .heading(head(section))]
      let states = shown(section)
      if states.isEmpty {
        blocks.append(
          .paragraph(onlyOpen ? "Every request is answered, or accepted by the auditor." : "There is none."))
      } else if showsMisses {
        for state in states { blocks += whole(state) }
      } else {
        blocks.append(.table(table(states)))
      }
    }
    let answers = sections.flatMap { shown($0) }.flatMap(\.answers)
    if answers.contains(where: { !$0.isTied }) {
      blocks += [
        .gap,
        .paragraph(
          "'matches' is by control and day alone: nobody has said yet that it is what was asked for. 'submit --label "
            + "request/NUMBER' says it."),
      ]
    }
    return blocks
  }

  private func head(_ section: Section) -> String {
    // Of some that were picked, how many there are says nothing.
    if showsMisses { return "\(section.name), entry \(section.entry)" }
    let counts = RequestRules.Status.allCases.map { status in (status, section.states.count { $0.status == status }) }
    var parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
    let guessed = section.states.count { state in state.status == .answered && !state.answers.contains(where: \.isTied)
    }
    if guessed > 0, let index = parts.firstIndex(where: { $0.hasSuffix(" \(RequestRules.Status.answered.rawValue)") }) {
      parts[index] += " (\(guessed) by control and day alone)"
    }
    let late = section.states.count { $0.isOverdue(on: day) }
    if late > 0 { parts.append("\(late) overdue") }
    return
      "\(section.name), entry \(section.entry): \(Wording.count(section.states.count, "request")), \(parts.joined(separator: ", "))"
  }

  private func table(_ states: [RequestRules.State]) -> Table {
    let hasOwners = states.contains { $0.request.owner != nil }
    // Where the auditor has said nothing yet of any, a column of 'Open' tells nothing.
    let hasWords = states.contains { state in state.request.word.map { $0.lowercased() != "open" } ?? false }
    var table = Table(
      ["request", .init("what", overflow: .shorten, preferredWidth: hasWords ? 16 : 24), "due"]
        + (hasOwners ? ["owner"] : []) + (hasWords ? ["auditor"] : [])
        + ["state", .init("evidence", preferredWidth: hasWords ? 24 : 30)])
    for state in states {
      let request = state.request
      table.add(
        [.text(request.number), .text(oneLine(request.text)), .optional(request.due.map { "\($0)" })]
          + (hasOwners ? [.optional(request.owner)] : []) + (hasWords ? [.optional(request.word)] : [])
          + [.text(word(state)), .text(evidence(state))])
    }
    return table
  }

  private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  private func evidence(_ state: RequestRules.State) -> String {
    let newest = state.answers.reversed().prefix(RequestsReport.entryLimit)
    var parts = newest.map { answer in
      "\(answer.basis): entry \(answer.record.entry), \(names(ofEntry: answer.record.entry)), by \(answer.record.member)"
    }
    let more = state.answers.count - newest.count
    if more > 0 { parts.append("and \(more) more") }
    if !state.missing.isEmpty, !state.answers.isEmpty { parts.append("nothing for \(some(state.missing))") }
    if !state.uncovered.isEmpty { parts.append("nothing of \(RequestsReport.told(state.uncovered))") }
    if state.answers.isEmpty, state.request.controls.isEmpty, !state.request.hasUnreadControls {
      parts.append("it names no control that is adopted")
    }
    if !state.request.doubts.isEmpty { parts.append(Wording.list(state.request.doubts)) }
    return parts.joined(separator: "; ")
  }

  private func some(_ controls: [String]) -> String {
    controls.count <= 4
      ? Wording.list(controls) : controls.prefix(4).joined(separator: ", ") + " and \(controls.count - 4) more"
  }

  // MARK: One request

  private func whole(_ state: RequestRules.State) -> [Block] {
    let request = state.request
    var facts: [Block.Fact] = []
    if !request.text.isEmpty { facts.append(Block.Fact("asks for", oneLine(request.text))) }
    facts.append(Block.Fact("state", word(state), tone: state.isSettled ? .good : .bad))
    if !request.controls.isEmpty { facts.append(Block.Fact("controls", some(request.controls))) }
    if let period = period(request) { facts.append(Block.Fact("period", period)) }
    if let due = request.due { facts.append(Block.Fact("due", "\(due)")) }
    if let owner = request.owner { facts.append(Block.Fact("owner", owner)) }
    if let word = request.word { facts.append(Block.Fact("the auditor says", word)) }
    for doubt in request.doubts { facts.append(Block.Fact("not understood", doubt)) }
    if !state.missing.isEmpty { facts.append(Block.Fact("nothing for", some(state.missing))) }
    if !state.uncovered.isEmpty { facts.append(Block.Fact("nothing of", RequestsReport.told(state.uncovered))) }
    var blocks: [Block] = [.gap, .paragraph(request.number), .facts(facts)]
    var table = Table([.number("entry"), "recorded", "by", "files", "why"])
    for answer in state.answers.reversed() {
      table.add(cells(answer.record, answer.isTied ? "tied to it by its label" : "matches: \(some(answer.controls))"))
    }
    for miss in state.misses { table.add(cells(miss.record, "does not count: \(miss.reason)")) }
    if !table.isEmpty { blocks.append(.table(table)) }
    if !state.isSettled {
      let named = (state.missing.isEmpty ? request.controls : state.missing).prefix(4)
      let controls =
        named.isEmpty
        ? " --control it-functions/governance" : named.map { " --control \(ShellWord.quoted($0))" }.joined()
      let label = ShellWord.quoted(RequestLabel.prefix + request.number)
      if named.isEmpty {
        blocks.append(
          .paragraph(
            "it names no control: a function of IT stands for what is about none, or a control that you choose"))
      }
      blocks.append(.command("custody submit FILE\(controls) --label \(label)", lead: "to answer it: "))
    }
    return blocks
  }

  private func cells(_ record: EvidenceRecord, _ why: String) -> [Cell] {
    [
      .integer(record.entry), .day("\(record.recorded.day)"), .text(record.member), .text(names(ofEntry: record.entry)),
      .text(why),
    ]
  }

  /// The days that a request is about, in words.
  func period(_ request: AuditRequest) -> String? {
    switch (request.from, request.through) {
    case (let from?, let through?): from == through ? "\(from)" : "\(from) to \(through)"
    case (let from?, nil): "from \(from)"
    case (nil, let through?): "until \(through)"
    case (nil, nil): nil
    }
  }
}
