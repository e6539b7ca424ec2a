internal import Catalogs
package import Obligations
package import Ownership
package import Statements

/// What was assessed: each control's state, the score and status that it gives, and what stands in the way.
public struct AssessmentReport: Sendable {
  /// What it was folded from.
  public let stamp: ReportStamp
  /// Whose word counts; nil for the newest of either side.
  package let side: AssessmentBook.Side?
  /// The days for which operation is asked; nil where it is not.
  package let period: ClosedRange<Day>?
  /// The Conditional Status Date; nil where there is none.
  package let conditionalSince: Day?
  package var listsAll = false
  let marks: [AssessmentBook.Mark]
  let book: AssessmentBook
  let frameworks: [ResponsibilityMatrix.FrameworkRows]
  /// The other side's word, where it differs.
  let other: AssessmentBook?

  /// - Parameters:
  ///   - marks: In log order.
  ///   - frameworks: Only these; nil for all that are adopted.
  package init(
    _ snapshot: Snapshot, marks: [AssessmentBook.Mark], frameworks: [String]? = nil, side: AssessmentBook.Side? = nil,
    period: ClosedRange<Day>? = nil, conditionalSince: Day? = nil
  ) {
    stamp = ReportStamp(snapshot)
    self.marks = marks
    self.side = side
    self.period = period
    self.conditionalSince = conditionalSince
    book = AssessmentBook(marks, by: side, client: snapshot.state.client)
    let rows = snapshot.matrix.frameworks
    requirementRows = rows.first { $0.id == "nist-800-171-r2" }?.controls
    levelTwoRows = (rows.first { $0.id == "cmmc-level-2" } ?? rows.first { $0.id == "nist-800-171-r2" })?.controls
    self.frameworks = frameworks.map { names in rows.filter { names.contains($0.id) } } ?? rows
    let client = snapshot.state.client
    let hasBoth = Set(marks.map { $0.party == client }).count == 2
    other = hasBoth && side == nil ? AssessmentBook(marks, by: .auditor, client: client) : nil
    clientBook = hasBoth && side == nil ? AssessmentBook(marks, by: .client, client: client) : nil
  }

  private let clientBook: AssessmentBook?
  /// What level 2 asks for, whichever frameworks are shown; nil where it is not adopted.
  private let levelTwoRows: [ResponsibilityMatrix.ControlRow]?

  /// Those of NIST SP 800-171 revision 2, on which the plan of action speaks of what level 2 asks for.
  private let requirementRows: [ResponsibilityMatrix.ControlRow]?

  /// Controls on which client and auditor do not say the same, where both have said something.
  var disagreements: [(control: String, client: AssessmentBook.State, auditor: AssessmentBook.State)] {
    guard let clientBook, let other else { return [] }
    return frameworks.flatMap(\.controls).compactMap { row in
      let (ours, theirs) = (clientBook.state(row), other.state(row))
      guard ours != .none, theirs != .none, ours != theirs else { return nil }
      return (row.control.id.description, ours, theirs)
    }
  }

  /// How many controls of a framework have each state.
  func counts(_ rows: ResponsibilityMatrix.FrameworkRows) -> [AssessmentBook.State: Int] {
    Dictionary(grouping: rows.controls) { book.state($0) }.mapValues(\.count)
  }

  /// The score of NIST SP 800-171 revision 2; nil for another framework.
  func score(_ rows: ResponsibilityMatrix.FrameworkRows) -> DoDScore? {
    guard rows.id == "nist-800-171-r2" || rows.id == "cmmc-level-2" else { return nil }
    // Adopted for CMMC level 1 alone, most of it is not asked for, and 110 points would say what nobody looked at.
    guard rows.controls.count(where: \.applies) * 2 > rows.controls.count else { return nil }
    return DoDScore(rows.controls, book)
  }

