internal import Rendering
package import Findings
package import Catalogs
internal import Crypto
package import Ownership
internal import Statements

/// Says of each finding why it stands and what would close it: every such sentence and command is in this file.
package struct Adviser: Sendable {
  package typealias UnitRow = ResponsibilityMatrix.UnitRow

  private let state: LogState
  /// Engagements that have not ended, the one that names parties for the most units first.
  private let engagements: [String]
  /// Who promises each service level that holds, by `acme-onsite/level uptime`.
  private let promisers: [String: String]

  package init(_ state: LogState, _ matrix: ResponsibilityMatrix) {
    self.state = state
    promisers = Dictionary(
      matrix.lines.compactMap { row in row.state.held?.parties.first.map { (row.state.subject, $0) } },
      uniquingKeysWith: { first, _ in first })
    var engagements: [String] = []
    for version in state.versions where !engagements.contains(version.engagement) {
      engagements.append(version.engagement)
    }
    engagements = engagements.filter { engagement in
      let newest = state.versions.last { $0.engagement == engagement }?.entry ?? 0
      return !state.ends.contains { $0.engagement == engagement && $0.entry > newest && $0.on <= matrix.asOf }
    }
    // Those that say something today, if any does; the one that says most first.
    var counts: [String: Int] = [:]
    for unit in matrix.units {
      let waiting = unit.ownership.waiting.map { [$0.engagement] } ?? []
      for engagement in Set(unit.ownership.claims.map(\.engagement) + waiting) { counts[engagement, default: 0] += 1 }
    }
    let speaking = engagements.filter { counts[$0] != nil }
    self.engagements =
      speaking.isEmpty
      ? engagements
      : speaking.enumerated().sorted { left, right in
        let (first, second) = (counts[left.element] ?? 0, counts[right.element] ?? 0)
        return first == second ? left.offset < right.offset : first > second
      }.map(\.element)
  }

  /// What to say of a finding on a unit.
  package func advice(_ code: FindingCode, _ row: UnitRow, of control: Control) -> Advice {
    switch code {
    case .undecided, .undelegable, .contested, .declined, .unaccepted, .lapsed, .unowned:
      unownedAdvice(code, row, control)
    case .noEvidence, .staleEvidence, .outsiderEvidence: evidenceAdvice(code, row)
    default: otherAdvice(code, row)
    }
  }

  // MARK: Nobody answers

  private func unownedAdvice(_ code: FindingCode, _ row: UnitRow, _ control: Control) -> Advice {
    switch code {
    case .undelegable: undelegable(row, control)
    case .contested: contested(row)
    case .declined: declined(row)
    case .unaccepted: unaccepted(row)
    case .lapsed:
      Advice(
        reason: row.ownership.lapsed.map { "'\($0.engagement)' covered this last, and ended on \($0.lastDay)" }
          ?? "the last agreement that covered this has ended",
        remedy: "put a new version or another agreement into force",
        actors: [agreement(row.ownership.lapsed?.engagement)])
    case .undecided:
      Advice(
        reason: "the catalog of '\(row.id.framework)' or an agreement about this cannot be read",
        remedy: "see which object is missing or damaged, and restore it from a copy",
        actors: [actor(state.client, "custody verify")])
    default: unowned(row)
    }
  }

  private func unowned(_ row: UnitRow) -> Advice {
    guard !engagements.isEmpty else {
      return Advice(
        reason: "there is no agreement that gives this to anybody",
        remedy: "write an agreement, and apply it",
        actors: [firstAgreement])
    }
    if let departed = row.ownership.departed {
      return Advice(
        reason: "'\(departed.engagement)' gives this to \(Wording.list(departed.parties)), and that party has left",
        remedy: "give it to somebody who is there, in a new version or another agreement",
        actors: [agreement(departed.engagement)])
    }
    let named = Wording.list(engagements.map { "'\($0)'" })
    let domain = row.ownership.unit.domain
    return Advice(
      reason: domain.map { "no line of \(named) gives the domain '\($0)' to anybody" }
        ?? "no line of \(named) gives this to anybody",
      remedy: "say in a line of the agreement who is accountable, and apply it", actors: [agreement(row)])
  }

  private func unaccepted(_ row: UnitRow) -> Advice {
    guard let waiting = row.ownership.waiting else {
      return Advice(
        reason: "a party is named, and not everybody has accepted", remedy: "accept it", actors: [agreement(row)])
    }
    return Advice(
      reason:
        "'\(waiting.engagement)' gives this to \(waiting.answer.parties.isEmpty ? "nobody" : Wording.list(waiting.answer.parties)), "
        + "and \(FindingSentences.unaccepted(waiting.missing, waiting.unreadable, nil))",
      remedy: "accept what the agreement gives and takes", actors: acceptances(waiting.engagement, waiting.missing))
  }

  private func declined(_ row: UnitRow) -> Advice {
    guard let waiting = row.ownership.waiting else {
      return Advice(reason: "a party is named, and said no", remedy: "agree anew", actors: [agreement(row)])
    }
    return Advice(
      reason: "'\(waiting.engagement)' gives this to \(Wording.list(waiting.answer.parties)), and "
        + "\(Wording.list(waiting.missing)) declined" + (waiting.declineReason.map { ": \($0)" } ?? ""),
      remedy: "agree anew and apply a new version; or whoever declined accepts after all",
      actors: [agreement(waiting.engagement)] + acceptances(waiting.engagement, waiting.missing))
  }

  private func contested(_ row: UnitRow) -> Advice {
    let claims = row.ownership.claims.map { "'\($0.engagement)' gives this to \(Wording.list($0.answer.parties))" }
    return Advice(
      reason: Wording.list(claims),
      remedy: claims.count > 1
        ? "take it out of one agreement, or let one yield to the other" : "name one party in the line that is to hold",
      actors: [agreement(row)])
  }

  private func undelegable(_ row: UnitRow, _ control: Control) -> Advice {
    let line = row.assignedBy.map { " by its line for \($0)" } ?? ""
    return Advice(
      reason: "this stays with \(state.client)\(control.retained.map { " (\($0))" } ?? "") under every model, and "
        + "'\(row.engagement ?? "an agreement")' gives it away\(line)",
      remedy: "make \(state.client) accountable in that line; others may be responsible", actors: [agreement(row)])
  }

  // MARK: Evidence

  private func evidenceAdvice(_ code: FindingCode, _ row: UnitRow) -> Advice {
    let submission = submission(row)
    let newest = row.newestEvidence
    switch code {
    case .staleEvidence:
      let due = row.evidenceDue.map { ", due anew by \($0)" } ?? ""
      return Advice(
        reason: "the newest evidence is older than \(Adviser.interval(row.cadence))",
        detail: newest.map { "of \(row.evidenceDay ?? $0.ageDay) (entry \($0.entry))\(due)" } ?? "",
        remedy: "submit what shows it today", actors: [submission])
    case .outsiderEvidence:
      return Advice(
        reason: "evidence comes only from parties that neither answer for this nor do it",
        detail: newest.map { "the newest from \($0.member) (entry \($0.entry))" } ?? "",
        remedy: "submit some from a party that does", actors: [submission])
    default:
      return Advice(reason: "nothing has been submitted yet", remedy: "submit what shows it", actors: [submission])
    }
  }

  /// `three years`.
  static func interval(_ cadence: Cadence) -> String {
    switch cadence {
    case .twoYears: "two years"
    case .threeYears: "three years"
    case .halfYear: "half a year"
    default: "a \(cadence.rawValue)"
    }
  }

  /// By whoever does it and is still there, those of the accountable party first.
  private func submission(_ row: UnitRow, butBy suspect: String? = nil) -> Advice.Actor {
    let party = row.accountable ?? state.client
    let people = row.responsible.filter { Identifier.isMember($0) && isAble($0) && $0 != suspect }
    let person = people.first { Identifier.party(ofMember: $0) == party } ?? people.first
    let performer = person ?? signer(of: party)
    let tail = (performer.map { " --as \($0)" } ?? "") + " FILE"
    return Advice.Actor(
      party: person.map { Identifier.party(ofMember: $0) } ?? party, member: performer,
      command: "custody submit --control \(ShellWord.quoted(row.control.description))\(tail)",
      pattern: "custody submit --control CONTROL\(tail)")
  }

  // MARK: Everything else

  private func otherAdvice(_ code: FindingCode, _ row: UnitRow) -> Advice {
    let party = row.accountable ?? state.client
    switch code {
    case .pending:
      guard let waiting = row.ownership.waiting else { break }
      let parties = waiting.answer.parties
      return Advice(
        reason: "a newer version of '\(waiting.engagement)' gives this to "
          + "\(parties.isEmpty ? "nobody" : Wording.list(parties)) and waits for \(Wording.list(waiting.missing)); "
          + "until then the older one holds",
        remedy: "accept what the new version gives and takes", actors: acceptances(waiting.engagement, waiting.missing))
    case .backdated:
      let holding = row.ownership.claims.first?.holding
      let recorded = holding?.recordedDay.map { "recorded on \($0)" } ?? ""
      let entry = holding?.recordedEntry
      return Advice(
        reason:
          "the assignment or its acceptance was recorded more than a day after the date from which it claims to hold",
        detail: recorded + (entry.map { " by entry \($0)" } ?? ""),
        remedy: "this cannot be mended, only explained",
        actors: [actor(state.client, entry.map { "custody show \($0)" } ?? "custody log")])
    case .unstaffed:
      let gone =
        row.responsible.isEmpty
        ? "nobody is named who does it"
        : "\(Wording.list(row.responsible)), named to do it, has left or has no key any more"
      return Advice(
        reason: "\(party) answers for this, and \(gone)",
        remedy: "name who does it: at once by 'custody staff', or in the line of a new version of the agreement",
        actors: [staffing(row, by: party)])
    case .disputed:
      if let newest = row.newestEvidence, isSuspect(newest.keyID, at: newest.entry) {
        return Advice(
          reason: "the newest evidence was signed with a key of \(newest.member) that is under suspicion",
          remedy: "submit it again with a good key", actors: [submission(row, butBy: newest.member)])
      }
      return Advice(
        reason: "the assignment rests on a signature by a key under suspicion",
        remedy: "accept it again with a good key",
        actors: [
          row.engagement.map {
            actor(party, "custody accept --engagement \(ShellWord.quoted($0))", signs: true)
          } ?? agreement(row)
        ])
    default: break
    }
    return Advice(reason: code.meaning, remedy: "see what verification says", actors: [actor(party, "custody verify")])
  }

  /// What to say of a framework whose catalog cannot be read.
  package func unreadable(_ framework: String) -> Advice {
    Advice(
      reason: "the catalog of '\(framework)' cannot be read, so that nobody can say who owns its controls",
      remedy: "see which object is missing or damaged, and restore it from a copy",
      actors: [actor(state.client, "custody verify")])
  }

  /// What to say of what is about no control.
  package func general(_ finding: Finding) -> Advice {
    if finding.code == .overdue { return duty(finding) }
    if finding.code == .levelUnmeasured || finding.code == .levelMissed { return level(finding) }
    if finding.code == .noBusinessAssociateAgreement || finding.code == .noResponsibilityMatrix {
      // The subject is `acme-onsite/paper responsibility-matrix`.
      let engagement = String(finding.subject.prefix { $0 != "/" })
      return Advice(reason: finding.message, remedy: finding.code.row.remedy, actors: [agreement(engagement)])
    }
    if finding.code == .actionLate {
      return Advice(
        reason: finding.message, remedy: finding.code.row.remedy,
        actors: [actor(state.client, "custody assess \(ShellWord.quoted(finding.subject)) --status met", signs: true)])
    }
    if finding.code == .requestOverdue { return request(finding) }
    return Advice(
      reason: finding.message, remedy: finding.code.row.remedy,
      actors: [actor(state.client, finding.entry.map { "custody show \($0)" } ?? "custody member list")])
  }

  /// The subject is `pbc-2026.xlsx/request PBC-014`.
  private func request(_ finding: Finding) -> Advice {
    let number = finding.subject.firstRange(of: "/request ").map { String(finding.subject[$0.upperBound...]) }
    let match = "custody requests match" + (number.map { " \(ShellWord.quoted($0))" } ?? "")
    return Advice(reason: finding.message, remedy: finding.code.row.remedy, actors: [actor(state.client, match)])
  }

  /// By the party that owes the duty; the subject is `acme-onsite/duty minutes`.
  private func duty(_ finding: Finding) -> Advice {
    let party = promisers[finding.subject] ?? named(finding)
    let name = finding.subject.replacing("/duty ", with: "/")
    return Advice(
      reason: finding.message, remedy: finding.code.row.remedy,
      actors: [actor(party, "custody submit FILE --duty \(name)")])
  }

  /// Who owes what is in no line that holds: what is handed over, and what an agreement promised that has ended. The
  /// message begins with the party.
  private func named(_ finding: Finding) -> String {
    let named = finding.message.split(separator: "'").first.map { String($0) }
    return named.flatMap { state.membership.party($0)?.id } ?? state.client
  }

  /// By the party that promises the level; the subject is `acme-onsite/level uptime 2026-09`.
  private func level(_ finding: Finding) -> Advice {
    let words = finding.subject.split(separator: " ").map { String($0) }
    let line = words.prefix(2).joined(separator: " ")
    guard words.count > 2, let slash = words[0].firstIndex(of: "/") else {
      return Advice(reason: finding.message, remedy: finding.code.row.remedy, actors: [])
    }
    let party = promisers[line] ?? named(finding)
    let measure = "custody measure \(words[0][..<slash])/\(words[1]) --period \(words[2]) --value VALUE"
    let performer =
      finding.code == .levelMissed
      ? actor(party, "custody show \(finding.entry ?? 0)") : actor(party, measure, signs: true)
    return Advice(reason: finding.message, remedy: finding.code.row.remedy, actors: [performer])
  }

  /// What to say of a control that is others under another name, in a framework that is not adopted.
  package func notAdopted(_ control: Control, missing: [String]) -> Advice {
    Advice(
      reason: "this is another framework's control under another name, and \(Wording.list(missing.map { "'\($0)'" })) "
        + "is not adopted",
      remedy: "adopt it",
      actors: missing.map { actor(state.client, "custody framework adopt \(ShellWord.quoted($0))", signs: true) })
  }

  /// What to say of one person who does most of what a party answers for.
  package func singlePoint(person: String, party: String, count: Int, total: Int) -> Advice {
    Advice(
      reason:
        "\(person) is responsible for \(count) of the \(Wording.count(total, "control")) that \(party) answers for",
      remedy: "name a second person in the agreement's lines", actors: [agreement(nil, by: party)])
  }

  /// What to say of a party whose first key the reader has not confirmed.
  package func unconfirmed(party: String, fingerprint: String) -> Advice {
    Advice(
      reason: "\(state.client) brought the first key of \(party), and you have not confirmed that it is theirs",
      remedy: "compare the key id with the one that \(party) reads to you by telephone",
      actors: [actor(state.client, "custody party confirm \(ShellWord.quoted(party)) \(fingerprint)")])
  }

  // MARK: Who can act

  private func acceptances(_ engagement: String, _ parties: [String]) -> [Advice.Actor] {
    parties.map { actor($0, "custody accept --engagement \(ShellWord.quoted(engagement))", signs: true) }
  }

  private func agreement(_ row: UnitRow) -> Advice.Actor {
    agreement(row.engagement ?? row.ownership.waiting?.engagement)
  }

  /// Who does the work on a control, in the party's own word.
  private func staffing(_ row: UnitRow, by party: String) -> Advice.Actor {
    guard let engagement = row.engagement else { return agreement(nil, by: party) }
    let member = signer(of: party)
    let head = "custody staff \(ShellWord.quoted(engagement))"
    let tail = "--responsible \(party)/NAME" + (member.map { " --as \($0)" } ?? "")
    return Advice.Actor(
      party: party, member: member, command: "\(head) \(ShellWord.quoted(row.control.description)) \(tail)",
      pattern: "\(head) CONTROL \(tail)")
  }

  /// A new version of an agreement, or of that which says most.
  private func agreement(_ engagement: String?, by party: String? = nil) -> Advice.Actor {
    guard let known = engagement ?? engagements.first else { return firstAgreement }
    // The newest version, to be changed and applied: nobody can tell where its file lies.
    return actor(
      party ?? state.client,
      "custody engagement show \(ShellWord.quoted(known)) --document > \(ShellWord.quoted(known + ".yaml"))")
  }

  /// A document to start from, with the providers that there are.
  private var firstAgreement: Advice.Actor {
    let providers = state.membership.parties.filter { $0.kind == .provider && $0.leftDay == nil }.map(\.id)
    let model = providers.isEmpty ? "in-house" : "co-managed"
    let options = providers.map { " --provider \($0)" }.joined()
    return actor(state.client, "custody engagement new agreement.yaml --model \(model)\(options)")
  }

  private func actor(_ party: String, _ command: String, signs: Bool = false) -> Advice.Actor {
    let member = signer(of: party)
    let command = signs ? command + (member.map { " --as \($0)" } ?? "") : command
    return Advice.Actor(party: party, member: member, command: command, pattern: command)
  }

  /// The first administrator of a party who can sign.
  private func signer(of party: String) -> String? {
    state.membership.activeMembers(of: party).first { $0.role == .administrator && isAble($0.id) }?.id
  }

  private func isAble(_ member: String) -> Bool {
    !state.membership.isGone(member: member)
  }

  private func isSuspect(_ key: Digest, at entry: Int) -> Bool {
    state.membership.key(key)?.suspectSince.map { entry >= $0 } ?? false
  }
}
