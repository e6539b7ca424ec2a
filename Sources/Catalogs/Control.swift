/// What is owned: an assessment objective, or a control that has none.
public struct Unit: Hashable, Sendable {
  /// `nist-800-171-r2/3.1.1[a]`; the control's own where it has no objectives.
  public let id: ControlID

  /// The control that it belongs to.
  public let control: ControlID

  /// What is to be determined; the control's statement where it has no objectives. May be empty.
  public let prose: String

  /// The id that the file gives the part: that of the objective, or of the statement where the control is its own unit;
  /// nil where it gives none.
  package let partID: String?
}

/// A group of controls.
public struct Family: Hashable, Sendable {
  /// `nist-800-171-r2/3.1`.
  public let id: ControlID

  /// `Access Control`.
  public let title: String

  /// The next family around it.
  public let parent: ControlID?

  /// Whether it is itself a requirement, which its controls specify: a standard of the HIPAA Security Rule.
  package let isStandard: Bool
}

/// One prop of a control in the namespace `urn:custody:v1` that has no field of its own in `Control`.
package struct ControlProperty: Hashable, Sendable {
  /// `poam-allowed`.
  package let name: String

  /// `no`.
  package let value: String

  /// What tells props of one name apart: for `crosswalk`, the relation.
  package let category: String?

  /// Why the value is what it is.
  package let remarks: String?
}

/// One requirement of one framework.
public struct Control: Hashable, Sendable {
  /// `nist-800-171-r2/3.1.1`.
  public let id: ControlID

  /// A short title, for lists.
  public let title: String

  /// The requirement's text, a line for each item. May be empty.
  public let statement: String

  /// The families that it is in, from the innermost out.
  public let families: [ControlID]

  /// The IT function that it belongs to: `identity-access`.
  public let domain: String?

  /// Why it cannot be handed over to a provider: the citation. nil where it can be.
  public let retained: String?

  /// Points off the score when it is not met.
  public let weight: String?

  /// The controls of other catalogs that this one is under another name. Where there are any, it has no units.
  public let sameAs: [ControlID]

  /// How often evidence is due, where the catalog says so for this control.
  public let cadence: Cadence?

  /// Whose a function usually is under a managed engagement: `provider`, `client` or `shared`.
  package let typicalManaged: String?

  /// What is owned: its objectives in the catalog's order, or itself, or nothing where it is the same as others.
  public internal(set) var units: [Unit]

  /// The other props in the namespace `urn:custody:v1`, in the catalog's order.
  package let properties: [ControlProperty]

  /// The id that the file gives it; another than its own where that is its label.
  package let oscalID: String

  /// The id that the file gives its statement; nil where it has none, or that has no id.
  package let statementID: String?

  /// Other names that the catalog has for it: its OSCAL id and its labels of some class.
  package let aliases: [String]

  /// `required` or `addressable`, where the catalog says it (45 CFR 164.306(d)).
  package var requirement: String? { property("requirement") }

  /// The value of the first other prop of that name.
  package func property(_ name: String) -> String? {
    properties.first { $0.name == name }?.value
  }
}
