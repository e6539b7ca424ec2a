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
