internal import Catalogs
package import Ownership
package import Statements

/// Which CMMC status an assessment would give, and what stands in the way (32 CFR 170.15 to 170.18, 170.21, 170.24).
///
/// It is arithmetic on what was assessed; the status itself is given by who may give it.
package struct CMMCStatus: Sendable, Equatable {
  package enum Verdict: String, Sendable {
    /// Every requirement is met.
    case final
    /// Enough is met, and what is open may stay open for 180 days.
    case conditional
    case none
  }

  /// An open requirement, and whether it may stand on a plan of action and milestones.
  package struct Item: Sendable, Equatable {
    package var requirement: String
    package var mayStayOpen: Bool
    /// Why not; nil where it may.
    package var reason: String?
  }

  package var level: Int
  package var verdict: Verdict
  package var items: [Item]
  /// Why it is not better, a sentence each.
  package var reasons: [String]

  /// 180 days from the Conditional Status Date (170.21(b)).
  package static func closeOut(since day: Day) -> Day { day.adding(days: 180) }

  /// What is left of a conditional status on a day: nothing once the 180 days have passed and something is still open
  /// (170.16(a)(1)(ii)(B), 170.17(a)(1)(ii)(B), 170.18(a)(1)(ii)(B)).
  ///
  /// - Parameters:
  ///   - day: The Conditional Status Date.
  ///   - asOf: The day that is asked about.
  package func running(since day: Day, asOf: Day) -> CMMCStatus {
    let end = CMMCStatus.closeOut(since: day)
    guard verdict == .conditional, asOf > end else { return self }
    var expired = self
    expired.verdict = .none
    expired.items = items.map {
      Item(requirement: $0.requirement, mayStayOpen: false, reason: $0.reason ?? "the 180 days are over (170.21(b))")
    }
    // Level 2 is assessed by oneself or by a C3PAO, level 3 by DIBCAC.
    let citation = level == 3 ? "170.18(a)(1)(ii)(B)" : "170.16(a)(1)(ii)(B), 170.17(a)(1)(ii)(B)"
    expired.reasons.append(
      "the conditional status of \(day) expired: \(items.count) still open after \(end) (\(citation))")
    return expired
  }

  /// Level 1: each requirement is met, and no plan of action (170.21(a)(1), 170.24(c)(1)).
  package static func levelOne(_ rows: [ResponsibilityMatrix.ControlRow], _ book: AssessmentBook) -> CMMCStatus {
    let open = rows.filter { !book.state($0).isSatisfied }
    return CMMCStatus(
      level: 1, verdict: open.isEmpty ? .final : .none,
      items: open.map {
        Item(
          requirement: $0.control.id.local, mayStayOpen: false, reason: "level 1 has no plan of action (170.21(a)(1))")
      },
      reasons: open.isEmpty ? [] : ["\(open.count) of \(rows.count) requirements are not met"])
  }

  /// Requirements that may never stay open (170.21(a)(2)(iii)).
  package static let neverOpen: Set<String> = ["3.1.20", "3.1.22", "3.12.4", "3.10.3", "3.10.4", "3.10.5"]

  /// Level 2: at least 0.8 of 110 points, nothing open that is worth more than one point but encryption that is not
  /// FIPS-validated, and none of six (170.21(a)(2)).
  package static func levelTwo(_ score: DoDScore) -> CMMCStatus {
    let items = score.items.map { item -> Item in
      var reason: String?
      if neverOpen.contains(item.requirement) {
        reason = "it may never stay open (170.21(a)(2)(iii))"
      } else if item.requirement == "3.13.11", item.deduction == 3 {
        reason = nil
      } else if item.deduction > 1 {
        reason = "it is worth \(item.deduction) points (170.21(a)(2)(ii))"
      }
      return Item(requirement: item.requirement, mayStayOpen: reason == nil, reason: reason)
    }
    guard !items.isEmpty else { return CMMCStatus(level: 2, verdict: .final, items: [], reasons: []) }
    var reasons: [String] = []
    if let points = score.score {
      // 0.8 of 110 is 88.
      if points * 10 < DoDScore.maximum * 8 {
        reasons.append("\(points) points are less than 88, 0.8 of 110 (170.21(a)(2)(i))")
      }
    } else {
      reasons.append("without a system security plan (3.12.4) there is no score (170.24(c)(2)(i)(B)(5))")
    }
    let closed = items.filter { !$0.mayStayOpen }
    if !closed.isEmpty {
      reasons.append("\(closed.count) open requirement\(closed.count == 1 ? "" : "s") may not be on a plan of action")
    }
    return CMMCStatus(level: 2, verdict: reasons.isEmpty ? .conditional : .none, items: items, reasons: reasons)
  }

  /// Requirements of level 3 that may never stay open (170.21(a)(3)(ii)).
  package static let neverOpenAtThree: Set<String> = [
    "IR.L3-3.6.1e", "IR.L3-3.6.2e", "RA.L3-3.11.1e", "RA.L3-3.11.4e", "RA.L3-3.11.6e", "RA.L3-3.11.7e", "SI.L3-3.14.3e",
  ]

  /// Level 3: a point for each of 24 that is met, at least 0.8 of them, and none of seven open (170.21(a)(3)); and a final
  /// level 2 status before it, which a conditional one does not replace (170.18(a)).
  ///
  /// - Parameter levelTwo: What level 2 would be; nil where neither it nor NIST SP 800-171 revision 2 is adopted.
  package static func levelThree(
    _ rows: [ResponsibilityMatrix.ControlRow], _ book: AssessmentBook, levelTwo: Verdict?
  ) -> CMMCStatus {
    let open = rows.filter { !book.state($0).isSatisfied }
    let items = open.map { row -> Item in
      let isNever = neverOpenAtThree.contains(row.control.id.local)
      return Item(
        requirement: row.control.id.local, mayStayOpen: !isNever,
        reason: isNever ? "it may never stay open (170.21(a)(3)(ii))" : nil)
    }
    var reasons: [String] = []
    switch levelTwo {
    case .final: break
    case .conditional: reasons.append("it needs a final level 2 first, and level 2 would be conditional (170.18(a))")
    case Verdict.none?: reasons.append("it needs a final level 2 first, and level 2 would have no status (170.18(a))")
    case nil: reasons.append("it needs a final level 2 first, and level 2 is not adopted here (170.18(a))")
    }
    guard !items.isEmpty else {
      return CMMCStatus(level: 3, verdict: reasons.isEmpty ? .final : .none, items: [], reasons: reasons)
    }
    let met = rows.count - open.count
    if met * 10 < rows.count * 8 {
      reasons.append("\(met) of \(rows.count) met are less than 0.8 (170.21(a)(3)(i))")
    }
    let closed = items.filter { !$0.mayStayOpen }
    if !closed.isEmpty {
      reasons.append("\(closed.count) open requirement\(closed.count == 1 ? "" : "s") may not be on a plan of action")
    }
    return CMMCStatus(level: 3, verdict: reasons.isEmpty ? .conditional : .none, items: items, reasons: reasons)
  }
}
