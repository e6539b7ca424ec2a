package import Findings

/// Something that a user is asked before it is done.
package struct Question: Sendable, Equatable {
  /// One or two sentences that can be answered with yes or no.
  package let text: String
  /// What it fails with where yes was said to every question beforehand; nil where that is answer enough.
  package let refusal: Failure?

  package init(_ text: String, refusingBlanketYes refusal: Failure? = nil) {
    self.text = text
    self.refusal = refusal
  }
}

/// Who answers for a user.
package protocol Consent {
  /// Whether the user says yes.
  ///
  /// - Throws: Where nobody can be asked.
  func confirm(_ question: Question) throws -> Bool
}

/// Nobody is there to be asked: whatever would need an answer fails.
package struct NoConsent: Consent, Sendable {
  package init() {}

  package func confirm(_ question: Question) throws -> Bool {
    throw Failure(.usage, "nobody is there to be asked: \(question.text)")
  }
}

/// Every question is answered with yes, unless the answer decides what is said.
package struct BlanketConsent: Consent, Sendable {
  package init() {}

  package func confirm(_ question: Question) throws -> Bool {
    if let refusal = question.refusal { throw refusal }
    return true
  }
}
