internal import Findings
internal import Ownership
public import Rendering
internal import Statements
internal import TreeLog

extension News: StampedReport {
  /// The later end.
  public var stamp: ReportStamp { changes.to }

  /// Both ends.
  public var again: String? { "--since \(changes.from.knownAt)" }

  /// So many things of a kind are named one by one.
  private static let listed = 6

  /// One line, for a mail's subject: `Acme Manufacturing: 3 new entries, 1 new error, 2 overdue`.
  package var subject: String {
    var parts: [String] = []
    if entries > 0 { parts.append("\(entries) new \(entries == 1 ? "entry" : "entries")") }
    if moved > 0 { parts.append("\(Wording.count(moved, "unit")) changed hands") }
    if newErrors > 0 { parts.append("\(Wording.count(newErrors, "new error"))") }
    let findings = appeared.reduce(0) { $0 + $1.subjects.count } - newErrors
    if findings > 0 { parts.append("\(Wording.count(findings, "new finding"))") }
    let turned = changed.reduce(0) { $0 + $1.subjects.count }
    if turned > 0 { parts.append("\(Wording.count(turned, "error")) changed") }
    if !overdue.isEmpty { parts.append("\(overdue.count) newly overdue") }
    let soon = due.count - overdue.count
    if soon > 0 { parts.append("\(soon) due soon") }
    let ending = Set(endings.map(\.engagement)).count
    if ending > 0 { parts.append("\(Wording.count(ending, "agreement")) ending") }
    let closed = closed.reduce(0) { $0 + $1.subjects.count }
    if closed > 0 { parts.append("\(Wording.count(closed, "finding")) closed") }
    let news = parts.isEmpty ? "no news" : parts.joined(separator: ", ")
    return fault == nil ? "\(organization): \(news)" : "\(organization): NOT SOUND"
  }

  /// What stands below the subject.
  public func blocks(width: Int) -> [Block] {
    var blocks: [Block] = []
    if let fault {
      blocks += [
        .verdict("NOT SOUND: \(fault)", .bad),
        .command("custody verify \(ShellWord.quoted(folder))", lead: "look first: "),
        .gap,
      ]
    }
    blocks.append(
      .paragraph("\(organization), since \(changes.from.asOf) (the first \(Wording.entries(changes.from.knownAt)))"))
    add(kinds.map { "\($0.count) \($0.kind)" }, isOneLine: true, "entries", to: &blocks)
    add(
      changes.handovers.map { "\(Wording.count($0.units, "unit")): \($0.before.text) -> \($0.after.text)" },
      "ownership", to: &blocks)
    add(
      changes.events.map { event in
        // What somebody wrote in several lines stands in one.
        let what = event.what.split(whereSeparator: \.isNewline).joined(separator: "; ")
        return "\(event.day) \(event.party)/\(local(event.member, of: event.party)): \(what)"
      }, "said", to: &blocks)
    add(appeared.map { group in "\(group.code.rawValue): \(News.some(group.subjects))" }, "new", to: &blocks)
    add(
      changed.map { turn in "\(turn.before.rawValue) -> \(turn.after.rawValue): \(News.some(turn.subjects))" },
      "changed", to: &blocks)
    add(closed.map { group in "\(group.code.rawValue): \(News.some(group.subjects))" }, "closed", to: &blocks)
    add(overdue.map(\.sentence), "overdue", to: &blocks)
    add(due.filter { !$0.isOverdue }.map(\.sentence), "due soon", to: &blocks)
    add(
      endings.map { ending in
        let what =
          ending.noticeBy.map {
            "notice of '\(ending.engagement)' has to be given by \($0), within \(ending.within) days"
          }
          ?? "'\(ending.engagement)' ends on \(ending.lastDay), within \(ending.within) days"
        return "\(what): "
          + "\(Wording.count(ending.units, "unit")) would lapse"
      }, "ending", to: &blocks)
    return blocks + [.gap, .command("custody status --store \(ShellWord.quoted(folder))", lead: "more: ")]
  }

  private func local(_ member: String, of party: String) -> String {
    member.hasPrefix(party + "/") ? String(member.dropFirst(party.count + 1)) : member
  }

  private func add(_ items: [String], isOneLine: Bool = false, _ lead: String, to blocks: inout [Block]) {
    guard !items.isEmpty else { return }
    let pad = { (text: String) in TextWrapping.padded(text, to: 11) }
    if isOneLine { return blocks.append(.brief(items.joined(separator: ", "), lead: pad(lead), columns: 400)) }
    let shown = items.count > News.listed ? News.listed - 1 : items.count
    for (index, item) in items.prefix(shown).enumerated() {
      blocks.append(.brief(item, lead: pad(index == 0 ? lead : ""), columns: 320))
    }
    if items.count > shown { blocks.append(.brief("and \(items.count - shown) more", lead: pad(""), columns: 80)) }
  }

  private static func some(_ names: [String]) -> String {
    names.count > 4
      ? names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" : names.joined(separator: ", ")
  }

  /// What is told has no rows.
  public var records: Table? { nil }

  /// For machines: all of it, however long.
  public var value: JSONOutput {
    .object(
      stamp.members + [
        ("from", .object(changes.from.members)), ("folder", .string(folder)),
        ("organization", .string(organization)), ("subject", .string(subject)), ("sound", .bool(fault == nil)),
        ("fault", .optional(fault)), ("entries", .integer(entries)),
        ("kinds", .object(kinds.map { ($0.kind, .integer($0.count)) })), ("movedUnits", .integer(moved)),
        (
          "ownership",
          .array(
            changes.handovers.map {
              ["before": $0.before.json, "after": $0.after.json, "units": .integer($0.units)]
            })
        ),
        (
          "events",
          .array(
            changes.events.map { event in
              [
                "kind": .string(event.kind.rawValue), "entry": .integer(event.entry), "day": .string("\(event.day)"),
                "party": .string(event.party), "member": .string(event.member), "what": .string(event.what),
              ]
            })
        ), ("findings", .array(appeared.map(\.json))), ("closed", .array(closed.map(\.json))),
        (
          "changed",
          .array(
            changed.map {
              [
                "before": .string($0.before.rawValue), "after": .string($0.after.rawValue),
                "subjects": .strings($0.subjects),
              ]
            })
        ),
        (
          "due",
          .array(
            due.map {
              [
                "kind": .string($0.kind.rawValue), "name": .string($0.name), "due": .optional($0.due),
                "party": .optional($0.party), "overdue": .bool($0.isOverdue),
              ]
            })
        ),
        (
          "endings",
          .array(
            endings.map {
              [
                "engagement": .string($0.engagement), "lastDay": .string("\($0.lastDay)"),
                "units": .integer($0.units), "within": .integer($0.within),
                "noticeBy": .optional($0.noticeBy.map { "\($0)" }),
              ]
            })
        ),
      ])
  }
}

extension News.Group {
  fileprivate var json: JSONOutput {
    ["code": .string(code.rawValue), "severity": .string(code.severity.rawValue), "subjects": .strings(subjects)]
  }
}
