internal import Findings
internal import Obligations
package import Ownership
internal import Rendering
package import Statements
package import TreeLog

/// One store among many, in so many numbers as a line holds; nothing else of it is kept.
package struct FleetLine: Sendable {
  /// What became of the look at it.
  package enum Outcome: Sendable {
    case read(Facts)
    /// It is damaged, cut or forked, so that nothing in it is to be relied on; the sentence says how.
    case unsound(String)
    /// Nothing can be said of it; the sentence says why.
    case unreadable(String)
  }

  /// What tells it from the others: mostly its folder's name.
  package var name: String
  /// Its folder's name, and the organization's where that is known.
  package var called: String { facts.map { "\(name), \($0.organization)" } ?? name }
  /// Its folder, from the root on.
  package var path: String
  package var outcome: Outcome
  /// Where its own report was written, from the fleet's on; nil where none was.
  package var page: String?
  /// The origin of the log that its folder claims to hold, whatever became of the look; nil where it claims none.
  package var origin: String?

  package init(name: String, path: String, _ outcome: Outcome, page: String? = nil, origin: String? = nil) {
    (self.name, self.path, self.outcome, self.page) = (name, path, outcome, page)
    self.origin = origin ?? facts?.checkpoint.origin
  }

  /// What came since an earlier look.
  package struct News: Sendable, Equatable {
    /// The day of that look, and how many entries it saw.
    package var day: Day
    package var size: Int
    package var entries: Int
    /// Units that somebody else answers for, or nobody any more.
    package var moved: Int

    package init(day: Day, size: Int, entries: Int, moved: Int) {
      (self.day, self.size, self.entries, self.moved) = (day, size, entries, moved)
    }
  }

  /// What a store that can be read says.
  package struct Facts: Sendable {
    /// The client's id and name, as the store has them.
    package var client: String
    package var organization: String
    package var checkpoint: Checkpoint
    /// What was looked at to call it sound, and what the reader has to know of that.
    package var scope: String
    package var notice: String?
    /// What makes it unsound, where a look found something; the numbers are not to be relied on then.
    package var fault: String?
    package var units: ResponsibilityMatrix.Totals
    /// Findings that are no unit's, at the weight of an error.
    package var generalErrors: [String]
    /// Controls with evidence that is too old, and with evidence that is due within thirty days.
    package var stale: Int
    package var staleSoon: Int
    package var overdueDuties: Int
    package var dutiesSoon: Int
    package var lateActions: Int
    package var overdueRequests: Int
    /// Periods of service levels that were missed, and that nobody measured, in the year before.
    package var missedLevels: Int
    package var unmeasuredLevels: Int
    /// Agreements whose end or whose day for notice is near, the first to end first.
    package var endings: [EngagementEnding]
    /// The day of the first entry, where that is later than the day of the report: of that day nothing is known, and none of
    /// the numbers says anything.
    package var begins: Day?
    package var newest: Day?
    /// nil where nobody looked before.
    package var news: News?

    /// - Parameter page: The store's own, of which the numbers are taken.
    package init(_ page: StatusPage, newest: Day?, notice: String?, news: News?) {
      let input = page.input
      client = input.state.client
      organization = input.state.membership.parties.first?.name ?? client
      checkpoint = input.checkpoint
      self.notice = notice
      switch input.chain {
      case .sound(let scope): self.scope = scope
      case .unsound(let what): (scope, fault) = ("", what)
      case .unchecked: scope = "not checked"
      }
      units = page.totals.units
      generalErrors = input.snapshot.generalFindings.filter { $0.severity == .error }.map(\.code.rawValue)
      stale = Set(page.due.filter(\.isStale).map(\.control)).count
      staleSoon = Set(page.due.filter { !$0.isStale }.map(\.control)).count
      overdueDuties = page.duties.count(where: \.isOverdue)
      dutiesSoon = page.duties.count { !$0.isOverdue }
      lateActions = page.lateActions.count
      overdueRequests = page.overdueRequests.count
      let levels = LevelFindings.findings(input.snapshot, byPeriod: true)
      missedLevels = levels.count { $0.code == .levelMissed }
      unmeasuredLevels = levels.count { $0.code == .levelUnmeasured }
      endings = input.endings
      self.newest = newest
      self.news = news
    }

    /// Units that wait for a party's word, or that a party said no to.
    package var unaccepted: Int { count(.unaccepted) + count(.declined) }
    package var contested: Int { count(.contested) }
    /// The agreement that ends first.
    package var ending: EngagementEnding? { endings.first }
    /// Units that nobody answers for, for another reason than these.
    package var unowned: Int { units.unowned - unaccepted - contested }
    package var overdue: Int { overdueDuties + lateActions + overdueRequests }

    private func count(_ code: FindingCode) -> Int { units.byError[code] ?? 0 }
  }
}

extension FleetLine {
  package var facts: Facts? { if case .read(let facts) = outcome { facts } else { nil } }

  /// What shows that it is not sound, or that nothing can be said of it; nil where it is sound.
  package var trouble: String? {
    switch outcome {
    case .read(let facts): facts.fault.map { "NOT SOUND: \($0)" }
    case .unsound(let what): "NOT SOUND: \(what)"
    case .unreadable(let why): "cannot be read: \(why)"
    }
  }

  /// `sound`, `not-sound`, `unreadable`.
  var state: String {
    switch outcome {
    case .read(let facts): facts.fault == nil ? "sound" : "not-sound"
    case .unsound: "not-sound"
    case .unreadable: "unreadable"
    }
  }

  /// The day on which its log begins, where that is after the report's and nothing else is wrong with it.
  package var begins: Day? { trouble == nil ? facts?.begins : nil }

  /// What its numbers are; nil where it has none that say anything.
  var known: Facts? { begins == nil ? facts : nil }

  /// What shows more of it: of what is not sound, why; nil where there is nothing to show.
  package var next: String? {
    switch state {
    case "sound": command
    case "not-sound": "custody verify \(ShellWord.quoted(path))"
    default: nil
    }
  }

  /// What shows its own report.
  private var command: String { "custody report ownership --store \(ShellWord.quoted(path))" }
}
