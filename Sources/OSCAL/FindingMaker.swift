internal import Catalogs
internal import Findings
internal import Obligations
internal import Ownership
internal import Rendering
internal import Statements

/// What assessments make of one objective, or of a control as a whole, in OSCAL's two words: satisfied or not.
struct FindingMaker {
  /// The unit or control that it is about.
  let subject: ControlID
  let title: String
  let state: AssessmentBook.State
  /// The words that it rests on; at least one, the newest last.
  let marks: [AssessmentBook.Mark]
  private let units: [ResponsibilityMatrix.UnitRow]

  /// Of a control's objectives those that were assessed; of one that is another's under another name, the whole, where
  /// enough of it was assessed to say.
  static func list(_ row: ResponsibilityMatrix.ControlRow, _ book: AssessmentBook) -> [FindingMaker] {
    if !row.control.sameAs.isEmpty {
      let state = book.state(row)
      guard row.applies, state.isSatisfied || state.isOpen else { return [] }
      return [make(row, row.control.id, row.control.title, book)].compactMap { $0 }
    }
    return row.applicable.compactMap { unit in
      var part = row
      part.units = [unit]
      return make(part, unit.id, "\(unit.id.local) \(row.control.title)", book)
    }
  }

  private static func make(
    _ row: ResponsibilityMatrix.ControlRow, _ subject: ControlID, _ title: String, _ book: AssessmentBook
  ) -> FindingMaker? {
    var entries: Set<Int> = []
    let marks = row.applicable.compactMap { book.mark($0) }.filter { entries.insert($0.entry).inserted }
    guard !marks.isEmpty else { return nil }
    return FindingMaker(
      subject: subject, title: title, state: book.state(row), marks: marks.sorted { $0.entry < $1.entry },
      units: row.applicable)
  }

  /// How much evidence a finding points at; the rest names its controls itself.
  private static let mostEvidence = 10

  func json(_ context: OSCALContext, _ observing: Observing, by party: String) -> JSONOutput {
    let note = AssessmentNote(marks.last?.assessment.note)
    var fields = Fields()
    fields.set("uuid", exactly: context.ids("finding", party, subject.description))
    fields.set("title", line: title)
    fields.set("description", text: description(note))
    fields.set("props", [Prop.own("unit", subject.description), Prop.own("assessment", state.rawValue)])
    fields.set("origins", marks.last.map { [Observing.origin($0.member, .assessor, context)] } ?? [])
    fields.set("target", target(context, note))
    let evidence = observing.evidence(on: units, atMost: FindingMaker.mostEvidence)
    let observations = marks.map { observing.uuid(of: $0) } + evidence.map { observing.uuid(of: $0) }
    fields.set("related-observations", observations.map { ["observation-uuid": .string($0)] })
    return fields.json
  }

  private func description(_ note: AssessmentNote) -> String {
    let last = marks.last.map { "\($0.member) assessed it as \($0.assessment.status.rawValue) in entry \($0.entry)." }
    return [last, note.partial, note.text, note.alternative.map { "In its place: \($0)" }].compactMap {
      OSCALText.text($0)
    }
    .joined(separator: "\n\n")
  }

  private func target(_ context: OSCALContext, _ note: AssessmentNote) -> JSONOutput {
    let target = context.names.target(subject)
    let isSatisfied = state.isSatisfied
    var status = Fields()
    status.set("state", exactly: isSatisfied ? "satisfied" : "not-satisfied")
    status.set("reason", exactly: state == .met ? "pass" : isSatisfied || state == .planned ? "other" : "fail")
    var implementation = Fields()
    let word =
      switch state {
      case .met: "implemented"
      case .notMet: note.partial == nil ? "not-implemented" : "partial"
      case .planned: "planned"
      case .partly: "partial"
      case .notApplicable: "not-applicable"
      case .alternative: "alternative"
      case .none: "not-assessed"
      }
    implementation.set("state", exactly: word)
    var fields = Fields()
    fields.set("type", exactly: target.type)
    fields.set("target-id", exactly: target.id)
    fields.set("title", line: title)
    fields.set("status", status.json)
    fields.set("implementation-status", implementation.json)
    return fields.json
  }
}
