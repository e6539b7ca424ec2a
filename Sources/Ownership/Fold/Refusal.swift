package import Findings

/// Why an entry has no effect.
package struct Refusal: Error, Sendable, Equatable {
  /// `entry-malformed`, `signature-invalid`, `not-entitled` or `replayed`.
  package let code: FindingCode
  /// A clause that says why.
  package let reason: String

  package init(_ code: FindingCode, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}

/// A statement that is well signed, and what it says is not known: an object that holds an array of its predicate is
/// missing or changed. It has no effect until the object is there again.
struct UnreadableStatement: Error {}
