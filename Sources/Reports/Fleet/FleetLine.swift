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
  /// Its folder, from the root on.
  package var path: String
  package var outcome: Outcome
  /// Where its own report was written, from the fleet's on; nil where none was.
  package var page: String?

  package init(name: String, path: String, _ outcome: Outcome, page: String? = nil) {
    (self.name, self.path, self.outcome, self.page) = (name, path, outcome, page)
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
    /// The agreement that ends first.
    package var ending: EngagementEnding?
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
      ending = input.endings.first
      self.newest = newest
      self.news = news
    }

    /// Units that wait for a party's word, or that a party said no to.
    package var unaccepted: Int { count(.unaccepted) + count(.declined) }
    package var contested: Int { count(.contested) }
    /// Units that nobody answers for, for another reason than these.
    package var unowned: Int { units.unowned - unaccepted - contested }
    package var overdue: Int { overdueDuties + lateActions + overdueRequests }

    private func count(_ code: FindingCode) -> Int { units.byError[code] ?? 0 }
  }
}

/// What ends the command with status 3, and from when on a client is named among the worst.
package enum FleetAlarm: Sendable {
  case error, overdue, due
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

  /// Whether what an alarm names, or worse, is there.
  package func rings(_ alarm: FleetAlarm) -> Bool {
    guard let facts, trouble == nil else { return true }
    return switch alarm {
    case .error: facts.units.unowned > 0 || !facts.generalErrors.isEmpty
    case .overdue: rings(.error) || facts.stale + facts.overdue > 0
    case .due: rings(.overdue) || facts.staleSoon + facts.dutiesSoon > 0
    }
  }

  /// An agreement that ends within so many days is a reason to look.
  static let endingSoon = 90

  /// What there is to act on, the gravest first; empty where nothing is.
  ///
  /// - Parameter day: The day of the report.
  package func reasons(on day: Day) -> [String] {
    if let trouble { return [trouble] }
    guard let facts else { return [] }
    var reasons: [String] = facts.generalErrors
    for (code, count) in facts.units.byError.sorted(by: { $0.key.precedes($1.key) }) where count > 0 {
      reasons.append("\(Wording.count(count, "unit")) \(code.rawValue)")
    }
    for (count, noun, plural) in [
      (facts.overdueDuties, "duty", "duties"), (facts.lateActions, "action", "actions"),
      (facts.overdueRequests, "request", "requests"),
    ] where count > 0 { reasons.append("\(Wording.count(count, noun, plural)) overdue") }
    if facts.stale > 0 { reasons.append("evidence of \(Wording.count(facts.stale, "control")) stale") }
    if let ending = facts.ending, ending.lastDay <= day.adding(days: FleetLine.endingSoon) {
      reasons.append("'\(ending.engagement)' ends on \(ending.lastDay)")
    }
    return reasons
  }

  /// What is worse is the smaller: not sound, then unreadable, then by the units that nobody answers for, what is
  /// overdue, what is stale, and how soon an agreement ends.
  func weight(on day: Day) -> [Int] {
    guard let facts, trouble == nil else { return [state == "not-sound" ? 0 : 1] }
    let ending = facts.ending.map { $0.lastDay.daysSinceEpoch - day.daysSinceEpoch } ?? Int.max
    return [2, -facts.units.unowned - facts.generalErrors.count, -facts.overdue, -facts.stale, ending]
  }

  /// What shows more of it: of what is not sound, why; nil where there is nothing to show.
  var next: String? {
    switch state {
    case "sound": command
    case "not-sound": "custody verify \(ShellWord.quoted(path))"
    default: nil
    }
  }

  /// What shows its own report.
  package var command: String { "custody report ownership --store \(ShellWord.quoted(path))" }
}
