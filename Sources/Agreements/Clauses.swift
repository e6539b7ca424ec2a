package import Statements

/// A span of time as agreements write it: `15 minutes`, `90 days`, `3 months`.
package struct TimeSpan: Sendable, Equatable, Hashable, CustomStringConvertible {
  package enum Unit: String, Sendable, CaseIterable {
    case minute, hour, day, week, month, year
  }

  /// At least 1.
  package var count: Int
  package var unit: Unit

  package init(_ count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  package var description: String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }
}

/// Hours that a party works for a price that is paid already: a block, or a retainer that is filled up again.
package struct HourBlock: Sendable, Equatable {
  package var id: String
  package var party: String
  package var domains: [String]
  /// A decimal number, more than zero.
  package var hours: String
  /// How often the hours are given anew, a cadence's name; nil where they are given once for the whole term.
  package var every: String?
  /// How long hours that are not drawn go forward; nil where they do not.
  package var rollover: TimeSpan?
}

/// Whom to turn to when something is wrong, one after the other.
package struct Escalation: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    /// A party, a member or a contact.
    package var who: String
    /// From the beginning, or from the step before.
    package var within: TimeSpan
    /// By which means.
    package var by: String?
  }

  package var id: String
  /// What it is about; none means everything.
  package var domains: [String]
  package var severity: String?
  /// At least one, in order.
  package var steps: [Step]
}

/// A paper that is in force, kept in the store like the statement of work.
package struct Paper: Sendable, Equatable {
  /// The name of a file beside the document.
  package var file: String
  /// What it is, an identifier: `business-associate-agreement`.
  package var kind: String
  package var from: Day?
  package var through: Day?

  /// The kind of the paper that `statement-of-work` names.
  package static let statementOfWork = "statement-of-work"
}

/// Somebody who holds no key, and may be responsible, consulted, informed, and turned to.
package struct Contact: Sendable, Equatable {
  /// A member's id; who becomes a member later does so under the same.
  package var id: String
  package var name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}

/// What each side does, as responsibility matrices tell it. Nothing follows from it.
package struct Note: Sendable, Equatable {
  /// Domains, families or controls; exactly one kind.
  package var target: ScopeLine.Target
  package var client: String?
  package var provider: String?

  package init(target: ScopeLine.Target, client: String?, provider: String?) {
    self.target = target
    self.client = client
    self.provider = provider
  }
}

extension EngagementDocument {
  /// The papers that are in force, the statement of work first: each is a file beside the document.
  package var allPapers: [Paper] {
    (statementOfWork.map { [Paper(file: $0, kind: Paper.statementOfWork)] } ?? []) + papers
  }
}