  /// The CMMC status that follows, as far as a conditional one still runs; nil for another framework.
  func status(_ rows: ResponsibilityMatrix.FrameworkRows) -> CMMCStatus? {
    let outcome = outcome(of: rows)
    guard let conditionalSince else { return outcome?.planned(due(in: rows), since: stamp.asOf) }
    return outcome?.running(since: conditionalSince, asOf: stamp.asOf)
  }

  /// The days by which what is open of a framework is planned to be closed.
  private func due(in rows: ResponsibilityMatrix.FrameworkRows) -> [String: Day] {
    let own = rows.id == "cmmc-level-2" ? requirementRows ?? [] : rows.controls
    let items = ActionItem.list(rows.id, own, book, marks: marks, asOf: stamp.asOf)
    return Dictionary(
      items.compactMap { item in item.due.map { (item.control, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  private func outcome(of rows: ResponsibilityMatrix.FrameworkRows) -> CMMCStatus? {
    switch rows.id {
    case "cmmc-level-1": CMMCStatus.levelOne(rows.controls, book)
    case "cmmc-level-2": CMMCStatus.levelTwo(DoDScore(rows.controls, book))
    case "cmmc-level-3":
      CMMCStatus.levelThree(
        rows.controls, book, levelTwo: levelTwoRows.map { CMMCStatus.levelTwo(DoDScore($0, book)).verdict })
    default: nil
    }
  }

  /// An addressable or required specification that is not simply met (45 CFR 164.306(d)).
  struct Specification {
    let row: ResponsibilityMatrix.ControlRow
    let state: AssessmentBook.State
    let alternative: String?
    /// What is wrong with it; nil for nothing.
    let fault: String?
  }

  /// Of the HIPAA Security Rule: what was said not to be done as it stands, and whether that is documented.
  func specifications(_ rows: ResponsibilityMatrix.FrameworkRows) -> [Specification] {
    rows.controls.compactMap { row in
      guard let requirement = row.control.requirement else { return nil }
      let state = book.state(row)
      guard row.applies, let mark = book.newest(row) else { return nil }
      let note = AssessmentNote(mark.assessment.note)
      let alternative = note.alternative
      // What has something in its place is not implemented as it stands, whatever it is called.
      guard [.notApplicable, .notMet, .planned, .alternative].contains(state) || alternative != nil else { return nil }
      var fault: String?
      if requirement == "required" {
        fault = "it is required, and nothing takes its place (164.306(d)(2))"
      } else if state == .planned {
        // It is to be implemented as it stands.
        fault = nil
      } else if requirement == "addressable", note.text.isEmpty {
        fault = "why it is not reasonable and appropriate has to be documented (164.306(d)(3)(ii)(B)(1))"
      } else if requirement == "addressable", alternative == nil {
        fault = "say what is done in its place, if that is reasonable: alternative (164.306(d)(3)(ii)(B)(2))"
      }
      return Specification(row: row, state: state, alternative: alternative, fault: fault)
    }
  }

  /// Of the HIPAA Security Rule: what nobody assessed, or not all of it. Until somebody does, nobody knows that it is done.
  func unassessed(_ rows: ResponsibilityMatrix.FrameworkRows) -> [ResponsibilityMatrix.ControlRow] {
    rows.controls.filter { row in
      let state = book.state(row)
      return row.control.requirement != nil && (state == .none || state == .partly)
    }
  }

  /// Assessments that say 'met' of days after the one on which they were recorded: nobody had seen these yet.
  var ahead: [AssessmentBook.Mark] {
    marks.filter { mark in mark.assessment.status == .met && mark.assessment.through.map { $0 > mark.day } ?? false }
  }

  /// How far assessments of each control cover the period.
  func coverage(_ row: ResponsibilityMatrix.ControlRow, _ period: ClosedRange<Day>) -> PeriodCoverage {
    let names = Set(row.applicable.flatMap { [$0.id.description, $0.control.description] })
    return PeriodCoverage(marks.filter { !names.isDisjoint(with: $0.assessment.units) }, of: period)
  }
}
