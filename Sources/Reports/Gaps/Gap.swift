public import Findings
public import Catalogs
internal import Ownership

/// A finding on a control: on all units of it that have it for the same reason.
public struct Gap: Sendable {
  /// What is wrong.
  public var code: FindingCode
  /// nil where it is about a whole framework, or about people.
  public var control: ControlID?
  /// The family that the control is in.
  var family: ControlID?
  /// Of the control; else what it is about.
  public var title: String
  /// The units that have it; empty where it is not about units.
  public var units: [ControlID]
  /// Whether every unit of the control that applies has it.
  public var isWhole: Bool
  /// Why, and what to do.
  public var advice: Advice

  /// How much it matters.
  public var severity: Severity { code.severity }
}

/// Gaps of one kind and one reason, which the same party closes in the same way.
public struct GapGroup: Sendable {
  /// What is wrong.
  public var code: FindingCode
  /// Why, in a few words.
  public var reason: String
  /// What to do, in a sentence.
  public var remedy: String
  /// The first who can act; the command names no control.
  public var actors: [Advice.Actor]
  /// In the catalogs' order.
  public var gaps: [Gap]

  /// How many units they are about.
  public var unitCount: Int { gaps.reduce(0) { $0 + $1.units.count } }

  /// What to type: for one control as it is, for several with `CONTROL` in its place.
  public var commands: [String] {
    if gaps.count == 1, let only = gaps.first { return only.advice.actors.map(\.command) }
    return actors.map(\.pattern)
  }
}
