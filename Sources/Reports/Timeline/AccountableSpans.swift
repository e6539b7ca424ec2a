package import Catalogs
internal import Findings
package import Ownership
package import Statements

/// Who answered for a unit over time, span by span, by what is known now.
///
/// What was accepted later for days that were over counts for those days: the log's entries say when anybody knew.
package struct AccountableSpans: Sendable, Equatable {
  /// Days, both included, on which one stands alike.
  package struct Span: Sendable, Equatable {
    package var from: Day
    package var through: Day
    package var standing: Standing
    /// By which words; nil where no agreement has to do with it.
    package var by: Ground?
  }

  /// Units that all stand alike throughout.
  package var units: [ControlID]
  /// Without gaps, in order.
  package let spans: [Span]

  /// - Parameters:
  ///   - unit: As the newest catalog that has it says.
  ///   - day: The last day that is told.
  package init(_ unit: UnitFacts, _ resolver: Resolver, through day: Day) {
    units = [unit.id]
    guard let first = resolver.input.adoptions.filter({ $0.framework == unit.id.framework }).map(\.effective).min(),
      first <= day
    else {
      spans = []
      return
    }
    let starts = [first] + resolver.changeDays(of: unit).filter { $0 > first && $0 <= day }
    var spans: [Span] = []
    // As it stood last while somebody answered.
    var held: UnitOwnership?
    for (place, start) in starts.enumerated() {
      let through = place + 1 < starts.count ? starts[place + 1].adding(days: -1) : day
      let (standing, ownership) = AccountableSpans.standing(unit.id, resolver, on: start)
      var by = ownership.flatMap { Ground($0, resolver) }
      if by == nil, let held, let ownership { by = Ground.released(held, ownership, resolver, on: start) }
      if let ownership, !ownership.claims.isEmpty { held = ownership }
      if let last = spans.last, last.standing == standing, last.by == by {
        spans[spans.count - 1].through = through
      } else {
        spans.append(Span(from: start, through: through, standing: standing, by: by))
      }
    }
    self.spans = spans
  }

  /// Since when a unit stands as it does on a day, without a break: the first day of its last spans.
  ///
  /// - Parameter unit: As the newest catalog that has it says.
  /// - Returns: nil where it stands otherwise on the day.
  package static func since(_ unit: UnitFacts, _ standing: Standing, _ resolver: Resolver, on day: Day) -> Day? {
    guard let first = resolver.input.adoptions.filter({ $0.framework == unit.id.framework }).map(\.effective).min(),
      first <= day
    else { return nil }
    var since: Day?
    // Mostly it changed not long ago: from the end backwards, until it stood otherwise.
    for start in ([first] + resolver.changeDays(of: unit).filter { $0 > first && $0 <= day }).reversed() {
      guard self.standing(unit.id, resolver, on: start).0 == standing else { break }
      since = start
    }
    return since
  }

  private static func standing(_ id: ControlID, _ resolver: Resolver, on day: Day) -> (Standing, UnitOwnership?) {
    let scope = resolver.scope(on: day)
    guard let adoption = scope.adoptions[id.framework] else { return (.absent, nil) }
    guard let unit = adoption.unit(id) else { return (adoption.units == nil ? .nobody(.undecided) : .absent, nil) }
    guard scope.applies(unit) == true else { return (.notApplicable, nil) }
    let ownership = resolver.ownership(unit, on: day, in: scope)
    return (Standing(ownership), ownership)
  }

  /// Units that stand alike together, in their order.
  package static func grouped(_ units: [UnitFacts], _ resolver: Resolver, through day: Day) -> [AccountableSpans] {
    var groups: [AccountableSpans] = []
    for unit in units {
      let own = AccountableSpans(unit, resolver, through: day)
      if let place = groups.firstIndex(where: { $0.spans == own.spans }) {
        groups[place].units.append(unit.id)
      } else {
        groups.append(own)
      }
    }
    return groups
  }
}
