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
  func roles(_ parties: Parties) -> [JSONOutput?] { Share.roles([self], parties) }

  /// Who has which role in any of some shares. Nobody has one who is not there to fill it.
  static func roles(_ shares: [Share], _ parties: Parties) -> [JSONOutput?] {
    let shares = shares.filter(\.applies)
    return [
      Role.accountable.held(by: shares.compactMap(\.accountable), parties),
      Role.responsible.held(by: shares.flatMap { $0.workers(parties) }, parties),
      Role.consulted.held(by: parties.remaining(shares.flatMap(\.first.consulted)), parties),
      Role.informed.held(by: parties.remaining(shares.flatMap(\.first.informed)), parties),
    ]
  }

  /// Those who are named to do the work, and are there to do it.
  func workers(_ parties: Parties) -> [String] { first.responsible.filter { parties.absence($0) == nil } }

  /// Who has which role, as props: of several objectives under one component the roles would not tell which is whose.
  func roleProps(_ parties: Parties) -> [JSONOutput?] {
    guard applies else { return [] }
    return workers(parties).map { Prop.own("responsible", $0) }
      + parties.remaining(first.consulted).map { Prop.own("consulted", $0) }
      + parties.remaining(first.informed).map { Prop.own("informed", $0) }
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

  /// The findings on it, with what each says: once of all units of which it says the same.
  func findings(_ parties: Parties) -> [JSONOutput?] {
    var said: [(code: FindingCode, words: String, units: [ResponsibilityMatrix.UnitRow])] = []
    for unit in units {
      for code in unit.findings {
        let words = sentence(code, unit, of: "", parties)
        if let place = said.firstIndex(where: { $0.code == code && $0.words == words }) {
          said[place].units.append(unit)
        } else {
          said.append((code, words, [unit]))
        }
      }
    }
    return said.map { code, _, units in
      Prop.own("finding", code.rawValue, remarks: sentence(code, units[0], of: row.called(units), parties))
    }
  }

  /// What a finding says; of people who are named and not there, which of the ways of not being there it is.
  private func sentence(
    _ code: FindingCode, _ unit: ResponsibilityMatrix.UnitRow, of subject: String, _ parties: Parties
  ) -> String {
    let gone = unit.responsible.compactMap { name in parties.absence(name).map { "\(name), \($0)" } }
    guard code == .unstaffed, !gone.isEmpty else { return FindingSentences.sentence(code, unit, of: subject) }
    return
      "\(unit.accountable ?? "nobody") answers for \(subject), and named to do the work is \(gone.joined(separator: "; "))"
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
      return
        (error.map { FindingSentences.sentence($0, first, of: row.called(units)) } ?? "nobody answers for '\(name)'")
        + "."
    }
    var text = "\(parties.called(accountable)) answers for \(name)"
    if let engagement = first.engagement {
      text += " by the agreement '\(engagement)'" + (first.assignedBy.map { ", \($0)" } ?? "")
      text += first.ownership.claims.first?.holding.recordedEntry.map { ", agreed in entry \($0)" } ?? ""
    }
    text += "."
    let workers = workers(parties)
    if !workers.isEmpty { text += " The work is done by \(Wording.list(workers.map(parties.called)))." }
    for name in first.responsible {
      if let absence = parties.absence(name) { text += " Named to do the work is \(parties.called(name)), \(absence)." }
    }
    return text
  }

  /// What assessments make of some units of a control; nil where nobody assessed any of them.
  ///
  /// - Parameter units: At least one; those that do not apply say nothing beside others that do.
  static func status(
    _ row: ResponsibilityMatrix.ControlRow, _ units: [ResponsibilityMatrix.UnitRow], _ book: AssessmentBook
  ) -> JSONOutput? {
    guard units.contains(where: \.applies) else { return status("not-applicable", units.first?.notApplicable) }
    var part = row
    part.units = units
    let mark = book.newest(part)
    let note = AssessmentNote(mark?.assessment.note)
    let by = mark.map { "Assessed in entry \($0.entry) on \($0.day) by \($0.member)." }
    let text = [by, note.partial, note.text].compactMap { OSCALText.text($0) }.joined(separator: "\n\n")
    switch book.state(part) {
    case .met: return status("implemented", text)
    case .partly: return status("partial", text)
    case .planned: return status("planned", text)
    case .notMet: return status(note.partial == nil ? "not-implemented" : "partial", text)
    case .alternative: return status("alternative", [text, note.alternative ?? ""].joined(separator: "\n\n"))
    case .notApplicable: return status("not-applicable", text)
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
