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
    /// By which words; nil where no agreement's answer holds.
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
    for (place, start) in starts.enumerated() {
      let through = place + 1 < starts.count ? starts[place + 1].adding(days: -1) : day
      let (standing, by) = AccountableSpans.standing(unit.id, resolver, on: start)
      if let last = spans.last, last.standing == standing, last.by == by {
        spans[spans.count - 1].through = through
      } else {
        spans.append(Span(from: start, through: through, standing: standing, by: by))
      }
    }
    self.spans = spans
  }

  private static func standing(_ id: ControlID, _ resolver: Resolver, on day: Day) -> (Standing, Ground?) {
    let scope = resolver.scope(on: day)
    guard let adoption = scope.adoptions[id.framework] else { return (.absent, nil) }
    guard let unit = adoption.unit(id) else { return (adoption.units == nil ? .nobody(.undecided) : .absent, nil) }
    guard scope.applies(unit) == true else { return (.notApplicable, nil) }
    let ownership = resolver.ownership(unit, on: day, in: scope)
    return (Standing(ownership), Ground(ownership, resolver))
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
