package import Findings
internal import Obligations
package import Ownership
package import Statements

/// What is new in a store since somebody was told last: entries, who answers for what, findings, and what is due or ends.
///
/// A function of two folds of one log, each for its own day: what changes by the day alone is news as well.
public struct News: Sendable {
  /// A fold, with what is due by it and all that it has found.
  package struct Fold: Sendable {
    package var snapshot: Snapshot
    package var matters: [DueMatter]
    /// Each of one matter: of a run of periods each by itself.
    package var findings: [Finding]
    /// What was found of periods that are over, however long ago.
    package var past: [Finding]
    package var endings: [EngagementEnding]

    /// - Parameter page: The store's own, as of the fold.
    package init(_ fold: AgendaReport.Fold, _ page: StatusPage) {
      snapshot = fold.snapshot
      matters = DueMatter.list(page)
      findings = AgendaSections.findings(fold)
      past = Obligations.past(fold.snapshot)
      endings = page.input.endings
    }
  }

  /// An agreement whose end has come near.
  package struct Ending: Sendable, Hashable {
    package var engagement: String
    package var lastDay: Day
    package var units: Int
    /// It ends within so many days: 30 or 90; so do the days left for notice where ``noticeBy`` is told.
    package var within: Int
    /// The day by which notice has to be given, where that comes near and not yet the end; nil where the end does.
    package var noticeBy: Day?
  }

  /// Findings of a kind, by what they are about.
  package struct Group: Sendable, Equatable {
    package var code: FindingCode
    /// In the order in which they were found.
    package var subjects: [String]
  }

  /// What nobody answered for before, and nobody answers for now, for another reason.
  package struct Turn: Sendable, Equatable {
    package var before: FindingCode
    package var after: FindingCode
    /// In the order in which they were found.
    package var subjects: [String]
  }

  package let organization: String
  package let changes: Changes
  /// How many entries came in, of each kind, the most frequent first.
  package let kinds: [(kind: String, count: Int)]
  package let appeared: [Group]
  package let closed: [Group]
  /// Neither new nor closed.
  package let changed: [Turn]
  package let due: [DueMatter]
  package let endings: [Ending]
  /// What makes the store unsound; nil where nothing was found.
  package let fault: String?
  /// What shows more of the store.
  package let folder: String

  /// - Parameters:
  ///   - activity: What the entries from the first fold's size on have said.
  package init(from: Fold, to: Fold, activity: LogActivity, fault: String?, folder: String) {
    let state = to.snapshot.state
    organization = state.membership.parties.first?.name ?? state.client
    changes = Changes(from: from.snapshot, to: to.snapshot, activity: activity)
    (self.fault, self.folder) = (fault, folder)
    kinds = News.kinds(activity, entries: state.size - from.snapshot.state.size)
    let findings = FindingChanges(from: from.findings, to: to.findings, past: to.past)
    (appeared, closed, changed) = (findings.appeared, findings.closed, findings.changed)
    // What was due before and is overdue now is news; what is overdue still is none.
    let known = Set(from.matters)
    due = to.matters.filter { !known.contains($0) }
    let before = Set(News.endings(from))
    endings = News.endings(to).filter { !before.contains($0) }
  }

  /// Whether there is nothing to tell.
  package var isEmpty: Bool {
    entries == 0 && changes.moves.isEmpty && appeared.isEmpty && closed.isEmpty && changed.isEmpty && due.isEmpty
      && endings.isEmpty && fault == nil
  }

  package var entries: Int { changes.to.knownAt - changes.from.knownAt }
  package var overdue: [DueMatter] { due.filter(\.isOverdue) }
  /// Units that another party answers for than before, or none any more.
  package var moved: Int { changes.handedOver }
  /// Findings that were not there before, of the weight of an error.
  package var newErrors: Int { appeared.filter { $0.code.severity == .error }.reduce(0) { $0 + $1.subjects.count } }

  private static func kinds(_ activity: LogActivity, entries: Int) -> [(kind: String, count: Int)] {
    var counts: [String: Int] = [:]
    for deed in activity.deeds { counts[deed.type, default: 0] += 1 }
    for count in activity.counts { counts[count.type, default: 0] += count.count }
    let without = entries - counts.values.reduce(0, +)
    if without > 0 { counts["without effect"] = without }
    return counts.sorted { left, right in
      left.value == right.value ? ByteOrder.precedes(left.key, right.key) : left.value > right.value
    }.map { (kind: $0.key, count: $0.value) }
  }

  private static func endings(_ fold: Fold) -> [Ending] {
    fold.endings.flatMap { ending in
      let notice = ending.noticeBy.flatMap { $0 == ending.lastDay ? nil : $0 }
      return [notice, ending.lastDay].compactMap { day -> Ending? in
        guard let day else { return nil }
        let days = day.daysSinceEpoch - fold.snapshot.asOf.daysSinceEpoch
        // A day for notice that went by was told while there was time.
        guard days <= 90, days >= 0 else { return nil }
        return Ending(
          engagement: ending.engagement, lastDay: ending.lastDay, units: ending.units, within: days <= 30 ? 30 : 90,
          noticeBy: day == ending.lastDay ? nil : day)
      }
    }
  }
}
