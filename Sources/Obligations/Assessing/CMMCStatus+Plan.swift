package import Statements

extension CMMCStatus {
  /// So many plans that come too late are told one by one.
  private static let told = 5

  /// What is left of a conditional status where the plan itself says that something will be open longer than it runs: it is
  /// closed out within 180 days of the Conditional Status Date, or expires (170.21(b), 170.16(a)(1)(ii)(B)). A day that has
  /// passed is told, and takes nothing away: what is late by its own plan can still be closed in time.
  ///
  /// - Parameters:
  ///   - due: The days by which open requirements are planned to be closed, as far as anybody says.
  ///   - day: The Conditional Status Date, or the earliest that it could be.
  package func planned(_ due: [String: Day], since day: Day) -> CMMCStatus {
    let end = CMMCStatus.closeOut(since: day)
    var planned = self
    var late: [String] = []
    var past: [String] = []
    planned.items = items.map { item in
      guard item.mayStayOpen, let own = due[item.requirement] else { return item }
      if own < day {
        past.append("\(item.requirement) was planned for \(own), which is past: plan it anew")
        return item
      }
      guard own > end else { return item }
      late.append(
        "\(item.requirement) is planned for \(own), after the 180 days, which end on \(end) if they begin on \(day) "
          + "(170.21(b))")
      return Item(
        requirement: item.requirement, mayStayOpen: false, reason: "it is planned for \(own), after \(end) (170.21(b))")
    }
    for lines in [late, past] {
      planned.reasons += lines.prefix(CMMCStatus.told)
      if lines.count > CMMCStatus.told { planned.reasons.append("\(lines.count - CMMCStatus.told) more are as late") }
    }
    if !late.isEmpty, verdict == .conditional { planned.verdict = .none }
    return planned
  }
}
