internal import Catalogs
internal import Crypto
package import Ownership
package import Statements

/// What assessments say of units and controls: the newest of each unit, and what that makes of its control.
///
/// An assessment of a control stands for all its units. Nothing here touches who owns a unit or whether it applies.
package struct AssessmentBook: Sendable {
  /// An assessment that counts.
  package struct Mark: Sendable, Equatable {
    package var entry: Int
    /// The day on which it was recorded.
    package var day: Day
    package var party: String
    package var member: String
    package var assessment: Assessment
    /// What became since of the object that it rests on; nil for nothing.
    package var outdated: Outdated?

    package init(entry: Int, day: Day, party: String, member: String, assessment: Assessment) {
      self.entry = entry
      self.day = day
      self.party = party
      self.member = member
      self.assessment = assessment
    }
  }

  /// Why what an assessment rested on is not what it was.
  package enum Outdated: String, Sendable {
    case replaced, redacted
  }

  /// Whose word is asked for.
  package enum Side: String, Sendable, CaseIterable {
    case client, auditor
  }

  /// What the assessments of its units make of a control.
  package enum State: String, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case planned
    /// Some units are met, the others nobody assessed.
    case partly
    case notApplicable = "not-applicable"
    /// An addressable specification in whose place something else is done, with the reason: that is compliance
    /// (45 CFR 164.306(d)(3)(ii)(B)).
    case alternative
    /// Nobody assessed any of it.
    case none
  }

  private var newest: [String: Mark] = [:]

  /// - Parameters:
  ///   - marks: In log order.
  ///   - side: Only the client's own word, or only that of others; nil for the newest of either.
  package init(_ marks: [Mark], by side: Side? = nil, client: String) {
    for mark in marks {
      if let side, (mark.party == client) != (side == .client) { continue }
      for unit in mark.assessment.units { newest[unit] = mark }
    }
  }

  /// The newest word on a unit, said of itself or of its control.
  package func mark(_ unit: ResponsibilityMatrix.UnitRow) -> Mark? {
    let marks = [newest[unit.id.description], newest[unit.control.description]].compactMap { $0 }
    return marks.max { $0.entry < $1.entry }
  }

  /// The newest word on any of a control's units that apply.
  package func newest(_ row: ResponsibilityMatrix.ControlRow) -> Mark? {
    row.applicable.compactMap { mark($0) }.max { $0.entry < $1.entry }
  }

  /// What a control is. A unit that does not apply counts as met (32 CFR 170.24(b)(3)); so does a control of such units,
  /// but it is called what it is.
  package func state(_ row: ResponsibilityMatrix.ControlRow) -> State {
    guard row.applies else { return .notApplicable }
    let marks = row.applicable.map { mark($0)?.assessment }
    let isAddressable = row.control.requirement == "addressable"
    let replaced = marks.count { isAddressable && $0.map(AssessmentBook.isReplaced) ?? false }
    let statuses = marks.filter { !(isAddressable && $0.map(AssessmentBook.isReplaced) ?? false) }.map { $0?.status }
    if statuses.contains(.notMet) { return .notMet }
    if statuses.contains(.planned) { return .planned }
    let known = statuses.compactMap { $0 }
    if replaced > 0 { return known.count < statuses.count ? .partly : .alternative }
    if known.isEmpty { return .none }
    if known.count < statuses.count { return .partly }
    return known.allSatisfy { $0 == .notApplicable } ? .notApplicable : .met
  }

  /// Whether something else is done in its place, and why it is not reasonable and appropriate is documented: one without
  /// the other is not enough (45 CFR 164.306(d)(3)(ii)(B)(1) and (2)).
  private static func isReplaced(_ assessment: Assessment) -> Bool {
    guard assessment.status == .notMet else { return false }
    let note = AssessmentNote(assessment.note)
    return note.alternative?.isEmpty == false && !note.text.isEmpty
  }
}

extension AssessmentBook.State {
  /// Whether it is settled that the requirement is satisfied (32 CFR 170.24(b)(1) and (3)).
  package var isSatisfied: Bool { self == .met || self == .notApplicable || self == .alternative }
  /// Whether it is said to be open.
  package var isOpen: Bool { self == .notMet || self == .planned }
}
