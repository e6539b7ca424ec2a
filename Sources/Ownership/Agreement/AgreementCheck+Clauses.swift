internal import Agreements
internal import Statements

/// Hours, escalation, papers, contacts and notes: whether what they name exists.
extension AgreementCheck {
  mutating func checkClauses() {
    for (index, block) in document.hours.enumerated() {
      let path: [SourceMap.Step] = ["hours", .index(index)]
      checkPresent(block.party, path + ["party"])
      checkDomains(block.domains, path)
    }
    for (index, escalation) in document.escalation.enumerated() {
      checkEscalation(escalation, ["escalation", .index(index)])
    }
    for (index, paper) in document.papers.enumerated() {
      if let through = paper.through, through < document.termFrom {
        remark(
          ["papers", .index(index), "through"],
          "'\(paper.file)' is in force through \(through), before the term begins on \(document.termFrom)")
      }
    }
    for (index, contact) in document.contacts.enumerated() { checkContact(contact, ["contacts", .index(index), "id"]) }
    for (index, note) in document.notes.enumerated() {
      checkTargets(note.target, accountable: nil, ["notes", .index(index)])
    }
  }

  private mutating func checkEscalation(_ escalation: Escalation, _ path: [SourceMap.Step]) {
    checkDomains(escalation.domains, path)
    for (place, step) in escalation.steps.enumerated() {
      let who = path + ["steps", .index(place), "who"]
      checkPerson(step.who, who)
      // Whoever is turned to last must be able to decide, or be held to it.
      guard place == escalation.steps.count - 1, Identifier.isMember(step.who),
        Identifier.party(ofMember: step.who) != document.client
      else { continue }
      fault(
        who,
        "the last step is '\(step.who)', and must be a person of '\(document.client)', or a party, here "
          + "'\(Identifier.party(ofMember: step.who))'")
    }
  }

  private mutating func checkContact(_ contact: Contact, _ path: [SourceMap.Step]) {
    let party = Identifier.party(ofMember: contact.id)
    checkPresent(party, path)
    if let member = state.membership.member(contact.id) {
      if member.left != nil {
        fault(path, "'\(contact.id)' was a member and has left: ids are never used again")
      } else {
        remark(path, "'\(contact.id)' is a member by now, and need not be listed")
      }
    }
  }
}
