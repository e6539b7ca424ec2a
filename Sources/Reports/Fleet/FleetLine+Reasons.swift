internal import Findings
internal import Obligations
internal import Ownership
package import Statements

/// What ends the command with status 3, and from when on a client is named among the worst.
package enum FleetAlarm: Sendable {
  case error, overdue, due
}

/// Why somebody has to look at a store, and how soon.
extension FleetLine {
  /// Whether what an alarm names, or worse, is there. Of a day that nothing is known of no alarm rings.
  package func rings(_ alarm: FleetAlarm) -> Bool {
    if trouble != nil { return true }
    guard let facts = known else { return false }
    return switch alarm {
    case .error: facts.units.unowned > 0 || !facts.generalErrors.isEmpty
    case .overdue: rings(.error) || facts.stale + facts.overdue > 0
    case .due: rings(.overdue) || facts.staleSoon + facts.dutiesSoon > 0
    }
  }

  /// An agreement that ends within so many days, or must be given notice by then, is a reason to look.
  static let endingSoon = 90

  /// What there is to act on, the gravest first; empty where nothing is.
  ///
  /// - Parameter day: The day of the report.
  package func reasons(on day: Day) -> [String] {
    if let trouble { return [trouble] }
    guard let facts = known else { return [] }
    var reasons: [String] = facts.generalErrors
    for (code, count) in facts.units.byError.sorted(by: { $0.key.precedes($1.key) }) where count > 0 {
      reasons.append("\(Wording.count(count, "unit")) \(code.rawValue)")
    }
    reasons += endings(on: day)
    for (count, noun, plural) in [
      (facts.overdueDuties, "duty", "duties"), (facts.lateActions, "action", "actions"),
      (facts.overdueRequests, "request", "requests"),
    ] where count > 0 { reasons.append("\(Wording.count(count, noun, plural)) overdue") }
    if facts.stale > 0 { reasons.append("evidence of \(Wording.count(facts.stale, "control")) stale") }
    if facts.missedLevels > 0 {
      reasons.append("service levels missed in \(Wording.count(facts.missedLevels, "period"))")
    }
    if facts.unmeasuredLevels > 0 {
      reasons.append("service levels not measured in \(Wording.count(facts.unmeasuredLevels, "period"))")
    }
    return reasons
  }

  private func endings(on day: Day) -> [String] {
    let horizon = day.adding(days: FleetLine.endingSoon)
    return (known?.endings ?? []).filter { $0.lastDay <= horizon || $0.noticeBy.map { $0 <= horizon } ?? false }.map {
      let end = "'\($0.engagement)' ends on \($0.lastDay)"
      return $0.noticeBy.map { notice in
        "\(end), and notice \(notice < day ? "had to" : "must") be given by \(notice)"
      } ?? end
    }
  }

  /// What has to be said of it that is no reason to act: that it says nothing of the day.
  ///
  /// - Parameter day: The day of the report.
  package func remark(on day: Day) -> String? {
    begins.map { "the log begins on \($0): nothing is known of \(day)" }
  }

  /// What is worse is the smaller: not sound, then unreadable, then by the units that nobody answers for, what is
  /// overdue, what is stale, which levels were missed, and how soon an agreement ends; then what nothing is known of, and what
  /// there is nothing to act on in.
  func weight(on day: Day) -> [Int] {
    guard trouble == nil else { return [state == "not-sound" ? 0 : 1] }
    guard let facts = known else { return [3] }
    guard !reasons(on: day).isEmpty else { return [4] }
    let ending = facts.ending.map { $0.lastDay.daysSinceEpoch - day.daysSinceEpoch } ?? Int.max
    return [
      2, -facts.units.unowned - facts.generalErrors.count, -facts.overdue, -facts.stale, -facts.missedLevels,
      -facts.unmeasuredLevels, ending,
    ]
  }
}
