internal import Catalogs
package import Findings
package import Ownership
package import Statements

/// A service level was missed, or nobody measured it.
package enum LevelFindings {
  /// `sla-missed` for each period, `sla-unmeasured` for each run of periods, in the order of the results.
  ///
  /// What ended more than a year ago is for the report of levels: nothing can be done about it any more. Of each level
  /// the period that ended last is always looked at.
  ///
  /// - Parameter byPeriod: Whether each period that was not measured is told by itself, for whoever holds two days against
  ///   each other: a run that has become longer is not another run.
  package static func findings(_ snapshot: Snapshot, byPeriod: Bool = false) -> [Finding] {
    findings(LevelResults.list(snapshot), asOf: snapshot.asOf, byPeriod: byPeriod)
  }

  /// Every period that was missed or not measured, however long ago it ended.
  package static func periods(_ snapshot: Snapshot) -> [Finding] {
    LevelResults.list(snapshot).compactMap { result in
      switch result.state {
      case .missed: missed(result)
      case .unmeasured: unmeasured(result, [result])
      case .met, .open: nil
      }
    }
  }

  /// The same of results.
  package static func findings(
    _ results: [LevelResults.Result], asOf: Day, byPeriod: Bool = false
  ) -> [Finding] {
    let oldest = asOf.adding(months: -12)
    var findings: [Finding] = []
    var run: [LevelResults.Result] = []
    for (place, result) in results.enumerated() {
      let next = place + 1 < results.count ? results[place + 1] : nil
      let isLast = next?.name != result.name || next?.state == .open
      let isRecent = result.period.through >= oldest || isLast
      if result.state == .unmeasured, isRecent { run.append(result) }
      if let first = run.first, result.state != .unmeasured || byPeriod || next.map({ !follows($0, result) }) ?? true {
        findings.append(unmeasured(first, run))
        run = []
      }
      if result.state == .missed, isRecent { findings.append(missed(result)) }
    }
    return findings
  }

  /// Whether a result is of the period after another's, and promises the same.
  private static func follows(_ next: LevelResults.Result, _ result: LevelResults.Result) -> Bool {
    next.name == result.name && next.party == result.party && next.target == result.target
      && next.period.from == result.period.through.adding(days: 1)
  }

  private static func missed(_ result: LevelResults.Result) -> Finding {
    let value = result.measured?.measurement.value ?? ""
    let count = result.measured?.measurement.count.map { " (count \($0))" } ?? ""
    return Finding(
      .levelMissed, "\(result.engagement)/level \(result.level) \(result.period)", entry: result.measured?.entry,
      expected: "\(result.target) \(result.unit)", found: "\(value) \(result.unit)",
      "'\(result.party)' promises '\(result.level)' \(result.target) \(result.unit), and \(result.period) had "
        + "\(value) \(result.unit)\(count)")
  }

  private static func unmeasured(_ first: LevelResults.Result, _ run: [LevelResults.Result]) -> Finding {
    let last = run.last ?? first
    let periods = run.count == 1 ? "\(first.period)" : "\(first.period) through \(last.period)"
    let what = run.count == 1 ? "\(periods) has" : "\(periods), \(run.count) periods, have"
    return Finding(
      .levelUnmeasured, "\(first.engagement)/level \(first.level) \(periods)", entry: first.version,
      expected: "\(first.target) \(first.unit)",
      "'\(first.party)' promises '\(first.level)' \(first.target) \(first.unit) every "
        + "\(first.every), and \(what) no measurement")
  }
}
