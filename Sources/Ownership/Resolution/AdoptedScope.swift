internal import Catalogs
internal import Statements

/// Which frameworks are adopted on a day, and the units of each that apply.
package struct AdoptedScope: Sendable {
  /// The adoption that holds, by framework: the latest `effective` not after the day, of equals the later entry.
  package let adoptions: [String: ResolutionInput.Adoption]

  init(_ input: ResolutionInput, on day: Day) {
    var adoptions: [String: ResolutionInput.Adoption] = [:]
    for adoption in input.adoptions where adoption.effective <= day {
      if let known = adoptions[adoption.framework], known.effective > adoption.effective { continue }
      adoptions[adoption.framework] = adoption
    }
    self.adoptions = adoptions
  }

  /// Whether a unit applies; nil where its framework is not adopted or has no such unit.
  package func applies(_ unit: UnitFacts) -> Bool? {
    guard let adoption = adoptions[unit.id.framework] else { return nil }
    return !adoption.notApplicable.contains(unit.id) && !adoption.notApplicable.contains(unit.control)
  }

  /// A unit of another day's scope as this day's catalog has it; nil where it has none.
  func counterpart(of unit: UnitFacts, from other: AdoptedScope) -> UnitFacts? {
    guard let adoption = adoptions[unit.id.framework] else { return nil }
    // The same catalog says the same, and most often it is the same one.
    if adoption.catalog == other.adoptions[unit.id.framework]?.catalog { return unit }
    return adoption.unit(unit.id)
  }

  /// Every unit of every framework that can be read, in order of the frameworks' ids and then of the catalogs.
  package var units: [UnitFacts] {
    adoptions.keys.sorted(by: ByteOrder.precedes).flatMap { adoptions[$0]?.units ?? [] }
  }

  /// Frameworks whose catalog cannot be read.
  package var unreadable: [String] {
    adoptions.values.filter { $0.units == nil }.map(\.framework).sorted(by: ByteOrder.precedes)
  }
}
