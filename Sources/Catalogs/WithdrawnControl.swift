/// A control that a catalog keeps only to say that it is none any more.
package struct WithdrawnControl: Hashable, Sendable {
  /// `nist-800-171-r3/03.01.13`.
  package let id: ControlID

  /// The title that it had.
  package let title: String

  /// Other names that the catalog has for it.
  package let aliases: [String]

  /// The OSCAL ids of what it was moved to, or made part of.
  package let successors: [String]
}
