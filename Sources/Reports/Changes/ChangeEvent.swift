internal import Crypto
internal import Findings
internal import Obligations
internal import Ownership
package import Statements

/// Something that somebody put into the log, in words.
package struct ChangeEvent: Sendable, Equatable {
  /// Under which heading it is told.
  package enum Kind: String, Sendable, CaseIterable {
    case log, framework, party, member, key, agreement, end, acceptance, decline, staffing, assessment, hold, redaction
    case other
  }

  package var kind: Kind
  package var entry: Int
  package var day: Day
  package var party: String
  package var member: String
  /// `accepts 'acme-onsite' of entry 25`
  package var what: String

  /// What was said from a size on, in log order.
  static func list(_ activity: LogActivity, from size: Int, to state: LogState) -> [ChangeEvent] {
    let wording = EventWording(state, activity.assessments)
    return activity.deeds.filter { $0.entry >= size && $0.entry < state.size }.map { deed in
      let (kind, what) = wording.words(deed)
      return ChangeEvent(
        kind: kind, entry: deed.entry, day: deed.day, party: deed.party, member: deed.member, what: what)
    }
  }
}

/// Says what an entry did by what the fold has kept of it.
private struct EventWording {
  private let state: LogState
  private let acceptances: [Int: LogState.AcceptanceRecord]
  private let versions: [Digest: LogState.EngagementVersion]
  private let assessments: [Int: AssessmentBook.Mark]

  init(_ state: LogState, _ assessments: [AssessmentBook.Mark]) {
    self.state = state
    acceptances = Dictionary(state.acceptances.map { ($0.entry, $0) }, uniquingKeysWith: { first, _ in first })
    versions = Dictionary(state.versions.map { ($0.statement, $0) }, uniquingKeysWith: { first, _ in first })
    self.assessments = Dictionary(assessments.map { ($0.entry, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func words(_ deed: LogActivity.Deed) -> (ChangeEvent.Kind, String) {
    let entry = deed.entry
    let known: (ChangeEvent.Kind, String?) =
      switch deed.type {
      case "genesis": (.log, nil)
      case "framework": (.framework, framework(entry))
      case "party": (.party, party(entry))
      case "member": member(entry)
      case "key-revocation": (.key, revocation(entry))
      case "engagement": engagement(entry)
      case "acceptance": acceptance(entry)
      case "staffing": (.staffing, staffing(entry))
      case "assessment": (.assessment, assessment(entry))
      case "hold": (.hold, hold(entry))
      case "redaction": (.redaction, redaction(entry))
      default: (.other, nil)
      }
    return (known.0, known.1 ?? deed.summary)
  }

  private func framework(_ entry: Int) -> String? {
    guard let adoption = state.adoptions.first(where: { $0.entry == entry }) else { return nil }
    let isFirst = !state.adoptions.contains { $0.framework == adoption.framework && $0.entry < entry }
    let count = adoption.notApplicable.count
    let left = count > 0 ? "; \(count == 1 ? "1 control or unit does" : "\(count) controls or units do") not apply" : ""
    return "'\(adoption.framework)' is adopted\(isFirst ? "" : " anew") from \(adoption.effective) on\(left)"
  }

  private func party(_ entry: Int) -> String? {
    for party in state.membership.parties {
      let named = "\(party.id) (\(party.name))"
      if party.joined == entry { return "\(named) joins as \(party.kind.rawValue)\(with(keysOf: entry))" }
      if party.leftEntry == entry { return "\(named) leaves" }
      if let notice = party.notices.first(where: { $0.entry == entry }) {
        return "notice for \(named), from \(notice.day) on"
      }
    }
    return nil
  }

  private func with(keysOf entry: Int) -> String {
    let owners = state.membership.keys.filter { $0.introduced == entry }.map { "\($0.owner) (key \($0.keyID.short))" }
    return owners.isEmpty ? "" : ", with \(Wording.list(owners))"
  }

  private func member(_ entry: Int) -> (ChangeEvent.Kind, String?) {
    for member in state.membership.members {
      if member.joined == entry {
        let robot = member.isRobot ? ", a robot" : ""
        return (.member, "\(member.id) (\(member.name)) joins as \(member.role.rawValue)\(robot)")
      }
      if member.left == entry { return (.member, "\(member.id) (\(member.name)) leaves") }
    }
    if let key = state.membership.keys.first(where: { $0.introduced == entry }) {
      return (.key, "\(key.owner) has a further key, \(key.keyID.short), to \(key.use.rawValue)")
    }
    return (.member, nil)
  }

  private func revocation(_ entry: Int) -> String? {
    state.membership.keys.first { $0.revoked == entry }.map { key in
      "key \(key.keyID.short) of \(key.owner) is revoked" + (key.revocationReason.map { ": \($0)" } ?? "")
    }
  }

  private func engagement(_ entry: Int) -> (ChangeEvent.Kind, String?) {
    if let end = state.ends.first(where: { $0.entry == entry }) {
      return (.end, "'\(end.engagement)' ends: \(end.on) is the first day that it does not cover")
    }
    guard let version = state.versions.first(where: { $0.entry == entry }) else { return (.agreement, nil) }
    let number = state.versions.count { $0.engagement == version.engagement && $0.entry <= entry }
    let papers = version.papers.isEmpty ? "" : ", with \(Wording.count(version.papers.count, "paper"))"
    return (.agreement, "version \(number) of '\(version.engagement)'\(papers)")
  }

  private func acceptance(_ entry: Int) -> (ChangeEvent.Kind, String?) {
    guard let word = acceptances[entry] else { return (.acceptance, nil) }
    let version = versions[word.version].map { "'\($0.engagement)' of entry \($0.entry)" } ?? "a version"
    guard !word.accepts else { return (.acceptance, "accepts \(version)") }
    return (.decline, "declines \(version)" + (word.reason.map { ": \($0)" } ?? ""))
  }

  private func staffing(_ entry: Int) -> String? {
    state.staffings.first { $0.entry == entry }.map { staffing in
      let people = staffing.responsible.isEmpty ? "nobody" : Wording.list(staffing.responsible)
      return "\(people) for \(some(staffing.units)) of '\(staffing.engagement)'"
    }
  }

  private func assessment(_ entry: Int) -> String? {
    assessments[entry].map { mark in "\(some(mark.assessment.units)): \(mark.assessment.told)" }
  }

  private func hold(_ entry: Int) -> String? {
    for hold in state.holds {
      if hold.entry == entry { return "the hold '\(hold.id)' begins: \(hold.reason)" }
      if hold.ended == entry { return "the hold '\(hold.id)' ends" }
    }
    return nil
  }

  private func redaction(_ entry: Int) -> String? {
    state.redactions.first { $0.entry == entry }.map { redaction in
      "\(redaction.isAnnouncement ? "will remove" : "removes") \(Wording.count(redaction.objects.count, "object")): "
        + "\(redaction.reason), by \(redaction.authority)"
    }
  }

  private func some(_ names: [String]) -> String {
    names.count > 3 ? "\(names[0]), \(names[1]) and \(names.count - 2) more" : names.joined(separator: ", ")
  }
}
