package import Findings
internal import Catalogs
internal import Statements

extension ResponsibilityMatrix {
  /// The matrix's findings, the worst first: one for each unit and kind, and those on whole frameworks and people.
  package func ownershipFindings(_ state: LogState) -> [Finding] {
    var findings: [Finding] = []
    for framework in unreadable {
      findings.append(
        Finding(
          .undecided, framework, entry: unreadableEntries[framework],
          "the catalog of '\(framework)' cannot be read, so that nobody can say who owns its controls: restore the "
            + "object, or adopt a catalog that can be read"))
    }
    for row in frameworks.flatMap(\.controls) where row.error == .undecided && row.units.isEmpty {
      findings.append(
        Finding(
          .undecided, row.control.id.description,
          "'\(row.control.id)' is \(row.control.sameAs.map(\.description).joined(separator: ", ")) under another name, and "
            + "that is not adopted: adopt it"))
    }
    for row in units {
      for code in row.findings {
        findings.append(
          Finding(code, row.id.description, entry: row.entry(for: code), FindingSentences.sentence(code, row)))
      }
    }
    findings += lineFindings
    for point in singlePoints {
      findings.append(
        Finding(
          .singlePoint, point.person,
          "\(point.person) is responsible for \(point.count) of the \(point.total) controls that '\(point.party)' answers for"
        ))
    }
    return findings.enumerated().sorted { left, right in
      left.element.severity == right.element.severity
        ? left.offset < right.offset : left.element.severity > right.element.severity
    }.map(\.element)
  }
}

extension ResponsibilityMatrix.UnitRow {
  /// The entry that shows a finding, where one does.
  package func entry(for code: FindingCode) -> Int? {
    switch code {
    case .staleEvidence, .outsiderEvidence: newestEvidence?.entry
    case .backdated: ownership.claims.first?.holding.recordedEntry
    case .undecided: ownership.undecidedBy?.entry
    case .unaccepted, .pending: ownership.waiting?.unreadable.first?.entry
    default: nil
    }
  }
}

extension ResponsibilityMatrix.ControlRow {
  /// What some of its units are called in a sentence that is true of all of them: the control where they are all that
  /// applies of it, `'plant/A.1' ([a] and [c])` where they are not.
  ///
  /// - Parameter some: Units of the control, at least one; those that do not apply do not count.
  package func called(_ some: [ResponsibilityMatrix.UnitRow]) -> String {
    if some.count == 1, let unit = some.first { return "'\(unit.id)'" }
    if some.count >= applicable.count { return "'\(control.id)'" }
    let names = some.map { $0.control == control.id ? $0.suffix : $0.id.local }
    return "'\(control.id)' (\(Wording.list(names)))"
  }
}

extension ResponsibilityMatrix.UnitRow {
  /// How a reader tells it from its control's other units: `[a]` of `3.1.1[a]`.
  package var suffix: String {
    let (own, whole) = (id.local, control.local)
    return own.count > whole.count && own.hasPrefix(whole) ? String(own.dropFirst(whole.count)) : own
  }
}

/// What each finding on a unit says in one sentence.
package enum FindingSentences {
  /// - Parameter subject: What stands for the unit where the sentence is true of several alike, quoted; nil for the unit.
  package static func sentence(
    _ code: FindingCode, _ row: ResponsibilityMatrix.UnitRow, of subject: String? = nil
  ) -> String {
    let named = subject ?? "'\(row.id)'"
    let ownership = row.ownership
    let waiting = ownership.waiting
    let missing = Wording.list(waiting?.missing ?? [])
    switch code {
    case .undecided:
      guard let cause = ownership.undecidedBy else {
        return "the catalog or the agreement that decides \(named) cannot be read"
      }
      return
        "the agreement of '\(cause.engagement)' in entry \(cause.entry), which may decide \(named), cannot be read"
    case .undelegable:
      return "\(named) stays with the client by law, and \(row.assignedBy ?? "a line") gives it to somebody else"
    case .contested:
      let claims = ownership.claims.map { "\($0.answer.parties.joined(separator: " and ")) by '\($0.engagement)'" }
      return "\(named) is claimed for \(claims.joined(separator: " and for "))"
    case .declined:
      let reason = waiting?.declineReason.map { ": \($0)" } ?? ""
      return
        "\(named) would be \(waiting?.answer.terms.accountable ?? "nobody")'s by '\(waiting?.engagement ?? "")', and "
        + "\(missing) declined\(reason)"
    case .unaccepted:
      return
        "\(named) would be \(waiting?.answer.terms.accountable ?? "nobody")'s by '\(waiting?.engagement ?? "")', and "
        + unaccepted(waiting?.missing ?? [], waiting?.unreadable ?? [])
    case .lapsed: return "the last engagement that covered \(named) has ended"
    case .unowned:
      return "nobody answers for \(named)"
        + (ownership.departed.map { ": \(Wording.list($0.parties)), whose it was by '\($0.engagement)', has left" }
          ?? "")
    case .pending:
      return "a newer version of '\(waiting?.engagement ?? "")' would change \(named), and "
        + unaccepted(waiting?.missing ?? [], waiting?.unreadable ?? [])
    case .backdated:
      let day = ownership.claims.first?.holding.recordedDay.map { "\($0)" } ?? ""
      return "the assignment of \(named) was recorded on \(day), after the date from which it claims to hold"
    case .unstaffed:
      return row.responsible.isEmpty
        ? "\(row.accountable ?? "nobody") answers for \(named), and nobody is named who does it"
        : "\(row.accountable ?? "nobody") answers for \(named), and \(row.responsible.joined(separator: ", ")) left, or "
          + "never joined"
    case .noEvidence: return "nothing has been submitted for \(named) yet"
    case .staleEvidence:
      let newest = row.evidenceDay.map { "\($0)" } ?? ""
      let due = row.evidenceDue.map { "\($0)" } ?? ""
      return "the newest evidence for \(named) is of \(newest) and was due anew on \(due)"
    case .outsiderEvidence:
      return "evidence for \(named) comes only from parties that neither answer for it nor do it"
    case .disputed: return "\(named) rests on a statement of a key under suspicion"
    default: return "\(named): \(code.rawValue)"
    }
  }

  /// Who has not accepted, and whose word nobody can read: `onsite has not accepted it`, `the schedule of entry 8, with
  /// which onsite answered, cannot be read`.
  package static func unaccepted(
    _ missing: [String], _ unreadable: [AgreementState.UnreadableWord], _ what: String? = "it"
  ) -> String {
    let silent = missing.filter { party in !unreadable.contains { $0.party == party } }
    var clauses: [String] = []
    if !silent.isEmpty {
      clauses.append(
        "\(Wording.list(silent)) \(silent.count > 1 ? "have" : "has") not accepted" + (what.map { " \($0)" } ?? ""))
    }
    for word in unreadable {
      clauses.append("the schedule of entry \(word.entry), with which \(word.party) answered, cannot be read")
    }
    return Wording.list(clauses)
  }
}
