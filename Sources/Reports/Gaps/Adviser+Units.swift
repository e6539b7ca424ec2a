internal import Findings
internal import Ownership
internal import Rendering
internal import Statements

/// What else there is to say of a unit: of what is owned, and not all right for that.
extension Adviser {
  func otherAdvice(_ code: FindingCode, _ row: UnitRow) -> Advice {
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
}
