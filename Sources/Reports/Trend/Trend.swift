internal import Findings
package import Ownership
package import Statements

/// How a store has come along: how much is owned, how much has current evidence, and how many gaps are open, at the ends of
/// periods, each as was known then.
public struct Trend: Sendable {
  /// What the last point was folded from.
  public let stamp: ReportStamp

  /// How it stood at a day's end, by the tree of that day.
  package struct Point: Sendable, Equatable {
    package var day: Day
    /// The size of the tree that was known.
    package var size: Int
    package var controls: ResponsibilityMatrix.Totals
    package var units: ResponsibilityMatrix.Totals
    /// Units that somebody answers for, with evidence that is not too old.
    package var current: Int
    /// Gaps, as `report gaps` counts them.
    package var errors: Int
    package var warnings: Int
    package var notes: Int

    /// - Parameter gaps: Of the same snapshot and frameworks, down to the lightest.
    package init(_ snapshot: Snapshot, frameworks: [String]?, gaps: GapsReport) {
      let matrix = frameworks.map { snapshot.matrix.only($0) } ?? snapshot.matrix
      day = snapshot.asOf
      size = snapshot.state.size
      (controls, units) = matrix.totals
      current = matrix.units.count(where: \.isEvidenceCurrent)
      func count(_ severity: Severity) -> Int { gaps.gaps.count { $0.severity == severity } }
      (errors, warnings, notes) = (count(.error), count(.warning), count(.note))
    }

    /// Units that apply.
    package var applicable: Int { units.total - units.notApplicable }
  }

  /// In order of their days, the last the newest.
  package let points: [Point]
  /// What they are the ends of.
  package let every: Period
  package let frameworks: [String]?
  /// So many of the first entries every party that is there has signed for by now; 0 where one has signed for none, or
  /// there is only one.
  package let signedByAll: Int

  /// How far points lie apart.
  package enum Period: String, Sendable, CaseIterable {
    case month, quarter

    /// The last days of periods before a day, the earliest first.
    package func ends(before day: Day, count: Int) -> [Day] {
      let (year, month, _) = day.components
      let first = self == .month ? month : (month - 1) / 3 * 3 + 1
      guard var start = Day(year: year, month: first, day: 1) else { return [] }
      var ends: [Day] = []
      for _ in 0..<count {
        ends.append(start.adding(days: -1))
        start = start.adding(months: self == .month ? -1 : -3)
      }
      return ends.reversed()
    }
  }

  /// - Parameters:
  ///   - snapshot: What the last point was made from.
  ///   - points: At least one.
  package init(_ snapshot: Snapshot, points: [Point], every: Period, frameworks: [String]? = nil) {
    stamp = ReportStamp(snapshot)
    self.points = points
    self.every = every
    self.frameworks = frameworks
    let parties = snapshot.state.membership.parties.filter { $0.leftDay == nil && $0.kind != .auditor }
    let reaches = parties.map { snapshot.state.reach[$0.id]?.size ?? 0 }
    signedByAll = reaches.count > 1 ? reaches.min() ?? 0 : 0
  }
}
