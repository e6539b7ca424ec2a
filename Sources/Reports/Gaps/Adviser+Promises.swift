package import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// What to say of what agreements promise: duties, service levels, papers, plans, and what auditors asked for.
extension Adviser {
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
}
