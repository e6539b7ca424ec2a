internal import Agreements
internal import Ownership
package import Statements

/// Units by the party that would answer on the version's first day.
package struct UnitTally {
  package private(set) var counts: [(party: String, count: Int)] = []
  package let day: Day
  /// Of those that nobody answers for by the version, how many somebody does by another agreement.
  package private(set) var elsewhere = 0

  package init(_ preview: AgreementPreview) {
    day = UnitTally.firstDay(of: preview)
    let scope = preview.resolver.scope(on: day)
    var byParty: [String: Int] = [:]
    for unit in scope.units where scope.applies(unit) == true {
      let answer = preview.resolver.answer(preview.index, unit, on: day, in: scope)
      byParty[answer?.terms.accountable ?? "", default: 0] += 1
      if answer?.terms.accountable == nil, !preview.elsewhere(unit, on: day).isEmpty { elsewhere += 1 }
    }
    counts = byParty.keys.sorted().map { ($0.isEmpty ? "nobody" : $0, byParty[$0] ?? 0) }
  }

  /// The first day that a version speaks for which is not in the log yet.
  static func firstDay(of preview: AgreementPreview) -> Day {
    max(preview.resolver.input.versions[preview.index].effective, preview.document.termFrom)
  }
}
