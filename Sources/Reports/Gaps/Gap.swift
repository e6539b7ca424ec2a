package import Findings
package import Catalogs
internal import Ownership

/// A finding on a control: on all units of it that have it for the same reason.
package struct Gap: Sendable {
  package var code: FindingCode
  /// nil where it is about a whole framework, or about people.
  package var control: ControlID?
  /// Of the control; else what it is about.
  package var title: String
  /// The units that have it; empty where it is not about units.
  package var units: [ControlID]
  /// Whether every unit of the control that applies has it.
  package var isWhole: Bool
  package var advice: Advice

  package var severity: Severity { code.severity }
}

/// Gaps of one kind and one reason, which the same party closes in the same way.
package struct GapGroup: Sendable {
  package var code: FindingCode
  package var reason: String
  package var remedy: String
  /// The first who can act; the command names no control.
  package var actors: [Advice.Actor]
  package var gaps: [Gap]

  package var unitCount: Int { gaps.reduce(0) { $0 + $1.units.count } }

  /// What to type: for one control as it is, for several with `CONTROL` in its place.
  package var commands: [String] {
    if gaps.count == 1, let only = gaps.first { return only.advice.actors.map(\.command) }
    return actors.map(\.pattern)
  }
}
