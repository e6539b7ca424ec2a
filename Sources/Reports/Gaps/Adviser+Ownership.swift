internal import Catalogs
internal import Findings
internal import Ownership
internal import Statements

/// Why nobody answers for a unit, and what would give it to somebody.
extension Adviser {
  func unownedAdvice(_ code: FindingCode, _ row: UnitRow, _ control: Control) -> Advice {
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
}
