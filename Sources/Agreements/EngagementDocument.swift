package import Statements

/// What an engagement document says: the agreement between client and providers, typed.
///
/// Names are as written; whether they exist is `AgreementCheck`'s question, not the reader's.
package struct EngagementDocument: Sendable, Equatable {
  /// How the parties divide the work where no line says so.
  package enum Model: String, Sendable {
    case managed
    case coManaged = "co-managed"
    case inHouse = "in-house"
  }

  /// Stable over versions.
  package var id: String
  package var model: Model
  package var client: String
  /// Empty under in-house, else at least one.
  package var providers: [String]
  /// First and last day of the term, both included.
  package var termFrom: Day
  package var termThrough: Day
  /// The first day this version speaks for, where the document says so.
  package var effective: Day?
  /// File name of the statement of work, beside the document.
  package var statementOfWork: String?
  /// The frameworks it is about; nil for all that are adopted.
  package var frameworks: [String]?
  package var yieldsTo: [String]
  package var scope: [ScopeLine]
  package var serviceLevels: [ServiceLevel]
  package var duties: [Duty]
  package var hours: [HourBlock] = []
  package var escalation: [Escalation] = []
  /// What else is in force beside the statement of work.
  package var papers: [Paper] = []
  /// How long before its end it must be given notice.
  package var notice: TimeSpan?
  package var contacts: [Contact] = []
  package var notes: [Note] = []
}

extension EngagementDocument {
  /// A document that promises nothing beside its scope.
  package init(
    id: String, model: Model, client: String, providers: [String], termFrom: Day, termThrough: Day,
    frameworks: [String]?, scope: [ScopeLine], contacts: [Contact], notes: [Note]
  ) {
    self.init(
      id: id, model: model, client: client, providers: providers, termFrom: termFrom, termThrough: termThrough,
      effective: nil, statementOfWork: nil, frameworks: frameworks, yieldsTo: [], scope: scope, serviceLevels: [],
      duties: [], contacts: contacts, notes: notes)
  }
}

/// One line of the scope: who answers for some domains, families or controls.
package struct ScopeLine: Sendable, Equatable {
  /// What the line names; exactly one kind.
  package enum Target: Sendable, Equatable {
    case domains([String])
    case families([String])
    /// Controls, or objectives among them.
    case controls([String])
  }

  package var target: Target
  /// The one party that answers.
  package var accountable: String
  /// Parties or members.
  package var responsible: [String]
  package var consulted: [String]
  package var informed: [String]
  package var from: Day?
  package var through: Day?
  /// A cadence's name, as `Cadence` spells it.
  package var evidenceEvery: String?
  /// Where the line begins in the document, counted from 1; 0 where it was not read from one.
  package var line: Int

  package init(
    target: Target, accountable: String, responsible: [String] = [], consulted: [String] = [], informed: [String] = [],
    from: Day? = nil, through: Day? = nil, evidenceEvery: String? = nil, line: Int = 0
  ) {
    self.target = target
    self.accountable = accountable
    self.responsible = responsible
    self.consulted = consulted
    self.informed = informed
    self.from = from
    self.through = through
    self.evidenceEvery = evidenceEvery
    self.line = line
  }
}

/// A measured promise of a party about some domains.
package struct ServiceLevel: Sendable, Equatable {
  package var id: String
  package var party: String
  package var domains: [String]
  /// A comparison and a decimal number: `>= 99.9`.
  package var target: String
  package var unit: String
  /// A cadence's name.
  package var every: String
}

/// Something a party owes regularly or once.
package struct Duty: Sendable, Equatable {
  /// When it is owed.
  package enum When: Sendable, Equatable {
    /// A cadence's name.
    case every(String)
    /// Within so many days of the term's first day.
    case within(days: Int)
  }

  package var id: String
  package var title: String
  package var party: String
  package var when: When
}
