internal import Catalogs
package import Statements

/// What one version of an agreement says about a unit on a day.
package struct Answer: Sendable, Equatable {
  /// Where an answer comes from: it decides which counts where several engagements answer.
  package enum Origin: Sendable, Equatable {
    /// A line of the scope.
    case line
    /// What a managed engagement leaves to its one provider.
    case providerDefault
    /// What a managed engagement leaves to the client by custom.
    case clientDefault
    /// What an in-house engagement leaves to the client: everything.
    case inHouseDefault
    /// What stays with the client under every model.
    case retained
    /// What stays with the client under every model, where no line speaks of it.
    case retainedDefault
    /// Nobody: not carved out.
    case nobody
    /// Nobody: outside the version's term or frameworks.
    case outside
  }

  /// What is accepted: two answers are the same where these are.
  package var terms: Schedule.Terms
  package var origin: Origin
  /// The parties that answer: none, one, or several where lines of one rank name different ones.
  package var parties: [String]
  /// Whether a line gives away what cannot be handed over.
  package var isUndelegable = false
  /// What assigns it, for people: `domain endpoint-security`.
  package var assignedBy: String?
  /// As the document names them: parties or members.
  package var responsible: [String] = []
  package var consulted: [String] = []
  package var informed: [String] = []

  /// Nobody answers.
  package static func nobody(_ origin: Origin) -> Answer {
    Answer(
      terms: Schedule.Terms(accountable: nil, responsible: [], cadence: nil, yieldsTo: []), origin: origin, parties: [])
  }
}
