package import Statements

/// What an organisation writes down before it agrees with a provider: what it has, what it wants, what that costs.
///
/// Every number is the organisation's own. One that is not there is unknown, which is not nought.
package struct Plan: Sendable, Equatable {
  /// One of the ways in which the work can be done.
  package enum Option: String, Sendable, CaseIterable {
    case managed
    case coManaged = "co-managed"
    case inHouse = "in-house"
  }

  /// Who does the work of a function today.
  package enum Cover: String, Sendable, CaseIterable {
    case inHouse = "in-house"
    case provider
    case nobody
  }

  /// What is rated of a function.
  package enum Aspect: String, Sendable, CaseIterable {
    case skills, tools, processes, posture
  }

  /// How good something is, from 0 through 4, and why it was put so.
  package struct Rating: Sendable, Equatable {
    /// What the numbers stand for, from 0.
    package static let words = ["none", "by chance", "basic", "good", "strong"]

    package let value: Int
    package let why: String?

    package init(_ value: Int, why: String? = nil) {
      self.value = value
      self.why = why
    }

    /// `2, basic`
    package var text: String {
      Rating.words.indices.contains(value) ? "\(value), \(Rating.words[value])" : "\(value)"
    }
  }

  /// A function of IT as it stands today.
  package struct Domain: Sendable, Equatable {
    /// An id of the catalog `it-functions`.
    package var id: String
    /// nil where nobody has said it.
    package var cover: Cover?
    package var ratings: [Aspect: Rating] = [:]
    /// What hurts.
    package var pains: [String] = []

    package init(id: String, cover: Cover? = nil) {
      self.id = id
      self.cover = cover
    }
  }

  /// Something that the decision turns on.
  package struct Criterion: Sendable, Equatable {
    package var id: String
    package var title: String?
    /// In points, of which all criteria together have 100; nil where it is not known.
    package var weight: Decimal?
    /// From 0 through 10, where somebody has given one.
    package var scores: [Option: Int] = [:]

    package init(id: String, title: String? = nil, weight: Decimal? = nil, scores: [Option: Int] = [:]) {
      self.id = id
      self.title = title
      self.weight = weight
      self.scores = scores
    }

    package var name: String { title ?? id }
  }

  package var organization: String
  package var users: Int?
  package var devices: Int?
  /// The term that costs are compared over, in months.
  package var months: Int?
  /// What amounts are in, as text: `USD`.
  package var currency: String?
  package var domains: [Domain] = []
  package var criteria: [Criterion] = []
  /// In the order of the document. An option that is missing has no costs yet.
  package var costs: [Option: [PlanCost]] = [:]

  package init(organization: String) { self.organization = organization }
}
