internal import Catalogs
package import Ownership
package import Statements

/// Which parties answer for a domain on a day, and which do the work there.
///
/// A party is accountable for a domain if it is for the function of that name, where the catalog of IT functions has it
/// and it applies on that day; else if it is for any unit of the domain.
package final class DomainOwnership {
  /// Those who answer, and those who work, in byte order.
  package struct Owners: Sendable, Equatable {
    package var accountable: [String]
    package var responsible: [String]

    /// Whether a party answers, or is named to work there.
    package func name(_ party: String) -> Bool { accountable.contains(party) || responsible.contains(party) }
  }

  private struct Place: Hashable {
    var domain: String
    var day: Day
  }

  private let resolver: Resolver
  private var known: [Place: Owners] = [:]

  package init(_ snapshot: Snapshot) { resolver = snapshot.resolver }

  /// Who answers for a domain on a day.
  package func owners(of domain: String, on day: Day) -> Owners {
    let place = Place(domain: domain, day: day)
    if let owners = known[place] { return owners }
    let scope = resolver.scope(on: day)
    let all = scope.units.filter { $0.domain == domain && scope.applies($0) == true }
    let functions = all.filter { $0.id.framework == ControlFinder.functions }
    var accountable: Set<String> = []
    var responsible: Set<String> = []
    for unit in functions.isEmpty ? all : functions {
      let ownership = resolver.ownership(unit, on: day, in: scope)
      if let party = ownership.accountable { accountable.insert(party) }
      for claim in ownership.claims { responsible.formUnion(claim.answer.terms.responsible) }
    }
    let owners = Owners(
      accountable: accountable.sorted(by: ByteOrder.precedes), responsible: responsible.sorted(by: ByteOrder.precedes))
    known[place] = owners
    return owners
  }
}

@available(*, unavailable)
extension DomainOwnership: Sendable {}
