internal import Findings
package import Statements

extension Schedule {
  /// How much a schedule is about: `52 units, 1 duty and 1 paper`; `nothing`.
  package var extent: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String? {
      number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
    }
    let parts = [
      count(units.count, "unit", "units"), count(duties.count, "duty", "duties"),
      count(levels.count, "service level", "service levels"), count(blocks.count, "block of hours", "blocks of hours"),
      count(Set(steps.map(\.id)).count, "escalation", "escalations"), count(papers.count, "paper", "papers"),
    ].compactMap { $0 }
    return parts.isEmpty ? "nothing" : Wording.list(parts)
  }
}
