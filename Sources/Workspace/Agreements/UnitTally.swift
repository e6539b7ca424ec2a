internal import Agreements
internal import Ownership
package import Statements

/// Units by the party that would answer on the version's first day.
package struct UnitTally {
  package private(set) var counts: [(party: String, count: Int)] = []
  package let day: Day

  package init(_ preview: AgreementPreview) {
    let version = preview.resolver.input.versions[preview.index]
    day = max(version.effective, preview.document.termFrom)
    let scope = preview.resolver.scope(on: day)
    var byParty: [String: Int] = [:]
    for unit in scope.units where scope.applies(unit) == true {
      let answer = preview.resolver.answer(preview.index, unit, on: day, in: scope)
      byParty[answer?.terms.accountable ?? "", default: 0] += 1
    }
    counts = byParty.keys.sorted().map { ($0.isEmpty ? "nobody" : $0, byParty[$0] ?? 0) }
  }
}
