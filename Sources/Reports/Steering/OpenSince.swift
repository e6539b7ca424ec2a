internal import Catalogs
internal import Ownership
internal import Statements

/// Since when nobody answers for a unit, without a break, by what is known now.
struct OpenSince {
  private let resolver: Resolver
  private let asOf: Day

  init(_ resolver: Resolver, asOf: Day) {
    self.resolver = resolver
    self.asOf = asOf
  }

  /// - Returns: nil where somebody answers on the day, or the unit does not apply on it.
  func since(_ unit: UnitFacts) -> Day? {
    var since: Day?
    for span in AccountableSpans(unit, resolver, through: asOf).spans.reversed() {
      guard case .nobody = span.standing else { break }
      since = span.from
    }
    return since
  }
}
