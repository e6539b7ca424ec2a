package import Findings
package import Ownership

/// What was promised and is owed: service levels, duties, hours and escalation, held against what was measured and done.
///
/// Its rules are pure functions of a `Snapshot`: what holds on its day, by the lines of agreements that both sides have
/// accepted (`ResponsibilityMatrix.lines`), and what the log says about them. Each gives findings of the group
/// `obligations`, all of them warnings.
///
/// It stands beside `Verification`, which never imports it: a missed target or a late duty must not make a log look
/// unsound. Whoever prints puts its findings after those of ownership, in a part of their own.
///
/// A rule is a file: an enum with one function `findings(_:)`, listed here.
public enum Obligations: Sendable {
  /// What every rule finds, rule by rule. Of a snapshot without measurements and hours, only what needs none of them.
  ///
  /// - Parameters:
  ///   - settled: Of which levels are told, where that is another day's: a period is missed once it is over.
  ///   - byPeriod: Whether what no measurement was given for is told period by period, and not as one run.
  package static func findings(
    _ snapshot: Snapshot, levelsOf settled: Snapshot? = nil, byPeriod: Bool = false
  ) -> [Finding] {
    LevelScope.findings(snapshot) + LevelFindings.findings(settled ?? snapshot, byPeriod: byPeriod)
      + DoubleWork.findings(snapshot)
      + PaperRules.findings(snapshot)
  }

  /// What was found of periods that are over, however long ago: findings stop telling of it after a year, and that does not
  /// mend it.
  package static func past(_ snapshot: Snapshot) -> [Finding] {
    LevelFindings.periods(snapshot) + DoubleWork.findings(snapshot, since: nil)
  }
}
