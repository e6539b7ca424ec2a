internal import Agreements
internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// Units of one control for which the same people answer by the same agreement: what OSCAL says of them is said once.
struct Share {
  let row: ResponsibilityMatrix.ControlRow
  /// At least one.
  private(set) var units: [ResponsibilityMatrix.UnitRow]

  private var first: ResponsibilityMatrix.UnitRow { units[0] }

  var applies: Bool { first.applies }
  var accountable: String? { applies ? first.accountable : nil }
  var error: FindingCode? { applies ? first.ownership.error : nil }

  /// A control's units, put together where they are alike, in its order; none for a control without units.
  static func list(_ row: ResponsibilityMatrix.ControlRow) -> [Share] {
    var shares: [Share] = []
    for unit in row.units {
      if let place = shares.firstIndex(where: { $0.first.isAnswered(like: unit) }) {
        shares[place].units.append(unit)
      } else {
        shares.append(Share(row: row, units: [unit]))
      }
    }
    return shares
  }

  init(row: ResponsibilityMatrix.ControlRow, units: [ResponsibilityMatrix.UnitRow]) {
    precondition(!units.isEmpty, "a share is of some unit")
    self.row = row
    self.units = units
  }

  /// Who has which role in it, as OSCAL lists them.
  func roles(_ parties: Parties) -> [JSONOutput?] {
    guard applies else { return [] }
    return [
      Role.accountable.held(by: [accountable].compactMap { $0 }, parties),
      Role.responsible.held(by: first.responsible, parties),
      Role.consulted.held(by: first.consulted, parties), Role.informed.held(by: first.informed, parties),
    ]
  }

  /// Whether a party does some of the work, or is asked, where another answers.
  func involves(_ party: String) -> Bool {
    (first.responsible + first.consulted).contains { $0 == party || Identifier.party(ofMember: $0) == party }
  }

  /// What OSCAL has no words for, of each of its units alike.
  var props: [JSONOutput?] {
    guard applies else { return [Prop.own("not-applicable", "yes", remarks: first.notApplicable)] }
    var props = [
      Prop.own("accountable", accountable),
      Prop.own("engagement", first.ownership.claims.count == 1 ? first.engagement : nil),
      Prop.own("assigned-by", first.ownership.claims.count == 1 ? first.assignedBy : nil),
      Prop.own("agreed-in-entry", first.ownership.claims.first?.holding.recordedEntry.map { "\($0)" }),
    ]
    if first.ownership.claims.count > 1 {
      props += first.ownership.claims.map {
        Prop.own(
          "claimed-for", $0.answer.parties.joined(separator: " "), remarks: "By the engagement '\($0.engagement)'.")
      }
    }
    return props
  }

  /// The findings on it, with what each says.
  var findings: [JSONOutput?] {
    var seen: Set<FindingCode> = []
    return units.flatMap { unit in
      unit.findings.filter { seen.insert($0).inserted }.map { code in
        Prop.own("finding", code.rawValue, remarks: FindingSentences.sentence(code, unit))
      }
    }
  }

  /// How often evidence is due, and what there is.
  var evidence: [JSONOutput?] {
    guard applies else { return [] }
    let newest = units.compactMap(\.evidenceDay).max()
    let due = units.compactMap(\.evidenceDue).min()
    return [
      Prop.own("cadence", first.cadence.rawValue),
      Prop.own("evidence-statements", "\(units.map(\.evidenceCount).max() ?? 0)"),
      Prop.own("evidence-newest", newest.map { "\($0)" }), Prop.own("evidence-due", due.map { "\($0)" }),
    ]
  }

  /// The units by name, where they are not all of the control's that apply: `3.5.3[a] and 3.5.3[b]`.
  var name: String {
    let whole = row.units.count == units.count ? row.control.id.local : nil
    return whole ?? Wording.list(units.map(\.id.local))
  }

  /// The sentences of who answers for it, and by whose word.
  func sentence(_ parties: Parties) -> String {
    guard applies else {
      return "\(name) does not apply" + (first.notApplicable.flatMap { OSCALText.text($0) }.map { ": \($0)" } ?? "")
        + "."
    }
    guard error == nil, let accountable else {
      return (error.map { FindingSentences.sentence($0, first) } ?? "nobody answers for '\(name)'") + "."
    }
    var text = "\(parties.called(accountable)) answers for \(name)"
    if let engagement = first.engagement {
      text += " by the agreement '\(engagement)'" + (first.assignedBy.map { ", \($0)" } ?? "")
      text += first.ownership.claims.first?.holding.recordedEntry.map { ", agreed in entry \($0)" } ?? ""
    }
    text += "."
    if !first.responsible.isEmpty {
      text += " The work is done by \(Wording.list(first.responsible.map(parties.called)))."
    }
    return text
  }

  /// What assessments make of it; nil where nobody assessed any of it.
  func status(_ book: AssessmentBook) -> JSONOutput? {
    guard applies else { return Share.status("not-applicable", first.notApplicable) }
    var part = row
    part.units = units
    let mark = book.newest(part)
    let note = AssessmentNote(mark?.assessment.note)
    let by = mark.map { "Assessed in entry \($0.entry) on \($0.day) by \($0.member)." }
    let text = [by, note.partial, note.text].compactMap { OSCALText.text($0) }.joined(separator: "\n\n")
    switch book.state(part) {
    case .met: return Share.status("implemented", text)
    case .partly: return Share.status("partial", text)
    case .planned: return Share.status("planned", text)
    case .notMet: return Share.status(note.partial == nil ? "not-implemented" : "partial", text)
    case .alternative: return Share.status("alternative", [text, note.alternative ?? ""].joined(separator: "\n\n"))
    case .notApplicable: return Share.status("not-applicable", text)
    case .none: return nil
    }
  }

  private static func status(_ state: String, _ remarks: String?) -> JSONOutput {
    var fields = Fields()
    fields.set("state", exactly: state)
    fields.set("remarks", text: remarks)
    return fields.json
  }
}

extension ResponsibilityMatrix.UnitRow {
  /// Whether the same people answer for it by the same words.
  fileprivate func isAnswered(like other: ResponsibilityMatrix.UnitRow) -> Bool {
    notApplicable == other.notApplicable && accountable == other.accountable && responsible == other.responsible
      && consulted == other.consulted && informed == other.informed && ownership.error == other.ownership.error
      && ownership.claims.map(\.engagement) == other.ownership.claims.map(\.engagement) && cadence == other.cadence
  }
}
