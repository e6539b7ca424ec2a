public import Findings

/// Something that a user is asked before it is done.
public struct Question: Sendable, Equatable {
  /// One or two sentences that can be answered with yes or no.
  public let text: String
  /// What it fails with where yes was said to every question beforehand; nil where that is answer enough.
  public let refusal: Failure?

  /// A question of that text.
  public init(_ text: String, refusingBlanketYes refusal: Failure? = nil) {
    self.text = text
    self.refusal = refusal
  }
}

/// Who answers for a user.
public protocol Consent {
  /// Whether the user says yes.
  ///
  /// - Throws: Where nobody can be asked.
  func confirm(_ question: Question) throws -> Bool

  /// Whether the user takes something that nobody asked for.
  ///
  /// Yes said to every question beforehand is no answer to this one, nor is silence: where nobody can be asked, it is no.
  func accepts(_ offer: Question) throws -> Bool

  /// What opens an encrypted private key.
  ///
  /// - Parameter owner: Whose key it is.
  /// - Returns: nil where nobody can be asked.
  func passphrase(for owner: String) throws -> String?
}

extension Consent {
  /// Nobody can be asked, so nothing is taken.
  public func accepts(_ offer: Question) throws -> Bool { false }

  /// Nobody can be asked.
  public func passphrase(for owner: String) throws -> String? { nil }
}

/// Nobody is there to be asked: whatever would need an answer fails.
public struct NoConsent: Consent, Sendable {
  /// Nobody.
  public init() {}

  /// Fails: nobody can be asked.
  public func confirm(_ question: Question) throws -> Bool {
    throw Failure(.usage, "nobody is there to be asked: \(question.text)")
  }
}

/// Every question is answered with yes, unless the answer decides what is said.
public struct BlanketConsent: Consent, Sendable {
  /// Yes to everything.
  public init() {}

  /// Yes, or the question's own refusal of such an answer.
  public func confirm(_ question: Question) throws -> Bool {
    if let refusal = question.refusal { throw refusal }
    return true
  }
}
