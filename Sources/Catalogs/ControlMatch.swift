/// What a text that somebody typed for a control leads to.
package enum ControlMatch: Hashable, Sendable {
  /// A control or a unit; several where the control is the same as several others.
  case found([ControlID])

  /// A family.
  case family(ControlID)

  /// Several controls, units or families of different frameworks, which the text does not tell apart.
  case ambiguous([ControlID])

  /// What was a control once, and what it went into, where the catalog says.
  case withdrawn(ControlID, [ControlID])

  /// Nothing; perhaps one of these was meant.
  case unknown(suggestions: [String])
}
