/// Why bytes are not a catalog that can be used.
package struct CatalogError: Error, Hashable, Sendable {
  /// The kinds of fault.
  package enum Code: String, Sendable {
    /// Not JSON as RFC 8259 has it, or JSON that two programs could read differently.
    case notJSON = "not-json"
    /// JSON, but no OSCAL catalog: a profile, another model, another document.
    case notACatalog = "not-a-catalog"
    /// A catalog in which something is missing, of the wrong type, or without meaning here.
    case malformed
    /// A catalog in which two things bear one identifier.
    case duplicate
  }

  /// The kind of fault.
  package let code: Code

  /// What is wrong, and where, in a sentence for people.
  package let message: String

  /// What to do about it.
  package let hint: String?

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension CatalogError: CustomStringConvertible {
  package var description: String { message }
}
